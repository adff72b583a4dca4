"""Puts formulas into documents: each is one object in the text, standing on its base line.

In the HTML of a piece a formula is an image whose name is what was written; it stands in the
document as the object sign, which no text of a reply can contain, and is copied as its LaTeX.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from math import ceil
from urllib.parse import quote, unquote

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QFontMetricsF,
    QPainter,
    QPyTextObject,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)

from studio.ui.widgets.markdown.formulas import X_HEIGHT, Drawing, drawing

MAX_DRAWN = 80  # in one document; the others stay source

_IMAGE = re.compile(r'<img src="([^"]*)"/>')
_SIGN = "\N{OBJECT REPLACEMENT CHARACTER}"
_KIND = QTextFormat.ObjectTypes.UserObject.value + 1
_WRITTEN = QTextFormat.Property.UserProperty.value + 2
_WIDTH = QTextFormat.Property.UserProperty.value + 3
_HEIGHT = QTextFormat.Property.UserProperty.value + 4
_DESCENT = QTextFormat.Property.UserProperty.value + 5
_AIR = 4  # at the sides of a line


def formula_html(written: str) -> str:
    """Return the HTML that stands for a formula until :func:`write_html` has seen it."""
    return f'<img src="{quote(written, safe="")}"/>'


def write_html(made: QTextDocument, html: str) -> None:
    """Fill a document without a layout; a formula that is not drawn becomes its source."""
    drawn: list[tuple[str, Drawing]] = []

    def settled(found: re.Match[str]) -> str:
        written = unquote(found.group(1))
        known = drawing(written) if len(drawn) < MAX_DRAWN else None
        if known is None:
            return escape(written).replace("\n", "<br/>")
        drawn.append((written, known))
        return _SIGN  # Qt takes far longer for an image

    made.setHtml(_IMAGE.sub(settled, html))
    if drawn:
        _place(made, drawn)


def _place(made: QTextDocument, drawn: list[tuple[str, Drawing]]) -> None:
    fonts = _Fonts()
    cursor = QTextCursor(made)
    cursor.beginEditBlock()
    for place, (written, known) in zip(list(_signs(made)), drawn, strict=True):
        cursor.setPosition(place)
        cursor.setPosition(place + 1, QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(_object(cursor.charFormat(), written, known, fonts))
    cursor.endEditBlock()
    # Last, for a document that has a layout does it again after every change.
    made.documentLayout().registerHandler(_KIND, _Formulas(made))
    made.markContentsDirty(0, made.characterCount())  # it was laid out without their sizes


def whole_text(made: QTextDocument) -> str:
    """Return the text of a document, with formulas as they were written."""
    cursor = QTextCursor(made)
    cursor.select(QTextCursor.SelectionType.Document)
    return plain_text(cursor)


def first_text(made: QTextDocument, count: int) -> str:
    """Return the beginning of a document's text, up to some characters, as :func:`whole_text`."""
    cursor = QTextCursor(made)
    last = min(count, made.characterCount() - 1)
    cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
    return plain_text(cursor)[:count]


def plain_text(cursor: QTextCursor) -> str:
    """Return the text that a cursor has selected, with formulas as they were written."""
    text = cursor.selection().toPlainText()
    if _SIGN not in text:
        return text
    sources = _sources(cursor)
    first, *rest = text.split(_SIGN)
    return first + "".join(next(sources, _SIGN) + part for part in rest)


def _sources(cursor: QTextCursor) -> Iterator[str]:
    """Give the formulas that are selected; a cursor would have the text laid out at each."""
    start, end = cursor.selectionStart(), cursor.selectionEnd()
    block = cursor.document().findBlock(start)
    while block.isValid() and block.position() < end:
        for form in block.textFormats():
            place = block.position() + form.start
            if form.format.objectType() == _KIND:
                count = len(range(max(place, start), min(place + form.length, end)))
                yield from [form.format.stringProperty(_WRITTEN)] * count
        block = block.next()


def _signs(made: QTextDocument) -> Iterator[int]:
    """Give the place of each object sign, counted as Qt counts."""
    block = made.begin()
    while block.isValid():
        place = block.position()
        *befores, _after = block.text().split(_SIGN)
        for before in befores:
            place += len(before) + sum(letter > "\uffff" for letter in before)
            yield place
            place += 1
        block = block.next()


class _Formulas(QPyTextObject):
    """Measures and draws the formulas of one document."""

    def intrinsicSize(self, doc: QTextDocument, _place: int, form: QTextFormat) -> QSizeF:
        """Return the room of a formula, no wider than a line."""
        width, room = form.doubleProperty(_WIDTH), doc.textWidth() - _AIR
        return QSizeF(min(width, room) if room > 0 else width, form.doubleProperty(_HEIGHT))

    def drawObject(
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        _doc: QTextDocument,
        _place: int,
        form: QTextFormat,
    ) -> None:
        """Draw a formula on the base line, smaller if it has to be."""
        drawn = drawing(form.stringProperty(_WRITTEN))
        if drawn is not None:
            place = QRectF(rect)
            foot = QPointF(place.left(), place.bottom() - form.intProperty(_DESCENT))
            size = min(form.doubleProperty(_WIDTH), place.width()) / drawn.width
            drawn.draw(painter, foot, size, painter.pen().color())


def _object(form: QTextCharFormat, written: str, drawn: Drawing, fonts: _Fonts) -> QTextCharFormat:
    """Return the format of a formula's sign."""
    size, font, descent, ascent = fonts.reaching(form.font(), drawn.depth)
    made = QTextCharFormat(form)
    made.setObjectType(_KIND)
    made.setProperty(_WRITTEN, written)
    made.setProperty(_WIDTH, drawn.width * size)
    made.setProperty(_HEIGHT, max(drawn.ascent * size, float(ascent)) + descent)
    made.setProperty(_DESCENT, descent)
    made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignBaseline)
    made.clearProperty(QTextFormat.Property.FontSizeAdjustment.value)  # of headings
    made.setFont(font)
    return made


class _Fonts:
    """The fonts of formulas, which Qt aligns by.

    An object that stands on the base line reaches as far below it as its font does: so each gets
    the size at which the descent is the depth of the formula. It is at least as high as words, for
    a line of its own, with the number of an item before it, is as high as its formula.
    """

    def __init__(self) -> None:
        self._sizes: dict[str, tuple[float, int, int]] = {}
        self._known: dict[tuple[str, int], tuple[QFont, int]] = {}

    def reaching(self, font: QFont, depth: float) -> tuple[float, QFont, int, int]:
        """Return a formula's type size beside a font, the font to align it by with its descent,
        at least ``depth`` type sizes, and the ascent of the words beside it. All in pixels.
        """
        key = font.key()
        if key not in self._sizes:
            metrics = QFontMetrics(font)
            size = QFontMetricsF(font).xHeight() / X_HEIGHT
            self._sizes[key] = size, metrics.ascent(), metrics.descent()
        size, ascent, descent = self._sizes[key]
        pixels = max(descent, ceil(depth * size))
        if (key, pixels) not in self._known:
            self._known[key, pixels] = _font_reaching(font, pixels)
        return size, *self._known[key, pixels], ascent


def _font_reaching(font: QFont, depth: int) -> tuple[QFont, int]:
    """Return a font with at least some descent, and what it has."""
    reaching = QFont(font)
    own = max(1, QFontMetrics(font).descent())
    reaching.setPixelSize(max(1, font.pixelSize() * depth // own))
    while (descent := QFontMetrics(reaching).descent()) < depth:
        reaching.setPixelSize(reaching.pixelSize() + 1)
    return reaching, descent
