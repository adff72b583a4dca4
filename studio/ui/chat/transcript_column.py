"""A scrolling column of messages that makes only the widgets that can be seen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QHoverEvent, QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QWidget

from studio.chat.conversation import Message
from studio.ui.chat.entry import Entry
from studio.ui.chat.rows import Row
from studio.ui.chat.transcript_focus import next_stop
from studio.ui.chat.transcript_placing import Placed, Placing
from studio.ui.chat.transcript_pool import RowPool
from studio.ui.chat.transcript_views import FooterView, PersonView
from studio.ui.theme import READING_WIDTH, SPACE, Theme, set_look
from studio.ui.widgets.buttons import IconButton
from studio.ui.widgets.code import CodeView
from studio.ui.widgets.markdown.table_view import TableView
from studio.ui.widgets.markdown.text_view import TextView

MARGIN = 320
_NEAR_END = 48
_SIDE = SPACE[4]


class MessageColumn(QAbstractScrollArea):
    """Shows messages, follows the end while it is on show, and tells what people ask for.

    ``copied`` carries a message's text as it was put on the clipboard; ``link_followed`` an
    address that the person wants opened. ``regenerated`` asks for another reply to the last
    question, ``load_anyway_requested`` for the same with a model that may not fit in memory.
    """

    copied = Signal(str)
    link_followed = Signal(str)
    regenerated = Signal()
    load_anyway_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._entries: list[Entry] = []
        self._at_end = True
        self._active: Entry | None = None
        self._is_laying_out = False
        self._pool = RowPool(theme, self.viewport())
        self._placing = Placing(self._entries, self._measure)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.lay_out)
        self._jump = IconButton(theme, "arrow-down", "Jump to the end", "Ctrl+End")
        self.setObjectName("message_column")
        self.setAccessibleName("Conversation")
        self._lay_out_frame()
        theme.changed.connect(self._on_theme_changed)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)
        self._pool.link_followed.connect(self.link_followed)
        self._pool.regenerated.connect(self.regenerated)
        self._pool.load_anyway.connect(self.load_anyway_requested)
        self._pool.selection_begun.connect(self._on_selection_begun)
        self._pool.copied.connect(self._on_copied)
        self._pool.unfolded.connect(self._on_unfolded)
        self._pool.resized.connect(self._on_resized)

    @property
    def entries(self) -> Sequence[Entry]:
        """The messages on show."""
        return self._entries

    @property
    def living_widgets(self) -> int:
        """How many widgets the rows have, lent and spare."""
        return self._pool.living

    @property
    def is_at_end(self) -> bool:
        """Whether the end is on show, so that a growing reply is followed."""
        return self._at_end

    def set_messages(self, messages: Sequence[Message]) -> None:
        """Show other messages, from their end."""
        self._entries[:] = [Entry(each, number == 0) for number, each in enumerate(messages)]
        self._at_end = True
        self._active = None
        self._placing.forget()
        self._mark_last()
        self.lay_out()

    def add(self, message: Message) -> Entry:
        """Add a message at the end and go there."""
        entry = Entry(message, not self._entries)
        self._entries.append(entry)
        self._mark_last()
        self.jump_to_end()
        return entry

    def cut(self, count: int) -> None:
        """Take all messages after the first ``count`` away."""
        del self._entries[count:]
        self._placing.forget()
        self._mark_last()
        self.jump_to_end()

    def entry_of(self, message_id: str) -> Entry | None:
        """Return the entry of a message, looking from the end."""
        found = (entry for entry in reversed(self._entries) if entry.message.id == message_id)
        return next(found, None)

    def jump_to_end(self) -> None:
        """Show the end, and follow what grows there."""
        self._at_end = True
        self.lay_out()

    def lay_out(self, margin: int = MARGIN) -> None:
        """Measure and place what is near the window; cheap when nothing has changed."""
        if self._is_laying_out or self.viewport().width() < 2 * _SIDE:
            return
        self._is_laying_out = True
        try:
            placed = self._placing.place(self.viewport().height(), margin, self._at_end)
            self._show_rows(placed)
            self._settle_bar()
        finally:
            self._is_laying_out = False
        if any(not self._entries[each.entry].is_ready for each in placed):
            self._soon.start()
        self._settle_active(self._active)

    def column(self) -> tuple[int, int]:
        """Return left edge and width of the reading column."""
        room = self.viewport().width()
        width = min(self._theme.scaled(READING_WIDTH), room - 2 * _SIDE)
        return (room - width) // 2, width

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out for the new size."""
        super().resizeEvent(event)
        self._place_jump()
        self.lay_out()

    def scrollContentsBy(self, _dx: int, dy: int) -> None:
        """Move by what the scroll bar moved; far jumps go by guessed heights."""
        if self._is_laying_out:
            return
        bar = self.verticalScrollBar()
        self._at_end = bar.value() >= bar.maximum() - _NEAR_END and (dy <= 0 or self._at_end)
        if abs(dy) > 2 * self.viewport().height():
            self._placing.jump(bar.value())
            self.lay_out(margin=0)
            self._soon.start()
            return
        self._placing.shift(dy)
        self.viewport().scroll(0, dy)
        self.lay_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the beginning or the end; leave the rest to the scroll area."""
        bar = self.verticalScrollBar()
        if event.key() == Qt.Key.Key_End:
            self.jump_to_end()
        elif event.key() == Qt.Key.Key_Home:
            bar.setValue(bar.minimum())
        else:
            super().keyPressEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Show the actions of the message under the pointer."""
        if event.type() == QEvent.Type.HoverMove and isinstance(event, QHoverEvent):
            self._settle_active(self._entry_at(event.position()))
        elif event.type() == QEvent.Type.HoverLeave:
            self._settle_active(None)
        return super().viewportEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Lead the focus through the rows in the order in which they stand."""
        views = (self._pool.view_of(each.row) for each in self._placing.rows)
        stop = next_stop((view for view in views if view is not None), self, forward)
        if stop is None:
            return super().focusNextPrevChild(forward)
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        stop.setFocus(reason)
        return True

    def reveal(self, view: QWidget) -> None:
        """Scroll so that a widget that got the focus can be seen."""
        top = view.mapTo(self.viewport(), view.rect().topLeft()).y()
        bottom = top + view.height()
        if top < 0 or bottom > self.viewport().height():
            bar = self.verticalScrollBar()
            middle = top - (self.viewport().height() - view.height()) // 2
            bar.setValue(bar.value() + middle)

    def _lay_out_frame(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        # An opaque ground lets Qt move the pixels when scrolling, instead of drawing all anew.
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        self.viewport().setAutoFillBackground(True)
        self.verticalScrollBar().setSingleStep(28)
        self._jump.setParent(self)
        set_look(self._jump, "")
        self._jump.clicked.connect(lambda: self.jump_to_end())
        self._jump.hide()

    def _measure(self, row: Row) -> None:
        width = self.column()[1] - row.indent
        if row.measured_at != width:
            row.height = self._pool.lend(row).heightForWidth(width)
            row.measured_at = width

    def _show_rows(self, placed: Sequence[Placed]) -> None:
        left, width = self.column()
        self._pool.keep_only({each.row for each in placed})
        for each in placed:
            row = each.row
            view = self._pool.lend(row)
            top = round(each.top) + row.gap
            view.setGeometry(left + row.indent, top, width - row.indent, round(row.height))
            if view.isHidden():
                view.show()

    def _settle_bar(self) -> None:
        """Show on the scroll bar where we are, without being told to go there."""
        bar = self.verticalScrollBar()
        height = self.viewport().height()
        bar.setPageStep(height)
        bar.setRange(0, max(0, round(self._placing.whole()) - height))
        bar.setValue(bar.maximum() if self._at_end else round(self._placing.above()))
        self._jump.setVisible(not self._at_end and bar.maximum() - bar.value() > _NEAR_END)
        self._jump.raise_()

    def _place_jump(self) -> None:
        self._jump.adjustSize()
        right = self.viewport().width() // 2 - self._jump.width() // 2
        self._jump.move(right, self.viewport().height() - self._jump.height() - SPACE[2])

    def _mark_last(self) -> None:
        for entry in self._entries[-3:]:
            entry.set_last(entry is self._entries[-1])

    def _entry_at(self, point: QPointF) -> Entry | None:
        for each in self._placing.rows:
            if each.top <= point.y() < each.bottom + SPACE[1]:
                return self._entries[each.entry]
        return None

    def _entry_with(self, row: Row) -> Entry | None:
        return next((each for each in self._entries if row in each.rows), None)

    def _settle_active(self, active: Entry | None) -> None:
        self._active = active
        rows = set(active.rows) if active is not None else set()
        for row, view in self._pool.lent():
            if isinstance(view, PersonView | FooterView):
                view.set_active(row in rows or view.isAncestorOf(self._focused()))

    def _focused(self) -> QWidget:
        return self.window().focusWidget() or self.window()

    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Bring what the keyboard has reached into view, with its actions."""
        if now is None or now is self._jump or not self.viewport().isAncestorOf(now):
            return
        self.reveal(now)
        self._settle_active(self._active)

    def _on_theme_changed(self) -> None:
        for entry in self._entries:
            for row in entry.rows:
                row.measured_at = 0
        self.lay_out()

    def _on_selection_begun(self, row: Row) -> None:
        for other, view in self._pool.lent():
            if other is not row and isinstance(view, TextView | CodeView | TableView | PersonView):
                view.clear_selection()

    def _on_copied(self, row: Row) -> None:
        if (entry := self._entry_with(row)) is not None:
            QGuiApplication.clipboard().setText(entry.message.content)
            self.copied.emit(entry.message.content)

    def _on_unfolded(self, row: Row) -> None:
        if (entry := self._entry_with(row)) is not None:
            self._at_end = False
            entry.unfold()
            self.lay_out()

    def _on_resized(self, row: Row) -> None:
        row.measured_at = 0
        QTimer.singleShot(0, self, self.lay_out)
