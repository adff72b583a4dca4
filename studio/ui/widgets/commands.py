"""Every command of the window, declared once: menus, shortcuts and the page of help follow."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QMenu,
    QMenuBar,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from studio.translation import mark, tr


@dataclass(frozen=True, slots=True)
class Command:
    """One thing that can be done from anywhere.

    Attributes:
        name: what pages and tests call it.
        title: the words in the menu, in English.
        keys: the shortcuts; the first is the one that is told.
        menu: the menu it stands in.
        room: where it is done; empty means in the room on show.
    """

    name: str
    title: str
    keys: tuple[str, ...]
    menu: str
    room: str = ""


COMMANDS = (
    Command("new", mark("New chat"), ("Ctrl+N",), "File", room="chat"),
    Command("new_temporary", mark("New temporary chat"), ("Ctrl+Shift+N",), "File", room="chat"),
    Command("add_model", mark("Add model…"), ("Ctrl+O",), "File", room="models"),
    Command("quit", mark("Quit"), ("Ctrl+Q",), "File"),
    Command("undo_removal", mark("Undo the last removal"), ("Ctrl+Z",), "Edit"),
    Command("find_text", mark("Find in conversation"), ("Ctrl+F",), "Edit"),
    Command("find_next", mark("Find next"), ("F3",), "Edit"),
    Command("find_previous", mark("Find previous"), ("Shift+F3",), "Edit"),
    Command("find", mark("Find in list"), ("Ctrl+Shift+F",), "Edit"),
    Command("attach", mark("Attach a file…"), ("Ctrl+Shift+A",), "Edit", room="chat"),
    Command(
        "context", mark("When the chat outgrows the context…"), ("Ctrl+M",), "Edit", room="chat"
    ),
    Command(
        "summarise",
        mark("Summarise the oldest part of the chat"),
        ("Ctrl+Shift+M",),
        "Edit",
        room="chat",
    ),
    Command("stop", mark("Stop"), ("Esc",), "Edit"),
    Command("list", mark("Show or hide the list"), ("Ctrl+B",), "View"),
    Command("inspector", mark("Show or hide the inspector"), ("Ctrl+I",), "View"),
    Command("larger", mark("Larger text"), ("Ctrl++", "Ctrl+="), "View"),
    Command("smaller", mark("Smaller text"), ("Ctrl+-",), "View"),
    Command("usual", mark("Usual text size"), ("Ctrl+0",), "View"),
    Command("full_screen", mark("Full screen"), ("F11",), "View"),
    Command("menu_bar", mark("Menu bar"), ("F10",), "View"),
    Command("palette", mark("Command palette…"), ("Ctrl+K",), "View"),
    Command("shortcuts", mark("Keyboard shortcuts"), ("F1",), "Help"),
    Command("about", mark("About Local AI Studio"), (), "Help"),
)
_FOR_FIELDS = ("undo_removal", "stop")
MENUS = (mark("File"), mark("Edit"), mark("View"), mark("Go"), mark("Help"))


class CommandSet(QObject):
    """The actions of a window, in its menu bar and known to it while the bar is hidden."""

    def __init__(self, window: QWidget, bar: QMenuBar, commands: Iterable[Command]) -> None:
        super().__init__(window)
        self.commands = tuple(commands)
        self._window = window
        self._actions: dict[str, QAction] = {}
        menus: dict[str, QMenu] = {}
        for title in MENUS:
            menus[title] = bar.addMenu(f"&{tr(title)}")
            menus[title].setObjectName(f"menu_{title.lower()}")
        for command in self.commands:
            action = QAction(tr(command.title), window)
            action.setObjectName(f"command_{command.name}")
            action.setShortcuts([QKeySequence(keys) for keys in command.keys])
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            menus[command.menu].addAction(action)
            window.addAction(action)
            self._actions[command.name] = action
        undo = self._keys_of(lambda name: name == "undo_removal")
        self._guard = KeyGuard(self, self._keys_of(lambda name: name not in _FOR_FIELDS), undo)

    def action(self, name: str) -> QAction:
        """Return a command's action."""
        return self._actions[name]

    def connect_to(self, name: str, act: Callable[[], object]) -> None:
        """Say what a command does."""
        self._actions[name].triggered.connect(lambda: act())

    def _keys_of(self, is_meant: Callable[[str], bool]) -> frozenset[str]:
        return frozenset(
            QKeySequence(text).toString()
            for command in self.commands
            if is_meant(command.name)
            for text in command.keys
        )


class KeyGuard(QObject):
    """Keeps text fields from swallowing the window's shortcuts.

    Qt's text fields claim some combinations for themselves (Ctrl+K deletes to the end of the line
    on some systems) before a shortcut is considered. Only the widget with the focus is watched,
    so that no other event passes through here. The ``undo`` keys are a field's own as long as it
    has something to undo itself.
    """

    def __init__(
        self, parent: QObject, keys: frozenset[str], undo: frozenset[str] = frozenset()
    ) -> None:
        super().__init__(parent)
        self._keys = keys
        self._undo = undo
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Refuse a field's claim on one of the window's combinations."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            keys = QKeySequence(event.keyCombination()).toString()
            if keys in self._keys or (keys in self._undo and not _can_undo(watched)):
                event.ignore()
                return True
        return False

    def _on_focus_changed(self, before: QWidget | None, now: QWidget | None) -> None:
        if before is not None:
            before.removeEventFilter(self)
        if now is not None:
            now.installEventFilter(self)


def _can_undo(field: QObject) -> bool:
    """Tell whether a field has something of its own to undo."""
    if isinstance(field, QLineEdit):
        return field.isUndoAvailable()
    if isinstance(field, QPlainTextEdit | QTextEdit):
        return field.document().isUndoAvailable() and not field.isReadOnly()
    return True  # such as the line in a spin box
