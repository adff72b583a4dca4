"""Messages that wait while a reply runs: by keyboard and mouse in the real room."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from support.chat_room import ChatRoom, room_with_model

from studio.chat.attachments.attachments import Attachments
from studio.chat.attachments.files import read
from studio.chat.options import Options
from studio.chat.queue import Queue
from studio.errors import StudioError
from studio.ui.chat.composer.field import MessageEditor
from studio.ui.chat.queue.queueing import Queueing
from studio.ui.chat.queue.strip import QueueStrip
from studio.ui.theme import Theme
from studio.ui.widgets.toast import Toasts


@pytest.fixture
def room(theme: Theme, qtbot: QtBot, profile: Path) -> Iterator[ChatRoom]:
    with room_with_model(theme, qtbot, profile) as made:
        queueing = equip(made, theme)
        yield made
        queueing.close()


def equip(room: ChatRoom, theme: Theme) -> Queueing:
    window = room.tab.window()
    toasts = window.findChild(Toasts)
    assert isinstance(toasts, Toasts)
    queue = Queue(room.parts.database)
    return Queueing(theme, room.tab, queue, lambda: room.parts.session, toasts, lambda: True)


def editor(room: ChatRoom) -> MessageEditor:
    found = room.tab.composer.findChild(MessageEditor, "message")
    assert isinstance(found, MessageEditor)
    return found


def type_and_enter(room: ChatRoom, text: str) -> None:
    editor(room).setFocus()
    QTest.keyClicks(editor(room), text)
    QTest.keyClick(editor(room), Qt.Key.Key_Return)


def begin(room: ChatRoom, text: str = "First question") -> None:
    """Have a reply run that does not end by itself."""
    room.host.may_reply.clear()
    type_and_enter(room, text)
    room.wait(lambda: room.tab.findChild(QPushButton, "stop") is not None)
    room.wait(lambda: room.tab.work.shows_transcript)


def strip(room: ChatRoom) -> QueueStrip:
    found = room.tab.findChild(QueueStrip)
    assert isinstance(found, QueueStrip)
    return found


def waiting(room: ChatRoom) -> list[str]:
    return [each.text for each in Queue(room.parts.database).waiting()]


def button_of(room: ChatRoom, text: str, name: str) -> QPushButton:
    """Return a button in the row of a waiting message."""
    (item,) = (each for each in Queue(room.parts.database).waiting() if each.text == text)
    row = strip(room).findChild(QWidget, f"queued_{item.id}")
    assert isinstance(row, QWidget)
    found = row.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def questions(room: ChatRoom) -> list[str]:
    return [each.content for each in room.branch() if each.role == "user"]


def head(room: ChatRoom) -> str:
    found = strip(room).findChild(QLabel, "queue_head")
    assert isinstance(found, QLabel)
    return found.text()


def test_enter_queues_and_all_is_sent_in_order(room: ChatRoom) -> None:
    begin(room)
    type_and_enter(room, "Second question")
    type_and_enter(room, "Third question")
    assert room.tab.composer.text() == ""
    assert waiting(room) == ["Second question", "Third question"]
    assert strip(room).isVisible()
    assert "has ended" in head(room)
    room.host.may_reply.set()
    room.wait(lambda: len(room.branch()) == 6 and room.branch()[-1].status == "finished")
    assert questions(room) == ["First question", "Second question", "Third question"]
    room.wait(lambda: not strip(room).isVisible())
    assert waiting(room) == []
    room.wait_for_end()


def test_both_stop_and_the_queue_are_there_while_it_runs(room: ChatRoom) -> None:
    begin(room)
    queue = room.tab.composer.findChild(QPushButton, "queue")
    assert isinstance(queue, QPushButton)
    assert queue.isHidden()
    assert "after this reply" in editor(room).placeholderText()
    QTest.keyClicks(editor(room), "Later")
    assert queue.isVisible()
    assert room.button("stop").isVisible()
    QTest.mouseClick(queue, Qt.MouseButton.LeftButton)
    assert waiting(room) == ["Later"]
    assert queue.isHidden()
    room.host.may_reply.set()
    room.wait(lambda: waiting(room) == [])
    room.wait_for_end()
    assert editor(room).placeholderText() == "Message"


def test_in_another_chat_it_is_told_which_one_is_waited_for(room: ChatRoom) -> None:
    begin(room)
    first = room.tab.conversation_id
    room.tab.begin_new()
    told = "after the reply in “First question”"
    assert editor(room).placeholderText().endswith(told)
    assert room.button("stop").accessibleName() == "Stop the reply in “First question”"
    QTest.keyClicks(editor(room), "Elsewhere")
    assert room.button("queue").accessibleName() == f"Send {told}"
    QTest.keyClick(editor(room), Qt.Key.Key_Return)
    assert editor(room).placeholderText().endswith(told)
    second = room.tab.conversation_id
    room.tab.open(first)
    assert editor(room).placeholderText().endswith("after this reply")
    room.tab.open(second)
    room.host.may_reply.set()
    room.wait(lambda: waiting(room) == [])
    room.wait_for_end()
    assert editor(room).placeholderText() == "Message"


def test_a_stopped_reply_lets_the_queue_wait_until_it_is_sent_by_hand(room: ChatRoom) -> None:
    begin(room)
    type_and_enter(room, "Only if I say so")
    room.host.fail_next()
    room.host.may_reply.set()
    room.wait_for_end()
    room.settle()
    assert waiting(room) == ["Only if I say so"]
    assert "Not sent yet" in head(room)
    room.host.may_reply.clear()
    room.tab.transcript.regenerated.emit()
    room.wait(lambda: head(room) == "Not sent by itself. Choose “Send now” when you like.")
    room.host.may_reply.set()
    room.wait_for_end()
    QTest.mouseClick(button_of(room, "Only if I say so", "queued_now"), Qt.MouseButton.LeftButton)
    room.wait(lambda: waiting(room) == [])
    room.wait_for_end()
    assert questions(room)[-1] == "Only if I say so"


def test_a_waiting_message_is_put_into_other_words(room: ChatRoom) -> None:
    begin(room)
    type_and_enter(room, "Wrng")
    button_of(room, "Wrng", "queued_edit").click()
    field = strip(room).findChild(MessageEditor, "queued_text")
    assert isinstance(field, MessageEditor)
    assert field.text() == "Wrng"
    room.host.may_reply.set()  # the reply ends while it is being edited
    room.wait_for_end()
    room.settle()
    assert waiting(room) == ["Wrng"]
    field.selectAll()
    QTest.keyClicks(field, "Right")
    QTest.keyClick(field, Qt.Key.Key_Return)
    room.wait(lambda: waiting(room) == [])
    room.wait_for_end()
    assert questions(room)[-1] == "Right"


def test_escape_leaves_a_waiting_message_as_it_is(room: ChatRoom) -> None:
    begin(room)
    type_and_enter(room, "As it was")
    button_of(room, "As it was", "queued_edit").click()
    field = strip(room).findChild(MessageEditor, "queued_text")
    assert isinstance(field, MessageEditor)
    QTest.keyClicks(field, " and more")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert waiting(room) == ["As it was"]
    room.wait(lambda: button_of(room, "As it was", "queued_edit").isVisible())
    room.host.may_reply.set()
    room.wait(lambda: waiting(room) == [])
    room.wait_for_end()


def test_a_withdrawn_message_can_be_put_back(room: ChatRoom) -> None:
    begin(room)
    type_and_enter(room, "Not after all")
    button_of(room, "Not after all", "queued_withdraw").click()
    assert waiting(room) == []
    assert not strip(room).isVisible()
    toasts = room.tab.window().findChild(Toasts)
    assert isinstance(toasts, Toasts)
    toasts.undo()
    assert waiting(room) == ["Not after all"]
    assert strip(room).isVisible()
    room.host.may_reply.set()
    room.wait(lambda: waiting(room) == [])
    room.wait_for_end()


def test_another_chat_waits_its_turn(room: ChatRoom) -> None:
    begin(room)
    first = room.tab.conversation_id
    room.tab.begin_new()
    type_and_enter(room, "Elsewhere")
    other = room.tab.conversation_id
    assert other
    assert other != first
    assert "another chat" in head(room)
    assert room.store.get(other).title == "Elsewhere"
    room.tab.open(first)
    assert not strip(room).isVisible()
    room.host.may_reply.set()
    room.wait(lambda: len(room.store.branch(other)) == 2)
    room.wait_for_end()
    assert room.store.branch(other)[0].content == "Elsewhere"
    assert len(room.store.branch(first)) == 2


def test_what_waited_is_there_after_a_restart(
    room: ChatRoom, theme: Theme, qtbot: QtBot, profile: Path
) -> None:
    begin(room)
    key = room.tab.conversation_id
    type_and_enter(room, "Still here")
    room.host.fail_next()
    room.host.may_reply.set()
    room.wait_for_end()
    for queueing in room.tab.findChildren(Queueing):
        queueing.close()
    room.close()
    again = ChatRoom(theme, qtbot, profile)
    try:
        queueing = equip(again, theme)
        again.tab.open(key)
        again.settle()
        assert waiting(again) == ["Still here"]
        assert strip(again).isVisible()
        assert "Not sent yet" in head(again)
        again.tab.refresh_models()
        again.settle()
        button_of(again, "Still here", "queued_now").click()
        again.wait(lambda: waiting(again) == [])
        again.wait_for_end()
        assert questions(again)[-1] == "Still here"
        queueing.close()
    finally:
        again.close()


def test_the_draft_is_not_lost_when_a_queued_message_goes(room: ChatRoom) -> None:
    begin(room)
    type_and_enter(room, "Goes by itself")
    QTest.keyClicks(editor(room), "half a thought")
    room.host.may_reply.set()
    room.wait(lambda: waiting(room) == [])
    room.wait_for_end()
    assert room.tab.composer.text() == "half a thought"
    room.tab.draft.keep()
    assert room.store.get(room.tab.conversation_id).draft == "half a thought"


def test_another_chat_on_show_keeps_the_words_and_lets_the_queue_go_on(room: ChatRoom) -> None:
    begin(room)
    first = room.tab.conversation_id
    type_and_enter(room, "Wrng")
    button_of(room, "Wrng", "queued_edit").click()
    field = strip(room).findChild(MessageEditor, "queued_text")
    assert isinstance(field, MessageEditor)
    field.selectAll()
    QTest.keyClicks(field, "Right")
    room.host.may_reply.set()
    room.wait_for_end()
    room.tab.begin_new()
    room.wait(lambda: len(room.store.branch(first)) == 4)
    room.wait_for_end()
    assert room.store.branch(first)[2].content == "Right"


def test_what_is_chosen_while_the_first_message_waits_is_its_chat_s(room: ChatRoom) -> None:
    begin(room)
    room.tab.begin_new()
    type_and_enter(room, "Elsewhere")
    other = room.tab.conversation_id
    room.tab.overflow.choose("compact")
    assert room.store.get(other).options.overflow == "compact"
    room.tab.begin_new()
    assert room.tab.choices.options == Options()
    room.host.may_reply.set()
    room.wait(lambda: waiting(room) == [])
    room.wait_for_end()


@pytest.mark.parametrize("refuses", ["queue", "options"])
def test_no_chat_is_left_where_its_first_message_cannot_wait(
    room: ChatRoom, refuses: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def full(*_args: object) -> None:
        raise StudioError("disk.full", "The disk is full.", "Make room.")

    begin(room)
    room.tab.begin_new()
    room.tab.overflow.choose("compact")
    note = tmp_path / "note.txt"
    note.write_bytes(b"Milk")
    attachments = Attachments(room.parts.database)
    attachments.add("", read(note))
    if refuses == "queue":
        monkeypatch.setattr(Queue, "add", full)
    else:
        monkeypatch.setattr(room.store, "set_options", full)
    with_settled = []
    room.tab.draft.settled.connect(lambda: with_settled.append(attachments.waiting("")))
    type_and_enter(room, "Elsewhere")
    assert room.told() == "The disk is full. Make room."
    assert room.tab.composer.text() == "Elsewhere"
    assert room.tab.conversation_id == ""
    assert len(room.store.list()) == 1
    assert [each.name for each in with_settled[-1]] == ["note.txt"]
    room.host.may_reply.set()
    room.wait_for_end()


def test_files_are_pasted_into_a_waiting_message_as_words(room: ChatRoom, tmp_path: Path) -> None:
    begin(room)
    type_and_enter(room, "See ")
    button_of(room, "See ", "queued_edit").click()
    field = strip(room).findChild(MessageEditor, "queued_text")
    assert isinstance(field, MessageEditor)
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(tmp_path / "note.txt"))])
    QGuiApplication.clipboard().setMimeData(files)
    QTest.keySequence(field, QKeySequence(QKeySequence.StandardKey.Paste))
    assert field.text().endswith("note.txt")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    room.host.may_reply.set()
    room.wait(lambda: waiting(room) == [])
    room.wait_for_end()
