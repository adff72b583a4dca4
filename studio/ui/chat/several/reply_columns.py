"""Replies side by side: two to four in sight, the others by scrolling sideways."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QWidget

from studio.translation import tr
from studio.ui.chat.several.reply_column import ReplyColumn
from studio.ui.theme import SPACE, Theme, set_look

_NARROW = 300
_FEWEST, _MOST = 2, 4


class ReplyColumns(QScrollArea):
    """Holds :class:`ReplyColumn` widgets of one width."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.columns: list[ReplyColumn] = []
        self.setObjectName("reply_columns")
        self.setAccessibleName(tr("Replies side by side"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._ground = QWidget()
        set_look(self._ground, "ground")
        self._row = QHBoxLayout(self._ground)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(SPACE[2])
        self._row.addStretch()
        self.setWidget(self._ground)

    def add(self, column: ReplyColumn) -> ReplyColumn:
        """Put a column at the end, and into sight."""
        self.columns.append(column)
        self._row.insertWidget(self._row.count() - 1, column)
        column.step_wanted.connect(lambda step: self._go(column, step))
        column.focused.connect(lambda: self.ensureWidgetVisible(column, SPACE[2], 0))
        self._share_out()
        return column

    def focus(self, place: int) -> None:
        """Give the keyboard to a column."""
        self.columns[place].setFocus(Qt.FocusReason.OtherFocusReason)

    def in_sight(self) -> int:
        """Return how many columns fit side by side."""
        fitting = self.viewport().width() // self._theme.scaled(_NARROW)
        return min(max(_FEWEST, min(_MOST, fitting)), max(_FEWEST, len(self.columns)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out anew."""
        super().resizeEvent(event)
        self._share_out()

    def _share_out(self) -> None:
        self._ground.setFixedHeight(self.viewport().height())
        number = self.in_sight()
        width = (self.viewport().width() - (number - 1) * SPACE[2]) // number
        for column in self.columns:
            column.setFixedWidth(max(1, width))

    def _go(self, column: ReplyColumn, step: int) -> None:
        place = self.columns.index(column) + step
        if 0 <= place < len(self.columns):
            self.focus(place)
