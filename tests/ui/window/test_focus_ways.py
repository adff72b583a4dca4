"""The Tab key in every room and dialog, Escape out of what lies over them, and the page of help."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot
from support.accessible import tree
from support.screen import Screen, open_screen

from studio.ui.widgets.keys_of_parts import KEYS_OF_PARTS

FAR_TOO_MANY = 120


@pytest.fixture
def screen(profile: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[Screen]:
    with open_screen(profile, qapp, qtbot) as made:
        yield made


def walk(window: QWidget, key: Qt.Key) -> list[QWidget]:
    """Press a key until the focus is where it began; return every stop in order."""
    start = window.focusWidget()
    assert start is not None
    stops = [start]
    for _ in range(FAR_TOO_MANY):
        QTest.keyClick(stops[-1], key)
        now = window.focusWidget()
        assert now is not None
        assert now.isVisible(), now
        if now is start:
            return stops
        assert now not in stops, f"{now.objectName()} was reached again, and the start was not"
        stops.append(now)
    raise AssertionError("the way round does not end")


def visible_stops(window: QWidget) -> set[QWidget]:
    policy = Qt.FocusPolicy.TabFocus
    return {
        widget
        for widget in window.findChildren(QWidget)
        if widget.focusPolicy() & policy == policy
        and widget.isVisible()
        and widget.isEnabled()
        and widget.focusProxy() is None
        and widget.window() is window
    }


def place_of(widget: QWidget) -> QRect:
    return QRect(widget.mapTo(widget.window(), QPoint(0, 0)), widget.size())


def steps_back(stops: list[QWidget]) -> list[str]:
    """Return where the way leads up in the same column, other than from the end to the start."""
    pairs = [(place_of(one), place_of(other), other) for one, other in pairwise(stops)]
    return [
        other.objectName()
        for before, after, other in pairs
        if after.bottom() < before.top()
        and after.left() < before.right()
        and before.left() < after.right()
    ]


def check(window: QWidget) -> None:
    forward = walk(window, Qt.Key.Key_Tab)
    assert {each.objectName() for each in forward} == {
        each.objectName() for each in visible_stops(window)
    }
    assert set(forward) == visible_stops(window)
    backward = walk(window, Qt.Key.Key_Backtab)
    assert backward[1:] == forward[:0:-1]
    first = min(forward, key=lambda each: (place_of(each).top(), place_of(each).left()))
    turn = forward.index(first)
    assert len(steps_back([*forward[turn:], *forward[:turn]])) <= 1


@pytest.mark.parametrize("room", ["chat", "documents", "images", "models", "settings"])
def test_a_room(screen: Screen, room: str) -> None:
    if room == "models":
        models = screen.models()
        models.select("tiny")
        screen.wait(lambda: getattr(models.details.entry, "name", "") == "tiny")
    screen.window.open_room(room)
    screen.qtbot.wait(50)
    start = screen.window.focusWidget()
    assert start is not None
    assert tree(start).name, "nobody is told where one is"
    if start not in visible_stops(screen.window):  # the room itself: it is no stop on the way
        QTest.keyClick(start, Qt.Key.Key_Tab)
    check(screen.window)


DIALOGS: dict[str, Callable[[Screen], object]] = {
    "shortcuts": lambda s: s.window.commands.action("shortcuts").trigger(),
    "about": lambda s: s.window.commands.action("about").trigger(),
    "shape": lambda s: s.tab.shape.open(),
    "presets": lambda s: s.equipment.presets.open(),
    "several": lambda s: s.equipment.several.open_last(),
}


@pytest.mark.parametrize("name", DIALOGS)
def test_a_dialog_and_the_way_out_of_it(screen: Screen, name: str) -> None:
    screen.ask()
    screen.editor.setFocus()
    DIALOGS[name](screen)
    dialog = screen.dialog()
    screen.wait(lambda: dialog.focusWidget() is not None)
    check(dialog)
    focused = dialog.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_Escape)
    screen.wait(lambda: not screen.dialogs())
    assert screen.window.focusWidget() is screen.editor


POPOVERS: dict[str, Callable[[Screen], object]] = {
    "models": lambda s: s.press("model"),
    "presets": lambda s: s.press("preset"),
    "palette": lambda s: QTest.keyClick(
        s.editor, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier
    ),
    "find": lambda s: s.window.commands.action("find_text").trigger(),
    "slash": lambda s: QTest.keyClicks(s.editor, "/"),
    "ring": lambda s: s.tab.overflow.open(),
}


@pytest.mark.parametrize("name", POPOVERS)
def test_escape_gives_the_focus_back(screen: Screen, name: str) -> None:
    screen.ask()
    screen.editor.setFocus()
    before = screen.window.focusWidget()
    shown = {each for each in _widgets(screen) if each.isVisible()}
    POPOVERS[name](screen)
    screen.qtbot.wait(100)
    assert {each for each in _widgets(screen) if each.isVisible()} - shown, "nothing has opened"
    target = QApplication.activePopupWidget() or screen.window.focusWidget()
    assert target is not None
    QTest.keyClick(target, Qt.Key.Key_Escape)
    screen.qtbot.wait(50)
    assert QApplication.activePopupWidget() is None
    assert screen.window.focusWidget() in (before, screen.tab.composer.findChild(QWidget, name))


def _widgets(screen: Screen) -> list[QWidget]:
    return [*screen.window.findChildren(QWidget), *QApplication.topLevelWidgets()]


def test_every_command_stands_in_a_menu_and_every_shortcut_in_help(screen: Screen) -> None:
    window = screen.window
    in_menus = {
        action
        for menu in window.menuBar().findChildren(QMenu)
        for action in menu.actions()
        if menu.menuAction() in window.menuBar().actions()
    }
    commands = {window.commands.action(each.name) for each in window.commands.commands}
    assert commands <= in_menus
    window.commands.action("shortcuts").trigger()
    dialog = screen.dialog()
    told = {each.accessibleName() for each in dialog.findChildren(QWidget)}
    form = QKeySequence.SequenceFormat.NativeText
    wanted = {action.shortcut().toString(form) for action in window.actions()} - {""}
    parts = {keys for part in KEYS_OF_PARTS for _, keys in part.keys}
    wanted |= {QKeySequence(keys).toString(form) for keys in parts}
    assert wanted <= told
    assert len(wanted) > 25
    dialog.reject()
