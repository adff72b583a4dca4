"""Makes PDF files of conversations, from the same inert pages as HTML, with Qt's own layout.

Qt holds Python's lock while it lays out text, on whatever thread, so a thread of its own would not
spare the window. The pages are made on the window's thread instead, a block of text at a time, and
between blocks the window lives.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from time import monotonic

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QObject, QRectF, Qt, QTimer, QUrl
from PySide6.QtGui import (
    QFont,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextDocument,
)

from studio.ui.widgets.wrapping import wrap_document

Done = Callable[[bytes], object]

_SLICE_S = 0.008
_MARGIN_MM = 18.0
_TEXT_PT = 10.5
_FOOT_PT = 8.0
_GAP_PT = 5.0
_MESSAGE_GAP_PT = 14.0
_HAIR = 1.0  # of rounding, in the paper's own pixels
_LEAST_ROOM_PT = 48.0  # at the foot of a page; a message does not begin below
_LINES = 60  # of code laid out at once

# Over the page's own look: who speaks stands out from the headings in what is said.
_STYLE = """
h2 { color: #0b6b63; }
h3 { font-size: medium; } h4 { font-size: medium; } h5 { font-size: medium; }
"""
_TABLE = '<table border="1" cellspacing="0" cellpadding="4" style="border-style: solid"'

_OPENED = re.compile(r'<div class="(\w+)">\s*')
_PRE = re.compile(r'<pre dir="ltr">(.*)</pre>\n', re.DOTALL)


class PdfPrint(QObject):
    """Makes one file in the idle moments of the window; deletes itself at its end.

    Args:
        parts: of a page made for ``print``, see :func:`studio.chat.transfer.html_page.parts`.
        done: gets the whole file, or nothing of it after a stop.
        is_stopped: asked between blocks.
    """

    def __init__(
        self,
        title: str,
        parts: Iterable[str],
        done: Done,
        is_stopped: Callable[[], bool],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._done = done
        self._is_stopped = is_stopped
        self._pages = _Pages(title)
        self._blocks = _blocks(parts)
        self._next = QTimer(self, interval=0)
        self._next.timeout.connect(self._go_on)
        self._next.start()

    def _go_on(self) -> None:
        until = monotonic() + _SLICE_S
        if self._is_stopped():
            self._end(is_whole=False)
            return
        while monotonic() < until:
            block = next(self._blocks, None)
            if block is None:
                self._end(is_whole=True)
                return
            self._pages.add(*block)

    def _end(self, *, is_whole: bool) -> None:
        self._next.stop()
        self._pages.close()
        self._done(self._pages.data() if is_whole else b"")
        self.deleteLater()


def _blocks(parts: Iterable[str]) -> Iterator[tuple[str, float]]:
    """Give a page as pieces of HTML that each stand alone, and the room above each, in points."""
    head, around = "", ""
    for number, part in enumerate(parts):
        if number == 0:
            head = part.replace("</style>", f"{_STYLE}</style>", 1)
        elif part.startswith("</div>"):
            around = ""
        elif part.startswith("</body>"):
            return
        else:
            opened = _OPENED.match(part)
            around = opened[0] if opened else around
            inner = part[opened.end() :] if opened else part
            gap = _MESSAGE_GAP_PT if inner.startswith("<h2") else _GAP_PT
            for piece in _pieces(inner.replace("<table", _TABLE)):
                yield f"{head}{around}{piece}", gap
                gap = 0.0


def _pieces(part: str) -> Iterator[str]:
    """Give long code in several pieces, so that none takes long to lay out."""
    found = _PRE.fullmatch(part)
    lines = found[1].split("\n") if found else []
    if len(lines) <= _LINES:
        yield part
        return
    for begin in range(0, len(lines), _LINES):
        code = "\n".join(lines[begin : begin + _LINES])
        yield f"<pre>{code}</pre>\n"


class _Pages:
    """Sheets of paper that blocks of text are put on, one below the other."""

    def __init__(self, title: str) -> None:
        self._buffer = QBuffer()
        self._buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        self._writer = QPdfWriter(self._buffer)
        self._writer.setTitle(title)
        self._writer.setPageLayout(_page_layout())
        self._point = self._writer.resolution() / 72
        self._width, self._height = self._writer.width(), self._writer.height()
        self._foot = 2 * _FOOT_PT * self._point
        self._room = self._height - self._foot
        self._painter = QPainter(self._writer)
        self._number = 1
        self._top = 0.0
        self._draw_number()

    def add(self, html: str, gap_pt: float) -> None:
        """Put a block below the last one, on as many pages as it takes."""
        begins_message = gap_pt == _MESSAGE_GAP_PT
        if begins_message and self._top > self._room - _LEAST_ROOM_PT * self._point:
            self._turn()
        elif self._top > 0:
            self._top = min(self._room, self._top + gap_pt * self._point)
        document = self._laid_out(html)
        begin, end = 0.0, document.size().height()
        lines = list(_lines(document))
        while end - begin > self._room - self._top:
            stop = _break(lines, begin, begin + self._room - self._top)
            if stop > begin:
                self._draw(document, begin, stop)
            elif self._top == 0.0:  # a line higher than a page
                stop = begin + self._room
                self._draw(document, begin, stop)
            begin = stop
            self._turn()
        self._draw(document, begin, end)
        self._top += end - begin

    def _draw(self, document: QTextDocument, begin: float, end: float) -> None:
        self._painter.save()
        self._painter.translate(0, self._top - begin)
        document.drawContents(self._painter, QRectF(0, begin, self._width, end - begin))
        self._painter.restore()

    def close(self) -> None:
        """End the last page."""
        if self._painter.isActive():
            self._painter.end()

    def data(self) -> bytes:
        """Return the finished file."""
        return bytes(self._buffer.data().data())

    def _laid_out(self, html: str) -> QTextDocument:
        document = _Inert()
        document.setUndoRedoEnabled(False)
        document.documentLayout().setPaintDevice(self._writer)
        font = QFont()
        font.setPointSizeF(_TEXT_PT)
        document.setDefaultFont(font)
        document.setDocumentMargin(0)
        document.setHtml(html)
        wrap_document(document)
        document.setTextWidth(self._width)
        return document

    def _turn(self) -> None:
        self._writer.newPage()
        self._number += 1
        self._top = 0.0
        self._draw_number()

    def _draw_number(self) -> None:
        font = QFont()
        font.setPointSizeF(_FOOT_PT)
        self._painter.setFont(font)
        self._painter.setPen(Qt.GlobalColor.darkGray)
        place = QRectF(0, self._room, self._width, self._foot)
        centre = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom
        self._painter.drawText(place, int(centre), str(self._number))


class _Inert(QTextDocument):
    """Text that loads nothing from anywhere; the pages name no resource anyway."""

    def loadResource(self, _kind: int, _address: QUrl | str) -> None:
        """Give nothing."""


def _lines(document: QTextDocument) -> Iterator[tuple[float, float]]:
    """Give top and bottom of each line."""
    block = document.begin()
    layout = document.documentLayout()
    while block.isValid():
        top = layout.blockBoundingRect(block).top()
        lines = block.layout()
        for number in range(lines.lineCount()):
            rect = lines.lineAt(number).rect()
            yield top + rect.top(), top + rect.bottom()
        block = block.next()


def _break(lines: Iterable[tuple[float, float]], begin: float, limit: float) -> float:
    """Return the lowest height down to ``limit`` that cuts through no line; ``begin`` for none."""
    stop = limit
    for top, bottom in sorted(lines, reverse=True):
        if top < stop - _HAIR and bottom > stop + _HAIR:
            stop = top
    return max(begin, stop)


def _page_layout() -> QPageLayout:
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    size = QPageSize(QPageSize.PageSizeId.A4)
    upright = QPageLayout.Orientation.Portrait
    return QPageLayout(size, upright, margins, QPageLayout.Unit.Millimeter)
