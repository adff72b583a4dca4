"""A table of a reply: as wide as its columns ask for, wrapped or scrolled when that is too much."""

from __future__ import annotations

from studio.ui.theme import Theme
from studio.ui.widgets.markdown.pieces import Table
from studio.ui.widgets.markdown.sideways import SidewaysArea

_LEAST_COLUMN = 120
_WIDE_COLUMN = 220


class TableView(SidewaysArea):
    """Shows one table."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._columns = 0
        theme.changed.connect(self.measure)

    def show_piece(self, piece: Table) -> None:
        """Show another table."""
        self.text.show_piece(piece)
        self._columns = piece.columns
        self.measure()

    def inner_width(self, width: int) -> int:
        """Keep the natural width if it fits, wrap cells if that leaves them room, else scroll."""
        if self._ideal <= width:
            return self._ideal
        if self._columns * _LEAST_COLUMN <= width:
            return width
        return min(self._ideal, self._columns * _WIDE_COLUMN)
