"""What is one of several choices is told as such: rooms on the rail, categories of settings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from support.accessible import Node, Role, all_of, tree
from support.screen import Screen, open_screen

from studio.settings import SETTINGS
from studio.ui.settings.page import SettingsPage


@pytest.fixture
def screen(profile: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[Screen]:
    with open_screen(profile, qapp, qtbot) as made:
        yield made


def choices(root: QWidget) -> dict[str, Node]:
    return {each.name: each for each in all_of(tree(root)) if each.role == Role.RadioButton}


def chosen(root: QWidget) -> list[str]:
    return [name for name, node in choices(root).items() if node.is_checked]


def test_rooms_are_choices_of_which_one_is_made(screen: Screen) -> None:
    rail = screen.window.rail
    assert set(choices(rail)) == {"Chat", "Documents", "Images", "Models", "Settings"}
    assert not [each for each in all_of(tree(rail)) if each.role == Role.CheckBox]
    assert chosen(rail) == ["Chat"]
    settings = rail.findChild(QWidget, "rail_settings")
    assert settings is not None
    for _ in range(2):  # the one on show stays on show
        QTest.mouseClick(settings, Qt.MouseButton.LeftButton)
        assert chosen(rail) == ["Settings"]


def test_the_keyboard_reaches_every_room(screen: Screen) -> None:
    rail = screen.window.rail
    first = rail.findChild(QWidget, "rail_chat")
    assert first is not None
    first.setFocus(Qt.FocusReason.TabFocusReason)
    seen = []
    for _ in range(5):
        focused = QApplication.focusWidget()
        assert focused is not None
        seen.append(focused.accessibleName())
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert sorted(seen) == ["Chat", "Documents", "Images", "Models", "Settings"]
    models = rail.findChild(QWidget, "rail_models")
    assert models is not None
    models.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(models, Qt.Key.Key_Space)
    assert chosen(rail) == ["Models"]


def test_arrow_keys_go_from_room_to_room(screen: Screen) -> None:
    first = screen.window.rail.findChild(QWidget, "rail_chat")
    assert first is not None
    first.setFocus(Qt.FocusReason.TabFocusReason)
    seen = []
    for key in [Qt.Key.Key_Up, *[Qt.Key.Key_Down] * 5, Qt.Key.Key_Up]:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key)
        now = QApplication.focusWidget()
        assert now is not None
        seen.append(now.accessibleName())
    assert seen == ["Chat", "Documents", "Images", "Models", "Settings", "Settings", "Models"]
    assert chosen(screen.window.rail) == ["Chat"], "only the focus goes"


def test_categories_of_settings_are_choices(screen: Screen) -> None:
    page = screen.window.open_room("settings")
    assert isinstance(page, SettingsPage)
    categories = {each.category for each in SETTINGS}
    assert categories <= set(choices(page))
    for category in sorted(categories):
        screen.press(f"category_{category.lower()}")
        assert [each for each in chosen(page) if each in categories] == [category]
    page.search.setText("font")
    screen.qtbot.wait(300)
    assert not [each for each in chosen(page) if each in categories]
