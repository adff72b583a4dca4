"""The command palette: one field over the window that finds whatever can be done or opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget
from shiboken6 import isValid

from studio.translation import mark, tr
from studio.ui.palette.items import Background, Candidate, Item, Items, candidates
from studio.ui.palette.ranking import Ranking
from studio.ui.palette.rows import ITEM, PaletteRows, PaletteView
from studio.ui.relay import Relay
from studio.ui.theme import CAPTION, SPACE, Theme, set_look
from studio.ui.widgets.labels import ElidedLabel, label
from studio.ui.widgets.plain_rows import Index
from studio.ui.widgets.row_teller import RowTeller
from studio.ui.widgets.search_field import SearchField

_WIDTH, _HEIGHT, _TOP_SHARE = 600, 460, 0.11
_VEIL = 140  # of 255
_PAGE = 8
_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Tab: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Backtab: -1,
    Qt.Key.Key_PageDown: _PAGE,
    Qt.Key.Key_PageUp: -_PAGE,
}
_LOOKING = mark("Looking through what is stored …")
_HINT = mark("Up and Down choose, Enter does it, Esc closes")


class CommandPalette(QWidget):
    """Lies over ``host`` while it is open; hands the focus back to where it was.

    ``commands`` are asked for at each opening, on the window's thread; each of the ``offers`` too,
    which may come with what runs it off that thread.
    """

    def __init__(
        self,
        theme: Theme,
        host: QWidget,
        commands: Callable[[], Items],
        offers: Sequence[tuple[Callable[[], Items], Background | None]] = (),
    ) -> None:
        super().__init__(host)
        self._theme = theme
        self._host = host
        self._commands = commands
        self._offers = offers
        self._before: QWidget | None = None
        self._opening = 0
        self._waiting = 0
        self._is_awaited = False
        self._has_moved = False
        self._relay = Relay(self)
        self.setObjectName("command_palette")
        self.setAccessibleName(tr("Command palette"))
        self.field = PaletteField(theme)
        self.rows = PaletteRows()
        self.rows.setParent(self)
        self.list = PaletteView(theme, self.rows)
        self._nothing = label("", "muted", wrap=True)
        self._nothing.setObjectName("palette_nothing")
        self._teller = RowTeller(self.list, self.field, self._nothing.text)
        self._card = QFrame(self)
        self._ranking = Ranking(self)
        self._lay_out()
        self._connect()
        self.hide()

    def toggle(self) -> None:
        """Open, or close when open."""
        if self.isVisible():
            self.leave()
        else:
            self.open()

    def open(self) -> None:
        """Show everything that can be done, and begin typing."""
        self._before = QApplication.focusWidget()
        self._opening += 1
        self._waiting = 0
        self._is_awaited = self._has_moved = False
        self.field.clear()
        self._teller.forget()
        self._ranking.clear()
        self._ranking.look("")
        self._ranking.add(candidates(self._commands()))
        self._place()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)
        self._teller.tell()
        for more, background in self._offers:
            self._ask(more, background)

    def leave(self) -> None:
        """Close, and give the focus back."""
        if not self.isVisible():
            return
        before, self._before = self._before, None
        is_here = self.isAncestorOf(QApplication.focusWidget() or self._host)
        if is_here:  # before it hides, or the focus would pass through some other part
            goal = self._host
            if before is not None and isValid(before) and before.isVisible():
                goal = before
            goal.setFocus(Qt.FocusReason.PopupFocusReason)  # which leads here once more
        self.hide()
        self._ranking.clear()

    def choose(self) -> None:
        """Close and do what is under the cursor; waits for the answer to what was just typed."""
        self._is_awaited = self._ranking.is_busy and not self._has_moved
        item: Item | None = self.list.currentIndex().data(ITEM)
        if item is None or self._is_awaited:
            return
        self.leave()
        item.act()

    def step(self, by: int) -> None:
        """Move the cursor; past an end it goes on at the other one."""
        count = self.rows.rowCount()
        if not count:
            return
        self._has_moved = True
        row = self.list.currentIndex().row() + by
        row = row % count if abs(by) == 1 else max(0, min(count - 1, row))
        self.list.setCurrentIndex(self.rows.index(row, 0))
        self._teller.tell()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Follow the size of the window."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Close on a click beside the card."""
        if not self._card.geometry().contains(event.position().toPoint()):
            self.leave()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Lay a thin veil over the window, so that the card stands out."""
        painter = QPainter(self)
        veil = QColor(self._theme.color("bg"))
        veil.setAlpha(_VEIL)
        painter.fillRect(self.rect(), veil)
        painter.end()

    def _lay_out(self) -> None:
        set_look(self._card, "card")
        column = self._column = QVBoxLayout(self._card)
        column.setContentsMargins(SPACE[2], SPACE[2], SPACE[2], SPACE[1])
        column.setSpacing(SPACE[1])
        column.addWidget(self.field)
        self._nothing.setContentsMargins(SPACE[1], SPACE[1], SPACE[1], SPACE[1])
        column.addWidget(self._nothing)
        column.addWidget(self.list, 1)
        column.addWidget(ElidedLabel(self._theme, tr(_HINT), CAPTION, token="faint"))

    def _connect(self) -> None:
        self.field.textChanged.connect(self._on_typed)
        self.field.stepped.connect(self.step)
        self.field.entered.connect(self.choose)
        self.field.escaped.connect(self.leave)
        self.list.clicked.connect(self._on_clicked)
        self._ranking.ranked.connect(self._on_ranked)
        self._host.installEventFilter(self)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

    def _ask(self, more: Callable[[], Items], background: Background | None) -> None:
        self._waiting += 1
        told = partial(self._on_told, self._opening)
        if background is None:
            _answer(more, told)
        else:
            background(partial(_answer, more, self._relay.wrap(told)))

    def _on_told(self, opening: int, found: list[Candidate]) -> None:
        if self.isVisible() and opening == self._opening:
            self._waiting = max(0, self._waiting - 1)
            self._ranking.add(found)

    def _on_typed(self, words: str) -> None:
        self._has_moved = self._is_awaited = False
        if self.isVisible():
            self._ranking.look(words)

    def _on_ranked(self, items: list[Item]) -> None:
        kept = self.list.currentIndex().data(ITEM) if self._has_moved else None
        self.rows.set_items(items, self._ranking.terms)
        row = items.index(kept) if kept in items else 0
        self.list.setCurrentIndex(self.rows.index(row, 0))
        nothing = tr(
            "Nothing is called “{words}”. Try fewer letters.", words=self.field.text().strip()
        )
        self._nothing.setText(tr(_LOOKING) if self._waiting else nothing)
        self._nothing.setVisible(not items)
        self.list.setVisible(bool(items))
        self._place()
        self._teller.tell()
        if self._is_awaited and not self._ranking.is_busy:
            self.choose()

    def _on_clicked(self, index: Index) -> None:
        self.list.setCurrentIndex(self.rows.index(index.row(), 0))
        self.choose()

    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        if self.isVisible() and now is not None and not self.isAncestorOf(now):
            self.leave()

    def _place(self) -> None:
        self.setGeometry(self._host.rect())
        width = min(_WIDTH, self.width() - 2 * SPACE[4])
        top = round(self.height() * _TOP_SHARE)
        column = self._column
        least = column.totalMinimumSize().height()
        if column.hasHeightForWidth():
            least = column.totalMinimumHeightForWidth(width)
        rows = self.list.wanted_height() - self.list.minimumSizeHint().height()
        height = min(_HEIGHT, least + max(0, rows), self.height() - top - SPACE[4])
        self._card.setGeometry((self.width() - width) // 2, top, width, height)


class PaletteField(SearchField):
    """The field: keys that move and choose are told, the others type."""

    stepped = Signal(int)
    entered = Signal()
    escaped = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Find a command, chat, model or setting"))
        self.setObjectName("palette_field")

    def event(self, event: QEvent) -> bool:
        """Keep Escape from stopping a reply, and Tab from leaving."""
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress and event.key() in _STEPS:
                self.stepped.emit(_STEPS[Qt.Key(event.key())])
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose on Return, close on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)


def _answer(more: Callable[[], Items], told: Callable[[list[Candidate]], object]) -> None:
    found: list[Candidate] = []
    try:
        found = candidates(more())
    finally:  # what it raises is told by whoever runs it
        told(found)
