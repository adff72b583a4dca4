"""Finds words in a conversation, a few milliseconds at a time, and leads from one to the next.

It searches the messages and not the widgets, of which only those near the window exist. A message
that changes, such as the reply that is being written, is searched again, and no other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from time import monotonic

from PySide6.QtCore import QObject, QPoint, QRect, QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from studio.chat.search.folding import fold
from studio.ui.chat.find.counts import Counts, place_after
from studio.ui.chat.find.texts import count_in, spans_in
from studio.ui.chat.messages.entry import Entry
from studio.ui.chat.messages.pool import RowPool
from studio.ui.chat.messages.rows import Row
from studio.ui.widgets.markdown.text_view import TextView

Spot = Callable[[QWidget], QRect]
_SLICE_S = 0.006
_SETTLE_MS = 150
_TELL_S = 0.1  # between two figures while there is more to search
_LONGEST = 200
_END = object()


class Finder(QObject):
    """Holds what is looked for, how often it is where, and which of them the person is at.

    ``told`` comes when any of these has changed. ``reveal`` brings a spot of a row into view and
    ``first`` tells the number of the first entry in the window.
    """

    told = Signal()

    def __init__(
        self,
        entries: Sequence[Entry],
        pool: RowPool,
        reveal: Callable[[Entry, Row, Spot], None],
        first: Callable[[], int],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._entries = entries
        self._pool = pool
        self._reveal = reveal
        self._first = first
        self._term = ""
        self._counts = Counts()
        self._current: tuple[str, int] | None = None
        self._row: Row | None = None
        self._number = -1
        self._wants_first = False
        self._work: Iterator[None] = iter(())
        self._way: Iterator[None] = iter(())
        self._told_at = 0.0
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._go_on)
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self._look_again)

    @property
    def term(self) -> str:
        """What is looked for, folded, one term a line; empty when nothing is."""
        return self._term

    @property
    def is_busy(self) -> bool:
        """Whether there are messages still to be searched."""
        return self._next.isActive()

    def views(self) -> list[QWidget]:
        """Return the widgets of the rows near the window."""
        return [view for _, view in self._pool.lent()]

    def figures(self) -> tuple[int, int]:
        """Return the number of the occurrence that the person is at, 0 without one, and of all."""
        return self._counts.figures(self._entries, self._current)

    def look(self, words: str) -> None:
        """Look for other words, from the first message in the window on; nothing ends it.

        On lines of their own they are terms of which any is found.
        """
        lines = (fold(line).strip() for line in words[:_LONGEST].split("\n"))
        term = "\n".join(filter(None, lines))
        if term != self._term:
            self._begin(term, self._search(self._first()))
            self._wants_first = bool(term)
            self._go_on()

    def look_in(self, words: str, entry: Entry) -> None:
        """Look for other words, and go to where they first stand in one message."""
        self.look(words)
        if entry in self._entries:
            self._begin(self._term, self._search_in(entry))
            self._go_on()

    def _begin(self, term: str, work: Iterator[None]) -> None:
        self._counts.look(term)
        self._term = term
        self._leave_current()
        self._wants_first = False
        self._work, self._way = work, iter(())

    def step(self, by: int) -> None:
        """Go to the next occurrence, or to the one before with -1; on past the ends."""
        if self._current is None:
            self._wants_first = bool(self._term)
            self._go_to_first()
            return
        place = place_after(self._entries, self._counts, self._first, self._current, by)
        if place is not None:
            self._go_to(*place)

    def follow(self) -> None:
        """Mark what is on show now, and search soon what has changed."""
        if self._term:
            self._mark()
            if not self._settle.isActive():
                self._settle.start()

    def _look_again(self) -> None:
        if self._next.isActive():
            self._settle.start()
            return
        if all(map(self._counts.is_known, self._entries)):
            return
        self._work = self._search(self._first())
        self._go_on()

    def _go_on(self) -> None:
        """Work for one slice of time, then let the window live."""
        until = monotonic() + _SLICE_S
        while self._advance():
            if monotonic() > until:
                self._next.start()
                break
        else:
            self._next.stop()
            self._wants_first = False
        if not self.is_busy or until - self._told_at > _TELL_S:
            self._told_at = until
            self.told.emit()

    def _advance(self) -> bool:
        """Take a step, on the way to a hit before all else; tell whether there was one to take."""
        return any(next(steps, _END) is not _END for steps in (self._way, self._work))

    def _search(self, origin: int) -> Iterator[None]:
        entries = [*self._entries[origin:], *self._entries[:origin]]
        unknown = [entry for entry in entries if not self._counts.is_known(entry)]
        for entry in unknown if self._term else ():
            yield from self._counts.count(entry)
            if self._wants_first and self._counts.of(entry):
                self._wants_first = False
                self._go_to(entry, 0)
                yield  # the way to it comes first
        self._mark()

    def _search_in(self, entry: Entry) -> Iterator[None]:
        if not self._counts.is_known(entry):
            yield from self._counts.count(entry)
        if self._counts.of(entry):
            self._go_to(entry, 0)
            yield
        yield from self._search(self._entries.index(entry) if entry in self._entries else 0)

    def _go_to_first(self) -> None:
        origin = self._first()
        for entry in [*self._entries[origin:], *self._entries[:origin]]:
            if self._counts.of(entry):
                self._wants_first = False
                self._go_to(entry, 0)
                return

    def _go_to(self, entry: Entry, number: int) -> None:
        self._leave_current()
        self._current = (entry.message.id, number)
        self._way = self._walk_to(entry, number)
        self._next.start()
        self.told.emit()

    def _walk_to(self, entry: Entry, number: int) -> Iterator[None]:
        """Parse and unfold as much as it takes to show an occurrence, then show it."""
        while entry.prepare():
            yield
        in_thoughts = self._counts.in_thoughts(entry)
        if entry.is_folded and (entry.is_person or number < in_thoughts):
            entry.unfold()
        left = number - (in_thoughts if entry.is_folded else 0)
        for row in entry.rows:
            count = count_in(row.content, self._term)
            if left < count:
                self._row, self._number = row, left
                self._reveal(entry, row, self._spot)
                self._mark()
                return
            left -= count
            yield

    def _spot(self, view: QWidget) -> QRect:
        """Return where the current occurrence is in its row; bring it there if it is sideways."""
        text = text_of(view)
        if text is None:
            return QRect(0, 0, 1, 1)
        show_found(text, self._term, self._number)
        rect = text.found.place(self._number).toAlignedRect()
        area = text.parentWidget()
        while area is not None and area is not view.parentWidget():
            if isinstance(area, QScrollArea):
                area.ensureVisible(rect.center().x(), 0, rect.width(), 0)
            area = area.parentWidget()
        return rect.translated(text.mapTo(view, QPoint(0, 0)))

    def _mark(self) -> None:
        for row, view in self._pool.lent():
            if (text := text_of(view)) is not None:
                number = self._number if row is self._row else -1
                show_found(text, self._term, number)

    def _leave_current(self) -> None:
        self._current, self._row, self._number = None, None, -1


def show_found(text: TextView, term: str, current: int) -> None:
    """Show where a term stands; see :meth:`Found.look`."""
    if text.found.look(text.document, term, current, spans_in):
        text.update()


def text_of(view: QWidget) -> TextView | None:
    """Return the text of a row's widget, if it has one."""
    text = view if isinstance(view, TextView) else getattr(view, "text", None)
    return text if isinstance(text, TextView) else None
