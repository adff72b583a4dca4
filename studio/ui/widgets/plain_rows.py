"""Read-only rows of a list, and the ground that lies under one where it is chosen or pointed at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter

from studio.ui.theme import RADIUS, Theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyle

Index = QModelIndex | QPersistentModelIndex
ENTRY = Qt.ItemDataRole.UserRole
Row = TypeVar("Row")
_ROOT = QModelIndex()


class PlainRows(QAbstractListModel, Generic[Row]):
    """Holds one value a row; the heirs tell what is shown of it."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[Row, ...] = ()

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._rows)


def draw_ground(painter: QPainter, theme: Theme, plate: QRect, state: QStyle.StateFlag) -> None:
    """Draw what lies under a row that is chosen or under the pointer; nothing under the others."""
    from PySide6.QtWidgets import QStyle  # hundreds of names, which an empty list spares

    token = ""
    if state & QStyle.StateFlag.State_Selected:
        token = "accent_pale"
    elif state & QStyle.StateFlag.State_MouseOver:
        token = "raised"
    if token:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(token))
        painter.drawRoundedRect(plate, RADIUS, RADIUS)
