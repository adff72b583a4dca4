"""The bar on top of a conversation that finds words in it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QKeyEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QWidget
from shiboken6 import isValid

from studio.translation import tr
from studio.ui import mirror
from studio.ui.chat.find.finder import Finder, text_of
from studio.ui.chat.messages.entry import Entry
from studio.ui.theme import SPACE, Theme, set_look
from studio.ui.widgets.buttons import IconButton
from studio.ui.widgets.labels import label
from studio.ui.widgets.quantities import count
from studio.ui.widgets.search_field import SearchField

_WIDEST_FIELD = 360


class FindBar(QFrame):
    """Field, figures, and the way to the next hit; lies on the top margin of ``column``.

    ``opened`` carries whether it is on show now.
    """

    opened = Signal(bool)

    def __init__(self, theme: Theme, column: QWidget, finder: Finder) -> None:
        super().__init__(column)
        self._theme = theme
        self._column = column
        self._finder = finder
        self._before: QWidget | None = None
        self._given = ("", "")
        self.setObjectName("find_bar")
        self.setAccessibleName(tr("Find in conversation"))
        set_look(self, "find")
        self.field = FindField(theme)
        self.figures = label("", "caption")
        self.figures.setObjectName("find_figures")
        self.previous = _button(theme, "chevron-up", tr("Previous hit"), "Shift+F3", "previous_hit")
        self.next = _button(theme, "chevron-down", tr("Next hit"), "F3", "next_hit")
        self.close_button = _button(theme, "x", tr("Close the search"), "Esc", "close_the_search")
        self.stops = (self.field, self.previous, self.next, self.close_button)
        self._lay_out()
        self._connect()
        self._fit()
        self._show_figures()
        self.hide()

    @property
    def height_wanted(self) -> int:
        """How much room it needs at the top."""
        return self.sizeHint().height()

    def open(self) -> None:
        """Begin a search, for what is selected if anything is."""
        self._appear()
        if selected := self._selected():
            self.field.setText(selected)
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        self._look()

    def show_found(self, words: str, terms: str, entry: Entry) -> None:
        """Show what a search elsewhere has found, beginning in one message.

        Args:
            words: as the person wrote them.
            terms: what they mean, one term a line, for as long as the words are not changed.
        """
        self._appear()
        self._given = (words, terms)
        self.field.setText(words)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.selectAll()
        self._finder.look_in(terms, entry)

    def end_found(self, words: str) -> None:
        """Leave, if these words were given to :meth:`show_found` and are still here."""
        if words and self.isVisible() and self._given[0] == self.field.text() == words:
            self.leave()

    def leave(self) -> None:
        """Close, take the marks away, and give the focus back."""
        before, self._before = self._before, None
        is_here = self.isAncestorOf(QApplication.focusWidget() or self._column)
        self._given = ("", "")
        self.hide()
        self.opened.emit(False)
        self._finder.look("")
        if is_here:
            goal = self._column
            if before is not None and isValid(before) and before.isVisible():
                goal = before
            goal.setFocus(Qt.FocusReason.OtherFocusReason)

    def step(self, by: int) -> None:
        """Go to the next hit or to the one before; a closed bar opens with its last words.

        Opened so, it begins at the first hit from the window on, or at the one before that.
        """
        if not self.isVisible():
            self.open()
            if by > 0 or not self.field.text():
                return
        self._look()
        self._finder.step(by)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Escape, from wherever in the bar."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep Escape from stopping the reply."""
        if _is_escape(event):
            event.accept()
            return True
        return super().event(event)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Be as wide as the column."""
        if isinstance(event, QResizeEvent) and self.isVisible():
            self._fit()
        return False

    def showEvent(self, event: QShowEvent) -> None:
        """Take the place on top."""
        super().showEvent(event)
        self._fit()

    def _lay_out(self) -> None:
        self.field.setMaximumWidth(_WIDEST_FIELD)
        room = self.figures.fontMetrics().horizontalAdvance(_figures(True, True, 9_999, 9_999))
        self.figures.setMinimumWidth(room)
        row = self._row = QHBoxLayout(self)
        row.setSpacing(SPACE[1])
        row.addWidget(self.field, 1)
        row.addWidget(self.figures)
        for button in self.stops[1:]:
            row.addWidget(button)
        row.addStretch()

    def _connect(self) -> None:
        self.field.textChanged.connect(lambda _words: self._look())
        self.field.stepped.connect(self.step)
        self.field.escaped.connect(self.leave)
        self.previous.clicked.connect(lambda: self.step(-1))
        self.next.clicked.connect(lambda: self.step(1))
        self.close_button.clicked.connect(self.leave)
        self._finder.told.connect(self._show_figures)
        self._column.installEventFilter(self)
        self._theme.changed.connect(self._fit)

    def _look(self) -> None:
        if self.isVisible():
            words, terms = self._given
            self._finder.look(terms if words and words == self.field.text() else self.field.text())

    def _appear(self) -> None:
        if not self.isVisible():
            self._before = QApplication.focusWidget()
            self.show()
            self.opened.emit(True)

    def _selected(self) -> str:
        """Return the selected words, if they are on one line."""
        chosen = (text_of(view) for view in self._finder.views())
        words = next(filter(None, (text.selected_text() for text in chosen if text)), "")
        return "" if "\n" in words else words.strip()

    def _show_figures(self) -> None:
        position, total = self._finder.figures()
        words = _figures(bool(self._finder.term), self._finder.is_busy, position, total)
        if words != self.figures.text():
            self.figures.setText(words)
            self.field.setAccessibleDescription(words)
            if words and not self._finder.is_busy and self.isVisible():
                QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.field, words))
        for button in (self.previous, self.next):
            button.setEnabled(total > 0)

    def _fit(self) -> None:
        """Take the column's width, with the parts where the messages begin."""
        beside = (self._column.width() - self._theme.reading_width) // 2
        side = max(SPACE[4], beside)
        begin, end = (SPACE[4], side) if mirror.is_on() else (side, SPACE[4])
        self._row.setContentsMargins(begin, SPACE[1], end, SPACE[1])
        self.setGeometry(0, 0, self._column.width(), self.height_wanted)
        self.raise_()


class FindField(SearchField):
    """The field: Enter goes on, with Shift back; Escape closes."""

    stepped = Signal(int)
    escaped = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Find in conversation"), "Ctrl+F", "find_field")

    def event(self, event: QEvent) -> bool:
        """Keep Escape from stopping the reply."""
        if _is_escape(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the next hit, to the one before, or close."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            is_back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.stepped.emit(-1 if is_back else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)


def _button(theme: Theme, icon: str, words: str, keys: str, name: str) -> IconButton:
    return IconButton(theme, icon, words, keys, size=18, name=name)


def _is_escape(event: QEvent) -> bool:
    is_claim = event.type() == QEvent.Type.ShortcutOverride
    return is_claim and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape


def _figures(is_wanted: bool, is_busy: bool, position: int, total: int) -> str:
    if not is_wanted:
        return ""
    if not total:
        return tr("Looking …") if is_busy else tr("Not found")
    words = count(total)
    if position:
        words = tr("{number} of {total}", number=count(position), total=count(total))
    return f"{words} …" if is_busy else words
