"""Draws a document's words in a colour of the palette, with what is selected in the accent."""

from __future__ import annotations

from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QPainter,
    QPalette,
    QTextCharFormat,
    QTextCursor,
)

from studio.ui.theme import Theme
from studio.ui.widgets.markdown.found import Found


def draw_text(
    painter: QPainter, cursor: QTextCursor, theme: Theme, ink: QColor, found: Found
) -> None:
    """Draw the document of ``cursor``, which also holds the selection, over what was ``found``."""
    context = QAbstractTextDocumentLayout.PaintContext()
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Text, ink)
    context.palette = palette
    context.clip = painter.clipBoundingRect()
    selections = found.selections(cursor.document(), theme)
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
    cursor.document().documentLayout().draw(painter, context)
