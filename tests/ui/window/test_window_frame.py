"""The frame: rooms built when first visited, commands, status, and what is dropped on it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from support.dressing import dressed_when_built

from studio.ui.theme import Theme
from studio.ui.widgets.buttons import Button
from studio.ui.widgets.rail import RailButton
from studio.ui.window import MainWindow, Page, Room

# Qt 6.12 takes a QPointF here and deprecates the QPoint, which is all that Qt 6.11 takes.
pytestmark = pytest.mark.filterwarnings("ignore:Function. 'QDragEnterEvent:DeprecationWarning")

NAMES = ("chat", "documents", "images", "models", "settings")


class Rooms:
    """Five rooms with a text field each; notes which were built and what they were asked."""

    def __init__(self) -> None:
        self.built: list[str] = []
        self.asked: list[str] = []

    def all(self) -> list[Room]:
        return [self._room(name) for name in NAMES]

    def _room(self, name: str) -> Room:
        return Room(name, name.title(), "box", lambda: self._page(name), name == "settings")

    def _page(self, name: str) -> Page:
        self.built.append(name)
        widget = QWidget()
        field = QLineEdit()
        field.setAccessibleName("Field")
        field.setObjectName(f"field_{name}")
        QVBoxLayout(widget).addWidget(field)
        widget.setFocusProxy(field)
        offered = {
            "chat": ("new", "find", "find_text", "stop", "list", "inspector"),
            "models": ("add_model", "find"),
        }
        return Page(widget, {what: self._note(name, what) for what in offered.get(name, ())})

    def _note(self, name: str, what: str) -> Callable[[], object]:
        return lambda: self.asked.append(f"{name}.{what}")


@pytest.fixture
def rooms() -> Rooms:
    return Rooms()


@pytest.fixture
def window(theme: Theme, rooms: Rooms, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    with dressed_when_built(theme):
        window = MainWindow(theme, rooms.all(), tmp_path / "window.json", version="1.2")
        window.open_first_room()
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    return window


def press(qtbot: QtBot, window: MainWindow, key: Qt.Key, control: bool = True) -> None:
    modifier = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    target = QApplication.focusWidget() or window
    QTest.keyClick(target, key, modifier)


def test_a_room_is_built_at_its_first_visit_only(window: MainWindow, rooms: Rooms) -> None:
    assert rooms.built == ["chat"]
    window.open_room("models")
    window.open_room("chat")
    window.open_room("models")
    assert rooms.built == ["chat", "models"]
    assert window.room == "models"


@pytest.mark.parametrize(("number", "name"), list(enumerate(NAMES, start=1)))
def test_number_keys_open_rooms(window: MainWindow, qtbot: QtBot, number: int, name: str) -> None:
    press(qtbot, window, Qt.Key(Qt.Key.Key_0 + number))
    assert window.room == name


def test_the_rail_opens_rooms_and_marks_the_one_on_show(window: MainWindow, qtbot: QtBot) -> None:
    button = window.findChild(RailButton, "rail_images")
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.room == "images"
    assert button.isChecked()
    window.open_room("chat")
    assert not button.isChecked()


def test_the_room_on_show_has_the_focus(window: MainWindow, qtbot: QtBot) -> None:
    window.open_room("documents")
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.objectName() == "field_documents"


def test_commands_reach_the_room_on_show(window: MainWindow, rooms: Rooms, qtbot: QtBot) -> None:
    for key in (Qt.Key.Key_F, Qt.Key.Key_B, Qt.Key.Key_I):
        press(qtbot, window, key)
    press(qtbot, window, Qt.Key.Key_Escape, control=False)
    assert rooms.asked == ["chat.find_text", "chat.list", "chat.inspector", "chat.stop"]


def test_a_room_without_a_conversation_finds_in_its_list(
    window: MainWindow, rooms: Rooms, qtbot: QtBot
) -> None:
    window.open_room("models")
    press(qtbot, window, Qt.Key.Key_F)
    assert rooms.asked == ["models.find"]
    window.open_room("images")
    press(qtbot, window, Qt.Key.Key_F)
    assert rooms.asked == ["models.find"]


def test_commands_with_a_room_of_their_own_go_there(
    window: MainWindow, rooms: Rooms, qtbot: QtBot
) -> None:
    window.open_room("images")
    press(qtbot, window, Qt.Key.Key_O)
    assert window.room == "models"
    press(qtbot, window, Qt.Key.Key_N)
    assert window.room == "chat"
    assert rooms.asked == ["models.add_model", "chat.new"]


def test_commands_that_a_room_lacks_are_greyed_out(window: MainWindow) -> None:
    assert window.commands.action("stop").isEnabled()
    window.open_room("images")
    for name in ("find", "find_text", "stop", "list", "inspector"):
        assert not window.commands.action(name).isEnabled()


def test_every_command_has_a_menu_and_all_but_about_a_shortcut(window: MainWindow) -> None:
    listed = [
        action
        for menu in window.menuBar().actions()
        for action in getattr(menu.menu(), "actions", list)()
    ]
    assert len(listed) == len(window.commands.commands) >= 20
    without = [action.objectName() for action in listed if not action.shortcuts()]
    assert without == ["command_about"]
    shortcuts = [keys.toString() for action in listed for keys in action.shortcuts()]
    assert len(shortcuts) == len(set(shortcuts))


def test_text_grows_and_shrinks(window: MainWindow, theme: Theme, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.text_size_chosen) as told:
        press(qtbot, window, Qt.Key.Key_Plus)
    assert told.args == [16]
    press(qtbot, window, Qt.Key.Key_Minus)
    press(qtbot, window, Qt.Key.Key_Minus)
    qtbot.waitUntil(lambda: theme.text_size == 14)
    press(qtbot, window, Qt.Key.Key_0)
    qtbot.waitUntil(lambda: theme.text_size == 15)


def test_a_step_of_zoom_just_before_the_end_is_kept(window: MainWindow, qtbot: QtBot) -> None:
    press(qtbot, window, Qt.Key.Key_Plus)
    with qtbot.waitSignal(window.text_size_chosen) as told:
        window.close()
    assert told.args == [16]


def test_the_menu_bar_comes_on_demand(window: MainWindow, qtbot: QtBot) -> None:
    assert window.menuBar().isHidden()
    press(qtbot, window, Qt.Key.Key_F10, control=False)
    assert window.menuBar().isVisible()


def test_help_lists_every_shortcut(window: MainWindow, qtbot: QtBot) -> None:
    press(qtbot, window, Qt.Key.Key_F1, control=False)
    dialog = window.findChild(QWidget, "shortcuts_dialog")
    assert dialog is not None
    words = {made.text() for made in dialog.findChildren(QLabel)}
    keys = {made.accessibleName() for made in dialog.findChildren(QWidget)}
    for command in window.commands.commands:
        if command.keys:
            assert command.title.rstrip("…") in words
            assert command.keys[0] in keys
    dialog.close()


def test_about_tells_the_version(window: MainWindow) -> None:
    window.commands.action("about").trigger()
    dialog = window.findChild(QWidget, "about_dialog")
    assert dialog is not None
    assert "Version 1.2" in {made.text() for made in dialog.findChildren(QLabel)}
    dialog.close()


def test_undo_is_offered_while_a_toast_is_there(window: MainWindow, qtbot: QtBot) -> None:
    undone: list[str] = []
    undo = window.commands.action("undo_removal")
    assert not undo.isEnabled()
    window.toasts.show_words("Notes was removed", lambda: undone.append("notes"))
    assert undo.isEnabled()
    undo.trigger()
    assert undone == ["notes"]
    assert window.toasts.words() == ""
    assert not undo.isEnabled()


@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit])
def test_a_field_keeps_undo_while_it_has_something_to_undo(
    window: MainWindow, kind: type[QLineEdit | QPlainTextEdit]
) -> None:
    undone: list[str] = []
    field = kind()
    column = window.open_room("images").layout()
    assert isinstance(column, QVBoxLayout)
    column.addWidget(field)
    field.show()
    field.setFocus()
    window.toasts.show_words("Notes was removed", lambda: undone.append("notes"))
    QTest.keyClicks(field, "x")
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == []
    assert not (field.text() if isinstance(field, QLineEdit) else field.toPlainText())
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == ["notes"]


def test_a_toast_lies_above_what_stands_below_a_part(window: MainWindow, qtbot: QtBot) -> None:
    part, below = QWidget(), QWidget()
    below.setFixedHeight(90)
    column = window.open_room("images").layout()
    assert isinstance(column, QVBoxLayout)
    column.addWidget(part, 1)
    column.addWidget(below)
    window.toasts.stay_in(part)
    window.toasts.show_words("Notes was removed")
    qtbot.waitUntil(lambda: below.mapTo(window, QPoint(0, 0)).y() > 0)

    def is_above() -> bool:
        return window.toasts.geometry().bottom() < below.mapTo(window, QPoint(0, 0)).y()

    qtbot.waitUntil(is_above)
    below.setFixedHeight(160)
    qtbot.waitUntil(is_above)
    middle = part.mapTo(window, part.rect().center()).x()
    assert abs(window.toasts.geometry().center().x() - middle) <= 1
    part.hide()
    qtbot.waitUntil(lambda: not is_above())


def test_the_status_line_opens_rooms(window: MainWindow, qtbot: QtBot) -> None:
    window.status.tell(memory_used=1 << 30, memory_total=4 << 30)
    for part, room in (("network", "settings"), ("model", "models"), ("memory", "models")):
        window.open_room("images")
        button = window.findChild(Button, f"status_{part}")
        assert button is not None
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert window.room == room


def test_it_comes_back_from_the_dock(window: MainWindow) -> None:
    window.showMinimized()
    window.raise_and_focus()
    assert not window.isMinimized()
    assert window.isVisible()


def dragged(*files: str) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(file) for file in files])
    return data


def enter(window: MainWindow, data: QMimeData) -> QDragEnterEvent:
    event = QDragEnterEvent(
        QPoint(300, 300),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    event.ignore()
    QApplication.sendEvent(window.windowHandle(), event)
    return event


def drop(window: MainWindow, data: QMimeData) -> QDropEvent:
    event = QDropEvent(
        QPointF(300, 300),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    event.ignore()
    QApplication.sendEvent(window.windowHandle(), event)
    return event


def overlay(window: MainWindow) -> QWidget:
    found = window.findChild(QWidget, "drop_overlay")
    assert found is not None
    return found


def test_models_can_be_dropped_anywhere(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    model, notes = tmp_path / "small.GGUF", tmp_path / "notes.txt"
    data = dragged(str(model), str(notes))
    assert enter(window, data).isAccepted()
    assert overlay(window).isVisible()
    assert overlay(window).geometry() == window.rect()
    with qtbot.waitSignal(window.dropped_models) as told:
        assert drop(window, data).isAccepted()
    assert told.args == [[model]]
    assert overlay(window).isHidden()


def test_a_drag_that_leaves_takes_the_veil_away(window: MainWindow) -> None:
    enter(window, dragged("/x/small.gguf"))
    QApplication.sendEvent(window.windowHandle(), QDragLeaveEvent())
    assert overlay(window).isHidden()


def test_other_files_are_not_taken(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(window.dropped_models):
        enter(window, dragged("/x/letter.pdf"))
        assert overlay(window).isHidden()
        drop(window, dragged("/x/letter.pdf"))


def test_everything_to_act_on_is_named_and_tall_enough(
    window: MainWindow, actionable: Callable[[QWidget], list[QWidget]]
) -> None:
    found = actionable(window)
    assert len(found) >= 10
    for widget in found:
        assert widget.objectName(), widget
        assert widget.accessibleName(), widget.objectName()
        assert widget.sizeHint().height() >= 32, widget.objectName()


def test_tab_reaches_rail_and_status(window: MainWindow, qtbot: QtBot) -> None:
    visited = set()
    for _ in range(20):
        focused = QApplication.focusWidget()
        assert focused is not None
        visited.add(focused.objectName())
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert {f"rail_{name}" for name in NAMES} <= visited
    assert {"status_network", "status_model", "field_chat"} <= visited
