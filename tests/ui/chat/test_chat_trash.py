"""The trash of the chats, over a real store."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPushButton
from pytestqt.qtbot import QtBot
from support.chat_data import chat_database
from support.listed import listed

from studio.chat.conversation import Conversation
from studio.chat.store import ConversationStore
from studio.errors import StudioError
from studio.ui.chat.conversations.side import ChatSide
from studio.ui.theme import Theme


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ConversationStore]:
    with chat_database(tmp_path) as database:
        yield ConversationStore(database)


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
    return listed(side.trash.list)


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
    side: ChatSide, store: ConversationStore, qtbot: QtBot
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
    qtbot.waitUntil(side.list.isVisible)
    assert store.list(trashed=True) == []
    assert not button(side, "open_trash").isVisible()


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
    qtbot.waitUntil(side.trash.banner.isVisible)
    assert side.trash.banner.text() == "A reply is still being written. Stop it first."
    assert [chat.id for chat in store.list(trashed=True)] == [bees]
    assert in_trash(side) == ["Bees"]


class Background:
    """Keeps work until a test lets it be done, on another thread."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def do(self) -> None:
        work = self.waiting.pop(0)
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()


@pytest.fixture
def background() -> Background:
    return Background()


@pytest.fixture
def patient(
    theme: Theme, qtbot: QtBot, store: ConversationStore, background: Background
) -> ChatSide:
    """A side that deletes in the background."""
    side = ChatSide(theme, store, store.purge, background.waiting.append)
    qtbot.addWidget(side)
    side.resize(264, 600)
    side.show()
    return side


def test_a_chat_is_deleted_in_the_background_and_gone_at_once(
    patient: ChatSide, store: ConversationStore, background: Background, qtbot: QtBot
) -> None:
    bees, sky = talk_about(store, "Bees"), talk_about(store, "Sky")
    store.trash(sky)
    store.trash(bees)
    open_trash(patient)
    patient.trash.deleted.emit(bees)
    assert in_trash(patient) == ["Sky"]
    patient.list.refresh()
    assert in_trash(patient) == ["Sky"]
    assert len(store.list(trashed=True)) == 2, "not on the thread of the window"
    background.do()
    assert [chat.id for chat in store.list(trashed=True)] == [sky]
    patient.trash.deleted.emit(sky)
    assert patient.trash.isVisible(), "it is not known yet whether that can be done"
    background.do()
    qtbot.waitUntil(patient.list.isVisible)
    assert not button(patient, "open_trash").isVisible()


def test_a_deletion_that_fails_later_is_told_where_the_person_is(
    patient: ChatSide, store: ConversationStore, background: Background, qtbot: QtBot
) -> None:
    bees = talk_about(store, "Bees")
    store.trash(bees)
    open_trash(patient)
    patient.trash.deleted.emit(bees)
    store.restore(bees)
    button(patient, "chat_trash_back").click()
    background.do()
    qtbot.waitUntil(patient.list.banner.isVisible)
    assert patient.list.banner.text().startswith("This conversation is not in the trash.")


def test_what_is_deleted_by_a_fault_of_the_program_is_shown_again(
    theme: Theme, qtbot: QtBot, store: ConversationStore
) -> None:
    def fail(_conversation_id: str) -> None:
        raise ZeroDivisionError("a mistake of ours")

    failed: list[BaseException] = []

    def background(work: Callable[[], None]) -> None:
        try:
            work()
        except ZeroDivisionError as error:
            failed.append(error)

    bees = talk_about(store, "Bees")
    store.trash(bees)
    side = ChatSide(theme, store, fail, background)
    qtbot.addWidget(side)
    side.show()
    open_trash(side)
    side.trash.deleted.emit(bees)
    qtbot.waitUntil(lambda: in_trash(side) == ["Bees"])
    assert len(failed) == 1


def test_what_was_taken_back_elsewhere_is_no_longer_in_the_trash(
    side: ChatSide, store: ConversationStore
) -> None:
    bees, sky = talk_about(store, "Bees"), talk_about(store, "Sky")
    store.trash(sky)
    store.trash(bees)
    open_trash(side)
    store.restore(bees)
    side.list.refresh()
    assert in_trash(side) == ["Sky"]
    store.restore(sky)
    side.list.refresh()
    assert side.list.isVisible()
    assert not button(side, "open_trash").isVisible()


def test_after_an_error_the_trash_shows_what_is_there(
    side: ChatSide, store: ConversationStore
) -> None:
    bees, sky = talk_about(store, "Bees"), talk_about(store, "Sky")
    store.trash(sky)
    store.trash(bees)
    open_trash(side)
    store.purge(bees)
    side.trash.restored.emit(bees)
    assert side.trash.banner.text().startswith("There is no conversation")
    assert in_trash(side) == ["Sky"]


def test_the_chats_are_counted_without_being_read(
    side: ChatSide, store: ConversationStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.trash(talk_about(store, "Bees"))
    asked: list[bool] = []
    read = store.list

    def note(*, trashed: bool = False, **facts: Any) -> list[Conversation]:
        asked.append(trashed)
        return read(trashed=trashed, **facts)

    monkeypatch.setattr(store, "list", note)
    side.list.refresh()
    assert button(side, "open_trash").text() == "Trash · 1"
    assert asked == [False]
