"""The page of shortcuts: two columns that line up, in any window."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from studio.ui.theme import Theme
from studio.ui.widgets.commands import COMMANDS, MENUS
from studio.ui.widgets.help_dialogs import shortcuts_dialog

Open = Callable[[int, int], QDialog]


@pytest.fixture
def opened(theme: Theme, qtbot: QtBot) -> Open:
    """Opens the page of shortcuts over a window of a size."""
    window = QWidget()
    qtbot.addWidget(window)

    def open_over(width: int, height: int) -> QDialog:
        window.resize(width, height)
        window.show()
        dialog = shortcuts_dialog(theme, window, COMMANDS)
        dialog.show()
        QApplication.processEvents()
        return dialog

    return open_over


def places(dialog: QDialog, look: str) -> dict[str, QPoint]:
    found = [each for each in dialog.findChildren(QLabel) if each.property("look") == look]
    return {each.text(): each.mapTo(dialog, QPoint(0, 0)) for each in found}


def test_what_and_keys_line_up_in_two_columns(opened: Open) -> None:
    dialog = opened(1024, 900)
    told = [command for command in COMMANDS if command.keys]
    words = places(dialog, "")
    assert {words[command.title.rstrip("…")].x() for command in told} == {32}
    caps = [each for each in dialog.findChildren(QWidget) if "Ctrl+" in each.accessibleName()]
    assert len(caps) >= 8
    assert len({each.mapTo(dialog, QPoint(0, 0)).x() for each in caps}) == 1


def test_each_key_has_a_cap_of_its_own(opened: Open) -> None:
    dialog = opened(1024, 900)
    rows = {
        each.accessibleName(): [cap.text() for cap in each.findChildren(QLabel)]
        for each in dialog.findChildren(QWidget)
        if each.accessibleName().startswith(("Ctrl", "F1"))
    }
    assert rows["Ctrl+N"] == ["Ctrl", "N"]
    assert rows["Ctrl++"] == ["Ctrl", "+"]
    assert rows["Ctrl+-"] == ["Ctrl", "-"]
    assert rows["F11"] == ["F11"]


def test_shortcuts_are_grouped_in_the_order_of_the_menus(opened: Open) -> None:
    groups = places(opened(1024, 900), "group")
    assert list(groups) == [menu for menu in MENUS if menu != "Go"]
    tops = [place.y() for place in groups.values()]
    assert tops == sorted(tops)


@pytest.mark.parametrize("size", [(720, 520), (1024, 500)])
def test_in_a_small_window_the_list_scrolls_and_close_stays(
    opened: Open, size: tuple[int, int]
) -> None:
    dialog = opened(*size)
    assert dialog.height() <= size[1]
    assert dialog.width() <= size[0]
    scroll = dialog.findChild(QScrollArea, "shortcuts_scroll")
    assert scroll is not None
    assert scroll.verticalScrollBar().maximum() > 0
    close = dialog.findChild(QWidget, "close_dialog")
    assert close is not None
    assert close.geometry().bottom() < dialog.height()


def test_in_a_large_window_all_is_seen_at_once(opened: Open) -> None:
    scroll = opened(1024, 1000).findChild(QScrollArea, "shortcuts_scroll")
    assert scroll is not None
    assert scroll.verticalScrollBar().maximum() == 0
