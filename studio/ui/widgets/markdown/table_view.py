"""A table of a reply: as wide as its columns ask for, wrapped or scrolled when that is too much."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QShowEvent, QTextDocument

from studio.translation import tr
from studio.ui.theme import Theme
from studio.ui.widgets.markdown.pieces import Table
from studio.ui.widgets.markdown.sideways import SidewaysArea
from studio.ui.widgets.markdown.table_columns import (
    Asked,
    asked_by,
    keep_to,
    measured,
    shared,
    spread,
)

_LEAST_COLUMN = 120
_LEAST_IN_PARTS = 64  # one that goes on for long is read across, if that can be
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute
_ENDS = "</table>"


class TableView(SidewaysArea):
    """Shows one table, or some rows of a long one, in the columns that its beginning asks for.

    The parts of a table beside each other in one widget scroll together; the last has the bar.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._theme = theme
        self._piece = Table("", 0)
        self._asked = Asked([0], [0])
        self._measured: QTextDocument | None = None
        self._is_new = True
        self.setObjectName("reply_table")
        self.setAccessibleName(tr("Table; the arrow keys move it sideways"))
        theme.changed.connect(self.measure)
        self.horizontalScrollBar().valueChanged.connect(self._take_along)

    def show_piece(self, piece: Table) -> None:
        """Show another table."""
        has_grown = piece.html.startswith(self._piece.html.removesuffix(_ENDS) or " ")
        self._is_new = self._is_new or not has_grown
        self._piece = piece
        self.set_bar_below(not piece.is_followed)
        self.setAlignment(_RIGHT if piece.is_mirrored else Qt.AlignmentFlag.AlignLeading)
        self.text.show_piece(piece)
        self.measure()

    def measure(self) -> None:
        """Ask the text how wide its columns are, or the beginning of the table it is a part of."""
        made = self.text.document
        if self._piece.first:
            self._asked = asked_by(self._piece.first, self._theme, self)
        elif made is not self._measured:
            self._asked, self._measured = measured(made), made
        self._ideal = sum(self._asked.ideal)
        self._lay_out()

    def inner_width(self, width: int) -> int:
        """Keep the natural width if it fits, wrap cells if that leaves them room, else scroll."""
        is_part = bool(self._piece.first)
        if self._ideal > width:
            columns = shared(self._asked, width, _LEAST_IN_PARTS if is_part else _LEAST_COLUMN)
        elif is_part:  # for later rows, which may be longer than the first
            columns = spread(self._asked, width) if self._ideal < width else self._asked.ideal
        else:
            columns = ()
        keep_to(self.text.document, columns)
        return sum(columns) or self._ideal

    def showEvent(self, event: QShowEvent) -> None:
        """Begin where the other parts of the table are, or where its first column is."""
        super().showEvent(event)
        if self._is_new:
            self._is_new = False
            bar = self.horizontalScrollBar()
            start = bar.maximum() if self._piece.is_mirrored is not self._is_right_to_left() else 0
            values = [each.horizontalScrollBar().value() for each in self._others()]
            bar.setValue(values[0] if values else start)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the focus ring, behind the words."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self.viewport())
            painter.setPen(QPen(self._theme.color("accent"), 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))
            painter.end()

    def _lay_out(self) -> None:
        super()._lay_out()
        is_stop = self.text.width() > self.width() and not self._piece.goes_on
        policy = Qt.FocusPolicy.TabFocus if is_stop else Qt.FocusPolicy.NoFocus
        if self.focusPolicy() != policy:
            self.setFocusPolicy(policy)

    def _take_along(self, value: int) -> None:
        for other in self._others():
            other.horizontalScrollBar().setValue(value)

    def _others(self) -> Iterator[TableView]:
        """Give the other parts of the same table that are in sight."""
        beside = self.parentWidget()
        if beside is None or not self._piece.first:
            return
        for view in beside.children():
            if isinstance(view, TableView) and view is not self and view._goes_with(self._piece):
                yield view

    def _goes_with(self, piece: Table) -> bool:
        return not self._is_new and not self.isHidden() and self._piece.first == piece.first

    def _is_right_to_left(self) -> bool:
        return self.layoutDirection() == Qt.LayoutDirection.RightToLeft
