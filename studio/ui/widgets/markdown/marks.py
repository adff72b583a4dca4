"""What is drawn beside the words of a document: grounds of inline code, bars of quotes, bullets and
numbers of lists, the ring around the link that has the focus.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QPainter,
    QPen,
    QTextBlock,
    QTextCharFormat,
    QTextDocument,
    QTextListFormat,
)

from studio.ui.widgets.markdown import empty_items
from studio.ui.widgets.markdown.document import (
    BLEED,
    CODE_AIR,
    MARKER,
    MARKER_GAP,
    QUOTE_INDENT,
)

_RADIUS = 4
_BAR = 3
_CODE_PAD = 3
_BULLET = 0.36  # of the type size
_NUMBERED = QTextListFormat.Style.ListDecimal.value
_UNMARKED = QTextListFormat.Style.ListStyleUndefined.value


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters of a document that belong together; ``address`` is where a link leads."""

    start: int
    end: int
    form: QTextCharFormat
    address: str = ""


class Marks:
    """Finds the marks of a document once, and draws them as often as needed."""

    def __init__(self, document: QTextDocument | None = None, mono: str = "") -> None:
        self._document = document or QTextDocument()
        self._mono = mono
        self._codes: list[Stretch] = []
        self.links: list[Stretch] = []
        self._quotes = list(_quotes(document)) if document is not None else []
        self._items: list[QTextBlock] = []
        for block in _blocks(document) if document is not None else ():
            if block.textList() is not None:
                self._items.append(block)
            self._note(block)

    def draw_code(self, painter: QPainter, ground: QColor) -> None:
        """Draw the grounds of inline code."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        for stretch in self._codes:
            for rect in self._rects(stretch, CODE_AIR):
                place = rect.adjusted(-_CODE_PAD, -1.5, _CODE_PAD, 1.5)
                painter.drawRoundedRect(place, _RADIUS, _RADIUS)

    def draw_markers(self, painter: QPainter, ink: QColor) -> None:
        """Draw the bullets and numbers of lists."""
        font = self._document.defaultFont()
        painter.setFont(font)
        for block in self._items:
            form = block.textList().format()
            style = form.property(MARKER)
            if style == _UNMARKED:
                continue
            if style == _NUMBERED:
                text = f"{form.start() + block.textList().itemNumber(block)}."
                width = painter.fontMetrics().horizontalAdvance(text)
                painter.setPen(ink)
                painter.drawText(self._beside(block, width), text)
            else:
                side = round(_BULLET * font.pixelSize())
                foot = self._beside(block, side)
                raised = (QFontMetricsF(font).xHeight() + side) / 2
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(ink)
                painter.drawEllipse(QRectF(foot.x(), foot.y() - raised, side, side))

    def _beside(self, block: QTextBlock, width: float) -> QPointF:
        """Return where a marker begins, on the base line of its item's first line."""
        inside = _indent(block)
        while empty_items.is_beside(block):
            block = block.next()
        origin = self._document.documentLayout().blockBoundingRect(block).topLeft()
        line = block.layout().lineAt(0)
        words = line.naturalTextRect()
        gap = MARKER_GAP + _indent(block) - inside
        if block.textDirection() == Qt.LayoutDirection.RightToLeft:
            left = words.right() + gap
        else:
            left = words.left() - gap - width
        return origin + QPointF(left, line.y() + line.ascent())

    def draw_ring(self, painter: QPainter, link: int, color: QColor) -> None:
        """Draw the focus ring of a link."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(color, 2))
        for rect in self._rects(self.links[link]):
            painter.drawRoundedRect(rect.adjusted(-2, -1, 2, 1), _RADIUS, _RADIUS)

    def draw_bars(self, painter: QPainter, color: QColor) -> None:
        """Draw a bar for each quote that a line stands in."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        layout = self._document.documentLayout()
        below: tuple[QTextBlock, int] | None = None
        for block, lists in reversed(self._quotes):
            rect = layout.blockBoundingRect(block)
            for level, around in enumerate(lists):
                bottom = rect.bottom()
                if below is not None and block.next() == below[0] and level < below[1]:
                    bottom = layout.blockBoundingRect(below[0]).top()
                inset = around * self._document.indentWidth() + level * QUOTE_INDENT
                left: float = BLEED + inset
                if block.textDirection() == Qt.LayoutDirection.RightToLeft:
                    left = self._document.textWidth() - inset - _BAR
                painter.drawRect(QRectF(left, rect.top(), _BAR, bottom - rect.top()))
            below = block, len(lists)

    def _note(self, block: QTextBlock) -> None:
        for form, start, end in _stretches(block):
            if form.isAnchor() and form.anchorHref():
                last = self.links[-1] if self.links else None
                if last is not None and last.end == start and last.address == form.anchorHref():
                    start = self.links.pop().start
                self.links.append(Stretch(start, end, form, form.anchorHref()))
            if self._mono and self._mono in _families(form):
                if self._codes and self._codes[-1].end == start:
                    start = self._codes.pop().start
                self._codes.append(Stretch(start, end, form))

    def _rects(self, stretch: Stretch, air: float = 0) -> Iterator[QRectF]:
        """Return the places of a stretch, one for each line, less ``air`` after the last letter."""
        block = self._document.findBlock(stretch.start)
        origin = self._document.documentLayout().blockBoundingRect(block).topLeft()
        metrics = QFontMetricsF(stretch.form.font())
        layout = block.layout()
        begins = layout.lineForTextPosition(stretch.start - block.position())
        for number in range(max(0, begins.lineNumber()), layout.lineCount()):
            line = layout.lineAt(number)
            if line.textStart() >= stretch.end - block.position():
                break
            first = max(stretch.start - block.position(), line.textStart())
            last = min(stretch.end - block.position(), line.textStart() + line.textLength())
            if first >= last:
                continue
            left, right = sorted(_x(line.cursorToX(at)) for at in (first, last))
            if last == stretch.end - block.position():
                right -= air
            base = origin.y() + line.y() + line.ascent()
            top = base - metrics.ascent()
            height = metrics.ascent() + metrics.descent()
            yield QRectF(origin.x() + left, top, right - left, height)


def _quotes(document: QTextDocument) -> Iterator[tuple[QTextBlock, list[int]]]:
    """Give each quoted block, with the number of lists around each of the quotes around it.

    Only quotes have margins at the sides; Qt's own property stands at their first block alone.
    """
    lists: list[int] = []
    for block in _blocks(document):
        form, items = block.blockFormat(), block.textList()
        depth = round((form.leftMargin() or form.rightMargin()) / QUOTE_INDENT)
        inside = form.indent() + (items.format().indent() - 1 if items is not None else 0)
        lists = [*lists[:depth], *[inside] * (depth - len(lists))]
        if depth:
            yield block, lists


def _indent(block: QTextBlock) -> float:
    """Return how far lists and quotes move a block in, in pixels."""
    form = block.blockFormat()
    items = block.textList()
    steps = form.indent() + (items.format().indent() if items is not None else 0)
    return steps * block.document().indentWidth() + form.leftMargin() + form.rightMargin()


def _families(form: QTextCharFormat) -> list[str]:
    return list(form.fontFamilies() or ())


def _x(place: Any) -> float:
    """Return the coordinate: the binding answers with it and the position it belongs to."""
    return float(place[0] if isinstance(place, tuple) else place)


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def _stretches(block: QTextBlock) -> Iterator[tuple[QTextCharFormat, int, int]]:
    for form in block.textFormats():
        start = block.position() + form.start
        yield QTextCharFormat(form.format), start, start + form.length
