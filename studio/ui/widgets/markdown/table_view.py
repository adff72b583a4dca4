"""A table of a reply: as wide as its columns ask for, wrapped or scrolled when that is too much."""

from __future__ import annotations

from studio.ui.theme import Theme
from studio.ui.widgets.markdown.pieces import Table
from studio.ui.widgets.markdown.sideways import SidewaysArea
from studio.ui.widgets.markdown.table_columns import Columns, keep_to

_LEAST_COLUMN = 120
_LEAST_IN_PARTS = 64  # a scroll bar below each part would tear a long table to pieces
_WIDE_COLUMN = 220


class TableView(SidewaysArea):
    """Shows one table, or some rows of a long one, in the columns that its beginning asks for."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._theme = theme
        self._count = 0
        self._first = ""
        self._columns: Columns | None = None
        theme.changed.connect(self.measure)

    def show_piece(self, piece: Table) -> None:
        """Show another table."""
        self._count, self._first = piece.columns, piece.first
        self._columns = None
        self.text.show_piece(piece)
        self.measure()

    def measure(self) -> None:
        """Ask the text again how wide it is, or the beginning of the table that it is a part of."""
        if not self._first:
            super().measure()
            return
        self._columns = Columns(self._first, self._theme, self)
        columns = self._columns.ideal()
        self._count, self._ideal = len(columns), sum(columns)
        self._lay_out()

    def inner_width(self, width: int) -> int:
        """Keep the natural width if it fits, wrap cells if that leaves them room, else scroll."""
        inner = self._inner_width(width)
        if self._columns is not None:
            has_room = inner < width  # for later rows, which may be longer than the first
            columns = self._columns.spread(width) if has_room else self._columns.at(inner)
            keep_to(self.text.document, columns)
            return max(inner, sum(columns))
        return inner

    def _inner_width(self, width: int) -> int:
        if self._ideal <= width:
            return self._ideal
        if self._count * (_LEAST_IN_PARTS if self._first else _LEAST_COLUMN) <= width:
            return width
        return min(self._ideal, self._count * _WIDE_COLUMN)
