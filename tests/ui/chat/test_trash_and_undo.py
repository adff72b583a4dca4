"""The trash of the chats in its room: deleting over the real session, and Undo beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from support.chat_room import ChatRoom
from support.listed import listed

from studio.ui.theme import Theme


@pytest.fixture
def room(theme: Theme, qtbot: QtBot, profile: Path) -> Iterator[ChatRoom]:
    made = ChatRoom(theme, qtbot, profile)
    yield made
    made.close()


def trash(room: ChatRoom, title: str) -> str:
    """Make a chat, move it to the trash as its list does, and return its id."""
    made = room.store.create()
    room.store.rename(made.id, title)
    room.store.trash(made.id)
    room.tab.list.refresh()
    room.tab.list.trashed.emit(made.id, title)
    return made.id


def undo(room: ChatRoom) -> None:
    window = room.tab.parentWidget()
    assert window is not None
    button = window.findChild(QPushButton, "toast_undo")
    assert button is not None
    button.click()


def in_trash(room: ChatRoom) -> list[str]:
    return listed(room.tab.side.trash.list)


def test_undo_takes_a_chat_out_of_the_trash_on_show(room: ChatRoom) -> None:
    trash(room, "Sky")
    bees = trash(room, "Bees")
    room.tab.side.show_trash()
    assert in_trash(room) == ["Bees", "Sky"]
    undo(room)
    assert in_trash(room) == ["Sky"]
    assert room.tab.conversation_id == bees


def test_undo_of_the_only_one_leads_back_to_the_chats(room: ChatRoom) -> None:
    trash(room, "Bees")
    room.tab.side.show_trash()
    undo(room)
    assert room.tab.list.isVisible()


def test_undo_leaves_the_chat_on_show_where_it_is_and_marks_one_row(room: ChatRoom) -> None:
    ants, bees, _cats = (room.store.create().id for _ in range(3))
    room.tab.list.refresh()
    room.tab.open(ants)
    room.tab.list.list.removal_requested.emit(room.store.get(bees))
    undo(room)
    assert room.tab.conversation_id == ants
    room.tab.list.list.removal_requested.emit(room.store.get(ants))
    assert room.tab.conversation_id == ""
    undo(room)
    assert room.tab.conversation_id == ants


def test_what_was_deleted_for_good_cannot_be_taken_back(room: ChatRoom) -> None:
    bees = trash(room, "Bees")
    room.tab.side.show_trash()
    room.tab.side.trash.deleted.emit(bees)
    room.settle()
    room.wait(room.tab.list.isVisible)
    assert room.store.ids() == set()
    undo(room)
    assert room.told().startswith("There is no conversation")


def test_a_deletion_during_a_reply_is_refused_in_words(room: ChatRoom) -> None:
    room.put_model()
    room.tab.refresh_models()
    room.settle()
    room.host.may_reply.clear()
    room.send("Hello")
    asked = room.tab.conversation_id
    room.wait(lambda: len(room.branch()) == 2)
    room.store.trash(asked)
    room.tab.side.show_trash()
    room.tab.side.trash.deleted.emit(asked)
    room.wait(room.tab.side.trash.banner.isVisible)
    assert room.tab.side.trash.banner.text().startswith("A reply is being written.")
    assert in_trash(room) == ["Hello"]
    room.host.may_reply.set()
    room.wait_for_end()
