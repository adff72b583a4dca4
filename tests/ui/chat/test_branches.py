"""Branches in the real room: other words, other replies, versions, copies, deleting with Undo."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot
from support.answering_host import ANSWER
from support.chat_room import ChatRoom, room_with_model
from support.talk import on_screen, place_of, seen

from studio.chat.conversation import Status
from studio.chat.tree import ConversationTree
from studio.errors import StudioError
from studio.ui.chat.messages.footer_view import FooterView
from studio.ui.chat.messages.person_view import PersonView
from studio.ui.chat.messages.wording_view import WordingView
from studio.ui.theme import Theme
from studio.ui.widgets.toast import Toasts

ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
FULL = StudioError("disk.full", "The disk is full.", "Free some space.")


@pytest.fixture
def room(theme: Theme, qtbot: QtBot, profile: Path) -> Iterator[ChatRoom]:
    with room_with_model(theme, qtbot, profile) as made:
        yield made


def told_talk(room: ChatRoom, *exchanges: tuple[str, str], stop: str = "end") -> str:
    """Store a conversation and open it; return its id."""
    made = room.store.create(model="tiny")
    for question, answer in exchanges:
        _, reply = room.store.ask(made.id, question, "tiny")
        room.store.finish_reply(reply.id, "finished", content=answer, reasoning="", stop=stop)
    room.tab.list.refresh()
    room.tab.open(made.id)
    return made.id


def texts(room: ChatRoom) -> list[str]:
    """Return what is on show; it has to be what is stored."""
    shown = [entry.message.content for entry in room.tab.transcript.entries]
    assert shown == [message.content for message in room.branch()]
    return shown


def person(room: ChatRoom, number: int) -> PersonView:
    return seen(room.tab.transcript, PersonView)[number]


def footer(room: ChatRoom, number: int) -> FooterView:
    return seen(room.tab.transcript, FooterView)[number]


def press(view: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    """Press a key with the focus on a message."""
    view.window().activateWindow()
    view.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(view, key, modifier or Qt.KeyboardModifier.NoModifier)


def choose(room: ChatRoom, view: QWidget, act: str) -> None:
    """Open the menu of a message and choose from it."""
    press(view, Qt.Key.Key_F10, SHIFT)
    (menu,) = (m for m in room.tab.transcript.findChildren(QMenu, "message_menu") if m.isVisible())
    (action,) = (each for each in menu.actions() if each.objectName() == f"message_{act}")
    assert action.isEnabled(), action.toolTip()
    action.trigger()
    menu.close()


def wording(room: ChatRoom) -> WordingView:
    (view,) = seen(room.tab.transcript, WordingView)
    return view


def toasts(room: ChatRoom) -> Toasts:
    made = room.tab.window().findChild(Toasts)
    assert made is not None
    return made


def test_a_question_is_sent_again_in_other_words(room: ChatRoom) -> None:
    told_talk(room, ("Hello", "Hi"), ("How are you?", "Well"))
    press(person(room, 0), Qt.Key.Key_F2)
    wording(room).editor.set_text("Good day")
    QTest.keyClick(wording(room).editor, Qt.Key.Key_Return)
    room.wait(lambda: len(room.branch()) == 2)
    room.wait_for_end()
    assert texts(room) == ["Good day", ANSWER]
    assert seen(room.tab.transcript, WordingView) == []
    assert person(room, 0).switcher.text() == "2 of 2"
    assert room.tab.composer.text() == ""
    QTest.mouseClick(person(room, 0).switcher.button(-1), Qt.MouseButton.LeftButton)
    assert texts(room) == ["Hello", "Hi", "How are you?", "Well"]


def test_the_composer_keeps_what_is_in_it(room: ChatRoom) -> None:
    told_talk(room, ("Hello", "Hi"))
    room.tab.composer.set_text("Half written")
    QTest.mouseClick(person(room, 0).edit, Qt.MouseButton.LeftButton)
    wording(room).editor.set_text("Good day")
    QTest.mouseClick(wording(room).submit, Qt.MouseButton.LeftButton)
    room.wait(lambda: room.branch()[0].content == "Good day")
    room.wait_for_end()
    assert room.tab.composer.text() == "Half written"


def test_other_words_during_another_turn_are_kept_in_the_row(room: ChatRoom) -> None:
    first = told_talk(room, ("Hello", "Hi"))
    room.tab.begin_new()
    room.host.may_reply.clear()
    room.send("Elsewhere")
    room.wait(lambda: room.tab.transcript.entries[-1].is_live)
    room.tab.open(first)
    press(person(room, 0), Qt.Key.Key_F2)
    wording(room).editor.set_text("Good day")
    QTest.mouseClick(wording(room).submit, Qt.MouseButton.LeftButton)
    assert room.told().startswith("A reply is being written.")
    assert wording(room).text() == "Good day"
    room.host.may_reply.set()
    room.wait_for_end()
    QTest.mouseClick(wording(room).submit, Qt.MouseButton.LeftButton)
    room.wait(lambda: room.branch()[0].content == "Good day")
    room.wait_for_end()


def test_other_words_that_cannot_be_stored_are_kept_in_the_row(
    room: ChatRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_named: object) -> None:
        raise FULL

    told_talk(room, ("Hello", "Hi"))
    press(person(room, 0), Qt.Key.Key_F2)
    wording(room).editor.set_text("Good day")
    with monkeypatch.context() as patch:
        patch.setattr(room.store, "ask", refuse)
        QTest.mouseClick(wording(room).submit, Qt.MouseButton.LeftButton)
        assert not wording(room).submit.isEnabled()
        room.wait(lambda: room.told() != "")
    assert room.told() == "The disk is full. Free some space."
    assert wording(room).text() == "Good day"
    assert room.tab.composer.text() == ""
    QTest.mouseClick(wording(room).submit, Qt.MouseButton.LeftButton)
    room.wait(lambda: room.branch()[0].content == "Good day")
    room.wait_for_end()


def test_a_reply_gets_a_version_of_the_persons_own(room: ChatRoom) -> None:
    told_talk(room, ("Hello", "Hi"), ("More", "Much more"))
    press(footer(room, 0), Qt.Key.Key_F2)
    wording(room).editor.set_text("Good day to you")
    QTest.keyClick(wording(room).editor, Qt.Key.Key_Return, CTRL)
    assert texts(room) == ["Hello", "Good day to you"]
    assert footer(room, 0).switcher.text() == "2 of 2"
    press(footer(room, 0), Qt.Key.Key_Left, ALT)
    assert texts(room) == ["Hello", "Hi", "More", "Much more"]
    press(footer(room, 0), Qt.Key.Key_Right, ALT)
    assert texts(room) == ["Hello", "Good day to you"]


def test_a_reply_that_was_not_changed_gets_no_version(room: ChatRoom) -> None:
    told_talk(room, ("Hello", "Hi"))
    press(footer(room, 0), Qt.Key.Key_F2)
    QTest.mouseClick(wording(room).submit, Qt.MouseButton.LeftButton)
    assert len(room.store.all_messages(room.tab.conversation_id)) == 2
    assert seen(room.tab.transcript, WordingView) == []


@pytest.mark.parametrize("way", ["button", "menu", "menu of the question"])
def test_another_reply_to_any_question(room: ChatRoom, way: str) -> None:
    told_talk(room, ("Hello", "Hi"), ("More", "Much more"))
    if way == "button":
        QTest.mouseClick(footer(room, 0).regenerate, Qt.MouseButton.LeftButton)
    else:
        choose(room, footer(room, 0) if way == "menu" else person(room, 0), "another")
    room.wait(lambda: len(room.branch()) == 2)
    room.wait_for_end()
    assert texts(room) == ["Hello", ANSWER]
    assert footer(room, 0).switcher.text() == "2 of 2"


def test_switching_keeps_the_place(room: ChatRoom) -> None:
    conversation = told_talk(room, *((f"Question {n}?", "So. " * 60) for n in range(20)))
    middle = room.branch()[20]
    tree: ConversationTree = room.parts.tree
    store = room.store
    _, reply = store.ask(conversation, "Otherwise?", "tiny", beside=middle.id)
    store.finish_reply(reply.id, "finished", content="Else. " * 900, reasoning="")
    tree.show(middle.id)
    room.tab.begin_new()
    room.tab.open(conversation)
    bar = room.tab.transcript.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    (view,) = (v for v in seen(room.tab.transcript, PersonView) if v.text.text() == middle.content)
    top = place_of(room.tab.transcript, middle.content)
    QTest.mouseClick(view.switcher.button(1), Qt.MouseButton.LeftButton)
    assert texts(room)[20:] == ["Otherwise?", "Else. " * 900]
    assert place_of(room.tab.transcript, "Otherwise?") == top


@pytest.mark.parametrize(("stop", "status"), [("max_tokens", "finished"), ("", "cancelled")])
def test_a_reply_that_was_cut_off_is_gone_on_with(
    room: ChatRoom, stop: str, status: Status
) -> None:
    made = room.store.create(model="tiny")
    _, reply = room.store.ask(made.id, "Count", "tiny")
    room.store.finish_reply(reply.id, status, content="One, ", reasoning="", stop=stop)
    room.tab.open(made.id)
    room.host.may_reply.clear()
    QTest.mouseClick(footer(room, 0).go_on, Qt.MouseButton.LeftButton)
    room.wait(lambda: room.tab.transcript.entries[-1].is_live)
    assert room.button("stop").isEnabled()
    room.host.may_reply.set()
    room.wait_for_end()
    assert texts(room) == ["Count", f"One, {ANSWER}"]
    assert room.branch()[-1].id == reply.id
    assert not footer(room, 0).go_on.isVisible()


def test_a_running_continuation_is_whole_after_looking_elsewhere(room: ChatRoom) -> None:
    first = told_talk(room, ("Count", "One, "), stop="max_tokens")
    other = room.store.create()
    room.host.may_reply.clear()
    choose(room, footer(room, 0), "continue")
    room.wait(lambda: room.tab.transcript.entries[-1].is_live)
    room.tab.open(other.id)
    room.tab.open(first)
    assert room.tab.transcript.entries[-1].message.content == "One, "
    room.host.may_reply.set()
    room.wait_for_end()
    assert texts(room) == ["Count", f"One, {ANSWER}"]


def test_a_copy_of_the_beginning_is_opened(room: ChatRoom) -> None:
    first = told_talk(room, ("Hello", "Hi"), ("More", "Much more"))
    choose(room, footer(room, 0), "fork")
    room.wait(lambda: room.tab.conversation_id != first)
    assert texts(room) == ["Hello", "Hi"]
    assert toasts(room).words() == "This is a new chat, with all that was said up to there."
    assert len(room.store.list()) == 2
    room.ask("And now?")
    assert texts(room) == ["Hello", "Hi", "And now?", ANSWER]
    assert len(room.store.branch(first)) == 4


@pytest.mark.parametrize("way", ["menu", "keys"])
def test_a_message_is_deleted_with_all_that_follows_and_comes_back(
    room: ChatRoom, way: str
) -> None:
    told_talk(room, ("Hello", "Hi"), ("More", "Much more"))
    if way == "menu":
        choose(room, footer(room, 0), "delete")
    else:
        press(footer(room, 0), Qt.Key.Key_Delete, CTRL)
    room.wait(lambda: toasts(room).words() != "")
    assert toasts(room).words() == "Deleted 3 messages."
    assert texts(room) == ["Hello"]
    toasts(room).undo()
    room.wait(lambda: len(room.branch()) == 4)
    room.settle()
    assert texts(room) == ["Hello", "Hi", "More", "Much more"]
    assert "Much more" in on_screen(room.tab.transcript)


def test_deleting_a_version_shows_the_one_beside_it(room: ChatRoom) -> None:
    told_talk(room, ("Hello", "Hi"))
    room.parts.tree.rewrite(room.branch()[1].id, "Good day")
    choose(room, footer(room, 0), "another")
    room.wait_for_end()
    room.wait(lambda: footer(room, 0).switcher.text() == "3 of 3")
    choose(room, footer(room, 0), "delete")
    room.wait(lambda: toasts(room).words() == "Deleted 1 message.")
    assert texts(room) == ["Hello", "Good day"]
    assert footer(room, 0).switcher.text() == "2 of 2"


def test_when_all_is_deleted_the_chat_begins_anew(room: ChatRoom) -> None:
    conversation = told_talk(room, ("Hello", "Hi"))
    choose(room, person(room, 0), "delete")
    room.wait(lambda: toasts(room).words() == "Deleted 2 messages.")
    assert not room.tab.work.shows_transcript
    toasts(room).undo()
    room.wait(lambda: room.tab.work.shows_transcript)
    assert texts(room) == ["Hello", "Hi"]
    choose(room, person(room, 0), "delete")
    room.wait(lambda: not room.tab.work.shows_transcript)
    room.ask("Once more")
    assert room.tab.conversation_id == conversation
    assert texts(room) == ["Once more", ANSWER]


def test_what_was_asked_can_be_answered_after_its_reply_was_deleted(room: ChatRoom) -> None:
    told_talk(room, ("Hello", "Hi"))
    choose(room, footer(room, 0), "delete")
    room.wait(lambda: toasts(room).words() != "")
    choose(room, person(room, 0), "another")
    room.wait(lambda: len(room.branch()) == 2)
    room.wait_for_end()
    assert texts(room) == ["Hello", ANSWER]


def test_nothing_comes_back_into_a_chat_while_a_reply_is_written(room: ChatRoom) -> None:
    told_talk(room, ("Hello", "Hi"), ("More", "Much more"))
    choose(room, person(room, 1), "delete")
    room.wait(lambda: toasts(room).words() != "")
    room.host.may_reply.clear()
    room.send("Something else")
    room.wait(lambda: room.tab.transcript.entries[-1].is_live)
    toasts(room).undo()
    room.wait(lambda: room.told().startswith("A reply is being written."))
    assert toasts(room).words() == "Deleted 2 messages.", "it can be undone later"
    room.host.may_reply.set()
    room.wait_for_end()
    toasts(room).undo()
    room.wait(lambda: "Much more" in [message.content for message in room.branch()])


def test_a_message_that_is_gone_already_is_told(room: ChatRoom) -> None:
    told_talk(room, ("Hello", "Hi"))
    room.parts.tree.remove(room.branch()[1].id)
    choose(room, footer(room, 0), "delete")
    room.wait(lambda: room.told() != "")
    assert room.told().endswith("Reload the conversation.")


def test_nothing_is_offered_that_would_disturb_a_reply(room: ChatRoom) -> None:
    told_talk(room, ("Hello", "Hi"))
    room.host.may_reply.clear()
    room.send("More")
    room.wait(lambda: room.tab.transcript.entries[-1].is_live)
    press(person(room, 0), Qt.Key.Key_F2)
    assert seen(room.tab.transcript, WordingView) == []
    assert person(room, 0).edit.isHidden()
    room.host.may_reply.set()
    room.wait_for_end()
    press(person(room, 0), Qt.Key.Key_F2)
    assert len(seen(room.tab.transcript, WordingView)) == 1


def test_what_was_deleted_a_month_ago_goes_for_good_after_the_start(room: ChatRoom) -> None:
    conversation = told_talk(room, ("Hello", "Hi"))
    now = datetime.now(UTC)
    rows = [
        {
            "id": f"removal{days}",
            "conversation_id": conversation,
            "removed_at": (now - timedelta(days=days)).isoformat(timespec="microseconds"),
            "leaf_id": None,
            "messages": json.dumps([]),
        }
        for days in (29, 31)
    ]
    with room.parts.database.transaction() as connection:
        connection.table("chat_removals").insert_all(rows)
    room.parts.prepare()
    room.settle()
    with room.parts.database.reading() as connection:
        left = [row["id"] for row in connection.query("SELECT id FROM chat_removals")]
    assert left == ["removal29"]
