"""Leads from one place to fill in to the next, in a text that was put into an editor."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from studio.chat.prompt_templates import Filled

_KEEP = QTextCursor.MoveMode.KeepAnchor


@dataclass(frozen=True, slots=True)
class _Spot:
    """A place in the document; its ends move with whatever is written around them."""

    name: str
    start: QTextCursor
    end: QTextCursor

    def aim(self, *, start_stays: bool, end_stays: bool) -> None:
        self.start.setKeepPositionOnInsert(start_stays)
        self.end.setKeepPositionOnInsert(end_stays)

    def selected(self) -> QTextCursor:
        cursor = QTextCursor(self.start)
        cursor.setKeepPositionOnInsert(False)
        cursor.setPosition(self.start.position())  # its anchor moved on with what was written
        cursor.setPosition(self.end.position(), _KEEP)
        return cursor


class PlaceFiller:
    """Selects one place after the other; what is written in one goes to all of its name."""

    def __init__(self, editor: QPlainTextEdit) -> None:
        self._editor = editor
        self._spots: list[_Spot] = []
        self._order: list[int] = []
        self._at = 0

    @property
    def is_active(self) -> bool:
        """Whether there is a place at hand."""
        return bool(self._order)

    def put(self, filled: Filled) -> None:
        """Replace the editor's text and begin at its first place."""
        cursor = QTextCursor(self._editor.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(filled.text)
        self._spots = [
            _Spot(place.name, self._cursor(filled, place.start), self._cursor(filled, place.end))
            for place in filled.places
        ]
        names = [spot.name.casefold() for spot in self._spots]
        self._order = [number for number, name in enumerate(names) if name not in names[:number]]
        self._at = 0
        if self._order:
            self._select()
        else:
            self._editor.moveCursor(QTextCursor.MoveOperation.End)

    def go(self, step: int) -> None:
        """Go to the next place, or with -1 to the one before; behind the last one it is over."""
        self._spread()
        self._at += step
        if 0 <= self._at < len(self._order):
            self._select()
        elif self._at < 0:
            self._at = 0
            self._select()
        else:
            self._stop()
            self._editor.moveCursor(QTextCursor.MoveOperation.End)

    def end(self) -> None:
        """Leave the places as they are."""
        if self.is_active:
            self._spread()
            self._stop()

    def forget(self) -> None:
        """Leave the places because the text in which they were is gone."""
        self._stop()

    def _stop(self) -> None:
        self._spots, self._order, self._at = [], [], 0

    def _cursor(self, filled: Filled, at: int) -> QTextCursor:
        cursor = QTextCursor(self._editor.document())
        # Qt counts in halves of UTF-16, Python in characters.
        cursor.setPosition(len(filled.text[:at].encode("utf-16-le")) // 2)
        return cursor

    def _select(self) -> None:
        number = self._order[self._at]
        self._aim(number)
        self._editor.setTextCursor(self._spots[number].selected())
        self._editor.ensureCursorVisible()

    def _aim(self, number: int) -> None:
        """Let what is written at a place's edge belong to that place, not to its neighbours."""
        for each, spot in enumerate(self._spots):
            is_before = each < number
            spot.aim(start_stays=is_before or each == number, end_stays=is_before)

    def _spread(self) -> None:
        """Write what stands in the place at hand into the others of its name."""
        here = self._order[self._at]
        name = self._spots[here].name.casefold()
        written = self._spots[here].selected().selection().toPlainText()
        for number, spot in enumerate(self._spots):
            there = spot.selected()
            if number == here or spot.name.casefold() != name:
                continue
            if there.selection().toPlainText() != written:
                self._aim(number)
                there.insertText(written)
        self._aim(here)
