"""Where the window was: kept in a small JSON file, and corrected when the screens have changed."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from studio.paths import write_private

_log = logging.getLogger(__name__)
_USUAL = (1180, 780)
_LEAST = (720, 520)
_GRIP = 120
_TITLE = 36  # of the bar above what a window's geometry tells; known for sure only once it is shown


@dataclass(frozen=True, slots=True)
class WindowPlace:
    """Position and size in device-independent pixels, and the room that was on show."""

    x: int
    y: int
    width: int
    height: int
    maximized: bool = False
    room: str = ""

    @property
    def rect(self) -> QRect:
        """The place as a rectangle."""
        return QRect(self.x, self.y, self.width, self.height)


def of(window: QWidget, room: str) -> WindowPlace:
    """Return where a window is now, or will be once it is no longer maximized."""
    rect = window.normalGeometry() if window.isMaximized() else window.geometry()
    return WindowPlace(rect.x(), rect.y(), rect.width(), rect.height(), window.isMaximized(), room)


def restore(window: QWidget, file: Path | None) -> str:
    """Put a window where it was, without a file to the usual place; return the room on show."""
    kept = load(file) if file is not None else None
    screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    window.setGeometry(fitted(kept.rect if kept else None, screens))
    if kept is not None and kept.maximized:
        window.setWindowState(Qt.WindowState.WindowMaximized)
    return kept.room if kept is not None else ""


def load(path: Path) -> WindowPlace | None:
    """Return what was kept, or ``None`` when there is nothing usable."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return _checked(kept)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
        _log.info("the window's place in %s is not usable: %s", path, error)
        return None


def save(path: Path, place: WindowPlace) -> None:
    """Keep a place; a disk that refuses costs only the place, and is noted in the log."""
    try:
        write_private(path, json.dumps(asdict(place), indent=2).encode() + b"\n")
    except OSError as error:
        _log.info("the window's place could not be kept in %s: %s", path, error)


def fitted(wish: QRect | None, screens: Sequence[QRect]) -> QRect:
    """Return ``wish`` moved and shrunk so that a person can reach it on one of ``screens``.

    This is the inside of the window: room for its title bar is left above.
    Without a wish, or with one that lies on no screen, it is the usual size in the middle of the
    first screen.
    """
    if not screens:
        return wish or QRect(0, 0, *_USUAL)
    usable = [each.adjusted(0, _TITLE, 0, 0) for each in screens]
    screen = usable[0]
    if wish is not None:
        seen = [(_area(candidate.intersected(wish)), candidate) for candidate in usable]
        area, best = max(seen, key=lambda pair: pair[0])
        if area >= _GRIP * _GRIP:
            return _inside(wish, best)
    usual = QRect(0, 0, min(_USUAL[0], screen.width()), min(_USUAL[1], screen.height()))
    usual.moveCenter(screen.center())
    return usual


def _inside(wish: QRect, screen: QRect) -> QRect:
    width = min(max(wish.width(), _LEAST[0]), screen.width())
    height = min(max(wish.height(), _LEAST[1]), screen.height())
    left = min(max(wish.left(), screen.left()), screen.left() + screen.width() - width)
    top = min(max(wish.top(), screen.top()), screen.top() + screen.height() - height)
    return QRect(left, top, width, height)


def _area(rect: QRect) -> int:
    return max(0, rect.width()) * max(0, rect.height())


def _checked(kept: Any) -> WindowPlace:
    left, top, width, height = (kept[name] for name in ("x", "y", "width", "height"))
    for number in (left, top, width, height):
        if not isinstance(number, int) or abs(number) >= 1 << 20:
            raise ValueError("a number is out of range")
    return WindowPlace(left, top, width, height, bool(kept["maximized"]), str(kept["room"]))
