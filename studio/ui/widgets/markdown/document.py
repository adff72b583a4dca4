"""Turns pieces into documents that Qt lays out, dressed in the colours and type of the theme."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import (
    QFont,
    QFontInfo,
    QFontMetricsF,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextListFormat,
    QTextOption,
)

from studio.ui.theme import CONTROL, PAGE, READING, SECTION, Theme
from studio.ui.widgets.markdown import empty_items
from studio.ui.widgets.markdown.formula_places import formula_html, write_html
from studio.ui.widgets.markdown.formulas import drawing
from studio.ui.widgets.markdown.parser import clean
from studio.ui.widgets.markdown.pieces import Code, Formula, Piece, Plain, Rich, Table
from studio.ui.widgets.markdown.writer import MAX_ITEMS

CODE_AIR = 4
BLEED = 3  # room at the left of running text, for the ground of code at the start of a line
MARKER_GAP = 8
MARKER = QTextFormat.Property.UserProperty.value + 1
LINE_HEIGHT = 1.55
CODE_LINE_HEIGHT = 1.5
TABLE_LINE_HEIGHT = 1.35
INDENT = 28
QUOTE_INDENT = 18
_FOUR_DIGITS = 9_999

_SHEET = """
a {{ color: {accent}; text-decoration: none; }}
p {{ margin: 0 0 {gap}px 0; }}
h1, h2, h3, h4, h5, h6 {{ margin: 0; font-weight: 600; }}
h1 {{ font-size: {h1}px; }}
h2 {{ font-size: {h2}px; }}
h3, h4 {{ font-size: {reading}px; }}
h5, h6 {{ font-size: medium; color: {muted}; }}
ul, ol {{ margin: 0; }}
li {{ margin: 0 0 {item_gap}px 0; }}
blockquote {{ margin: 0 0 0 {quote}px; color: {muted}; }}
code {{ font-family: '{mono}'; font-size: {code}px; }}
.address {{ color: {faint}; }}
th {{ font-weight: 600; text-align: left; }}
table {{ border-collapse: collapse; }}
td, th {{ padding: 7px 12px 7px 12px; border-bottom: 1px solid {border}; vertical-align: middle; }}
"""


class QuietDocument(QTextDocument):
    """A document that fetches nothing: no picture, no style sheet, from anywhere."""

    def loadResource(self, _kind: int, _name: QUrl | str) -> object:
        """Answer every request with nothing."""
        return None


def document(piece: Piece, theme: Theme, parent: QObject, size: int = READING) -> QTextDocument:
    """Return the document that shows a piece; a rule has nothing in it.

    It belongs to ``parent`` and is deleted with it, however long Python keeps a reference.
    """
    made = _blank(theme, parent, size)
    if isinstance(piece, Plain):
        made.setPlainText(clean(piece.text))
        _set_line_height(made, LINE_HEIGHT)
    elif isinstance(piece, Code):
        made.setDefaultFont(_code_font(theme))
        made.setPlainText(piece.text)
        _keep_lines(made)
        _set_line_height(made, CODE_LINE_HEIGHT)
    elif isinstance(piece, Formula):
        _write_formula(made, piece.written)
    elif isinstance(piece, Rich | Table):
        made.setDefaultStyleSheet(style_sheet(theme, size))
        _write_rich(made, piece, theme)
    made.setModified(False)
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
        mono=mono_family(theme),
        reading=theme.scaled(size),
        code=round(theme.scaled(size) * 0.9),
        h1=round(theme.scaled(PAGE) * scale * 0.95),
        h2=round(theme.scaled(SECTION) * scale),
        gap=round(10 * scale),
        item_gap=round(4 * scale),
        quote=QUOTE_INDENT,
    )


def mono_family(theme: Theme) -> str:
    """Return the fixed-width family that this system really has."""
    return QFontInfo(theme.font(CONTROL, mono=True)).family()


def _code_font(theme: Theme) -> QFont:
    """Return the font of code, which grows with the text size as the words around it do."""
    font = theme.font(CONTROL, mono=True)
    font.setPixelSize(round(theme.scaled(READING) * CONTROL / READING))
    return font


def _write_rich(made: QTextDocument, piece: Rich | Table, theme: Theme) -> None:
    html = empty_items.with_signs(piece.html)
    write_html(made, html)
    if "<code>" in piece.html:
        _air_code(made, mono_family(theme))
    if html != piece.html:
        empty_items.take_signs(made)
    if "<li>" in piece.html:
        made.setIndentWidth(max(INDENT, _widest_marker(made) + MARKER_GAP))
        _take_markers(made)
    if "<blockquote>" in piece.html:
        _turn_quotes(made)
    if isinstance(piece, Rich):
        _leave_room(made)
    _set_line_height(made, LINE_HEIGHT if isinstance(piece, Rich) else TABLE_LINE_HEIGHT)
    if html != piece.html:
        empty_items.flatten(made)


def _write_formula(made: QTextDocument, written: str) -> None:
    if drawing(written) is None:
        made.setPlainText(clean(written))
        _set_line_height(made, LINE_HEIGHT)
    else:
        write_html(made, f'<p align="center">{formula_html(written)}</p>')


def _keep_lines(made: QTextDocument) -> None:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    option.setTextDirection(Qt.LayoutDirection.LeftToRight)
    option.setTabStopDistance(4 * QFontMetricsF(made.defaultFont()).horizontalAdvance(" "))
    made.setDefaultTextOption(option)


def _blank(theme: Theme, parent: QObject, size: int) -> QTextDocument:
    made = QuietDocument(parent)
    made.setUndoRedoEnabled(False)
    made.setDocumentMargin(0)
    made.setIndentWidth(INDENT)
    made.setDefaultFont(theme.reading_font(size))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    made.setDefaultTextOption(option)
    return made


def _air_code(made: QTextDocument, mono: str) -> None:
    """Part inline code from its neighbours: there is ground around it, which the text lacks.

    It widens the letter before the code and the last one of it, so that what is copied stays.
    """
    aired = QTextCharFormat()
    aired.setFontLetterSpacingType(QFont.SpacingType.AbsoluteSpacing)
    aired.setFontLetterSpacing(CODE_AIR)
    cursor = QTextCursor(made)
    cursor.beginEditBlock()  # without it, the text is laid out again at every step
    for start, end in _code_places(made, mono):
        for last in (start, end):
            if last > made.findBlock(last).position():
                cursor.setPosition(last - 1)
                cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
                cursor.mergeCharFormat(aired)
    cursor.endEditBlock()


def _take_markers(made: QTextDocument) -> None:
    """Keep Qt from drawing bullets and numbers, a space's width from the words.

    What it would have drawn is then the property ``MARKER`` of a list's format.
    """
    block = made.begin()
    while block.isValid():
        items = block.textList()
        if items is not None and not items.format().hasProperty(MARKER):
            form = items.format()
            form.setProperty(MARKER, form.style().value)
            form.setStyle(QTextListFormat.Style.ListStyleUndefined)
            items.setFormat(form)
        block = block.next()


def _widest_marker(made: QTextDocument) -> int:
    """Return the width of the widest number of a list, in pixels.

    All parts of a long list have room for four digits, so that their words begin in one place.
    """
    metrics = QFontMetricsF(made.defaultFont())
    widest = 0.0
    block = made.begin()
    while block.isValid():
        items = block.textList()
        if items is not None and items.format().style() == QTextListFormat.Style.ListDecimal:
            number = items.format().start() + items.itemNumber(block)
            number = max(number, _FOUR_DIGITS) if number >= MAX_ITEMS - 1 else number
            widest = max(widest, metrics.horizontalAdvance(f"{number}."))
        block = block.next()
    return ceil(widest)


def _turn_quotes(made: QTextDocument) -> None:
    """Indent at the right what is quoted in words from right to left."""
    block = made.begin()
    while block.isValid():
        form = block.blockFormat()
        if form.leftMargin() and block.textDirection() == Qt.LayoutDirection.RightToLeft:
            form.setRightMargin(form.leftMargin())
            form.setLeftMargin(0)
            QTextCursor(block).setBlockFormat(form)
        block = block.next()


def _leave_room(made: QTextDocument) -> None:
    frame = made.rootFrame()
    form = frame.frameFormat()
    form.setLeftMargin(BLEED)
    frame.setFrameFormat(form)


def _code_places(made: QTextDocument, mono: str) -> list[tuple[int, int]]:
    """Return where each stretch of inline code begins and ends."""
    places: list[tuple[int, int]] = []
    block = made.begin()
    while block.isValid():
        for form in block.textFormats():
            if mono in (QTextCharFormat(form.format).fontFamilies() or ()):
                start = block.position() + form.start
                if places and places[-1][1] == start:
                    start = places.pop()[0]
                places.append((start, block.position() + form.start + form.length))
        block = block.next()
    return places


def _set_line_height(made: QTextDocument, share: float) -> None:
    """Set the distance of lines as a share of the type size; Qt counts in the font's own lines."""
    font: QFont = made.defaultFont()
    percent = 100 * share * font.pixelSize() / QFontMetricsF(font).height()
    form = QTextBlockFormat()
    form.setLineHeight(percent, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    cursor = QTextCursor(made)
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.mergeBlockFormat(form)
    cursor.movePosition(QTextCursor.MoveOperation.End)
    last = QTextBlockFormat()
    last.setBottomMargin(0)
    cursor.mergeBlockFormat(last)
