"""A column of messages in which words can be found, from a bar on its top margin."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import QRect
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QWidget

from studio.ui.chat.find.bar import FindBar
from studio.ui.chat.find.finder import Finder
from studio.ui.chat.messages.entry import Entry
from studio.ui.chat.messages.rows import Row
from studio.ui.chat.transcript.column import MessageColumn
from studio.ui.theme import Theme
from studio.ui.widgets.wheel_zoom import is_zoom

_AIR = 24  # above and below a hit
_SHARE = 0.3  # of the window's height is above a hit that was brought into view


class FindableColumn(MessageColumn):
    """Adds the bar to the column, and leaves the wheel with Ctrl to the window."""

    def __init__(self, theme: Theme) -> None:
        self._bar: FindBar | None = None
        super().__init__(theme)
        self._theme = theme
        self._finder = Finder(self._entries, self._pool, self.reveal, self._placing.first, self)

    def find_bar(self) -> FindBar:
        """Return the bar, made when it is first asked for."""
        if self._bar is None:
            self._bar = FindBar(self._theme, self, self._finder)
            self._bar.opened.connect(self._make_room)
            stops = (self, *self._bar.stops)
            for before, after in pairwise(stops):
                QWidget.setTabOrder(before, after)
            self._order.begin_after(stops[-1])
        return self._bar

    def end_find(self) -> None:
        """Close the bar, if it is open."""
        if self._bar is not None and self._bar.isVisible():
            self._bar.leave()

    def reveal(self, entry: Entry, row: Row, spot: Callable[[QWidget], QRect]) -> None:
        """Bring a spot of a row into view, if it is not; the end is then followed no more."""
        self._at_end = False
        if not self._is_in_view(row, spot):
            height = self.viewport().height()
            self._placing.go_to(self._entries.index(entry), entry.rows.index(row), _SHARE * height)
            self.lay_out()
            if (place := self._place_of(row, spot)) is not None:
                bar = self.verticalScrollBar()
                bar.setValue(bar.value() + place.top() - round(_SHARE * height))
        self._at_end = False
        self.lay_out()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll, unless it is zoom."""
        if is_zoom(event):
            event.ignore()
        else:
            super().wheelEvent(event)

    def _lay_out_within(self, margin: int) -> None:
        super()._lay_out_within(margin)
        if self._bar is not None:
            self._finder.follow()

    def _is_in_view(self, row: Row, spot: Callable[[QWidget], QRect]) -> bool:
        if all(each.row is not row for each in self._placing.rows) or row.measured_at == 0:
            return False
        place = self._place_of(row, spot)
        window = self.viewport().rect().adjusted(0, _AIR, 0, -_AIR)
        return (
            place is not None and window.top() <= place.top() and place.bottom() <= window.bottom()
        )

    def _place_of(self, row: Row, spot: Callable[[QWidget], QRect]) -> QRect | None:
        """Return where a spot is on the window, if the row has a widget."""
        view = self._pool.view_of(row)
        return None if view is None else spot(view).translated(view.pos())

    def _make_room(self, is_open: bool) -> None:
        bar = self.find_bar()
        self.setViewportMargins(0, bar.height_wanted if is_open else 0, 0, 0)
        self.lay_out()
