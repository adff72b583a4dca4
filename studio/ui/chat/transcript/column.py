"""A scrolling column of messages that makes only the widgets that can be seen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QHoverEvent, QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QWidget

from studio.chat.conversation import Message
from studio.translation import tr
from studio.ui.chat.messages.entry import Entry
from studio.ui.chat.messages.pool import RowPool
from studio.ui.chat.messages.rows import Row
from studio.ui.chat.messages.views import JumpButton
from studio.ui.chat.transcript.attention import Attention
from studio.ui.chat.transcript.focus import TabOrder, hidden_by
from studio.ui.chat.transcript.placing import Placing
from studio.ui.chat.transcript.rehearsal import Rehearsal
from studio.ui.chat.transcript.speech import tell_speakers
from studio.ui.chat.transcript.stage import Stage
from studio.ui.theme import READING_WIDTH, Theme

MARGIN = 320
_NEAR_END = 16
_STEP = 28


class MessageColumn(QAbstractScrollArea):
    """Shows messages, follows the end while it is on show, and tells what people ask for.

    ``copied`` carries a message's text as it was put on the clipboard; ``link_followed`` an
    address that the person wants opened. ``regenerated`` asks for another reply to the last
    question, ``load_anyway_requested`` for the same with a model that may not fit in memory.
    """

    copied = Signal(str)
    link_followed = Signal(str)
    attachment_opened = Signal(object)
    regenerated = Signal()
    load_anyway_requested = Signal()
    _entry_kind: type[Entry] = Entry

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._entries: list[Entry] = []
        self._at_end = True
        self._is_laying_out = False
        self._pool = RowPool(theme, self.viewport())
        self._attention = Attention(self._pool, self)
        self._stage = Stage(theme, self, self._pool)
        self._placing = Placing(self._entries, self._stage.measure)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._go_on)
        self._jump = JumpButton(theme, self.viewport())
        self._jump.clicked.connect(self.jump_to_end)
        self._order = TabOrder(self, self._pool, self._jump)
        self.setAccessibleName(tr("Conversation"))
        _dress(self)
        theme.settled.connect(self._placing.unmeasure)
        theme.settled.connect(self._soon.start)  # for what is out of sight
        theme.settled.connect(self.lay_out)  # before words in the new type are drawn
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)
        self._pool.link_followed.connect(self.link_followed)
        self._pool.attachment_opened.connect(self.attachment_opened)
        self._pool.regenerated.connect(self.regenerated)
        self._pool.load_anyway.connect(self.load_anyway_requested)
        self._pool.copied.connect(self._on_copied)
        self._pool.unfolded.connect(self._on_unfolded)
        self._pool.resized.connect(self._on_resized)

    def rehearse(self) -> None:
        """Make the first widgets in idle moments, ahead of the first message."""
        Rehearsal(self._pool, READING_WIDTH, self)

    @property
    def entries(self) -> Sequence[Entry]:
        """The messages on show."""
        return self._entries

    @property
    def living_widgets(self) -> int:
        """How many widgets the rows have, lent and spare."""
        return self._pool.living

    def set_messages(self, messages: Sequence[Message]) -> None:
        """Show other messages, from their end."""
        self._entries[:] = [self._entry_for(each, n == 0) for n, each in enumerate(messages)]
        self._at_end = True
        self._attention.turn_to(None)
        self._placing.forget()
        self._mark_last()
        self.lay_out()

    def add(self, message: Message) -> Entry:
        """Add a message at the end and go there."""
        entry = self._entry_for(message, not self._entries)
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

    def lay_out(self) -> None:
        """Measure and place what is near the window; cheap when nothing has changed."""
        self._lay_out_within(MARGIN)

    def _lay_out_within(self, margin: int) -> None:
        if self._is_laying_out or not self._stage.is_usable:
            return
        self._is_laying_out = True
        try:
            later, height = self._soon.isActive(), self.viewport().height()
            placed = self._placing.place(height, margin, self._at_end, later)
            self._stage.show(placed)
            self._order.follow(placed)
            tell_speakers(placed, self._entries, self._pool)
            self._settle_bar()
        finally:
            self._is_laying_out = False
        if not self._placing.is_settled:
            self._soon.start()
        self._attention.settle()

    def _go_on(self) -> None:
        """Parse the next part of what is near the window; lay out once all of that is there."""
        if self._placing.parse_on():
            self._soon.start()
        else:
            self.lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out for the new size."""
        super().resizeEvent(event)
        self.lay_out()

    def scrollContentsBy(self, _dx: int, dy: int) -> None:
        """Move by what the scroll bar moved; far jumps go by guessed heights."""
        if self._is_laying_out:
            return
        bar = self.verticalScrollBar()
        self._at_end = bar.value() >= bar.maximum() - (_NEAR_END if dy < 0 else 0)
        if abs(dy) > 2 * self.viewport().height():
            self._placing.jump(bar.value())
            self._lay_out_within(0)
            self._soon.start()
            return
        self._placing.shift(dy)
        self.viewport().scroll(0, dy)
        self.lay_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the beginning or the end; leave the rest to the scroll area."""
        if event.key() == Qt.Key.Key_End:
            self.jump_to_end()
        elif event.key() == Qt.Key.Key_Home:
            self.verticalScrollBar().setValue(0)
        else:
            super().keyPressEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Show the actions of the message under the pointer."""
        if event.type() == QEvent.Type.HoverMove and isinstance(event, QHoverEvent):
            self._attention.turn_to(self._placing.entry_at(event.position().y()))
        elif event.type() == QEvent.Type.HoverLeave:
            self._attention.turn_to(None)
        return super().viewportEvent(event)

    def _settle_bar(self) -> None:
        """Show on the scroll bar where we are, without being told to go there."""
        bar = self.verticalScrollBar()
        height = self.viewport().height()
        bar.setPageStep(height)
        bar.setRange(0, max(0, round(self._placing.whole()) - height))
        bar.setValue(bar.maximum() if self._at_end else round(self._placing.above()))
        is_away = not self._at_end and bar.maximum() - bar.value() > _NEAR_END
        self._jump.offer(is_away, self._stage.end)

    def _mark_last(self) -> None:
        for entry in self._entries[-3:]:
            entry.set_last(entry is self._entries[-1])

    def _entry_for(self, message: Message, is_first: bool) -> Entry:
        return self._entry_kind(message, is_first)

    def _entry_with(self, row: Row) -> Entry | None:
        return next((each for each in self._entries if row in each.rows), None)

    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Bring what the keyboard has reached into view, with its actions."""
        if now is None or now is self._jump or not self.viewport().isAncestorOf(now):
            return
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + hidden_by(now, self.viewport()))
        self._attention.settle()

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


def _dress(area: QAbstractScrollArea) -> None:
    area.setObjectName("message_column")
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    area.verticalScrollBar().setSingleStep(_STEP)
    ground = area.viewport()
    ground.setAttribute(Qt.WidgetAttribute.WA_Hover)
    # Qt moves pixels when scrolling, instead of drawing all anew, only if the ground is opaque
    # and nothing lies over it; which is also why the jump button is one of its children.
    ground.setBackgroundRole(QPalette.ColorRole.Window)
    ground.setAutoFillBackground(True)
