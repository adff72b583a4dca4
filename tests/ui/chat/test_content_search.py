"""What was said is found a moment after the titles, and nothing is said to be missing before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from support.chat_data import chat_database
from support.chat_list import shown

from studio.chat.search.search import Search
from studio.chat.store import ConversationStore
from studio.errors import StudioError
from studio.storage.database import Database
from studio.ui.chat.conversations.content_search import ContentSearch
from studio.ui.chat.conversations.conversation_list import ConversationList
from studio.ui.theme import Theme


class Later:
    """Keeps the work that is given to it until it is told to do it."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def __call__(self, work: Callable[[], None]) -> None:
        self.waiting.append(work)

    def catch_up(self) -> None:
        while self.waiting:
            self.waiting.pop(0)()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with chat_database(tmp_path) as opened:
        yield opened


@pytest.fixture
def later() -> Later:
    return Later()


@pytest.fixture
def pane(database: Database, theme: Theme, qtbot: QtBot) -> ConversationList:
    store = ConversationStore(database)
    chat = store.create()
    store.ask(chat.id, "Where do zebras sleep?", "")
    store.rename(chat.id, "Animals")
    pane = ConversationList(theme, store)
    qtbot.addWidget(pane)
    pane.show()
    return pane


@pytest.fixture
def content(pane: ConversationList, database: Database, later: Later) -> ContentSearch:
    return ContentSearch(pane, lambda: Search(database), later)


def look_for(pane: ConversationList, words: str) -> None:
    pane.search.clear()
    QTest.keyClicks(pane.search, words)
    QTest.keyClick(pane.search, Qt.Key.Key_Return)


def said(pane: ConversationList) -> str:
    """Return what stands in the place of the list, or nothing while chats are listed."""
    words = pane.findChild(QLabel, "no_conversations")
    assert words is not None
    return words.text() if words.isVisible() else ""


@pytest.mark.usefixtures("content")
def test_it_is_still_searched_until_what_was_said_is_known(
    pane: ConversationList, later: Later, qtbot: QtBot
) -> None:
    look_for(pane, "zebra")
    assert said(pane) == "Searching for “zebra” …"
    pane.refresh()  # something else has changed
    assert said(pane) == "Searching for “zebra” …"
    later.catch_up()
    qtbot.waitUntil(lambda: "Animals" in shown(pane))
    assert said(pane) == ""


@pytest.mark.usefixtures("content")
def test_nothing_is_missing_before_the_search_has_ended(
    pane: ConversationList, later: Later, qtbot: QtBot
) -> None:
    look_for(pane, "walrus")
    assert said(pane) == "Searching for “walrus” …"
    later.catch_up()
    qtbot.waitUntil(lambda: said(pane) == "No chat has “walrus” in it. Try fewer letters.")


@pytest.mark.usefixtures("content")
def test_what_is_known_of_other_words_says_nothing_of_these(
    pane: ConversationList, later: Later, qtbot: QtBot
) -> None:
    look_for(pane, "walrus")
    pane.show_also("walr", {})
    assert said(pane) == "Searching for “walrus” …"
    look_for(pane, "zebra")
    later.catch_up()
    qtbot.waitUntil(lambda: "Animals" in shown(pane))


def test_a_search_that_fails_is_not_waited_for(
    pane: ConversationList, later: Later, qtbot: QtBot
) -> None:
    refusal = StudioError("disk.failed", "The disk does not answer.", "Try again.")

    def fail() -> Search:
        raise refusal

    ContentSearch(pane, fail, later)
    look_for(pane, "zebra")
    with pytest.raises(StudioError) as caught:
        later.catch_up()
    assert caught.value is refusal
    qtbot.waitUntil(lambda: not said(pane).startswith("Searching"))


def test_what_was_typed_before_it_was_there_is_searched_too(
    pane: ConversationList, database: Database, later: Later, qtbot: QtBot
) -> None:
    look_for(pane, "zebra")
    assert said(pane) == "No chat has “zebra” in it. Try fewer letters."
    ContentSearch(pane, lambda: Search(database), later)
    assert said(pane) == "Searching for “zebra” …"
    later.catch_up()
    qtbot.waitUntil(lambda: "Animals" in shown(pane))
