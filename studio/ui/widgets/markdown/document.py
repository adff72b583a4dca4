"""Turns pieces into documents that Qt lays out, dressed in the colours and type of the theme."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QUrl
from PySide6.QtGui import QFont, QTextBlockFormat, QTextCursor, QTextDocument, QTextOption

from studio.ui.theme import CONTROL, PAGE, READING, SECTION, Theme
from studio.ui.widgets.markdown.pieces import Piece, Plain, Rich, Table
from studio.ui.widgets.markdown.parser import clean

LINE_HEIGHT = 155
INDENT = 28

_SHEET = """
a {{ color: {accent}; text-decoration: none; }}
p {{ margin: 0 0 {gap}px 0; }}
h1, h2, h3, h4, h5, h6 {{ margin: 0; font-weight: 600; }}
h1 {{ font-size: {h1}px; }}
h2 {{ font-size: {h2}px; }}
h3, h4 {{ font-size: {reading}px; }}
h5, h6 {{ font-size: {reading}px; color: {muted}; }}
ul, ol {{ margin: 0; -qt-list-indent: 1; }}
li {{ margin: 0 0 {item_gap}px 0; }}
blockquote {{ margin: 0 0 0 {quote}px; color: {muted}; }}
code {{ font-family: '{mono}'; font-size: {code}px; }}
.address {{ color: {faint}; }}
th {{ font-weight: 600; text-align: left; }}
table {{ border-collapse: collapse; }}
td, th {{ padding: 7px 12px 7px 12px; border-bottom: 1px solid {border}; }}
"""


class QuietDocument(QTextDocument):
    """A document that fetches nothing: no picture, no style sheet, from anywhere."""

    def loadResource(self, _kind: int, _name: QUrl | str) -> object:
        """Answer every request with nothing."""
        return None


def document(piece: Piece, theme: Theme, size: int = READING) -> QTextDocument:
    """Return the document of a piece of running text, plain text or a table."""
    made = _blank(theme, size)
    if isinstance(piece, Plain):
        made.setPlainText(clean(piece.text))
        _set_line_height(made, LINE_HEIGHT)
    elif isinstance(piece, Rich | Table):
        made.setDefaultStyleSheet(style_sheet(theme, size))
        made.setHtml(piece.html)
        _set_line_height(made, LINE_HEIGHT if isinstance(piece, Rich) else 130)
    return made


def style_sheet(theme: Theme, size: int) -> str:
    """Return the rules for the HTML that the writer makes."""
    palette = theme.palette
    scale = size / READING
    return _SHEET.format(
        accent=palette.accent,
        muted=palette.muted,
        faint=palette.faint,
        border=palette.border,
        mono=theme.font(CONTROL, mono=True).families()[0],
        reading=theme.scaled(size),
        code=round(theme.scaled(size) * 0.9),
        h1=round(theme.scaled(PAGE) * scale * 0.95),
        h2=round(theme.scaled(SECTION) * scale),
        gap=round(10 * scale),
        item_gap=round(4 * scale),
        quote=16,
    )


def _blank(theme: Theme, size: int) -> QTextDocument:
    made = QuietDocument()
    made.setUndoRedoEnabled(False)
    made.setDocumentMargin(0)
    made.setIndentWidth(INDENT)
    made.setDefaultFont(theme.font(size))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    made.setDefaultTextOption(option)
    return made


def _set_line_height(made: QTextDocument, percent: int) -> None:
    form = QTextBlockFormat()
    form.setLineHeight(percent, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    cursor = QTextCursor(made)
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.mergeBlockFormat(form)
