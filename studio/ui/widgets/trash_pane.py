"""A trash in place of the list that it belongs to: what lies in it, the way back, the way out."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QListView, QMenu, QVBoxLayout, QWidget

from studio.translation import mark, tr
from studio.ui.theme import SPACE, Theme
from studio.ui.widgets.banner import Banner
from studio.ui.widgets.buttons import Button
from studio.ui.widgets.confirm import confirm_dialog
from studio.ui.widgets.keys_of_parts import MENU_KEYS
from studio.ui.widgets.labels import label
from studio.ui.widgets.plain_rows import ENTRY
from studio.ui.widgets.quantities import count
from studio.ui.widgets.trash_rows import TrashDelegate, TrashItem, TrashRows

_RESTORING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
# The key that Apple's keyboards call Delete is the one that Qt calls Backspace.
_DELETING: tuple[Qt.Key, ...] = (Qt.Key.Key_Delete,) + (
    (Qt.Key.Key_Backspace,) if sys.platform == "darwin" else ()
)
_DELETE = mark("Delete for good…")


class TrashEntry(Button):
    """The quiet line at the foot of a list that leads to its trash; there while that has any."""

    def __init__(self, theme: Theme, words: str, name: str) -> None:
        super().__init__(theme, words, "category", "trash-2", name)
        self._words = words
        self.tell(0)

    def tell(self, number: int) -> None:
        """Say how many things lie there."""
        self.setText(f"{self._words} · {count(number)}")
        self.setAccessibleName(f"{self._words}, {count(number)}")
        if number == 0:
            self.hide()
        elif self.parent() is not None:  # else it would be a window
            self.show()


class TrashList(QListView):
    """The things. Arrow keys move among them; signals tell what is to be done at the cursor."""

    restore_requested = Signal()
    deletion_requested = Signal()
    menu_requested = Signal(object)

    def __init__(
        self,
        theme: Theme,
        rows: TrashRows,
        name: str,
        title: str,
        elide: Qt.TextElideMode,
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setModel(rows)
        self._delegate = TrashDelegate(theme, elide)
        self._delegate.setParent(self)
        self.setItemDelegate(self._delegate)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        theme.changed.connect(self.doItemsLayout)

    def item(self) -> TrashItem | None:
        """Return the thing under the cursor."""
        found: TrashItem | None = self.currentIndex().data(ENTRY)
        return found

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Restore or delete what is under the cursor."""
        if QKeySequence(event.keyCombination()).toString() == MENU_KEYS:
            self.offer_menu()
        elif event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif event.key() in _RESTORING:
            self.restore_requested.emit()
        elif event.key() in _DELETING:
            self.deletion_requested.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the thing under the pointer, or at the cursor."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            self.setCurrentIndex(self.indexAt(event.pos()))
            self._offer_menu(event.pos())
        else:
            self.offer_menu()

    def offer_menu(self) -> None:
        """Offer what can be done with the thing at the cursor."""
        self.scrollTo(self.currentIndex())
        self._offer_menu(self.visualRect(self.currentIndex()).center())

    def _offer_menu(self, place: QPoint) -> None:
        if self.item() is not None:
            self.menu_requested.emit(self.viewport().mapToGlobal(place))


