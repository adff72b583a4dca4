"""Makes PDF files of conversations, from the same inert pages as HTML, with Qt's own layout.

Qt holds Python's lock while it lays out text, on whatever thread, so a thread of its own would not
spare the window. The pages are made on the window's thread instead, a block of text at a time, and
between blocks the window lives.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from time import monotonic

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import (
    QFont,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextDocument,
)

from studio.ui.chat.transfer.export_pdf_pieces import pieces
from studio.ui.chat.transfer.export_pdf_text import Laid, laid_out, lines

Done = Callable[[bytes], object]

_SLICE_S = 0.008
_MARGIN_MM = 18.0
_FOOT_PT = 8.0
_GAP_PT = 5.0
_MESSAGE_GAP_PT = 14.0
_HAIR = 1.0  # of rounding, in the paper's own pixels
_LEAST_ROOM_PT = 48.0  # at the foot of a page; a message does not begin below
_END = object()

# Over the page's own look: who speaks stands out from the headings in what is said.
_STYLE = """
h2 { color: #0b6b63; }
h3 { font-size: medium; } h4 { font-size: medium; } h5 { font-size: medium; }
"""
_OPENED = re.compile(r'<div class="(\w+)">\s*')


class PdfPrint(QObject):
    """Makes one file in the idle moments of the window; deletes itself at its end.

    Args:
        parts: of a page made for ``print``, see :func:`studio.chat.transfer.html_page.parts`.
        done: gets the whole file, or nothing of it after a stop or a fault.
        is_stopped: asked between the steps of the work.
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
        self._steps = self._printed(parts)
        self._next = QTimer(self, interval=0)
        self._next.timeout.connect(self._go_on)
        self._next.start()

    def _go_on(self) -> None:
        until = monotonic() + _SLICE_S
        if self._is_stopped():
            self._end(is_whole=False)
            return
        try:
            while monotonic() < until:
                if next(self._steps, _END) is _END:
                    self._end(is_whole=True)
                    return
        except Exception:
            self._end(is_whole=False)  # else whoever waits for it would wait for ever
            raise

    def _printed(self, parts: Iterable[str]) -> Iterator[None]:
        for html, gap_pt in _blocks(parts):
            yield from self._pages.add(html, gap_pt)

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
            for piece in pieces(inner):
                yield f"{head}{around}{piece}", gap
                gap = 0.0


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

    def add(self, html: str, gap_pt: float) -> Iterator[None]:
        """Put a block below the last one, on as many pages as it takes, in short steps."""
        begins_message = gap_pt == _MESSAGE_GAP_PT
        if begins_message and self._top > self._room - _LEAST_ROOM_PT * self._point:
            self._turn()
        elif self._top > 0:
            self._top = min(self._room, self._top + gap_pt * self._point)
        for laid in laid_out(html, self._writer, self._width):
            if laid is None:
                yield
            else:
                yield from self._put(laid)

    def _put(self, laid: Laid) -> Iterator[None]:
        document, begin, end = laid.document, 0.0, laid.height
        below = lines(document)
        while end - begin > self._room - self._top:
            yield
            stop = _break(below, begin, begin + self._room - self._top)
            if stop > begin:
                self._draw(document, begin, stop)
            elif self._top == 0.0:  # a line higher than a page
                stop = begin + self._room
                self._draw(document, begin, stop)
            begin = stop
            self._turn()
        self._draw(document, begin, end)
        self._top += end - begin
        yield

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


def _break(below: Iterable[tuple[float, float]], begin: float, limit: float) -> float:
    """Return the lowest height down to ``limit`` that cuts through no line; ``begin`` for none.

    ``below`` are the lines, the lowest first.
    """
    stop = limit
    for top, bottom in below:
        if top < stop - _HAIR and bottom > stop + _HAIR:
            stop = top
    return max(begin, stop)


def _page_layout() -> QPageLayout:
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    size = QPageSize(QPageSize.PageSizeId.A4)
    upright = QPageLayout.Orientation.Portrait
    return QPageLayout(size, upright, margins, QPageLayout.Unit.Millimeter)
