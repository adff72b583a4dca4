"""The columns of a table: how much room they ask for, and how they share what there is.

The first rows of a long table set its columns, and the parts that follow keep to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtGui import (
    QTextBlock,
    QTextDocument,
    QTextFrame,
    QTextLength,
    QTextTable,
    QTextTableCell,
)

from studio.ui.theme import Theme
from studio.ui.widgets.markdown.document import document
from studio.ui.widgets.markdown.pieces import Table

_KEPT = 24
_AIR = 26  # around the words of a cell, as the style sheet has it, with its line
_LONG_WORD = 12  # type sizes; what is longer is broken
_WIDE_COLUMN = 220
# What lines are not broken in: letters of Chinese, Japanese and Korean each stand for themselves.
_WORD = re.compile(
    "[^\\s\\-\u200b\u2010-\u2015\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef]+"
)


class Asked(NamedTuple):
    """What columns ask for, in pixels: to break no line, and to break no ordinary word."""

    ideal: Sequence[int]
    words: Sequence[int]


_known: dict[tuple[str, str], Asked] = {}
"""What columns ask for, by the HTML of the first rows and the font."""


def asked_by(first: str, theme: Theme, parent: QObject) -> Asked:
    """Measure the beginning of a table, unless that was done lately for another part of it."""
    key = first, theme.reading_font().key()
    if key not in _known:
        made = document(Table(first, 0), theme, parent)
        while len(_known) >= _KEPT:
            del _known[next(iter(_known))]
        _known[key] = measured(made)
        made.deleteLater()
    return _known[key]


def measured(made: QTextDocument) -> Asked:
    """Measure the table of a document whose columns nobody has set."""
    made.setTextWidth(-1)
    whole = round(made.idealWidth()) + 1
    for table in _tables(made):
        lefts = [round(left) for left in _lefts(table)]
        ideal = [end - start for start, end in pairwise([0, *lefts[1:], whole])]
        most = _LONG_WORD * made.defaultFont().pixelSize()
        words = [min(_longest_word(table, number), most) + _AIR for number in range(len(ideal))]
        return Asked(ideal, [min(each) for each in zip(ideal, words, strict=True)])
    return Asked([whole], [whole])


def shared(asked: Asked, width: int, least: int) -> Sequence[int]:
    """Return the columns of a table in a place where not all lines can stay whole.

    Each is ``least`` wide, or as wide as its longest word, or as it asks for, whichever is enough.
    If that is too much, the table is wider than its place.
    """
    floors = [
        max(words, min(ideal, least)) for ideal, words in zip(asked.ideal, asked.words, strict=True)
    ]
    if sum(floors) > width:
        return [
            max(floor, min(ideal, _WIDE_COLUMN))
            for ideal, floor in zip(asked.ideal, floors, strict=True)
        ]
    wishes = [ideal - floor for ideal, floor in zip(asked.ideal, floors, strict=True)]
    share = (width - sum(floors)) / max(1, sum(wishes))
    return _in_pixels([floor + wish * share for floor, wish in zip(floors, wishes, strict=True)])


def spread(asked: Asked, width: int) -> Sequence[int]:
    """Return the columns of a table that has more room than they ask for."""
    return _in_pixels([each * width / sum(asked.ideal) for each in asked.ideal])


def keep_to(made: QTextDocument, columns: Sequence[int]) -> None:
    """Give the table of a document these columns; without any, what it asks for."""
    for table in _tables(made):
        form = table.format()
        if [round(each.rawValue()) for each in form.columnWidthConstraints()] != list(columns):
            fixed = QTextLength.Type.FixedLength
            form.setColumnWidthConstraints([QTextLength(fixed, each) for each in columns])
            table.setFormat(form)


def _in_pixels(columns: Sequence[float]) -> Sequence[int]:
    edges = [round(edge) for edge in accumulate(columns, initial=0)]
    return [end - start for start, end in pairwise(edges)]


def _lefts(table: QTextTable) -> Sequence[float]:
    """Return where the columns begin, from the first on."""
    layout = table.document().documentLayout()
    starts = [
        layout.blockBoundingRect(table.cellAt(0, number).firstCursorPosition().block()).left()
        for number in range(table.columns())
    ]
    return [start - starts[0] for start in starts]


def _longest_word(table: QTextTable, column: int) -> int:
    """Return the width of the longest word of a column, in pixels, where no line is broken."""
    cells = (table.cellAt(row, column) for row in range(table.rows()))
    blocks = (block for cell in cells for block in _blocks(cell))
    return max((round(width) + 1 for block in blocks for width in _words(block)), default=0)


def _blocks(cell: QTextTableCell) -> Iterator[QTextBlock]:
    block, last = cell.firstCursorPosition().block(), cell.lastCursorPosition().block()
    while block.isValid() and block.position() <= last.position():
        yield block
        block = block.next()


def _words(block: QTextBlock) -> Iterator[float]:
    """Give the widths of the longest words of a block, by their letters."""
    layout, text = block.layout(), block.text()
    if max(text, default="") > "\uffff":
        text = "".join(letter if letter <= "\uffff" else "xx" for letter in text)  # as Qt counts
    for found in sorted(_WORD.finditer(text), key=lambda word: -len(word.group()))[:4]:
        line = layout.lineForTextPosition(found.start())
        if line.isValid():
            yield abs(_x(line.cursorToX(found.end())) - _x(line.cursorToX(found.start())))


def _x(place: Any) -> float:
    """Return the coordinate: the binding answers with it and the position it belongs to."""
    return float(place[0] if isinstance(place, tuple) else place)


def _tables(made: QTextDocument) -> Sequence[QTextTable]:
    frames: list[QTextFrame] = made.rootFrame().childFrames()
    return [frame for frame in frames if isinstance(frame, QTextTable)]
