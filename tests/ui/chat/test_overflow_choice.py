"""What happens when a chat outgrows the context, chosen by mouse and keyboard, and shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from support.chat_room import ChatRoom, room_with_model
from support.talk import seen

from studio.chat.options import Options
from studio.ui.chat.messages.rows import ReadsFrom
from studio.ui.chat.messages.seen_views import ReadsFromView, SummaryView
from studio.ui.chat.messages.views import FailureView
from studio.ui.chat.overflow.menu import OverflowMenu
from studio.ui.theme import Theme


@pytest.fixture
def room(theme: Theme, qtbot: QtBot, profile: Path) -> Iterator[ChatRoom]:
    with room_with_model(theme, qtbot, profile) as made:
        yield made


def menu_of(room: ChatRoom) -> OverflowMenu:
    QTest.mouseClick(room.tab.composer.ring, Qt.MouseButton.LeftButton)
    menu = room.tab.overflow.menu
    assert menu is not None
    assert menu.isVisible()
    return menu


def action(menu: OverflowMenu, name: str) -> QAction:
    (found,) = [each for each in menu.actions() if each.objectName() == name]
    return found


def choose(room: ChatRoom, name: str) -> None:
    menu = menu_of(room)
    action(menu, name).trigger()
    menu.close()


def summarise(room: ChatRoom, upto: int, text: str = "They spoke of bees.") -> str:
    """Keep a summary of the first messages, as the model would have written it."""
    branch = room.branch()
    return room.parts.session.summaries.add(branch[0].conversation_id, branch[upto - 1].id, text).id


def reopen(room: ChatRoom) -> None:
    key = room.tab.conversation_id
    room.tab.begin_new()
    room.tab.open(key)


def note_reading(room: ChatRoom, reads_from: int, summarised: int = 0) -> None:
    """Let the last reply have been made from a part of the chat."""
    reply = room.branch()[-1]
    room.store.finish_reply(
        reply.id,
        "finished",
        content=reply.content,
        reasoning="",
        recipe=reply.recipe | {"reads_from": reads_from, "summarised": summarised},
    )


def test_the_ring_tells_what_holds_and_takes_another_choice(room: ChatRoom) -> None:
    room.ask("Hello")
    menu = menu_of(room)
    assert action(menu, "overflow_usual").isChecked()
    assert "Leave out the oldest messages" in action(menu, "overflow_usual").text()
    assert not action(menu, "use_whole_text").isVisible()
    action(menu, "overflow_compact").trigger()
    menu.close()
    assert room.store.get(room.tab.conversation_id).options.overflow == "compact"
    assert action(menu_of(room), "overflow_compact").isChecked()
    choose(room, "overflow_usual")
    assert room.store.get(room.tab.conversation_id).options == Options()


def test_the_menu_goes_by_keyboard(room: ChatRoom) -> None:
    room.ask("Hello")
    ring = room.tab.composer.ring
    ring.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(ring, Qt.Key.Key_Space)
    menu = room.tab.overflow.menu
    assert menu is not None
    while menu.activeAction() is None or menu.activeAction().objectName() != "overflow_stop":
        QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert room.store.get(room.tab.conversation_id).options.overflow == "stop"


def test_a_new_chat_keeps_what_was_chosen_before_its_first_message(room: ChatRoom) -> None:
    choose(room, "overflow_stop")
    menu = menu_of(room)
    assert action(menu, "overflow_stop").isChecked()
    assert not action(menu, "summarise_now").isEnabled()
    menu.close()
    room.ask("Hello")
    assert room.store.get(room.tab.conversation_id).options.overflow == "stop"
    room.tab.begin_new()
    assert action(menu_of(room), "overflow_usual").isChecked()


def test_the_settings_decide_where_the_chat_does_not(room: ChatRoom) -> None:
    room.parts.settings.set("chat.overflow", "compact")
    menu = menu_of(room)
    assert "Summarise the oldest messages" in action(menu, "overflow_usual").text()


def test_the_inspector_tells_it_and_leads_to_the_menu(room: ChatRoom) -> None:
    room.ask("Hello")
    inspector = room.tab.inspector.inspector
    button = inspector.findChild(QPushButton, "choose_overflow_here")
    assert button is not None
    assert button.text() == "Leave out the oldest messages"
    button.click()
    menu = room.tab.overflow.menu
    assert menu is not None
    action(menu, "overflow_stop").trigger()
    menu.close()
    assert button.text() == "Stop and ask"
    assert button.accessibleName() == "When the chat outgrows the context: Stop and ask"


def test_a_line_marks_from_where_on_the_model_reads(room: ChatRoom) -> None:
    for text in ("One", "Two", "Three"):
        room.ask(text)
    assert not seen(room.tab.transcript, ReadsFromView)
    note_reading(room, 2)
    reopen(room)
    (line,) = seen(room.tab.transcript, ReadsFromView)
    assert line.accessibleName() == "The model reads from here on"
    entry = room.tab.transcript.entries[2]
    assert entry.rows[0].kind == "reads_from"
    room.ask("Four")
    assert not seen(room.tab.transcript, ReadsFromView), "the last prompt held all of it"


def told_of(summarised: int, unread: int, theme: Theme) -> tuple[str, str]:
    view = ReadsFromView(theme)
    view.show_piece(ReadsFrom(summarised, unread))
    return view.text(), view.accessibleDescription()


def test_the_line_says_what_was_summarised_and_what_was_not(theme: Theme) -> None:
    line = "The model reads from here on"
    assert told_of(0, 4, theme)[0] == line
    assert told_of(4, 0, theme) == (
        f"{line}, and what is above as a summary",
        "What is above was told to it as a summary.",
    )
    assert told_of(4, 2, theme) == (
        f"{line}, and the first 4 messages as a summary",
        "The first 4 messages were told to it as a summary. The 2 messages after that no longer "
        "fit into its context; nothing of them is lost.",
    )


def test_the_line_knows_what_the_last_reply_was_told(room: ChatRoom) -> None:
    for text in ("One", "Two", "Three"):
        room.ask(text)
    note_reading(room, 4, summarised=2)
    reopen(room)
    (line,) = seen(room.tab.transcript, ReadsFromView)
    assert line.text() == "The model reads from here on, and the first 2 messages as a summary"


def test_a_summary_stands_in_the_chat_and_unfolds(room: ChatRoom) -> None:
    for text in ("One", "Two", "Three"):
        room.ask(text)
    summarise(room, 2)
    reopen(room)
    (view,) = seen(room.tab.transcript, SummaryView)
    assert view.text() == "The 2 messages above, summarised for the model"
    assert not view.words.isVisible()
    folded = view.height()
    view.heading.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(view.heading, Qt.Key.Key_Space)
    (view,) = seen(room.tab.transcript, SummaryView)
    assert view.words.isVisible()
    assert view.words.text() == "They spoke of bees."
    assert view.height() > folded
    view.copy.click()
    assert QGuiApplication.clipboard().text() == "They spoke of bees."
    QTest.keyClick(view.heading, Qt.Key.Key_Space)
    assert not view.words.isVisible()


def test_the_whole_text_is_used_again_and_that_is_undone(room: ChatRoom) -> None:
    for text in ("One", "Two", "Three"):
        room.ask(text)
    summarise(room, 2)
    reopen(room)
    (view,) = seen(room.tab.transcript, SummaryView)
    view.heading.click()
    view.whole.click()
    key = room.tab.conversation_id
    assert room.parts.session.summaries.of(key) == []
    assert not seen(room.tab.transcript, SummaryView)
    room.tab._toasts.undo()
    assert len(room.parts.session.summaries.of(key)) == 1
    assert seen(room.tab.transcript, SummaryView)
    assert [each.content for each in room.branch() if each.role == "user"] == [
        "One",
        "Two",
        "Three",
    ]


def test_a_summary_is_not_shown_on_another_branch(room: ChatRoom) -> None:
    for text in ("One", "Two"):
        room.ask(text)
    summarise(room, 2)
    reopen(room)
    assert seen(room.tab.transcript, SummaryView)
    room.parts.session.send(
        room.tab.conversation_id, "Else", lambda _: None, beside=room.branch()[0].id
    ).result(20)
    reopen(room)
    assert not seen(room.tab.transcript, SummaryView)


def test_summarise_now_asks_the_model(room: ChatRoom) -> None:
    for text in ("One", "Two", "Three"):
        room.ask(text)
    room.host.may_reply.clear()
    choose(room, "summarise_now")
    assert room.button("stop").isVisible()
    room.host.may_reply.set()
    room.wait(lambda: bool(room.parts.session.summaries.of(room.tab.conversation_id)))
    room.wait_for_end()
    (view,) = seen(room.tab.transcript, SummaryView)
    assert view.words.text() == "Two words"
    assert room.tab._toasts.words() == "The model reads the oldest part as a summary from now on."
    assert room.parts.session.running_in is None


def test_with_one_exchange_it_says_that_there_is_nothing_to_summarise(room: ChatRoom) -> None:
    room.ask("Hello")
    choose(room, "summarise_now")
    room.wait(lambda: bool(room.told()))
    assert "There is no older part to summarise" in room.told()
    room.wait_for_end()


def test_the_command_says_why_a_new_chat_is_not_summarised(room: ChatRoom) -> None:
    room.tab.page_commands()["summarise"]()
    assert room.tab._toasts.words() == "There is nothing to summarise yet."


def test_a_full_context_leads_to_another_way(room: ChatRoom) -> None:
    room.tab.overflow.choose("stop")
    room.host.tokens_each = 400
    room.ask("One")
    assert not room.failures()
    room.ask("Two")
    (words,) = room.failures()
    assert "outgrown" in words
    assert "Nothing was sent to the model" in words
    branch = room.branch()
    assert [each.content for each in branch if each.role == "user"] == ["One", "Two"]
    (failure,) = seen(room.tab.transcript, FailureView)
    button = failure.findChild(QPushButton, "choose_overflow")
    assert button is not None
    button.click()
    menu = room.tab.overflow.menu
    assert menu is not None
    assert menu.isVisible()
    action(menu, "overflow_roll").trigger()
    menu.close()
    room.button("try_again").click()
    room.wait_for_end()
    assert not room.failures()
    assert room.branch()[-1].recipe["reads_from"] == 2


def test_undo_takes_away_the_summary_that_was_made_and_no_other(room: ChatRoom) -> None:
    for text in ("Uno", "Due", "Tre"):
        room.ask(text)
    summarise(room, 2)
    other = room.tab.conversation_id
    room.tab.begin_new()
    for text in ("One", "Two", "Three", "Four"):
        room.ask(text)
    key = room.tab.conversation_id
    before = summarise(room, 2)
    choose(room, "summarise_now")
    summaries = room.parts.session.summaries
    room.wait(lambda: len(summaries.of(key)) == 2)
    room.wait_for_end()
    room.tab.open(other)
    room.tab._toasts.undo()
    assert [each.id for each in summaries.of(key)] == [before]
    assert len(summaries.of(other)) == 1


def test_what_runs_in_another_window_is_not_stopped_from_here(
    room: ChatRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    for text in ("One", "Two", "Three"):
        room.ask(text)
    summaries = room.tab.overflow.summaries
    ended = summaries._on_ended

    def begun_elsewhere(*args: Any) -> None:
        with monkeypatch.context() as patch:
            patch.setattr(type(room.parts.session), "running_in", "a temporary chat")
            ended(*args)

    monkeypatch.setattr(summaries, "_on_ended", begun_elsewhere)
    choose(room, "summarise_now")
    room.wait(lambda: bool(room.parts.session.summaries.of(room.tab.conversation_id)))
    room.wait_for_end()
