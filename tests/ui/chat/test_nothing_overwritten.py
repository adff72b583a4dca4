"""Nothing that stands in the message is overwritten: by an example, a prompt, or another chat."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from support.chat_room import ChatRoom, room_with_model

from studio.errors import StudioError
from studio.ui.chat.conversations.rows import CONVERSATION
from studio.ui.chat.conversations.view import ConversationView
from studio.ui.chat.welcome import EXAMPLES
from studio.ui.theme import Theme

CTRL = Qt.KeyboardModifier.ControlModifier
EXPLAIN, WRITE = EXAMPLES[0][1], EXAMPLES[1][1]
FULL = StudioError("disk.full", "The disk is full.", "Free some space.")


@pytest.fixture
def room(theme: Theme, qtbot: QtBot, profile: Path) -> Iterator[ChatRoom]:
    with room_with_model(theme, qtbot, profile) as made:
        yield made


def field(room: ChatRoom) -> QWidget:
    editor = room.tab.composer.focusProxy()
    assert isinstance(editor, QWidget)
    return editor


def click_example(room: ChatRoom, name: str) -> None:
    QTest.mouseClick(room.button(f"example_{name}"), Qt.MouseButton.LeftButton)


def test_an_example_goes_into_an_empty_message(room: ChatRoom) -> None:
    click_example(room, "explain")
    assert room.tab.composer.text() == EXPLAIN
    QTest.keyClicks(field(room), " Go on.")
    assert room.tab.composer.text() == f"{EXPLAIN} Go on."


def test_another_example_takes_the_place_of_the_first(room: ChatRoom) -> None:
    click_example(room, "explain")
    click_example(room, "write")
    assert room.tab.composer.text() == WRITE
    QTest.keyClick(field(room), Qt.Key.Key_Z, CTRL)
    assert room.tab.composer.text() == EXPLAIN


def test_an_example_leaves_what_was_written(room: ChatRoom) -> None:
    QTest.keyClicks(field(room), "My own words")
    click_example(room, "explain")
    assert room.tab.composer.text() == f"My own words\n\n{EXPLAIN}"
    QTest.keyClick(field(room), Qt.Key.Key_Z, CTRL)
    assert room.tab.composer.text() == "My own words"


def test_an_example_that_was_changed_is_the_persons_own(room: ChatRoom) -> None:
    click_example(room, "explain")
    QTest.keyClicks(field(room), " Briefly.")
    click_example(room, "write")
    assert room.tab.composer.text() == f"{EXPLAIN} Briefly.\n\n{WRITE}"


def test_another_chat_opened_while_typing_keeps_both(room: ChatRoom, qtbot: QtBot) -> None:
    other = room.store.create()
    room.store.ask(other.id, "The other one", "tiny")
    room.tab.list.refresh()
    rows = room.tab.findChild(ConversationView)
    assert rows is not None
    room.wait(lambda: rows.model().rowCount() > 0)
    place = next(
        rows.model().index(number, 0)
        for number in range(rows.model().rowCount())
        if rows.model().index(number, 0).data(CONVERSATION) is not None
    )
    QTest.keyClicks(field(room), "Half of a th")
    QTest.mouseClick(
        rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.visualRect(place).center()
    )
    assert room.tab.conversation_id == other.id
    assert room.tab.composer.text() == ""
    QTest.keyClicks(field(room), "Another thought")
    room.tab.begin_new()
    assert room.tab.composer.text() == "Half of a th"
    room.wait(lambda: room.store.get(other.id).draft == "Another thought")


def test_typing_on_without_a_pause_is_kept_meanwhile(room: ChatRoom, qtbot: QtBot) -> None:
    made = room.store.create()
    room.tab.open(made.id)
    for _ in range(400):
        QTest.keyClick(field(room), Qt.Key.Key_X)
        qtbot.wait(20)
        if room.store.get(made.id).draft:
            break
    assert room.store.get(made.id).draft
    room.tab.draft.keep()


@pytest.mark.parametrize("is_full", [True, False])
def test_words_after_one_that_is_on_its_way_are_kept_wherever_one_looks(
    room: ChatRoom, monkeypatch: pytest.MonkeyPatch, is_full: bool
) -> None:
    reached, go = threading.Event(), threading.Event()
    ask = room.store.ask

    def held(conversation: str, text: str, model: str, **more: Any) -> object:
        reached.set()
        assert go.wait(20)
        if is_full:
            raise FULL
        return ask(conversation, text, model, **more)

    monkeypatch.setattr(room.store, "ask", held)
    made = room.store.create()
    room.tab.open(made.id)
    QTest.keyClicks(field(room), "First")
    QTest.keyClick(field(room), Qt.Key.Key_Return)
    assert reached.wait(20)
    assert room.tab.composer.text() == ""
    QTest.keyClicks(field(room), "Second")
    room.wait(lambda: room.store.get(made.id).draft == "First\n\nSecond")
    room.tab.begin_new()
    go.set()
    if is_full:
        room.wait(lambda: room.told() != "")
    else:
        room.wait(lambda: len(room.store.branch(made.id)) == 2)
    room.wait_for_end()
    left = "First\n\nSecond" if is_full else "Second"
    room.wait(lambda: room.store.get(made.id).draft == left)
    room.tab.open(made.id)
    assert room.tab.composer.text() == left
