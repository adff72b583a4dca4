"""Draws a document's words in a colour of the palette, with what is selected in the accent."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, floor

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QPainter,
    QPalette,
    QRegion,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)

from studio.ui.theme import Theme
from studio.ui.widgets.markdown.found import Found
from studio.ui.widgets.markdown.text_lines import Lines


def draw_text(
    painter: QPainter, cursor: QTextCursor, lines: Lines, theme: Theme, token: str, found: Found
) -> None:
    """Draw the document of ``cursor``, which also holds the selection, over what was ``found``.

    Only what is within the clip of the painter, of which there must be one.
    """
    made = cursor.document()
    context = QAbstractTextDocumentLayout.PaintContext()
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Text, theme.color(token))
    context.palette = palette
    context.clip = exposed = painter.clipBoundingRect()
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
    if not lines.tower():
        made.documentLayout().draw(painter, context)
        return
    seen = exposed.toAlignedRect()
    rest = QRegion(seen)
    for place in _lines(made):
        if place.intersects(seen):
            rest -= place
            _draw_inside(painter, made, context, QRegion(place & seen))
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
