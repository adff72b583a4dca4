"""The tally of comparisons, and each of them to look at again, to delete, or to export."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from studio.chat.compare.comparison import Comparison, Vote, tally
from studio.chat.compare.comparisons import Comparisons
from studio.chat.compare.export import to_csv, to_json
from studio.chat.transfer.saving import save
from studio.errors import StudioError
from studio.translation import tr
from studio.ui.chat.compare.rows import (
    HISTORY_HEADS,
    TALLY_HEADS,
    Index,
    WordRows,
    history_row,
    moment_tip,
    tally_row,
)
from studio.ui.chat.compare.view import CompareView
from studio.ui.theme import CONTROL_HEIGHT, SPACE, Theme
from studio.ui.widgets.banner import Banner
from studio.ui.widgets.buttons import Button
from studio.ui.widgets.dialog_frame import ExplainDialog, foretelling, shortened
from studio.ui.widgets.labels import label
from studio.ui.widgets.toast import Toasts

_SIZE = (1080, 720)
_TALLY_HEIGHT = 180
_TALLY_NAMES = (0, 2)
_PROMPT_COLUMN, _HISTORY_NAMES = 1, (2, 3)


class HistoryDialog(ExplainDialog):
    """Shows what was compared so far.

    Args:
        ask_file: asks the person where to export to; gets the ending without a dot.
    """

    def __init__(
        self,
        theme: Theme,
        parent: QWidget,
        comparisons: Comparisons,
        ask_file: Callable[[str], Path | None] | None = None,
    ) -> None:
        super().__init__(theme, parent, "compare_history", tr("Tally and history"), _SIZE)
        self._comparisons = comparisons
        self._ask_file = ask_file or self._asked
        self._found: list[Comparison] = []
        self.banner = Banner(theme)
        self.pairs = WordRows(TALLY_HEADS)
        self.rows = WordRows(HISTORY_HEADS)
        self.tally = _table(theme, self.pairs, "compare_tally_table", tr("Votes"), _TALLY_NAMES)
        _share_width(self.tally, _TALLY_NAMES)
        self.history = _table(
            theme, self.rows, "compare_history_table", tr("Comparisons"), _HISTORY_NAMES
        )
        _share_width(self.history, (_PROMPT_COLUMN, *_HISTORY_NAMES))
        self.history.activated.connect(lambda _index: self.open_chosen())
        self.view_button = Button(theme, tr("Open"), name="open_comparison")
        self.delete_button = Button(theme, tr("Delete"), name="delete_comparison")
        self.view_button.on_click(self.open_chosen)
        self.delete_button.on_click(self.remove_chosen)
        self.exports = [
            Button(theme, words, name=f"export_{ending}").on_click(partial(self.export, ending))
            for ending, words in (("json", tr("Export as JSON…")), ("csv", tr("Export as CSV…")))
        ]
        removing = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.history)
        removing.setContext(Qt.ShortcutContext.WidgetShortcut)
        removing.activated.connect(self.remove_chosen)
        self._votes = _under(tr("Votes"), self.tally)
        self._all = _under(tr("Comparisons"), self.history)
        self._nothing = foretelling(
            tr(
                "Votes will be counted and comparisons listed here. "
                "Begin one with “Compare…” in the menu of a chat."
            )
        )
        for part in (self.banner, self._votes):
            self.column.addWidget(part)
        for part in (self._all, self._nothing):
            self.column.addWidget(part, 1)
        close = self.add_buttons(self.view_button, self.delete_button, *self.exports)
        close.setDefault(False)
        self.toasts = Toasts(theme, self)
        self.opened: ComparisonDialog | None = None
        self.refresh()
        self.history.setFocus()

    def refresh(self) -> None:
        """Read it all again; the cursor stays in its place."""
        place = max(0, self.history.currentIndex().row())
        try:
            self._found = self._comparisons.list()
        except StudioError as error:
            self.banner.show_error(error)
        pairs = tally(self._found)
        self.pairs.set_rows([tally_row(pair) for pair in pairs])
        self._fit_tally(len(pairs))
        self.rows.set_rows(
            [history_row(each) for each in self._found],
            {(row, 0): moment_tip(each) for row, each in enumerate(self._found)},
        )
        if self._found:
            self.history.setCurrentIndex(self.rows.index(min(place, len(self._found) - 1), 0))
        for button in (self.view_button, self.delete_button, *self.exports):
            button.setEnabled(bool(self._found))
        for part in (self._votes, self._all):
            part.setVisible(bool(self._found))
        self._nothing.setVisible(not self._found)
        if not self._found:
            self.about.setText(tr("Nothing was compared yet."))
        elif not pairs:
            self.about.setText(tr("There are no votes yet. Open a comparison to give one."))
        else:
            self.about.setText(tr("How often each was better, whichever side it stood on."))

    def _fit_tally(self, rows: int) -> None:
        """Let the tally be as high as its rows, and scroll beyond a few."""
        head = self.tally.header().sizeHint().height() + SPACE[2]  # with the frame around it
        row = max(self.tally.sizeHintForRow(0), self.theme.scaled(CONTROL_HEIGHT))
        self.tally.setFixedHeight(min(self.theme.scaled(_TALLY_HEIGHT), head + max(1, rows) * row))

    def open_chosen(self) -> None:
        """Show the comparison at the cursor."""
        if (chosen := self._chosen()) is not None:
            self.opened = ComparisonDialog(self.theme, self, self._comparisons, chosen)
            self.opened.finished.connect(lambda _result: self.refresh())
            self.opened.open()

    def remove_chosen(self) -> None:
        """Delete the comparison at the cursor; this can be undone."""
        if (chosen := self._chosen()) is None:
            return
        try:
            removed = self._comparisons.remove(chosen.id)
        except StudioError as error:
            self.banner.show_error(error)
        else:
            self.toasts.show_words(tr("Deleted the comparison."), lambda: self._put_back(removed))
        self.refresh()

    def export(self, ending: str) -> None:
        """Write all comparisons into a file."""
        if (path := self._ask_file(ending)) is None:
            return
        text = to_json(self._found) if ending == "json" else to_csv(self._found)
        try:
            save(path, [text])
        except StudioError as error:
            self.banner.show_error(error)
        else:
            self.toasts.show_words(tr("Saved as {name}.", name=path.name))

    def _put_back(self, removed: Comparison) -> None:
        try:
            self._comparisons.put_back(removed)
        except StudioError as error:
            self.banner.show_error(error)
        self.refresh()

    def _chosen(self) -> Comparison | None:
        row = self.history.currentIndex().row()
        return self._found[row] if 0 <= row < len(self._found) else None

    def _asked(self, ending: str) -> Path | None:
        name = tr("comparisons") + f".{ending}"
        chosen, _kind = QFileDialog.getSaveFileName(self, tr("Export"), name, f"*.{ending}")
        return Path(chosen) if chosen else None


class ComparisonDialog(ExplainDialog):
    """One comparison from before; its vote can still be given or changed."""

    def __init__(
        self, theme: Theme, parent: QWidget, comparisons: Comparisons, comparison: Comparison
    ) -> None:
        super().__init__(theme, parent, "comparison_dialog", tr("Comparison"), _SIZE)
        self._comparisons = comparisons
        self.about.setText(shortened(comparison.prompt))
        self.banner = Banner(theme)
        self.view = CompareView(theme)
        self.view.voted.connect(self._vote)
        self.column.addWidget(self.banner)
        self.column.addWidget(self.view, 1)
        self.add_buttons()
        self.view.show_comparison(comparison)

    def _vote(self, vote: Vote) -> None:
        if (shown := self.view.comparison) is None:
            return
        try:
            self.view.show_comparison(self._comparisons.vote(shown.id, vote))
        except StudioError as error:
            self.banner.show_error(error)


class _Table(QTreeView):
    """A table of rows; Return opens the one at the cursor, and presses no button as well."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the row at the cursor."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class _CellDelegate(QStyledItemDelegate):
    """Makes rows as high as controls, and draws the row at the cursor without a frame of its own.

    What is too long in the columns ``names`` is cut in its middle: names end with what tells them
    apart.
    """

    def __init__(self, theme: Theme, table: QTreeView, names: Sequence[int]) -> None:
        super().__init__(table)
        self._theme = theme
        self._names = set(names)

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Set how a cell is drawn."""
        super().initStyleOption(option, index)
        option.state &= ~QStyle.StateFlag.State_HasFocus
        if index.column() in self._names:
            option.textElideMode = Qt.TextElideMode.ElideMiddle

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of a cell."""
        size = super().sizeHint(option, index)
        return QSize(size.width(), max(size.height(), self._theme.scaled(CONTROL_HEIGHT)))


def _under(heading: str, table: QTreeView) -> QWidget:
    """Return a table with a heading above it."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(SPACE[2])
    column.addWidget(label(heading, "strong"))
    column.addWidget(table)
    return made


def _share_width(table: QTreeView, columns: Sequence[int]) -> None:
    """Let some columns share all the width that the others leave."""
    for column in columns:
        table.header().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)


def _table(
    theme: Theme, rows: QAbstractItemModel, name: str, words: str, names: Sequence[int]
) -> QTreeView:
    table = _Table()
    table.setItemDelegate(_CellDelegate(theme, table, names))
    table.setObjectName(name)
    table.setAccessibleName(words)
    table.setModel(rows)
    table.setRootIsDecorated(False)
    table.setUniformRowHeights(True)
    table.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    table.header().setStretchLastSection(False)
    table.setCurrentIndex(QModelIndex())
    return table
