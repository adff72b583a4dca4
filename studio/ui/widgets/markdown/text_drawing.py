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


def draw_text(painter: QPainter, cursor: QTextCursor, theme: Theme, ink: QColor) -> None:
    """Draw the document of ``cursor``, which also holds the selection."""
    context = QAbstractTextDocumentLayout.PaintContext()
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Text, ink)
    context.palette = palette
    context.clip = painter.clipBoundingRect()
    if cursor.hasSelection():
        selection = QAbstractTextDocumentLayout.Selection()
        selection.cursor = cursor
        form = QTextCharFormat()
        form.setBackground(theme.color("accent"))
        form.setForeground(theme.color("on_accent"))
        selection.format = form
        context.selections = [selection]
    cursor.document().documentLayout().draw(painter, context)
