"""The left side of the Models page: search, rows, and the way to add a file."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QVBoxLayout

from studio.translation import tr
from studio.ui.library.entry import ModelEntry
from studio.ui.library.rows import FoundRows, ModelRows, RowDelegate
from studio.ui.theme import SPACE, Theme, set_look
from studio.ui.widgets.buttons import Button
from studio.ui.widgets.labels import label
from studio.ui.widgets.plain_rows import ENTRY
from studio.ui.widgets.search_field import SearchField
from studio.ui.widgets.trash_pane import TrashEntry

_LEAST, _WIDEST = 320, 480


class ListSide(QFrame):
    """Shows the rows that match; ``current_changed`` carries the entry under the cursor."""

    add_requested = Signal()
    removal_requested = Signal(object)
    current_changed = Signal(object)
    trash_requested = Signal()

    def __init__(self, theme: Theme, rows: ModelRows) -> None:
        super().__init__()
        set_look(self, "plain")
        self.setMinimumWidth(_LEAST)
        self.setMaximumWidth(_WIDEST)
        self._found = FoundRows(rows)
        self._found.setParent(self)
        self.search = SearchField(theme, tr("Search models"), "Ctrl+F", "search_models")
        self.list = QListView()
        self._delegate = RowDelegate(theme)
        self._delegate.setParent(self)
        self._total = label("", "caption")
        self.trash = TrashEntry(theme, tr("Removed models"), "open_removed_models")
        self.trash.on_click(self.trash_requested.emit)
        self._nothing = label(tr("No model has these words. Try fewer."), "muted", wrap=True)
        self._nothing.hide()
        self._set_up_list()
        self._lay_out(theme)
        self.search.searched.connect(self._on_searched)
        self.search.left.connect(lambda: self.list.setFocus(Qt.FocusReason.TabFocusReason))
        self.list.selectionModel().currentChanged.connect(self._on_current_changed)
        self._delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.list)
        self._delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        self._delete.activated.connect(self._on_delete_pressed)
        theme.changed.connect(self.list.doItemsLayout)

    def focus_search(self) -> None:
        """Begin a search."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def select(self, name: str) -> None:
        """Move to a model; without such a model, to the first."""
        for row in range(self._found.rowCount()):
            if self._found.index(row, 0).data() == name:
                self.list.setCurrentIndex(self._found.index(row, 0))
                return
        if self._found.rowCount():
            self.list.setCurrentIndex(self._found.index(0, 0))

    def tell_total(self, models: int, size: str, unusable: int) -> None:
        """Say how many models there are and what they take, and how many more files are none."""
        words = [tr("%n model · {size}", "%n models · {size}", models, size=size)]
        if unusable:
            words.append(tr("%n file cannot be used", "%n files cannot be used", unusable))
        self._total.setText(" · ".join(words))

    def _set_up_list(self) -> None:
        self.list.setObjectName("models_list")
        self.list.setAccessibleName(tr("Models"))
        self.list.setModel(self._found)
        self.list.setItemDelegate(self._delegate)
        self.list.setMouseTracking(True)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)

    def _lay_out(self, theme: Theme) -> None:
        add = Button(theme, tr("Add model"), icon="plus", name="add_model")
        add.setToolTip(tr("Add a GGUF file (Ctrl+O)"))
        add.on_click(self.add_requested.emit)
        top = QHBoxLayout()
        top.addWidget(label(tr("Models"), "page"))
        top.addStretch()
        top.addWidget(add)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE[3], SPACE[4], SPACE[3], SPACE[2])
        column.setSpacing(SPACE[2])
        column.addLayout(top)
        column.addWidget(self.search)
        column.addWidget(self._nothing)
        column.addWidget(self.list, 1)
        column.addWidget(self._total)
        column.addWidget(self.trash)

    def _on_searched(self, words: str) -> None:
        self._found.find(words)
        self._nothing.setVisible(self._found.rowCount() == 0)
        if self._found.rowCount() and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self._found.index(0, 0))

    def _on_current_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        self.current_changed.emit(current.data(ENTRY) if current.isValid() else None)

    def _on_delete_pressed(self) -> None:
        entry: ModelEntry | None = self.list.currentIndex().data(ENTRY)
        if entry is not None:
            self.removal_requested.emit(entry)
