"""Puts rows on the window of a transcript: the width of the reading column, heights, places."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QAbstractScrollArea

from studio.ui import mirror
from studio.ui.chat.messages.pool import RowPool
from studio.ui.chat.messages.rows import Row
from studio.ui.chat.transcript.placing import Placed
from studio.ui.theme import SPACE, Theme

SIDE = SPACE[4]
_AS_WRITTEN = {"text", "text_quiet", "code", "table", "formula", "rule", "structured"}
"""What is indented by the direction of its own words, whatever the window's is."""


class Stage:
    """Measures and shows rows in a column that is centred in ``area``.

    The scroll bar belongs to the area, so the column stays where it is when the bar comes or goes.
    """

    def __init__(self, theme: Theme, area: QAbstractScrollArea, pool: RowPool) -> None:
        self._theme = theme
        self._area = area
        self._pool = pool

    @property
    def is_usable(self) -> bool:
        """Whether there is room for a column at all, and its look is not just being changed."""
        return self._area.width() > 2 * SIDE and not self._theme.is_changing

    def column(self) -> tuple[int, int]:
        """Return left edge and width of the reading column."""
        room = self._area.width()
        width = min(self._theme.reading_width, room - 2 * SIDE)
        # Where lines run from right to left, the bar is before the viewport.
        return (room - width) // 2 - self._area.viewport().x(), width

    @property
    def end(self) -> int:
        """The right edge of the reading column, as it is in English."""
        return (self._area.width() + self.column()[1]) // 2

    def measure(self, row: Row) -> bool:
        """Give a row its exact height; tell whether it had not been measured at this width."""
        width = self.column()[1] - row.indent
        if row.measured_at == width:
            return False
        row.height = self._pool.lend(row, width).heightForWidth(width)
        row.measured_at = width
        return True

    def show(self, placed: Sequence[Placed]) -> None:
        """Show these rows, where they belong, and no others."""
        left, width = self.column()
        self._pool.keep_only({each.row for each in placed})
        for each in placed:
            row = each.row
            view = self._pool.lend(row)
            top = round(each.top) + row.gap
            place = QRect(left + row.indent, top, width - row.indent, round(row.height))
            if row.kind not in _AS_WRITTEN:
                place = mirror.placed(place, QRect(left, top, width, 0))
            view.setGeometry(place)
            if view.isHidden():
                view.show()
