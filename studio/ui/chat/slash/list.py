"""The list of prompts over the composer; the keyboard stays in the message meanwhile."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QListView, QVBoxLayout, QWidget

from studio.translation import tr
from studio.ui import mirror
from studio.ui.chat.composer.choice_rows import (
    CHOICE,
    Choice,
    ChoiceDelegate,
    ChoiceRows,
    FoundChoices,
)
from studio.ui.theme import SPACE, Theme
from studio.ui.widgets.card import draw_card
from studio.ui.widgets.labels import label
from studio.ui.widgets.row_teller import RowTeller

_WIDTH = 460
_MOST_ROWS = 6
_AIR = SPACE[0]


class SlashList(QFrame):
    """Prompts to choose from, above the field in which their beginning is typed.

    ``chosen`` tells the key of the one that was clicked.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, field: QWidget) -> None:
        super().__init__(field.window())
        self._theme = theme
        self._field = field
        self.setObjectName("prompt_list_frame")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._rows = ChoiceRows()
        self._found = FoundChoices(self._rows)
        self._delegate = ChoiceDelegate(theme)
        self._delegate.shows_ring = True
        self._list = QListView()
        self._teller = RowTeller(self._list, self)
        self._hint = label(tr("Enter inserts, Tab goes to the next place to fill in"), "caption")
        self._set_up()
        theme.changed.connect(self.update)
        self.hide()

    def open(self, choices: Sequence[Choice], words: str) -> None:
        """Show choices; without any that has the words the list is hidden."""
        self._rows.set_rows(choices)
        self._teller.forget()
        self.narrow(words)

    def narrow(self, words: str) -> None:
        """Show the choices with these words only."""
        self._found.find(words)
        count = self._found.rowCount()
        if not count:
            self.hide()
            return
        self._list.setCurrentIndex(self._found.index(0, 0))
        self._take_place(min(count, _MOST_ROWS))
        self.show()
        self.raise_()
        self._teller.tell()

    def titles(self) -> list[str]:
        """Return what is on show."""
        return [str(self._found.index(row, 0).data()) for row in range(self._found.rowCount())]

    def step(self, rows: int) -> None:
        """Move the choice down, or up; it stops at the ends."""
        row = self._list.currentIndex().row() + rows
        row = max(0, min(row, self._found.rowCount() - 1))
        self._list.setCurrentIndex(self._found.index(row, 0))
        self._teller.tell()

    def current(self) -> str:
        """Return the key of the choice at hand; empty without one."""
        choice = self._list.currentIndex().data(CHOICE)
        return choice.key if isinstance(choice, Choice) else ""

    def page(self) -> int:
        """Return how many rows a page has."""
        return _MOST_ROWS

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground."""
        draw_card(self, self._theme, "surface")

    def _set_up(self) -> None:
        view = self._list
        view.setObjectName("prompt_list")
        view.setAccessibleName(tr("Prompts"))
        view.setModel(self._found)
        view.setItemDelegate(self._delegate)
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.setUniformItemSizes(True)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        view.setStyleSheet("QListView { border: none; }")
        view.clicked.connect(self._on_clicked)
        self._hint.setContentsMargins(SPACE[1], 0, SPACE[1], SPACE[0])
        column = QVBoxLayout(self)
        column.setContentsMargins(_AIR, _AIR, _AIR, _AIR)
        column.setSpacing(_AIR)
        column.addWidget(view, 1)
        column.addWidget(self._hint)

    def _take_place(self, rows: int) -> None:
        window = self._field.window()
        if self.parentWidget() is not window:  # the composer was put into its window meanwhile
            self.setParent(window)
        height = rows * self._delegate.row_height() + self._hint.sizeHint().height() + 3 * _AIR
        corner = self._field.mapTo(window, QPoint(0, 0))
        width = min(self._theme.scaled(_WIDTH), window.width() - 2 * _AIR)
        size = QSize(width, min(height, max(corner.y() - 2 * _AIR, self._delegate.row_height())))
        start = mirror.placed(QRect(corner, size), QRect(corner, self._field.size())).left()
        left = max(_AIR, min(start, window.width() - width - _AIR))
        self.setGeometry(left, max(_AIR, corner.y() - size.height() - _AIR), width, size.height())

    def _on_clicked(self, index: QModelIndex) -> None:
        choice: Choice = index.data(CHOICE)
        self.chosen.emit(choice.key)
