"""The list of chats shows what another program has written."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot
from support.chat_room import ChatRoom, room_with_model

from studio.chat.drafts import NEW_CHAT
from studio.ui.chat.conversations import watch as list_watch
from studio.ui.chat.conversations.rows import CONVERSATION
from studio.ui.chat.conversations.watch import ListWatch
from studio.ui.theme import Theme


@pytest.fixture
def room(
    theme: Theme, qtbot: QtBot, profile: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[ChatRoom]:
    monkeypatch.setattr(list_watch, "_EVERY_MS", 20)
    with room_with_model(theme, qtbot, profile) as made:
        chat = made.store.create()
        made.store.rename(chat.id, "Before")
        made.tab.list.refresh()
        yield made


def watch(room: ChatRoom, *, is_busy: bool = False) -> ListWatch:
    room.tab.window().activateWindow()
    room.wait(room.tab.list.isActiveWindow)
    parts = room.parts
    return ListWatch(room.tab.list, parts.database, lambda: is_busy, parts.background)


def titled_elsewhere(room: ChatRoom, title: str) -> None:
    """Do what the terminal does: write over a connection of another program."""
    with closing(sqlite3.connect(room.parts.database.path)) as other:
        other.execute("UPDATE chat_conversations SET title = ?", [title])
        other.commit()


def titles(room: ChatRoom) -> list[str]:
    model = room.tab.list.list.model()
    rows = [model.index(row, 0).data(CONVERSATION) for row in range(model.rowCount())]
    return [row.title for row in rows if row is not None]


def test_what_the_terminal_has_written_shows_within_seconds(room: ChatRoom) -> None:
    watch(room)
    titled_elsewhere(room, "After")
    room.wait(lambda: titles(room) == ["After"])


def test_it_shows_at_once_when_the_window_is_returned_to(
    room: ChatRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_watch, "_EVERY_MS", 60_000)
    watch(room)
    other = QLineEdit()
    room.qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    room.wait(other.isActiveWindow)
    titled_elsewhere(room, "After")
    room.qtbot.wait(40)
    assert titles(room) == ["Before"], "nobody looks at it"
    room.tab.window().activateWindow()
    room.wait(lambda: titles(room) == ["After"])


def test_while_nothing_was_written_the_list_is_not_read(room: ChatRoom) -> None:
    looking = watch(room)
    read: list[bool] = []
    room.tab.list.listed.connect(lambda: read.append(True))
    for _ in range(3):
        looking.look()
        room.settle()
    assert read == []


def test_what_the_program_itself_keeps_in_the_background_does_not_count(room: ChatRoom) -> None:
    room.tab.open(room.store.list()[0].id)
    watch(room)
    read: list[bool] = []
    room.tab.list.listed.connect(lambda: read.append(True))
    for number in range(3):
        room.tab.composer.set_text(f"Words {number}")
        room.parts.background(room.store.drafts.flush)
        room.settle()
        room.qtbot.wait(60)
    assert room.store.list()[0].draft == "Words 2"
    assert read == []
    titled_elsewhere(room, "After")
    room.wait(lambda: titles(room) == ["After"])


def test_what_was_changed_and_listed_here_is_not_read_again(room: ChatRoom) -> None:
    watch(room)
    room.store.rename(room.store.list()[0].id, "Mine")
    room.tab.list.refresh()
    read: list[bool] = []
    room.tab.list.listed.connect(lambda: read.append(True))
    room.store.drafts.keep(NEW_CHAT, "Words")
    room.parts.background(lambda: room.store.drafts.keep(NEW_CHAT, "Other words"))
    room.settle()
    room.qtbot.wait(60)
    assert read == []


def test_while_a_reply_is_written_here_it_waits(room: ChatRoom) -> None:
    looking = watch(room, is_busy=True)
    titled_elsewhere(room, "After")
    looking.look()
    room.settle()
    assert titles(room) == ["Before"]
