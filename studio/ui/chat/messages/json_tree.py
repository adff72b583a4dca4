"""The tree of a reply in JSON: opened, closed and copied by keyboard, mouse and menu."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QMenu, QTreeView

from studio.translation import tr
from studio.ui.chat.messages.json_rows import KIND, NAME, VALUE, JsonRows, kinds
from studio.ui.theme import CONTROL, SPACE, Theme

_AT_FIRST = 14
_AT_ONCE = 1_000
_WIDEST_NAME = 240


class JsonTree(QTreeView):
    """Shows a JSON value. ``changed_height`` tells that rows were opened or closed."""

    changed_height = Signal()
    copied = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rows = JsonRows(None)
        self._is_opening = False
        self.setObjectName("json_tree")
        self.setAccessibleName(tr("The reply as a tree"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformRowHeights(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setTabKeyNavigation(False)
        self.setHeaderHidden(True)  # names, values and kinds tell themselves apart
        self.expanded.connect(self._on_turned)
        self.collapsed.connect(self._on_turned)
        theme.changed.connect(self._dress)

    @property
    def rows(self) -> JsonRows:
        """What is on show."""
        return self._rows

    def show_value(self, value: Any) -> None:
        """Show another value, its first levels open as far as they fit in view."""
        before, self._rows = self._rows, JsonRows(value)
        self._rows.setParent(self)
        self.setModel(self._rows)
        before.deleteLater()
        header = self.header()
        header.setSectionsMovable(False)
        header.setStretchLastSection(False)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(VALUE, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(KIND, QHeaderView.ResizeMode.Interactive)
        self._open_below(QModelIndex(), _AT_FIRST, only_whole=True)
        self._dress()
        self.setCurrentIndex(self._rows.index(0, 0))

    def visible_rows(self, most: int) -> int:
        """Return how many rows are open, counted up to ``most``."""
        found, index = 0, self._rows.index(0, 0)
        while index.isValid() and found < most:
            found += 1
            index = self.indexBelow(index)
        return found

    def row_height(self) -> int:
        """Return the height of one row."""
        return max(1, self.sizeHintForRow(0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy the row with Ctrl+C, open all below it with the asterisk, as far as is sensible."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy(self.currentIndex())
        elif event.key() == Qt.Key.Key_Asterisk:
            self.open_all(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the row under the pointer, or at the cursor."""
        index = self.currentIndex()
        place = self.visualRect(index).bottomLeft()
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            place, index = event.pos(), self.indexAt(event.pos())
        if not index.isValid():
            return
        self.setCurrentIndex(index)
        self.menu(index.siblingAtColumn(0)).popup(self.viewport().mapToGlobal(QPoint(place)))

    def menu(self, index: QModelIndex) -> QMenu:
        """Return the menu of a row."""
        menu = QMenu(self)
        menu.setObjectName("json_tree_menu")
        menu.setAccessibleName(tr("Part of the reply"))
        menu.aboutToHide.connect(menu.deleteLater)
        has_parts = self._rows.hasChildren(index)
        keys = QKeySequence(QKeySequence.StandardKey.Copy).toString(
            QKeySequence.SequenceFormat.NativeText
        )
        words = tr("Copy this part as JSON") if has_parts else tr("Copy the value")
        for name, title, act in (
            ("copy", f"{words}\t{keys}", partial(self.copy, index)),
            ("copy_path", tr("Copy its path"), partial(self._put, self._rows.path(index))),
            ("open", tr("Open all below"), partial(self.open_all, index)),
            ("close", tr("Close", "a part of a tree"), partial(self.collapse, index)),
        ):
            action = menu.addAction(title)
            action.setObjectName(f"json_{name}")
            action.setEnabled(has_parts or name.startswith("copy"))
            action.triggered.connect(lambda _checked, act=act: act())
        return menu

    def copy(self, index: QModelIndex) -> None:
        """Put a row's value on the clipboard, with everything below it."""
        self._put(self._rows.text(index.siblingAtColumn(0)))

    def open_all(self, index: QModelIndex) -> None:
        """Open a row and what is below it, up to a thousand rows."""
        self._open_below(index.siblingAtColumn(0), _AT_ONCE, only_whole=False)
        self._on_turned()

    def _put(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.copied.emit()

    def _open_below(self, start: QModelIndex, room: int, *, only_whole: bool) -> None:
        """Open level by level while there is room for the rows that come into view."""
        self._is_opening = True
        level = [start]
        room -= self._rows.rowCount(start)
        while level and room > 0:
            following: list[QModelIndex] = []
            for index in level:
                if index.isValid():
                    self.expand(index)
                following += self._with_parts(index)
            wanted = sum(map(self._rows.rowCount, following))
            if only_whole and wanted > room:
                break
            room -= wanted
            level = following
        self._is_opening = False

    def _with_parts(self, index: QModelIndex) -> Iterator[QModelIndex]:
        for row in range(self._rows.rowCount(index)):
            child = self._rows.index(row, 0, index)
            if self._rows.hasChildren(child):
                yield child

    def _on_turned(self) -> None:
        if not self._is_opening:
            QTimer.singleShot(0, self, self.changed_height.emit)

    def _dress(self) -> None:
        self.setFont(self._theme.font(CONTROL, tabular=True))
        self.setIndentation(SPACE[3] + SPACE[0])
        self.resizeColumnToContents(NAME)
        wanted = self.columnWidth(NAME) + SPACE[2]
        self.setColumnWidth(NAME, min(self._theme.scaled(_WIDEST_NAME), wanted))
        widest = max(map(self.fontMetrics().horizontalAdvance, kinds()))
        self.setColumnWidth(KIND, widest + 2 * SPACE[3])
