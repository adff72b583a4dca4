"""The trash of the chats, over a real store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPushButton
from pytestqt.qtbot import QtBot

from studio.chat.migrations import MIGRATIONS
from studio.chat.store import ConversationStore
from studio.errors import StudioError
from studio.storage.database import Database
from studio.ui.chat.side import ChatSide
from studio.ui.theme import Theme


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ConversationStore]:
    database = Database.open(tmp_path / "studio.db", tmp_path / "backups", [MIGRATIONS])
    yield ConversationStore(database)
    database.close()


@pytest.fixture
def side(theme: Theme, qtbot: QtBot, store: ConversationStore) -> ChatSide:
    side = ChatSide(theme, store, store.purge)
    qtbot.addWidget(side)
    side.resize(264, 600)
    side.show()
    side.activateWindow()
    return side


def talk_about(store: ConversationStore, title: str) -> str:
    conversation = store.create()
    store.rename(conversation.id, title)
    return conversation.id


def button(side: ChatSide, name: str) -> QPushButton:
    found = side.findChild(QPushButton, name)
    assert found is not None, name
    return found


def in_trash(side: ChatSide) -> list[str]:
    rows = side.trash.list.model()
    return [rows.index(row, 0).data() for row in range(rows.rowCount())]


def open_trash(side: ChatSide) -> None:
    side.list.refresh()
    button(side, "open_trash").click()


def test_the_entry_tells_how_many_and_is_not_there_for_none(
    side: ChatSide, store: ConversationStore
) -> None:
    chats = [talk_about(store, "Bees"), talk_about(store, "Sky")]
    side.list.refresh()
    assert not button(side, "open_trash").isVisible()
    for number, chat in enumerate(chats, 1):
        store.trash(chat)
        side.list.refresh()
        assert button(side, "open_trash").text() == f"Trash · {number}"


def test_the_last_removed_comes_first(side: ChatSide, store: ConversationStore) -> None:
    bees, sky = talk_about(store, "Bees"), talk_about(store, "Sky")
    store.trash(sky)
    store.trash(bees)
    open_trash(side)
    assert in_trash(side) == ["Bees", "Sky"]


def test_a_restored_chat_is_on_the_list_again(
    side: ChatSide, store: ConversationStore, qtbot: QtBot
) -> None:
    bees, sky = talk_about(store, "Bees"), talk_about(store, "Sky")
    store.trash(sky)
    store.trash(bees)
    open_trash(side)
    with qtbot.waitSignal(side.told) as told:
        QTest.keyClick(side.trash.list, Qt.Key.Key_Return)
    assert told.args == ["“Bees” is among your chats again."]
    assert [chat.id for chat in store.list()] == [bees]
    assert in_trash(side) == ["Sky"]
    QTest.keyClick(side.trash.list, Qt.Key.Key_Return)
    assert side.list.isVisible()
    assert not button(side, "open_trash").isVisible()


def test_a_chat_is_deleted_for_good_once_that_is_confirmed(
    side: ChatSide, store: ConversationStore
) -> None:
    bees = talk_about(store, "Bees")
    store.trash(bees)
    open_trash(side)
    QTest.keyClick(side.trash.list, Qt.Key.Key_Delete)
    assert [chat.id for chat in store.list(trashed=True)] == [bees]
    (dialog,) = side.findChildren(QDialog, "confirm_dialog")
    act = dialog.findChild(QPushButton, "confirm_act")
    assert act is not None
    act.click()
    assert store.list(trashed=True) == []
    assert side.list.isVisible()


def test_what_fails_is_told_in_the_trash(
    side: ChatSide, store: ConversationStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_conversation_id: str) -> None:
        raise StudioError("disk.full", "The disk is full.", "Free some space.")

    store.trash(talk_about(store, "Bees"))
    open_trash(side)
    monkeypatch.setattr(store, "restore", refuse)
    button(side, "chat_trash_restore").click()
    assert side.trash.banner.text() == "The disk is full. Free some space."
    assert in_trash(side) == ["Bees"]
    button(side, "chat_trash_back").click()
    open_trash(side)
    assert not side.trash.banner.isVisible()


def test_a_search_leads_back_to_the_chats(side: ChatSide, store: ConversationStore) -> None:
    store.trash(talk_about(store, "Bees"))
    open_trash(side)
    side.focus_search()
    assert side.list.isVisible()


def test_a_chat_that_may_not_be_deleted_now_stays(
    theme: Theme, qtbot: QtBot, store: ConversationStore
) -> None:
    def refuse(_conversation_id: str) -> None:
        raise StudioError("chat.busy", "A reply is still being written.", "Stop it first.")

    bees = talk_about(store, "Bees")
    store.trash(bees)
    side = ChatSide(theme, store, refuse)
    qtbot.addWidget(side)
    side.show()
    open_trash(side)
    side.trash.deleted.emit(bees)
    assert side.trash.banner.text() == "A reply is still being written. Stop it first."
    assert [chat.id for chat in store.list(trashed=True)] == [bees]
