"""The columns of a long table: its first rows set them, and the parts that follow keep to them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextDocument, QTextFrame, QTextLength, QTextTable

from studio.ui.theme import Theme
from studio.ui.widgets.markdown.document import document
from studio.ui.widgets.markdown.pieces import Table

_KEPT = 24
_known: dict[tuple[str, str, int], Sequence[int]] = {}
"""Column widths by the HTML of the first rows, the font, and the width of the table; -1 is for as
wide as the columns ask for."""


class Columns:
    """Measures the beginning of a table, unless that was done lately for another part of it."""

    def __init__(self, first: str, theme: Theme, parent: QObject) -> None:
        self._first = first
        self._theme = theme
        self._parent = parent

    def ideal(self) -> Sequence[int]:
        """Return how wide the columns are when no line has to be broken."""
        return self.at(-1)

    def at(self, width: int) -> Sequence[int]:
        """Return how wide the columns are in a table of some width."""
        key = self._first, self._theme.reading_font().key(), width
        if key not in _known:
            while len(_known) >= _KEPT:
                del _known[next(iter(_known))]
            _known[key] = self._measured(width)
        return _known[key]

    def spread(self, width: int) -> Sequence[int]:
        """Return how wide the columns are in a table that has more room than they ask for."""
        ideal = self.ideal()
        edges = [round(edge * width / sum(ideal)) for edge in accumulate(ideal, initial=0)]
        return [end - start for start, end in pairwise(edges)]

    def _measured(self, width: int) -> Sequence[int]:
        made = document(Table(self._first, 0), self._theme, self._parent)
        made.setTextWidth(width)
        whole = made.size().width() if width > 0 else made.idealWidth() + 1
        lefts = [round(left) for left in _lefts(made)]
        made.deleteLater()
        return [end - start for start, end in pairwise([0, *lefts[1:], round(whole)])]


def keep_to(made: QTextDocument, columns: Sequence[int]) -> None:
    """Give the table of a document these columns."""
    for table in _tables(made):
        form = table.format()
        if [round(each.rawValue()) for each in form.columnWidthConstraints()] != list(columns):
            fixed = QTextLength.Type.FixedLength
            form.setColumnWidthConstraints([QTextLength(fixed, each) for each in columns])
            table.setFormat(form)


def _lefts(made: QTextDocument) -> Sequence[float]:
    """Return where the columns begin, from the first on."""
    layout = made.documentLayout()
    starts = [
        layout.blockBoundingRect(table.cellAt(0, number).firstCursorPosition().block()).left()
        for table in _tables(made)
        for number in range(table.columns())
    ]
    return [start - starts[0] for start in starts]


def _tables(made: QTextDocument) -> Sequence[QTextTable]:
    frames: list[QTextFrame] = made.rootFrame().childFrames()
    return [frame for frame in frames if isinstance(frame, QTextTable)]
