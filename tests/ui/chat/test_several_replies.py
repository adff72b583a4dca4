"""Several replies side by side, in the real Chat room with a worker that answers in two words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot
from support.answering_host import ANSWER
from support.chat_room import ChatRoom, room_with_model
from support.machine import Machine
from support.talk import seen

from studio.chat.conversation import Message
from studio.chat.queue import Queue
from studio.chat.several import several
from studio.chat.several.agreement import Agreement
from studio.ui.chat.messages.message_actions import Act
from studio.ui.chat.messages.person_view import PersonView
from studio.ui.chat.queue.queueing import Queueing
from studio.ui.chat.several.dialog import SeveralDialog
from studio.ui.chat.several.door import SeveralDoor
from studio.ui.theme import Theme


@pytest.fixture
def room(theme: Theme, qtbot: QtBot, profile: Path) -> Iterator[ChatRoom]:
    with room_with_model(theme, qtbot, profile) as made:
        made.ask("What is it?")
        yield made


@pytest.fixture
def door(room: ChatRoom, theme: Theme) -> SeveralDoor:
    parts = room.parts
    return SeveralDoor(
        theme,
        room.tab,
        room.store,
        lambda: parts.session,
        lambda: parts.tree,
        room.tab._toasts,
    )


def dialog_of(door: SeveralDoor) -> SeveralDialog:
    assert door.dialog is not None
    return door.dialog


def press(dialog: SeveralDialog, name: str) -> None:
    button = dialog.findChild(QPushButton, name)
    assert button is not None
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def written(room: ChatRoom, door: SeveralDoor, count: int = 3) -> SeveralDialog:
    """Open the window, have replies written, and wait for the end."""
    door.open_last()
    dialog = dialog_of(door)
    assert dialog.coming.isVisible()
    dialog.number.setCurrentIndex(dialog.number.findData(count))
    press(dialog, "write_several")
    assert not dialog.coming.isVisible()
    room.wait(lambda: sum(each.reply is not None for each in dialog.columns.columns) == count)
    room.wait_for_end()
    return dialog


def replies(room: ChatRoom) -> list[Message]:
    """Return all replies of the chat, in the order in which they were written."""
    query = "SELECT id FROM chat_messages WHERE role = 'assistant' ORDER BY created_at, rowid"
    with room.parts.database.reading() as connection:
        ids = [row["id"] for row in connection.query(query)]
    return [room.store.message(each) for each in ids]


def said(dialog: SeveralDialog, name: str) -> str:
    found = dialog.findChild(QLabel, name)
    assert found is not None
    return found.text()


def test_each_is_a_reply_of_its_own(room: ChatRoom, door: SeveralDoor) -> None:
    dialog = written(room, door)
    first, *new = replies(room)
    assert len(new) == 3
    assert {each.parent_id for each in new} == {first.parent_id}
    assert {each.status for each in new} == {"finished"}
    assert [each.text.text() for each in dialog.columns.columns] == [ANSWER] * 3
    assert said(dialog, "agreement") == f"All 3 give the same answer: {ANSWER}"
    marks = [each.mark.words() for each in dialog.columns.columns]
    assert marks == ["", "", ""], "none is closer than another"


def test_one_is_kept_with_the_keyboard(room: ChatRoom, door: SeveralDoor) -> None:
    dialog = written(room, door)
    columns = dialog.columns.columns
    assert dialog.focusWidget() is columns[0]
    QTest.keyClick(columns[0], Qt.Key.Key_Right)
    assert dialog.focusWidget() is columns[1]
    wanted = columns[1].reply
    assert wanted is not None
    QTest.keyClick(columns[1], Qt.Key.Key_Return)
    assert door.dialog is None
    assert room.branch()[-1].id == wanted.id
    assert room.tab.transcript.entries[-1].message.id == wanted.id
    assert len(replies(room)) == 4


def test_one_is_kept_with_the_mouse(room: ChatRoom, door: SeveralDoor) -> None:
    dialog = written(room, door, 2)
    column = dialog.columns.columns[0]
    QTest.mouseClick(column.button, Qt.MouseButton.LeftButton)
    assert column.reply is not None
    assert room.branch()[-1].id == column.reply.id


def test_closed_without_a_choice_the_old_reply_is_on_show(
    room: ChatRoom, door: SeveralDoor
) -> None:
    before = room.branch()[-1]
    dialog = written(room, door)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert door.dialog is None
    assert room.branch()[-1].id == before.id
    assert len(replies(room)) == 4


def test_stop_keeps_what_is_there_and_begins_no_other(room: ChatRoom, door: SeveralDoor) -> None:
    door.open_last()
    dialog = dialog_of(door)
    room.host.may_reply.clear()
    press(dialog, "write_several")
    room.wait(lambda: len(dialog.columns.columns) == 1)
    press(dialog, "progress_cancel")
    room.host.may_reply.set()
    room.wait_for_end()
    assert len(dialog.columns.columns) == 1
    assert len(replies(room)) == 2
    assert not dialog.strip.isVisible()


def test_closing_while_one_is_written_stops_and_loses_nothing(
    room: ChatRoom, door: SeveralDoor
) -> None:
    door.open_last()
    dialog = dialog_of(door)
    room.host.may_reply.clear()
    press(dialog, "write_several")
    room.wait(lambda: len(dialog.columns.columns) == 1)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    room.host.may_reply.set()
    room.wait_for_end()
    assert len(replies(room)) == 2
    assert room.tab.composer.refusal() is None
    room.ask("And now?")
    assert room.branch()[-1].content == ANSWER


def test_what_waits_meanwhile_follows_the_reply_that_is_on_show_again(
    room: ChatRoom, door: SeveralDoor, theme: Theme
) -> None:
    parts, before = room.parts, room.branch()[-1]
    queueing = Queueing(
        theme,
        room.tab,
        Queue(parts.database),
        lambda: parts.session,
        room.tab._toasts,
        lambda: True,
    )
    door.open_last()
    dialog = dialog_of(door)
    room.host.may_reply.clear()
    press(dialog, "write_several")
    room.wait(lambda: len(dialog.columns.columns) == 1)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    room.tab.composer.sent.emit("And now?")
    room.host.may_reply.set()
    room.wait(lambda: len(room.branch()) == 4 and room.branch()[-1].status == "finished")
    room.wait_for_end()
    assert [message.id for message in room.branch()][1] == before.id
    queueing.close()


def test_a_window_that_was_held_up_chooses_among_all_of_them(
    room: ChatRoom, door: SeveralDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def the_last(written: Sequence[Message]) -> Agreement:
        return Agreement("words", len(written), central=len(written) - 1)

    monkeypatch.setattr(several, "agreement_of", the_last)
    room.parts.tree.remove(room.branch()[-1].id)
    door.open(room.branch()[-1])
    press(dialog_of(door), "write_several")
    pause = Event()
    while room.parts.session.running_in is not None:  # the window hears of nothing meanwhile
        pause.wait(0.01)
    room.wait_for_end()
    assert len(replies(room)) == 3
    assert room.branch()[-1].id == replies(room)[-1].id


def test_a_failure_ends_it_and_is_told(room: ChatRoom, door: SeveralDoor) -> None:
    door.open_last()
    dialog = dialog_of(door)
    room.host.fail_next()
    press(dialog, "write_several")
    room.wait(dialog.banner.isVisible)
    room.wait_for_end()
    assert len(dialog.columns.columns) == 1
    assert not dialog.columns.columns[0].button.isEnabled()


def test_a_model_that_does_not_fit_can_be_loaded_anyway(
    theme: Theme, qtbot: QtBot, profile: Path, machine: Machine
) -> None:
    with room_with_model(theme, qtbot, profile) as room:
        chat = room.store.create(model="tiny")
        question, reply = room.store.ask(chat.id, "What is it?", "tiny")
        room.store.finish_reply(reply.id, "finished", content="This", reasoning="")
        room.tab.open(chat.id)
        machine.fill()
        parts = room.parts
        door = SeveralDoor(
            theme,
            room.tab,
            room.store,
            lambda: parts.session,
            lambda: parts.tree,
            room.tab._toasts,
        )
        door.open(question)
        dialog = dialog_of(door)
        press(dialog, "write_several")
        room.wait(dialog.banner.isVisible)
        assert "memory" in dialog.banner.text()
        room.wait_for_end()
        press(dialog, "load_anyway")
        room.wait(lambda: sum(each.reply is not None for each in dialog.columns.columns) >= 3)
        room.wait_for_end()
        dialog.close()


def test_while_another_reply_is_written_it_is_refused(room: ChatRoom, door: SeveralDoor) -> None:
    door.open_last()
    dialog = dialog_of(door)
    room.host.may_reply.clear()
    room.send("Something else")
    room.wait(lambda: room.parts.session.running_in is not None)
    press(dialog, "write_several")
    assert "A reply is being written." in dialog.banner.text()
    room.host.may_reply.set()
    room.wait_for_end()


def test_the_menu_of_a_message_leads_there(room: ChatRoom, door: SeveralDoor) -> None:
    (person,) = seen(room.tab.transcript, PersonView)
    reply = room.branch()[-1]
    assert person.isVisible()
    room.tab.transcript.acted.emit(reply, Act.SEVERAL)
    assert dialog_of(door).about.text() == "What is it?"


def test_without_a_question_it_says_so(room: ChatRoom, door: SeveralDoor) -> None:
    room.tab.begin_new()
    door.open_last()
    assert door.dialog is None
    assert room.tab._toasts.words() == "There is no question here yet. Write one first."
