"""The window of temporary chats: what it says of itself, its commands, and one Chat room in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMainWindow, QSizePolicy, QVBoxLayout, QWidget

from studio.translation import mark, tr
from studio.ui.palette.door import PaletteDoor
from studio.ui.theme import SPACE, Theme
from studio.ui.widgets.buttons import Button
from studio.ui.widgets.commands import COMMANDS, Command, CommandSet
from studio.ui.widgets.labels import label
from studio.ui.widgets.toast import Toasts

if TYPE_CHECKING:
    from studio.ui.palette.items import Item

_LEAST_SIZE = (720, 520)
_SIZE = (1024, 700)
_ICON = 18
_SHARED = (
    "new",
    "undo_removal",
    "find_text",
    "find_next",
    "find_previous",
    "find",
    "attach",
    "context",
    "summarise",
    "stop",
    "list",
    "inspector",
    "palette",
)
_OWN = (
    Command("keep", mark("Keep this chat"), ("Ctrl+S",), "File"),
    Command("close", mark("Close and forget"), ("Ctrl+W", "Ctrl+Q"), "File"),
    Command("new_too", mark("New temporary chat"), ("Ctrl+Shift+N",), "File"),
)


class TemporaryFrame(QMainWindow):
    """Holds a Chat room whose conversations are nowhere else; ``closed`` comes with its end.

    ``keep_wanted`` asks for the conversation on show to be kept.
    """

    activated = Signal()
    closed = Signal()
    keep_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("temporary_window")
        self.setWindowTitle(tr("Temporary chat"))
        self.setMinimumSize(*_LEAST_SIZE)
        self.resize(*_SIZE)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.strip = _Strip(theme)
        self.strip.keep.on_click(self.keep_wanted.emit)
        ground = QWidget()
        self._column = QVBoxLayout(ground)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.strip)
        self.setCentralWidget(ground)
        shared = tuple(each for each in COMMANDS if each.name in _SHARED)
        self.commands = CommandSet(self, self.menuBar(), (*_OWN, *shared))
        self.menuBar().setVisible(self.menuBar().isNativeMenuBar())
        self.toasts = Toasts(theme, self)
        self.palette_door = PaletteDoor(theme, self, lambda: _items(self.commands))

    def take_in(self, room: QWidget, acts: Mapping[str, Callable[[], object]]) -> None:
        """Show the room; ``acts`` are its commands."""
        self._column.addWidget(room, 1)
        own: dict[str, Callable[[], object]] = {
            "keep": self.keep_wanted.emit,
            "close": self.close,
            "new_too": acts["new"],
            "undo_removal": self.toasts.undo,
            "palette": self.palette_door.toggle,
        }
        for command in self.commands.commands:
            self.commands.connect_to(command.name, own.get(command.name) or acts[command.name])
        undo = self.commands.action("undo_removal")
        undo.setEnabled(False)
        self.toasts.undoable.connect(undo.setEnabled)
        self.set_keepable(False)

    def set_keepable(self, can_be_kept: bool) -> None:
        """Say whether there is something on show that could be kept."""
        self.strip.keep.setEnabled(can_be_kept)
        self.commands.action("keep").setEnabled(can_be_kept)

    def changeEvent(self, event: QEvent) -> None:
        """Tell when one comes back to it."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.activated.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that all in it is gone."""
        super().closeEvent(event)
        self.closed.emit()


class _Strip(QWidget):
    """Says, as long as the window is there, what is special about it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("temporary_strip")
        words = tr(
            "Temporary: nothing said here is written to the disk. "
            "It is gone when this window is closed."
        )
        self.setAccessibleName(words)
        self._icon = QLabel()
        told = label(words, "caption", wrap=True)
        told.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.keep = Button(theme, tr("Keep this chat"), "quiet", name="keep_chat")
        self.keep.setToolTip(tr("Put it among your chats, where it stays  (Ctrl+S)"))
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE[3], SPACE[1], SPACE[2], SPACE[1])
        row.setSpacing(SPACE[1])
        row.addWidget(self._icon)
        row.addWidget(told, 1)
        row.addWidget(self.keep)
        self._dress()
        theme.changed.connect(self._dress)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground, in the colour of what is chosen."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("accent_pale"))
        painter.end()

    def _dress(self) -> None:
        self._icon.setPixmap(self._theme.icon("lock", "accent", _ICON).pixmap(_ICON, _ICON))


def _items(commands: CommandSet) -> list[Item]:
    from studio.ui.palette.offers import command_items  # at the first look into the palette

    return command_items(commands)
