"""Turns round, for languages written from right to left, what Qt does not turn round by itself.

Qt mirrors layouts and its own controls. What is left are style sheets, pictures of arrows, and
whatever a widget paints by hand: it is laid out as for English, and each place is mirrored then.
"""

from __future__ import annotations

import re
import unicodedata

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication

_SIDE = re.compile(r"\b(border|border-top|border-bottom)-(left|right)(?=-width|-radius|:)")
_OTHER = {"left": "right", "right": "left"}
_POINTING = re.compile(r"^(chevron|arrow|panel)-(left|right)$")
_ISOLATE, _END = "\N{LEFT-TO-RIGHT ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"


def is_on() -> bool:
    """Return whether the window is read from right to left."""
    return QGuiApplication.isRightToLeft()


def sheet(text: str) -> str:
    """Return a style sheet with the borders at left and right exchanged.

    Paddings stay: Qt mirrors the room that they leave.
    """
    return _SIDE.sub(lambda found: f"{found[1]}-{_OTHER[found[2]]}", text)


def icon_name(name: str) -> str:
    """Return the icon that points the other way, if it points to a side."""
    found = _POINTING.match(name)
    return f"{found[1]}-{_OTHER[found[2]]}" if found and is_on() else name


def placed(place: QRect, whole: QRect) -> QRect:
    """Return where something goes that stands at ``place`` of ``whole`` in English."""
    if not is_on():
        return place
    left = whole.left() + whole.right() - place.right()
    return QRect(left, place.top(), place.width(), place.height())


def at_start(text: str) -> int:
    """Return how a line is drawn where lines begin, in the direction of its own words."""
    return _flags(text, is_at_start=True)


def at_end(text: str) -> int:
    """Return how a line is drawn where lines end, in the direction of its own words."""
    return _flags(text, is_at_start=False)


def wrapped(text: str) -> int:
    """Return how words are drawn that go on in more lines, from the top and where lines begin."""
    flags = at_start(text) & ~int(Qt.AlignmentFlag.AlignVCenter)
    return flags | int(Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)


def quantity(text: str) -> str:
    """Return a number with its unit such that the unit stays behind it among other letters."""
    return f"{_ISOLATE}{text}{_END}" if is_on() and _is_latin(text) else text


def _flags(text: str, *, is_at_start: bool) -> int:
    middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
    is_left = is_at_start != is_on()
    side = Qt.AlignmentFlag.AlignLeft if is_left else Qt.AlignmentFlag.AlignRight
    direction = Qt.TextFlag.TextForceLeftToRight if _is_latin(text) else 0
    return int(middle | side) | int(direction)


def _is_latin(text: str) -> bool:
    """Return whether a text's first letter, as Unicode has it, is written from left to right."""
    kinds = (unicodedata.bidirectional(letter) for letter in text)
    return next((kind == "L" for kind in kinds if kind in ("L", "R", "AL")), True)
