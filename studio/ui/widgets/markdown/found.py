"""Where the words that are looked for stand in a document, and how they are shown there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextLine,
)

from studio.ui.theme import Palette, Theme

Span = tuple[int, int]
Find = Callable[[str, str], Sequence[Span]]
Selection = QAbstractTextDocumentLayout.Selection
_WIDEST = "\uffff"


class Found:
    """The occurrences of a term in the document on show, of which one may be the current one."""

    def __init__(self) -> None:
        self._known: tuple[QTextDocument, int, str] | None = None
        self._document: QTextDocument | None = None
        self._spans: Sequence[Span] = ()
        self._current = -1
        self._drawn: tuple[Palette, list[Selection]] | None = None

    def look(self, document: QTextDocument, term: str, current: int, find: Find) -> bool:
        """Find a term with ``find(text, term)``; tell whether something has to be drawn anew.

        ``current`` is the number of the occurrence that the person is at, or -1.
        """
        known = (document, document.characterCount(), term)
        if known == self._known and current == self._current:
            return False
        had = bool(self._spans)
        if known != self._known:
            self._known, self._document = known, document
            text = document.toPlainText() if term else ""
            self._spans = _as_positions(text, find(text, term))
        self._current, self._drawn = current, None
        return had or bool(self._spans)

    def selections(self, document: QTextDocument, theme: Theme) -> list[Selection]:
        """Return how the occurrences are drawn; none in another document than was looked at."""
        if document is not self._document:
            return []
        if self._drawn is None or self._drawn[0] is not theme.palette:
            made = [
                _selection(document, span, theme, number == self._current)
                for number, span in enumerate(self._spans)
            ]
            self._drawn = (theme.palette, made)
        return list(self._drawn[1])

    def place(self, number: int) -> QRectF:
        """Return where an occurrence is drawn, in the document's pixels; empty if there is none."""
        if self._document is None or not 0 <= number < len(self._spans):
            return QRectF()
        begin, end = self._spans[number]
        block = self._document.findBlock(begin)
        line = block.layout().lineForTextPosition(begin - block.position())
        origin = self._document.documentLayout().blockBoundingRect(block).topLeft()
        if not line.isValid():
            return QRectF(origin.x(), origin.y(), 1, 1)
        left, right = (_x(line, at - block.position()) for at in (begin, end))
        width = max(1.0, right - left)
        return QRectF(origin.x() + left, origin.y() + line.y(), width, line.height())


def _x(line: QTextLine, position: int) -> float:
    """Return the coordinate: the binding answers with it and the position it belongs to."""
    place: Any = line.cursorToX(position)
    return float(place[0] if isinstance(place, tuple) else place)


def _selection(document: QTextDocument, span: Span, theme: Theme, is_current: bool) -> Selection:
    made = Selection()
    cursor = QTextCursor(document)
    cursor.setPosition(span[0])
    cursor.setPosition(span[1], QTextCursor.MoveMode.KeepAnchor)
    made.cursor = cursor
    form = QTextCharFormat()
    form.setBackground(theme.color("accent" if is_current else "mark"))
    form.setForeground(theme.color("on_accent" if is_current else "text"))
    made.format = form
    return made


def _as_positions(text: str, spans: Sequence[Span]) -> Sequence[Span]:
    """Return spans in Qt's positions, which count letters beyond the first plane twice."""
    if not spans or max(text) <= _WIDEST:
        return spans
    moved: list[Span] = []
    extra, at = 0, 0
    for begin, end in spans:
        extra += sum(letter > _WIDEST for letter in text[at:begin])
        inside = sum(letter > _WIDEST for letter in text[begin:end])
        moved.append((begin + extra, end + extra + inside))
        extra += inside
        at = end
    return moved
