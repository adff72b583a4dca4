"""What the composer's pop-up lists show: rows of choices, their filter, and how a row is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from studio.translation import tr
from studio.ui import mirror
from studio.ui.theme import CAPTION, CONTROL, RADIUS, SPACE, Theme
from studio.ui.widgets.badge import ICONS
from studio.ui.widgets.labels import plain_tip

Index = QModelIndex | QPersistentModelIndex
CHOICE = Qt.ItemDataRole.UserRole
_ROOT = QModelIndex()
_CHECK = 16
_ICON = 14


@dataclass(frozen=True, slots=True)
class Choice:
    """One row: a title with figures at its right, and a line about it below.

    ``key`` is what choosing it tells. ``trouble`` marks the line as what is wrong.
    """

    key: str
    title: str
    about: str = ""
    figures: str = ""
    is_usable: bool = True
    trouble: bool = False


class ChoiceRows(QAbstractListModel):
    """The choices, one of which may be the current one."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[Choice, ...] = ()
        self._current = ""

    def set_rows(self, rows: Sequence[Choice]) -> None:
        """Show other choices."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def set_current(self, title: str) -> None:
        """Mark the choice with this title."""
        self._current = title
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def is_current(self, choice: Choice) -> bool:
        """Return whether a choice is the one that holds."""
        return choice.is_usable and choice.title == self._current

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many choices there are."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let only usable rows be reached."""
        if not index.isValid() or not self._rows[index.row()].is_usable:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a row's title, its words for screen readers, its mark or the choice itself."""
        if not index.isValid():
            return None
        choice = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return choice.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(f"{choice.title}\n{choice.about}".strip())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            state = tr("current") if self.is_current(choice) else ""
            words = (choice.title, state, choice.figures, choice.about)
            return ", ".join(word for word in words if word)
        if role == Qt.ItemDataRole.CheckStateRole:
            # Only read by the delegate, which draws a check instead of a box.
            return Qt.CheckState.Checked if self.is_current(choice) else None
        return choice if role == CHOICE else None


class FoundChoices(QSortFilterProxyModel):
    """Choices that have every word looked for."""

    def __init__(self, rows: ChoiceRows) -> None:
        super().__init__()
        self._words: tuple[str, ...] = ()
        self.setSourceModel(rows)

    def find(self, words: str) -> None:
        """Show rows with these words only."""
        self.beginFilterChange()
        self._words = tuple(words.casefold().split())
        self.endFilterChange()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        """Return whether a row has the words."""
        choice: Choice = self.sourceModel().index(source_row, 0, source_parent).data(CHOICE)
        text = f"{choice.title} {choice.about}".casefold()
        return all(word in text for word in self._words)


class ChoiceDelegate(QStyledItemDelegate):
    """Draws a choice in two lines, with a check before the current one.

    ``shows_ring`` puts the focus ring around the row that the keyboard is at.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.shows_ring = False

    def row_height(self) -> int:
        """Return the height of two lines with air around them."""
        lines = self._theme.scaled(CONTROL) + self._theme.scaled(CAPTION)
        return round(lines * 1.4) + 2 * SPACE[1]

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the size of a row; the list widens it."""
        return QSize(200, self.row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        from PySide6.QtWidgets import QStyle  # its many enums take long at the window's start

        choice: Choice = index.data(CHOICE)
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            self._draw_ground(painter, rect)
        inner = rect.adjusted(SPACE[1], SPACE[1], -SPACE[2], -SPACE[1])
        top = QRect(inner.left(), inner.top(), inner.width(), inner.height() // 2)
        if index.data(Qt.ItemDataRole.CheckStateRole) is not None:
            self._draw_icon(painter, top, rect, "check", "accent", _CHECK)
        top.setLeft(top.left() + _CHECK + SPACE[1])
        bottom = top.translated(0, inner.height() // 2)
        self._draw_title(painter, top, rect, choice)
        self._draw_about(painter, bottom, rect, choice)
        painter.restore()

    def _draw_ground(self, painter: QPainter, rect: QRect) -> None:
        painter.setBrush(self._theme.color("accent_pale"))
        painter.setPen(Qt.PenStyle.NoPen)
        if self.shows_ring:
            painter.setPen(QPen(self._theme.color("accent"), 2))
        painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), RADIUS, RADIUS)

    def _draw_title(self, painter: QPainter, rect: QRect, row: QRect, choice: Choice) -> None:
        painter.setFont(self._theme.font(CAPTION, tabular=True))
        painter.setPen(self._theme.color("muted"))
        figures = choice.figures
        painter.drawText(mirror.placed(rect, row), mirror.at_end(figures), figures)
        taken = painter.fontMetrics().horizontalAdvance(choice.figures)
        painter.setFont(self._theme.font(CONTROL, 600))
        painter.setPen(self._theme.color("text" if choice.is_usable else "muted"))
        room = rect.adjusted(0, 0, -taken - SPACE[3] if taken else 0, 0)
        place = mirror.placed(room, row)
        self._draw_words(painter, place, choice.title, Qt.TextElideMode.ElideMiddle)

    def _draw_about(self, painter: QPainter, rect: QRect, row: QRect, choice: Choice) -> None:
        token = "danger" if choice.trouble else "muted"
        room = QRect(rect)
        if choice.trouble:
            self._draw_icon(painter, rect, row, ICONS["danger"], token, _ICON)
            room.setLeft(rect.left() + _ICON + SPACE[0])
        painter.setFont(self._theme.font(CAPTION))
        painter.setPen(self._theme.color(token))
        place = mirror.placed(room, row)
        self._draw_words(painter, place, choice.about, Qt.TextElideMode.ElideRight)

    def _draw_icon(
        self, painter: QPainter, rect: QRect, row: QRect, name: str, token: str, size: int
    ) -> None:
        top = rect.top() + (rect.height() - size) // 2
        place = mirror.placed(QRect(rect.left(), top, size, size), row)
        self._theme.icon(name, token, size).paint(painter, place)

    def _draw_words(
        self, painter: QPainter, rect: QRect, words: str, elide: Qt.TextElideMode
    ) -> None:
        shown = painter.fontMetrics().elidedText(words, elide, rect.width())
        painter.drawText(rect, mirror.at_start(shown), shown)
