"""The frame that every room lives in: rail, pages, status line, commands, toasts."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from studio.translation import mark, tr
from studio.ui.palette.door import PaletteDoor
from studio.ui.theme import Theme
from studio.ui.widgets import window_place
from studio.ui.widgets.banner import LateBanner
from studio.ui.widgets.commands import COMMANDS, Command, CommandSet
from studio.ui.widgets.file_drop import FileDrop, Offer
from studio.ui.widgets.rail import Rail
from studio.ui.widgets.status_line import StatusLine
from studio.ui.widgets.toast import Toasts
from studio.ui.widgets.wheel_zoom import WheelZoom
from studio.ui.widgets.zoom import Zoom

if TYPE_CHECKING:
    from types import ModuleType

    from studio.ui.palette.items import Item

_LEAST_SIZE = (720, 520)
_STATUS_LIFT = 48
_LOCAL = ("find", "find_text", "find_next", "find_previous", "stop", "list", "inspector")
_INSTEAD = {"find_text": "find"}
_DROP_WORDS = (mark("Drop to add the model"), mark("GGUF files join your models."))


@dataclass(frozen=True, slots=True)
class Page:
    """A room's widget, and what it does when the window's commands reach it.

    ``commands`` maps names of :data:`studio.ui.widgets.commands.COMMANDS` (``new``, ``add_model``,
    ``find``, ``find_text``, ``stop``, ``list``, ``inspector`` and more) to what they do here;
    others are greyed out. A room without text to find something in finds in its list.
    ``first`` is the part that gets the keyboard focus when the room is opened. It is no focus
    proxy of the whole room: past one of those, Qt would skip all that stands before it on Tab.
    """

    widget: QWidget
    commands: Mapping[str, Callable[[], object]] = field(default_factory=dict)
    first: QWidget | None = None

    def does(self, name: str) -> Callable[[], object] | None:
        """Return what a command does here, if anything."""
        return self.commands.get(name) or self.commands.get(_INSTEAD.get(name, ""))


@dataclass(frozen=True, slots=True)
class Room:
    """A place on the rail, its title in English. ``build`` makes its page at the first visit."""

    name: str
    title: str
    icon: str
    build: Callable[[], Page]
    at_bottom: bool = False


class MainWindow(QMainWindow):
    """Holds the rooms; knows nothing of what is in them.

    ``dropped_models`` carries the paths of ``.gguf`` files dropped on the window;
    ``text_size_chosen`` the pixels that the person zoomed to; ``room_shown`` a room's name;
    ``notes`` tells, above whatever room is on show, what is the concern of none of them.
    ``returned_to`` comes when the window is the active one again.
    ``place_file`` keeps position and size between runs, unless ``restore`` is false.
    """

    dropped_models = Signal(list)
    text_size_chosen = Signal(int)
    room_shown = Signal(str)
    returned_to = Signal()
    closed = Signal()

    def __init__(
        self,
        theme: Theme,
        rooms: Sequence[Room],
        place_file: Path,
        version: str = "",
        restore: bool = True,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._rooms = {room.name: room for room in rooms}
        self._pages: dict[str, Page] = {}
        self._room = ""
        self._place_file = place_file
        self._version = version
        self.setObjectName("main_window")
        self.setWindowTitle("Local AI Studio")
        self.setMinimumSize(*_LEAST_SIZE)
        self.rail = Rail(theme)
        self.status = StatusLine(theme)
        self._stack = QStackedWidget()
        self._work = QVBoxLayout()
        self.notes = LateBanner(theme, self._work)
        self._lay_out()
        self.commands = CommandSet(self, self.menuBar(), (*COMMANDS, *_visits(rooms)))
        self.menuBar().setVisible(self.menuBar().isNativeMenuBar())
        self.toasts = Toasts(theme, self, lift=_STATUS_LIFT)
        self.palette_door = PaletteDoor(theme, self, lambda: _command_items(self.commands))
        self._zoom = Zoom(theme, self)
        self._wheel = WheelZoom(self, self.zoom)
        self._drop = FileDrop(theme, self, Offer(*map(tr, _DROP_WORDS)), _models)
        self._fill_rail()
        self._connect()
        self._first_room = self._go_to_kept_place(restore)

    @property
    def room(self) -> str:
        """Name of the room on show."""
        return self._room

    def page(self, name: str) -> QWidget:
        """Return a room's widget, building it if this is the first visit."""
        return self._page(name).widget

    def open_first_room(self) -> QWidget:
        """Show the room of the last run, or the first one; once all that rooms need is there."""
        return self.open_room(self._first_room)

    def open_room(self, name: str) -> QWidget:
        """Show a room and return its widget."""
        page = self._page(name)
        self._room = name
        first = page.first if page.first and page.first.isVisibleTo(page.widget) else page.widget
        if first is not page.widget:
            first.setFocus(Qt.FocusReason.OtherFocusReason)  # or Qt would choose one meanwhile
        self._stack.setCurrentWidget(page.widget)
        self.rail.show_chosen(name)
        self._enable_commands(page)
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        self.room_shown.emit(name)
        return page.widget

    def raise_and_focus(self) -> None:
        """Come to the front, also out of the dock, as when the program is started again."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def zoom(self, by: int) -> None:
        """Make text larger or smaller by so many pixels; 0 takes the usual size."""
        self._zoom.by(by)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, wherever the wheel was not wanted for something else."""
        self._wheel.take(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Watch for dropped files once there is a native window."""
        super().showEvent(event)
        self._drop.watch_window()

    def changeEvent(self, event: QEvent) -> None:
        """Tell that the person is back; take a veil away that a drag left behind on leaving."""
        super().changeEvent(event)
        if event.type() != QEvent.Type.ActivationChange:
            return
        if self.isActiveWindow():
            self.returned_to.emit()
        else:
            self._drop.overlay.hide()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the place, then tell that the window has closed."""
        window_place.save(self._place_file, window_place.of(self, self._room))
        super().closeEvent(event)
        self.closed.emit()

    def _lay_out(self) -> None:
        self._work.setSpacing(0)
        self._work.addWidget(self._stack, 1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addLayout(self._work, 1)
        ground = QWidget()
        column = QVBoxLayout(ground)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(middle, 1)
        column.addWidget(self.status)
        self.setCentralWidget(ground)

    def _fill_rail(self) -> None:
        for number, room in enumerate(self._rooms.values(), start=1):
            keys = f"Ctrl+{number}"
            self.rail.add(room.name, tr(room.title), room.icon, keys, room.at_bottom)

    def _connect(self) -> None:
        self.rail.chosen.connect(self.open_room)
        self.status.opened.connect(self.open_room)
        self._drop.dropped.connect(self.dropped_models)
        self._zoom.chosen.connect(self.text_size_chosen)
        self.closed.connect(self._zoom.settle)
        undo = self.commands.action("undo_removal")
        undo.setEnabled(False)
        self.toasts.undoable.connect(undo.setEnabled)
        acts: dict[str, Callable[[], object]] = {
            "quit": self.close,
            "undo_removal": self.toasts.undo,
            "larger": lambda: self.zoom(1),
            "smaller": lambda: self.zoom(-1),
            "usual": lambda: self.zoom(0),
            "full_screen": lambda: self.setWindowState(
                self.windowState() ^ Qt.WindowState.WindowFullScreen
            ),
            "menu_bar": lambda: self.menuBar().setVisible(self.menuBar().isHidden()),
            "palette": self.palette_door.toggle,
            "shortcuts": self._show_shortcuts,
            "about": lambda: _help().about_dialog(self._theme, self, self._version).open(),
        }
        for command in self.commands.commands:
            act = acts.get(command.name) or self._deliver(command)
            self.commands.connect_to(command.name, act)

    def _deliver(self, command: Command) -> Callable[[], object]:
        def act() -> None:
            name = command.room or self._room
            if command.name == f"go_{name}":
                self.open_room(name)
                return
            if command.room:
                self.open_room(name)
            if (done := self._page(name).does(command.name)) is not None:
                done()

        return act

    def _enable_commands(self, page: Page) -> None:
        for name in _LOCAL:
            self.commands.action(name).setEnabled(page.does(name) is not None)

    def _page(self, name: str) -> Page:
        if name not in self._pages:
            page = self._rooms[name].build()
            page.widget.setAccessibleName(tr(self._rooms[name].title))
            self._pages[name] = page
            self._stack.addWidget(page.widget)
        return self._pages[name]

    def _show_shortcuts(self) -> None:
        _help().every_shortcut(self._theme, self, self.commands.commands).open()

    def _go_to_kept_place(self, restore: bool) -> str:
        kept = window_place.restore(self, self._place_file if restore else None)
        return kept if kept in self._rooms else next(iter(self._rooms))


def _models(files: list[Path]) -> list[Path]:
    return [file for file in files if file.suffix.lower() == ".gguf"]


def _visits(rooms: Sequence[Room]) -> tuple[Command, ...]:
    return tuple(
        Command(f"go_{room.name}", room.title, (f"Ctrl+{number}",), "Go", room=room.name)
        for number, room in enumerate(rooms, start=1)
    )


# What is asked for by hand is imported then: the first look need not wait for it.


def _command_items(commands: CommandSet) -> list[Item]:
    from studio.ui.palette.offers import command_items

    return command_items(commands)


def _help() -> ModuleType:
    return importlib.import_module("studio.ui.widgets.help_dialogs")