class TrashPane(QWidget):
    """Shows ``items`` and lets the person restore them, or delete them for good.

    ``restored`` and ``deleted`` carry the key of a thing for which that is wanted, the latter once
    it was confirmed; ``left`` asks for the list again, whose name is ``back``. Long titles are cut
    as ``elide`` says.
    """

    restored = Signal(str)
    deleted = Signal(str)
    left = Signal()

    def __init__(
        self,
        theme: Theme,
        title: str,
        back: str,
        name: str,
        elide: Qt.TextElideMode = Qt.TextElideMode.ElideMiddle,
    ) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName(name)
        self.setAccessibleName(title)
        self._rows = TrashRows()
        self._rows.setParent(self)
        self.back = Button(theme, back, "category", "chevron-left", f"{name}_back")
        self.banner = Banner(theme)
        self._nothing = label(tr("Nothing is in here."), "muted", wrap=True)
        self.list = TrashList(theme, self._rows, f"{name}_list", title, elide)
        self._restore = Button(theme, tr("Restore"), icon="undo-2", name=f"{name}_restore")
        self._delete = Button(theme, tr(_DELETE), "danger", name=f"{name}_delete")
        self._foot = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.menu = self._made_menu()
        self._lay_out(title)
        self._connect()
        self.set_items(())

    def set_items(self, items: Sequence[TrashItem]) -> None:
        """Show other things; the cursor stays about where it was."""
        row = max(0, self.list.currentIndex().row())
        self._rows.set_rows(items)
        self.list.setCurrentIndex(self._rows.index(min(row, len(items) - 1), 0))
        self._nothing.setHidden(bool(items))
        self._show_choice()

    def focus_list(self) -> None:
        """Put the keyboard focus on the things."""
        self.list.setFocus(Qt.FocusReason.TabFocusReason)

    def restore(self) -> None:
        """Ask for what is under the cursor to come back."""
        if (item := self.list.item()) is not None:
            self.restored.emit(item.key)

    def delete(self) -> None:
        """Ask the person, then for what is under the cursor to go for good."""
        item = self.list.item()
        if item is None or not item.loss:
            return
        question = tr("Delete “{title}” for good?", title=item.title)
        confirm_dialog(
            self._theme,
            self,
            question,
            " ".join((item.loss, tr("This cannot be undone."))),
            tr("Delete for good"),
            lambda: self.deleted.emit(item.key),
        ).open()

    def minimumSizeHint(self) -> QSize:
        """Return a width at which the buttons stand below each other."""
        widest = max(self._restore.sizeHint().width(), self._delete.sizeHint().width())
        return QSize(widest + 2 * SPACE[2], super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons side by side, or below each other where that is too narrow."""
        super().resizeEvent(event)
        wanted = self._restore.sizeHint().width() + SPACE[1] + self._delete.sizeHint().width()
        direction = QBoxLayout.Direction
        beside = wanted <= self.width() - 2 * SPACE[2]
        self._foot.setDirection(direction.LeftToRight if beside else direction.TopToBottom)

    def _lay_out(self, title: str) -> None:
        self.back.setToolTip(
            f"{self.back.text()}  ({_native(QKeySequence(QKeySequence.StandardKey.Back))})"
        )
        self._foot.setSpacing(SPACE[1])
        self._foot.addWidget(self._restore)
        self._foot.addWidget(self._delete)
        self._foot.addStretch()
        heading = label(title, "section")
        heading.setContentsMargins(SPACE[2], 0, SPACE[2], 0)
        self._nothing.setContentsMargins(SPACE[2], 0, SPACE[2], 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE[2], SPACE[3], SPACE[2], SPACE[2])
        column.setSpacing(SPACE[1])
        for widget in (self.back, heading, self.banner, self._nothing):
            column.addWidget(widget)
        column.addWidget(self.list, 1)
        column.addLayout(self._foot)

    def _connect(self) -> None:
        back = QShortcut(QKeySequence(QKeySequence.StandardKey.Back), self)
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        back.activated.connect(self.left)
        self.back.on_click(self.left.emit)
        self.list.restore_requested.connect(self.restore)
        self.list.deletion_requested.connect(self.delete)
        self.list.menu_requested.connect(self.menu.popup)
        self.list.selectionModel().currentChanged.connect(self._on_current_changed)
        self._restore.on_click(self.restore)
        self._delete.on_click(self.delete)

    def _made_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setObjectName(f"{self.objectName()}_menu")
        menu.setAccessibleName(self.accessibleName())
        menu.addAction(_with_keys(tr("Restore"), "Return")).triggered.connect(self.restore)
        self._delete_action = menu.addAction(_with_keys(tr(_DELETE), "Del"))
        self._delete_action.triggered.connect(self.delete)
        return menu

    def _on_current_changed(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._show_choice()

    def _show_choice(self) -> None:
        item = self.list.item()
        can_delete = item is not None and bool(item.loss)
        self._restore.setEnabled(item is not None)
        self._delete.setEnabled(can_delete)
        self._delete_action.setEnabled(can_delete)


def _native(keys: QKeySequence) -> str:
    return keys.toString(QKeySequence.SequenceFormat.NativeText)


def _with_keys(words: str, keys: str) -> str:
    return f"{words}\t{_native(QKeySequence(keys))}"
