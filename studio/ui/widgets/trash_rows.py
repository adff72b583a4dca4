"""What lies in a trash, one thing a row, and how a row is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from studio.ui.theme import CAPTION, CONTROL, CONTROL_HEIGHT, RADIUS, SPACE, Theme

Index = QModelIndex | QPersistentModelIndex
ITEM = Qt.ItemDataRole.UserRole
_ROOT = QModelIndex()
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class TrashItem:
    """A removed thing. ``key`` is what restoring and deleting it tells.

    ``figures`` stand at the right, ``about`` is for the tool-tip. ``loss`` says what is lost when
    it is deleted for good; without it, that is not offered.
    """

    key: str
    title: str
    figures: str = ""
    about: str = ""
    loss: str = ""


class TrashRows(QAbstractListModel):
    """The removed things, the last removed first."""

    def __init__(self) -> None:
        super().__init__()
        self._items: tuple[TrashItem, ...] = ()

    def set_items(self, items: Sequence[TrashItem]) -> None:
        """Show other things."""
        self.beginResetModel()
        self._items = tuple(items)
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many things there are."""
        return 0 if parent.isValid() else len(self._items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a title, the words for screen readers, or the thing itself."""
        if not index.isValid():
            return None
        item = self._items[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return item.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (item.title, item.figures) if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{item.title}\n{item.about}".strip()
        return item if role == ITEM else None


class TrashDelegate(QStyledItemDelegate):
    """Draws a title with its figures at the right; ``elide`` is where a long title is cut."""

    def __init__(self, theme: Theme, elide: Qt.TextElideMode) -> None:
        super().__init__()
        self._theme = theme
        self._elide = elide

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return one height for every row."""
        height = max(CONTROL_HEIGHT, round(self._theme.scaled(CONTROL) * 1.4) + 2 * SPACE[1])
        return QSize(200, height + SPACE[0])

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        item: TrashItem = index.data(ITEM)
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_ground(painter, rect, option.state)
        inner = rect.adjusted(SPACE[2], 0, -SPACE[2], 0)
        painter.setFont(self._theme.font(CAPTION, tabular=True))
        painter.setPen(self._theme.color("muted"))
        painter.drawText(inner, _RIGHT, item.figures)
        used = painter.fontMetrics().horizontalAdvance(item.figures)
        painter.setFont(self._theme.font(CONTROL))
        painter.setPen(self._theme.color("text"))
        room = inner.adjusted(0, 0, -used - SPACE[2], 0)
        metrics = painter.fontMetrics()
        title = metrics.elidedText(item.title, self._elide, room.width())
        painter.drawText(room, _LEFT, title)
        painter.restore()

    def _draw_ground(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
        token = ""
        if state & QStyle.StateFlag.State_Selected:
            token = "accent_pale"
        elif state & QStyle.StateFlag.State_MouseOver:
            token = "raised"
        if token:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color(token))
            painter.drawRoundedRect(rect.adjusted(1, 2, -1, -2), RADIUS, RADIUS)
