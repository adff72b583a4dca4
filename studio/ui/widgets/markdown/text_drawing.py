"""Draws a document's words in a colour of the palette, with what is selected in the accent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import ceil, floor
from unicodedata import category

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QPainter,
    QPalette,
    QRegion,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)

from studio.ui.theme import Theme
from studio.ui.widgets.markdown.found import Found

_MARKS = re.compile(r"[^\w\s\x00-\x7f]{5,}")  # of one letter, in any script, there are fewer


def draw_text(
    painter: QPainter, cursor: QTextCursor, theme: Theme, ink: QColor, found: Found
) -> None:
    """Draw the document of ``cursor``, which also holds the selection, over what was ``found``."""
    made = cursor.document()
    context = QAbstractTextDocumentLayout.PaintContext()
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Text, ink)
    context.palette = palette
    context.clip = painter.clipBoundingRect()
    selections = found.selections(made, theme)
    if cursor.hasSelection():
        selection = QAbstractTextDocumentLayout.Selection()
        selection.cursor = cursor
        form = QTextCharFormat()
        form.setBackground(theme.color("accent"))
        form.setForeground(theme.color("on_accent"))
        selection.format = form
        selections.append(selection)
    if selections:
        context.selections = selections
    if not _towers(made.toPlainText()):
        made.documentLayout().draw(painter, context)
        return
    whole = QRectF(QPointF(), made.size())
    rest = QRegion(whole.toAlignedRect())
    for place in _lines(made):
        rest -= place
        _draw_inside(painter, made, context, QRegion(place))
    _draw_inside(painter, made, context, rest)  # such as the lines of a table


def _draw_inside(
    painter: QPainter,
    made: QTextDocument,
    context: QAbstractTextDocumentLayout.PaintContext,
    region: QRegion,
) -> None:
    if region.isEmpty():
        return
    painter.save()
    painter.setClipRegion(region)
    context.clip = QRectF(region.boundingRect())
    made.documentLayout().draw(painter, context)
    painter.restore()


def _towers(text: str) -> bool:
    """Tell whether a letter carries so many marks that they would reach into the lines around."""
    if text.isascii():
        return False
    return any(category(found.group()[2])[0] == "M" for found in _MARKS.finditer(text))


def _lines(made: QTextDocument) -> Iterator[QRect]:
    """Give the room of each line of a document, from the foot of the one before."""
    layout, block, foot = made.documentLayout(), made.begin(), 0
    while block.isValid():
        place = layout.blockBoundingRect(block)
        top = foot = min(foot, round(place.top()))
        for number in range(block.layout().lineCount()):
            line = block.layout().lineAt(number)
            foot = round(place.top() + line.y() + line.height())
            yield QRect(floor(place.left()), top, ceil(place.width()) + 1, foot - top)
            top = foot
        block = block.next()
