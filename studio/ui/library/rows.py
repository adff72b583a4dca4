"""The rows of the Models page: a read-only model, its filter, and how a row is drawn."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRect, QSize, QSortFilterProxyModel, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from studio.translation import tr
from studio.ui import mirror
from studio.ui.library.entry import ModelEntry
from studio.ui.theme import CAPTION, CONTROL, SPACE, Theme
from studio.ui.widgets.badge import ICONS
from studio.ui.widgets.plain_rows import ENTRY, Index, PlainRows, draw_ground
from studio.ui.widgets.quantities import file_size

_ICON = 14


class ModelRows(PlainRows[ModelEntry]):
    """The models on the shelf, one a row."""

    def row_of(self, name: str) -> int:
        """Return the row of a model, or -1."""
        return next((i for i, entry in enumerate(self._rows) if entry.name == name), -1)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a row's name, its words for screen readers, or the entry itself."""
        if not index.isValid():
            return None
        entry = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join((entry.name, *_lines(entry)))
        if role == Qt.ItemDataRole.ToolTipRole:
            return str(entry.path)
        return entry if role == ENTRY else None


class FoundRows(QSortFilterProxyModel):
    """Rows that have every word looked for in their name or description; usable ones first."""

    def __init__(self, rows: ModelRows) -> None:
        super().__init__()
        self._words: tuple[str, ...] = ()
        self.setSourceModel(rows)
        self.sort(0)

    def find(self, words: str) -> None:
        """Show rows with these words only."""
        self.beginFilterChange()
        self._words = tuple(words.casefold().split())
        self.endFilterChange()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        """Return whether a row has the words."""
        entry: ModelEntry = self.sourceModel().index(source_row, 0, source_parent).data(ENTRY)
        text = f"{entry.name} {entry.about} {entry.architecture} {entry.quantization}".casefold()
        return all(word in text for word in self._words)

    def lessThan(self, left: Index, right: Index) -> bool:
        """Order by usability, then those to chat with, then by name."""
        return _order(left.data(ENTRY)) < _order(right.data(ENTRY))


class RowDelegate(QStyledItemDelegate):
    """Draws a model in two lines: name and size, what it is and whether it fits."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the height of two lines with air around them."""
        lines = self._theme.scaled(CONTROL) + self._theme.scaled(CAPTION)
        return QSize(240, round(lines * 1.4) + 2 * SPACE[2] - 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        entry: ModelEntry = index.data(ENTRY)
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_ground(painter, self._theme, rect.adjusted(0, 1, 0, -1), option.state)
        inner = rect.adjusted(SPACE[2], SPACE[1] + 2, -SPACE[2], -SPACE[1] - 2)
        top = QRect(inner.left(), inner.top(), inner.width(), inner.height() // 2)
        bottom = top.translated(0, inner.height() // 2)
        self._draw_line(painter, top, entry.name, file_size(entry.size_bytes), strong=True)
        words, token = _verdict(entry)
        self._draw_line(painter, bottom, _about(entry), words, token=token)
        painter.restore()

    def _draw_line(
        self,
        painter: QPainter,
        rect: QRect,
        left: str,
        right: str,
        strong: bool = False,
        token: str = "",
    ) -> None:
        size = CONTROL if strong else CAPTION
        painter.setFont(self._theme.font(CAPTION, tabular=True))
        width = painter.fontMetrics().horizontalAdvance(right)
        painter.setPen(self._theme.color(token or "muted"))
        painter.drawText(rect, mirror.at_end(right), right)
        if token:
            icon = self._theme.icon(ICONS.get(token, "info"), token, _ICON)
            top = rect.top() + (rect.height() - _ICON) // 2
            spot = QRect(rect.right() - width - _ICON - 5, top, _ICON, _ICON)
            icon.paint(painter, mirror.placed(spot, rect))
            width += _ICON + 5
        painter.setFont(self._theme.font(size, 600 if strong else 400))
        painter.setPen(self._theme.color("text" if strong else "muted"))
        room = mirror.placed(rect.adjusted(0, 0, -width - SPACE[3], 0), rect)
        shown = painter.fontMetrics().elidedText(left, Qt.TextElideMode.ElideMiddle, room.width())
        painter.drawText(room, mirror.at_start(shown), shown)


def _about(entry: ModelEntry) -> str:
    if entry.problem is not None:
        return entry.problem.what
    return entry.about


def _verdict(entry: ModelEntry) -> tuple[str, str]:
    if entry.problem is not None:
        return tr("Cannot be used"), "danger"
    if entry.fit is None:
        return "", ""
    return entry.fit.short or entry.fit.words, entry.fit.level


def _lines(entry: ModelEntry) -> tuple[str, ...]:
    words, _ = _verdict(entry)
    return tuple(part for part in (_about(entry), file_size(entry.size_bytes), words) if part)


def _order(entry: ModelEntry) -> tuple[bool, bool, str]:
    return entry.problem is not None, entry.purpose != "chat", entry.name.casefold()
