"""Pins, folders, tags and the archive, in the real list over a real store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from support.chat_data import chat_database
from support.chat_list import show_with_focus, shown

from studio.chat.ordering import Ordering
from studio.chat.store import ConversationStore
from studio.errors import StudioError
from studio.storage.database import Database
from studio.ui.chat.conversations.acts import ListActs
from studio.ui.chat.conversations.conversation_list import ConversationList
from studio.ui.chat.conversations.dialogs import AskDialog
from studio.ui.chat.conversations.folds import FoldKeeper
from studio.ui.chat.conversations.rows import BADGES, FOLDER, TITLE
from studio.ui.theme import Theme


class Told:
    """Keeps what was told, and how to undo it."""

    def __init__(self) -> None:
        self.words = ""
        self.undo: Callable[[], object] = lambda: None

    def __call__(self, words: str, undo: Callable[[], object]) -> None:
        self.words, self.undo = words, undo


class Refusing(Ordering):
    """Has no room on the disk."""

    def pin(self, conversation_id: str, *, pinned: bool) -> None:  # type: ignore[override]
        raise StudioError("disk.full", "The disk is full.", "Free some space.")

    def folders(self) -> list[str]:
        raise StudioError("disk.failed", "The disk does not answer.", "Try again.")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with chat_database(tmp_path) as opened:
        yield opened


@pytest.fixture
def store(database: Database) -> ConversationStore:
    store = ConversationStore(database)
    for title in ("Bees", "Sky", "Soup"):
        store.rename(store.create().id, title)
    return store


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def pane(
    qtbot: QtBot, theme: Theme, database: Database, store: ConversationStore, told: Told
) -> ConversationList:
    pane = ConversationList(theme, store)
    ListActs(theme, pane, lambda: Ordering(database), told)
    show_with_focus(qtbot, pane)
    return pane


def row(pane: ConversationList, title: str) -> QModelIndex:
    return pane.list.model().index(shown(pane).index(title), 0)


def open_menu(pane: ConversationList, title: str) -> None:
    """Ask for the menu at the cursor, as Shift+F10 does."""
    pane.list.setCurrentIndex(row(pane, title))
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), QPoint(0, 0))
    QApplication.sendEvent(pane.list.viewport(), event)
    assert pane.list.menu.isVisible()


def choose(pane: ConversationList, title: str, words: str) -> None:
    open_menu(pane, title)
    pane.list.menu.action(words).trigger()
    pane.list.menu.close()


def asked(pane: ConversationList) -> AskDialog:
    (dialog,) = pane.findChildren(AskDialog)
    return dialog


def put_into(pane: ConversationList, title: str, folder: str) -> None:
    choose(pane, title, "New folder…")
    dialog = asked(pane)
    QTest.keyClicks(dialog.line, folder)
    QTest.keyClick(dialog.line, Qt.Key.Key_Return)
    QApplication.sendPostedEvents(dialog, 52)


def archive_entry(pane: ConversationList) -> QPushButton:
    return pane.foot.archive


def test_a_pinned_chat_stands_on_top_until_it_is_unpinned(pane: ConversationList) -> None:
    choose(pane, "Bees", "Pin")
    assert shown(pane) == ["Pinned", "Bees", "Today", "Soup", "Sky"]
    assert pane.list.conversation().title == "Bees"  # type: ignore[union-attr]
    choose(pane, "Bees", "Unpin")
    assert shown(pane) == ["Today", "Soup", "Sky", "Bees"]


def test_nothing_of_folders_is_seen_without_one(pane: ConversationList) -> None:
    rows = pane.list.model()
    assert all(rows.index(each, 0).data(FOLDER) is None for each in range(rows.rowCount()))
    assert not archive_entry(pane).isVisible()


def test_a_chat_moves_into_a_new_folder_and_out_again(pane: ConversationList, told: Told) -> None:
    put_into(pane, "Sky", "Science")
    assert shown(pane) == ["Science", "Sky", "Today", "Soup", "Bees"]
    choose(pane, "Bees", "Science")
    assert shown(pane) == ["Science", "Sky", "Bees", "Today", "Soup"]
    assert told.words == "Moved “Bees” into “Science”."
    told.undo()
    assert shown(pane) == ["Science", "Sky", "Today", "Soup", "Bees"]
    choose(pane, "Sky", "No folder")
    assert "Science" not in shown(pane)


def test_a_folder_needs_a_name(pane: ConversationList) -> None:
    choose(pane, "Sky", "New folder…")
    dialog = asked(pane)
    QTest.keyClicks(dialog.line, "   ")
    assert not dialog.accept_button.isEnabled()
    dialog.reject()
    assert shown(pane) == ["Today", "Soup", "Sky", "Bees"]


def test_a_folder_folds_by_keys_and_by_a_click(pane: ConversationList) -> None:
    put_into(pane, "Sky", "Science")
    pane.list.setCurrentIndex(row(pane, "Science"))
    for key, is_folded in (
        (Qt.Key.Key_Left, True),
        (Qt.Key.Key_Left, True),
        (Qt.Key.Key_Right, False),
        (Qt.Key.Key_Return, True),
        (Qt.Key.Key_Space, False),
    ):
        QTest.keyClick(pane.list, key)
        assert ("Sky" not in shown(pane)) is is_folded, key
        assert pane.list.folder() is not None
    spot = pane.list.visualRect(row(pane, "Science")).center()
    QTest.mouseClick(pane.list.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert "Sky" not in shown(pane)
    heard = row(pane, "Science").data(Qt.ItemDataRole.AccessibleTextRole)
    assert heard == "Folder Science, 1 chat, folded"
    QTest.keyClick(pane.list, Qt.Key.Key_Down)
    assert pane.list.conversation().title == "Soup"  # type: ignore[union-attr]


def test_a_folder_folds_towards_where_lines_begin(
    pane: ConversationList, qapp: QApplication
) -> None:
    put_into(pane, "Sky", "Science")
    pane.list.setCurrentIndex(row(pane, "Science"))
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        for key, is_folded in ((Qt.Key.Key_Right, True), (Qt.Key.Key_Left, False)):
            QTest.keyClick(pane.list, key)
            assert ("Sky" not in shown(pane)) is is_folded, key
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_folded_folders_stay_folded_after_a_restart(
    pane: ConversationList, database: Database, store: ConversationStore, theme: Theme, qtbot: QtBot
) -> None:
    FoldKeeper(pane, lambda: Ordering(database))
    put_into(pane, "Sky", "Science")
    pane.list.setCurrentIndex(row(pane, "Science"))
    QTest.keyClick(pane.list, Qt.Key.Key_Left)
    choose(pane, "Science", "Rename folder…")
    dialog = asked(pane)
    dialog.line.clear()
    QTest.keyClicks(dialog.line, "Nature")
    QTest.keyClick(dialog.line, Qt.Key.Key_Return)
    assert "Sky" not in shown(pane)
    again = ConversationList(theme, store)
    FoldKeeper(again, lambda: Ordering(database))
    show_with_focus(qtbot, again)
    assert "Nature" in shown(again)
    assert "Sky" not in shown(again)
    again.list.setCurrentIndex(row(again, "Nature"))
    QTest.keyClick(again.list, Qt.Key.Key_Right)
    assert "Sky" in shown(again)
    assert Ordering(database).folded() == set()


def test_keys_of_chats_do_nothing_to_a_folder(pane: ConversationList, qtbot: QtBot) -> None:
    put_into(pane, "Sky", "Science")
    pane.list.setCurrentIndex(row(pane, "Science"))
    with qtbot.assertNotEmitted(pane.trashed):
        QTest.keyClick(pane.list, Qt.Key.Key_Delete)
        QTest.keyClick(pane.list, Qt.Key.Key_F2)
    assert not pane.list.is_renaming
    assert "Sky" in shown(pane)


def test_a_folder_is_renamed(pane: ConversationList) -> None:
    put_into(pane, "Sky", "Science")
    choose(pane, "Science", "Rename folder…")
    dialog = asked(pane)
    assert dialog.line.text() == "Science"
    dialog.line.setText("Nature")
    dialog.accept_button.click()
    assert shown(pane)[:2] == ["Nature", "Sky"]


def test_tags_are_badges_and_filter_the_list(pane: ConversationList, qtbot: QtBot) -> None:
    choose(pane, "Soup", "Tags…")
    asked(pane).line.setText("kitchen,  slow food , ,Kitchen")
    asked(pane).accept_button.click()
    assert row(pane, "Soup").data(BADGES) == ["Kitchen", "slow food"]
    heard = row(pane, "Soup").data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Kitchen" in heard
    plain = pane.list.grab().toImage()
    QTest.keyClicks(pane.search, "tag:kit")
    qtbot.waitUntil(lambda: shown(pane) == ["Today", "Soup"])
    assert pane.list.grab().toImage() != plain
    QTest.keyClick(pane.search, Qt.Key.Key_Escape)
    pane.search_for('tag:"slow food"')
    assert shown(pane) == ["Today", "Soup"]
    pane.search_for("tag:walrus")
    assert shown(pane) == []


def test_a_tag_in_use_is_a_click_away(pane: ConversationList) -> None:
    choose(pane, "Soup", "Tags…")
    asked(pane).line.setText("kitchen")
    asked(pane).accept_button.click()
    QApplication.sendPostedEvents(None, 52)
    choose(pane, "Sky", "Tags…")
    dialog = asked(pane)
    (known,) = dialog.findChildren(QPushButton, "known_tag")
    known.click()
    assert dialog.line.text() == "kitchen"
    assert known.isChecked()
    known.click()
    assert dialog.line.text() == ""


def test_a_name_that_is_refused_is_told_where_it_was_written(pane: ConversationList) -> None:
    choose(pane, "Soup", "Tags…")
    dialog = asked(pane)
    dialog.line.setText("x" * 61)
    dialog.accept_button.click()
    assert dialog.isVisible()
    assert dialog.banner.text().startswith("A name may have at most 60 characters")
    assert row(pane, "Soup").data(BADGES) == []


def test_archived_chats_leave_the_list_and_come_back(pane: ConversationList, told: Told) -> None:
    choose(pane, "Bees", "Archive")
    assert shown(pane) == ["Today", "Soup", "Sky"]
    assert told.words == "Archived “Bees”."
    assert archive_entry(pane).text() == "Archived · 1"
    told.undo()
    assert shown(pane) == ["Today", "Soup", "Sky", "Bees"]
    assert not archive_entry(pane).isVisible()
    choose(pane, "Bees", "Archive")
    archive_entry(pane).click()
    assert shown(pane) == ["Today", "Bees"]
    assert pane.list.hasFocus()
    assert pane.head.back.isVisible()
    pane.head.back.click()
    assert shown(pane) == ["Today", "Soup", "Sky"]
    archive_entry(pane).click()
    choose(pane, "Bees", "Bring back")
    assert shown(pane) == ["Today", "Soup", "Sky", "Bees"], "an empty archive gives way"
    assert not pane.head.back.isVisible()


def test_archived_chats_are_found_and_marked(pane: ConversationList, qtbot: QtBot) -> None:
    choose(pane, "Bees", "Archive")
    QTest.keyClicks(pane.search, "bee")
    qtbot.waitUntil(lambda: shown(pane) == ["Today", "Bees"])
    assert row(pane, "Bees").data(BADGES) == ["Archived"]
    assert row(pane, "Bees").data(TITLE).spans == ((0, 3),)


def test_what_is_refused_is_told_above_the_list(
    pane: ConversationList, database: Database, theme: Theme, told: Told
) -> None:
    ListActs(theme, pane, lambda: Refusing(database), told)
    open_menu(pane, "Bees")
    assert pane.banner.text() == "The disk does not answer. Try again."
    pane.list.menu.action("Pin").trigger()
    pane.list.menu.close()
    assert pane.banner.text() == "The disk is full. Free some space."


def test_everything_new_has_a_name(pane: ConversationList) -> None:
    open_menu(pane, "Bees")
    pane.list.menu.close()
    choose(pane, "Bees", "Tags…")
    dialog = asked(pane)
    for widget in (
        dialog.line,
        dialog.accept_button,
        archive_entry(pane),
        pane.head.more,
        pane.head.back,
    ):
        assert widget.objectName()
        assert widget.accessibleName()
