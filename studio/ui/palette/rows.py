"""The rows of the command palette: what they are, and how one line of them is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPen, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from studio.translation import tr
from studio.ui import mirror
from studio.ui.palette.items import Item
from studio.ui.palette.matching import marked
from studio.ui.theme import CAPTION, CONTROL, CONTROL_HEIGHT, SPACE, Theme
from studio.ui.widgets.plain_rows import ENTRY, Index, PlainRows, draw_ground

ITEM = ENTRY
TERMS = ENTRY + 1
_ROOT = QModelIndex()
_ICON = 16
_LONGEST = 300
_MIDDLE = int(Qt.AlignmentFlag.AlignCenter)


class PaletteRows(PlainRows[Item]):
    """The items that were found, best first."""

    def __init__(self) -> None:
        super().__init__()
        self._terms: Sequence[str] = ()

    def set_items(self, items: Sequence[Item], terms: Sequence[str]) -> None:
        """Show other items, found by these terms."""
        self._terms = terms
        self.set_rows(items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the title, the words for a screen reader, the item, or what found it."""
        if not index.isValid():
            return None
        item = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return item.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join(filter(None, (item.title, tr(item.kind), item.keys)))
            case Qt.ItemDataRole.UserRole:
                return item
        return self._terms if role == TERMS else None


class PaletteDelegate(QStyledItemDelegate):
    """Draws icon and title, the letters that were found stronger, and the shortcut at the end."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the height of a control."""
        grown = self._theme.scaled(CONTROL) - CONTROL
        return QSize(option.rect.width(), CONTROL_HEIGHT + 2 + 2 * grown)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one line."""
        item: Item = index.data(ITEM)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_ground(painter, self._theme, option.rect, option.state)
        rect = option.rect.adjusted(SPACE[1], 0, -SPACE[2], 0)
        if item.icon:
            place = QRect(rect.left(), rect.center().y() - _ICON // 2 + 1, _ICON, _ICON)
            icon = self._theme.icon(item.icon, "muted", _ICON)
            icon.paint(painter, mirror.placed(place, option.rect))
        rect.setLeft(rect.left() + _ICON + SPACE[2])
        taken = self._draw_end(painter, rect, item, option.rect)
        rect.setRight(rect.right() - taken)
        room = mirror.placed(rect, option.rect)
        self._draw_title(painter, room, item, index.data(TERMS) or ())
        painter.restore()

    def _draw_end(self, painter: QPainter, rect: QRect, item: Item, whole: QRect) -> int:
        """Draw the shortcut as a key, or the kind in words; return the width that is taken."""
        painter.setFont(self._theme.font(CAPTION))
        metrics = painter.fontMetrics()
        words = item.keys or tr(item.kind)
        width = metrics.horizontalAdvance(words) + (2 * SPACE[1] if item.keys else 0)
        right = QRect(rect.right() - width, rect.top(), width, rect.height())
        place = QRectF(mirror.placed(right, whole))
        if item.keys:
            height = metrics.height() + SPACE[0]
            cap = QRectF(place.left(), 0, width, height)
            cap.moveCenter(QPointF(place.center()))
            painter.setPen(QPen(self._theme.color("edge"), 1))
            painter.setBrush(self._theme.color("raised"))
            painter.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setPen(self._theme.color("muted"))
        flags = _MIDDLE | (int(Qt.TextFlag.TextForceLeftToRight) if item.keys else 0)
        painter.drawText(place, flags, words)
        return width + SPACE[3]

    def _draw_title(self, painter: QPainter, rect: QRect, item: Item, terms: Sequence[str]) -> None:
        font = self._theme.font(CONTROL)
        painter.setFont(font)
        painter.setPen(self._theme.color("text"))
        title = " ".join(item.title[:_LONGEST].split())
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(title, Qt.TextElideMode.ElideRight, rect.width())
        layout = QTextLayout(shown, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        layout.setTextOption(option)
        layout.setFormats([self._strong(shown, span) for span in marked(terms, shown)])
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(rect.width() + SPACE[2])
        layout.endLayout()
        top = rect.top() + (rect.height() - line.height()) / 2
        left = float(rect.left())
        if mirror.is_on():
            left = rect.right() + 1 - line.naturalTextWidth()
        layout.draw(painter, QPointF(left, top))

    def _strong(self, text: str, span: tuple[int, int]) -> QTextLayout.FormatRange:
        made = QTextLayout.FormatRange()
        made.start = len(text[: span[0]].encode("utf-16-le")) // 2
        made.length = len(text[span[0] : span[1]].encode("utf-16-le")) // 2
        form = QTextCharFormat()
        form.setForeground(self._theme.color("accent"))
        form.setFontWeight(QFont.Weight.DemiBold)
        made.format = form
        return made


class PaletteView(QListView):
    """The list. The focus stays in the field above it, so it takes none."""

    def __init__(self, theme: Theme, rows: PaletteRows) -> None:
        super().__init__()
        self._delegate = PaletteDelegate(theme)
        self._delegate.setParent(self)
        self.setObjectName("palette_list")
        self.setAccessibleName(tr("What was found"))
        self.setModel(rows)
        self.setItemDelegate(self._delegate)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        theme.changed.connect(self.doItemsLayout)

    def wanted_height(self) -> int:
        """Return the height at which all rows can be seen."""
        row = self._delegate.sizeHint(QStyleOptionViewItem(), _ROOT).height()
        return self.model().rowCount() * row + 2 * self.frameWidth() + 2

    def minimumSizeHint(self) -> QSize:
        """Return the height of one row."""
        return QSize(0, self._delegate.sizeHint(QStyleOptionViewItem(), _ROOT).height())
