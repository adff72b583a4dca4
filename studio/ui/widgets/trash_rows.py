"""What lies in a trash, one thing a row, and how a row is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from studio.ui import mirror
from studio.ui.theme import CAPTION, CONTROL, CONTROL_HEIGHT, SPACE, Theme
from studio.ui.widgets.labels import plain_tip
from studio.ui.widgets.plain_rows import ENTRY, Index, PlainRows, draw_ground


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


class TrashRows(PlainRows[TrashItem]):
    """The removed things, the last removed first."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a title, the words for screen readers, or the thing itself."""
        if not index.isValid():
            return None
        item = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return item.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (item.title, item.figures) if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(f"{item.title}\n{item.about}".strip())
        return item if role == ENTRY else None


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
        item: TrashItem = index.data(ENTRY)
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_ground(painter, self._theme, rect.adjusted(1, 2, -1, -2), option.state)
        inner = rect.adjusted(SPACE[2], 0, -SPACE[2], 0)
        painter.setFont(self._theme.font(CAPTION, tabular=True))
        painter.setPen(self._theme.color("muted"))
        painter.drawText(inner, mirror.at_end(item.figures), item.figures)
        used = painter.fontMetrics().horizontalAdvance(item.figures)
        painter.setFont(self._theme.font(CONTROL))
        painter.setPen(self._theme.color("text"))
        room = mirror.placed(inner.adjusted(0, 0, -used - SPACE[2], 0), inner)
        metrics = painter.fontMetrics()
        title = metrics.elidedText(item.title, self._elide, room.width())
        painter.drawText(room, mirror.at_start(title), title)
        painter.restore()
