"""A trash in place of its list: keys, menu, buttons, and the question before the last step."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from studio.ui.theme import Theme
from studio.ui.widgets.trash_pane import TrashEntry, TrashPane
from studio.ui.widgets.trash_rows import TrashItem

PLAN = TrashItem("plan", "Plan for the garden", "3 d", "Removed in May", "Every message goes.")
BEES = TrashItem("bees", "Bees", "9 d", "", "Every message goes.")
LINK = TrashItem("link", "Only off the list")


class Heard:
    def __init__(self, pane: TrashPane) -> None:
        self.restored: list[str] = []
        self.deleted: list[str] = []
        self.left = 0
        pane.restored.connect(self.restored.append)
        pane.deleted.connect(self.deleted.append)
        pane.left.connect(self._on_left)

    def _on_left(self) -> None:
        self.left += 1


@pytest.fixture
def pane(theme: Theme, qtbot: QtBot) -> TrashPane:
    pane = TrashPane(theme, "Trash", "Chats", "chat_trash")
    qtbot.addWidget(pane)
    pane.resize(264, 500)
    pane.show()
    pane.activateWindow()
    pane.set_items([PLAN, BEES, LINK])
    pane.focus_list()
    return pane


def button(pane: QWidget, name: str) -> QPushButton:
    found = pane.findChild(QPushButton, name)
    assert found is not None, name
    return found


def question(pane: TrashPane) -> QDialog:
    (found,) = [d for d in pane.findChildren(QDialog, "confirm_dialog") if d.isVisible()]
    return found


def test_return_restores_what_the_cursor_is_at(pane: TrashPane) -> None:
    heard = Heard(pane)
    QTest.keyClick(pane.list, Qt.Key.Key_Down)
    QTest.keyClick(pane.list, Qt.Key.Key_Return)
    button(pane, "chat_trash_restore").click()
    assert heard.restored == ["bees", "bees"]


def test_delete_asks_first_and_tells_what_is_lost(pane: TrashPane) -> None:
    heard = Heard(pane)
    QTest.keyClick(pane.list, Qt.Key.Key_Delete)
    words = " ".join(made.text() for made in question(pane).findChildren(QLabel))
    assert words == (
        "Delete “Plan for the garden” for good? Every message goes. This cannot be undone."
    )
    assert heard.deleted == []
    button(question(pane), "confirm_act").click()
    assert heard.deleted == ["plan"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_neither_return_nor_escape_deletes(pane: TrashPane, key: Qt.Key) -> None:
    heard = Heard(pane)
    button(pane, "chat_trash_delete").click()
    dialog = question(pane)
    QTest.keyClick(dialog, key)
    assert not dialog.isVisible()
    assert heard.deleted == []


def test_what_has_nothing_to_lose_is_not_deleted(pane: TrashPane) -> None:
    pane.set_items([LINK])
    assert not button(pane, "chat_trash_delete").isEnabled()
    QTest.keyClick(pane.list, Qt.Key.Key_Delete)
    assert pane.findChildren(QDialog) == []


def test_the_menu_offers_both_at_the_row_under_the_pointer(pane: TrashPane) -> None:
    heard = Heard(pane)
    spot = pane.list.visualRect(pane.list.model().index(1, 0)).center()
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, spot, pane.list.viewport().mapToGlobal(spot)
    )
    QApplication.sendEvent(pane.list.viewport(), event)
    words = [action.text().split("\t")[0] for action in pane.menu.actions()]
    assert words == ["Restore", "Delete for good…"]
    pane.menu.actions()[0].trigger()
    pane.menu.hide()
    assert heard.restored == ["bees"]


def test_the_keys_of_the_menu_open_it_at_the_cursor(pane: TrashPane) -> None:
    QTest.keyClick(pane.list, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    assert pane.menu.isVisible()
    pane.menu.hide()


def test_no_menu_opens_beside_the_rows(pane: TrashPane) -> None:
    spot = QPoint(40, pane.list.viewport().height() - 4)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, spot, spot)
    QApplication.sendEvent(pane.list.viewport(), event)
    assert not pane.menu.isVisible()


def test_both_ways_back(pane: TrashPane) -> None:
    heard = Heard(pane)
    button(pane, "chat_trash_back").click()
    QTest.keyClick(pane.list, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert heard.left == 2


def test_the_cursor_stays_in_place_when_a_row_goes(pane: TrashPane) -> None:
    QTest.keyClick(pane.list, Qt.Key.Key_Down)
    pane.set_items([PLAN, LINK])
    assert pane.list.item() == LINK
    pane.set_items([PLAN])
    assert pane.list.item() == PLAN


def test_an_empty_trash_says_so_and_offers_nothing(pane: TrashPane) -> None:
    heard = Heard(pane)
    pane.set_items([])
    words = [made.text() for made in pane.findChildren(QLabel) if made.isVisible()]
    assert "Nothing is in here." in words
    assert not button(pane, "chat_trash_restore").isEnabled()
    QTest.keyClick(pane.list, Qt.Key.Key_Return)
    QTest.keyClick(pane.list, Qt.Key.Key_Delete)
    assert heard.restored == []
    assert pane.findChildren(QDialog) == []


def test_the_entry_is_there_while_there_is_something(theme: Theme, qtbot: QtBot) -> None:
    home = QWidget()
    qtbot.addWidget(home)
    entry = TrashEntry(theme, "Trash", "open_trash")
    entry.setParent(home)
    home.show()
    assert entry.isHidden()
    entry.tell(1200)
    assert entry.text() == "Trash · 1,200"
    assert entry.isVisible()
    entry.tell(0)
    assert entry.isHidden()


@pytest.mark.parametrize("size", [15, 24])
def test_the_words_of_both_buttons_fit_a_narrow_pane(
    pane: TrashPane, theme: Theme, qtbot: QtBot, size: int
) -> None:
    theme.set_text_size(size)
    pane.resize(240, 500)
    both = [button(pane, "chat_trash_restore"), button(pane, "chat_trash_delete")]
    qtbot.waitUntil(lambda: all(made.width() >= made.sizeHint().width() for made in both))
    assert all(pane.rect().contains(made.geometry()) for made in both)


def test_rows_can_be_drawn_in_both_looks(pane: TrashPane, theme: Theme) -> None:
    light = pane.grab().toImage()
    theme.set_mode("dark")
    assert pane.grab().toImage() != light


def test_everything_is_named_and_tall_enough(
    pane: TrashPane, actionable: Callable[[QWidget], list[QWidget]]
) -> None:
    found = actionable(pane)
    assert len(found) >= 4
    for widget in found:
        assert widget.objectName(), widget
        assert widget.accessibleName(), widget.objectName()
        assert widget.sizeHint().height() >= 32, widget.objectName()
