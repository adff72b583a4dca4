"""The messages that wait, between the running reply and the composer: edited, withdrawn, sent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from studio.translation import tr
from studio.ui.chat.composer.field import FIELD_MARGIN, Field
from studio.ui.chat.messages.wording_view import WordingEditor
from studio.ui.theme import CONTROL, CONTROL_HEIGHT, SPACE, Theme
from studio.ui.widgets.buttons import Button, IconButton
from studio.ui.widgets.card import draw_card
from studio.ui.widgets.labels import ElidedLabel, label

if TYPE_CHECKING:
    from studio.chat.queue import Queued

_ROWS_SEEN = 3.5
_EDITOR_SHARE = 120
_ICON = 16


class QueueStrip(QWidget):
    """Shows what waits in one conversation, the next one first.

    ``edited`` carries an id and other words for the message; ``withdrawn`` and ``wanted_now`` an
    id; ``editing_ended`` comes when nothing is being edited any more.
    """

    edited = Signal(str, str)
    editing_ended = Signal()
    withdrawn = Signal(str)
    wanted_now = Signal(str)

    def __init__(self, theme: Theme, send_with_enter: Callable[[], bool]) -> None:
        super().__init__()
        self._theme = theme
        self._send_with_enter = send_with_enter
        self._items: tuple[Queued, ...] = ()
        self._editor: _Editing | None = None
        self.editing = ""
        self.setObjectName("queue_strip")
        self.setAccessibleName(tr("Waiting messages"))
        self._head = label("", "caption", wrap=True)
        self._head.setObjectName("queue_head")
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        inside = QWidget()
        inside.setLayout(self._rows)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inside)
        inside.installEventFilter(self)
        for ground in (inside, self._scroll.viewport()):
            ground.setAutoFillBackground(False)
        self._scroll.setStyleSheet(
            "QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; }"
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE[2], SPACE[1], SPACE[1], SPACE[1])
        column.setSpacing(SPACE[0])
        column.addWidget(self._head)
        column.addWidget(self._scroll)
        self.hide()

    def show_items(self, items: Sequence[Queued], told: str, *, runs: bool) -> None:
        """Show these messages, and in a sentence what they wait for.

        Args:
            runs: something is being written, which sending now would stop.
        """
        if self.editing and self.editing not in {item.id for item in items}:
            self._leave()
        self._head.setText(told)
        self._items = tuple(items)
        self._fill(runs=runs)
        self.setVisible(bool(items))

    def edit(self, queued_id: str) -> None:
        """Put one of the messages into other words, in its place."""
        self.editing = queued_id
        self._fill(runs=False)
        if self._editor is not None:
            self._editor.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Be as high as the rows are, also while one of them is written in."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground."""
        draw_card(self, self._theme, "raised")

    def _fill(self, *, runs: bool) -> None:
        kept = self._editor if self.editing and self._editor else None
        if kept is not None and kept.queued_id != self.editing:
            kept = None
        while (taken := self._rows.takeAt(0)) is not None:
            row = taken.widget()
            if row is not None and row is not kept:
                row.hide()
                row.setObjectName("")  # it is there until the event loop comes round
                row.deleteLater()
        self._editor = None
        for item in self._items:
            if item.id == self.editing:
                self._editor = kept or self._editing(item)
                self._rows.addWidget(self._editor)
            else:
                self._rows.addWidget(self._row(item, runs=runs))
        self._fit()

    def _row(self, item: Queued, *, runs: bool) -> _Row:
        row = _Row(self._theme, item, runs=runs)
        row.edit.clicked.connect(lambda: self.edit(item.id))
        row.withdraw.clicked.connect(lambda: self.withdrawn.emit(item.id))
        row.now.clicked.connect(lambda: self.wanted_now.emit(item.id))
        return row

    def _editing(self, item: Queued) -> _Editing:
        editing = _Editing(self._theme, item, self._send_with_enter)
        editing.saved.connect(lambda text: self._end(item.id, text))
        editing.cancelled.connect(lambda: self._end(item.id, ""))
        return editing

    def _end(self, queued_id: str, text: str) -> None:
        self.editing = ""
        if text:
            self.edited.emit(queued_id, text)
        self.editing_ended.emit()

    def _leave(self) -> None:
        """Keep the words of a message that is no longer on show."""
        left, self.editing = self._editor, ""
        if left is not None and left.is_other:
            self.edited.emit(left.queued_id, left.text.text())
        QTimer.singleShot(0, self, self.editing_ended.emit)  # once what comes on show stands

    def _fit(self) -> None:
        places = (self._rows.itemAt(place) for place in range(self._rows.count()))
        rows = (place.widget() for place in places if place is not None)
        high = sum(row.sizeHint().height() for row in rows if row is not None)
        most = round(_ROWS_SEEN * CONTROL_HEIGHT) + (_EDITOR_SHARE if self._editor else 0)
        self._scroll.setFixedHeight(min(high, most))


class _Row(QWidget):
    """One message in one line, and what can be done with it."""

    def __init__(self, theme: Theme, item: Queued, *, runs: bool) -> None:
        super().__init__()
        self.setObjectName(f"queued_{item.id}")
        words = " ".join(item.text.split())
        text = ElidedLabel(theme, words, CONTROL)
        self.now = Button(theme, tr("Send now"), "quiet", name="queued_now")
        self.now.setAccessibleName(tr("Send now: {words}", words=words[:80]))
        stop = tr("Stop the reply and send this at once")
        self.now.setToolTip(stop if runs else tr("Send this at once"))
        self.edit = IconButton(theme, "pencil", tr("Edit"), size=_ICON, name="queued_edit")
        self.edit.setAccessibleName(tr("Edit: {words}", words=words[:80]))
        self.withdraw = IconButton(theme, "x", tr("Withdraw"), size=_ICON, name="queued_withdraw")
        self.withdraw.setAccessibleName(tr("Withdraw: {words}", words=words[:80]))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE[0])
        row.addWidget(text, 1)
        for button in (self.now, self.edit, self.withdraw):
            row.addWidget(button)


class _Editing(QWidget):
    """A message in other words; ``saved`` carries them."""

    saved = Signal(str)
    cancelled = Signal()

    def __init__(self, theme: Theme, item: Queued, send_with_enter: Callable[[], bool]) -> None:
        super().__init__()
        self.queued_id = item.id
        self._before = item.text
        self.text = WordingEditor(theme, send_with_enter)
        self.text.setObjectName("queued_text")
        self.text.setAccessibleName(tr("Other words for the waiting message"))
        self.text.set_limit(_EDITOR_SHARE)
        field = Field(theme, self.text)
        inside = QVBoxLayout(field)
        inside.setContentsMargins(SPACE[2], FIELD_MARGIN, SPACE[1], FIELD_MARGIN)
        inside.addWidget(self.text)
        self._save = Button(theme, tr("Save"), "primary", name="queued_save").on_click(self._end)
        cancel = Button(theme, tr("Cancel"), "quiet", name="queued_cancel")
        cancel.on_click(self.cancelled.emit)
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(cancel)
        foot.addWidget(self._save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE[0], 0, SPACE[0])
        column.setSpacing(SPACE[1])
        column.addWidget(field)
        column.addLayout(foot)
        self.text.edited.connect(lambda text: self._save.setEnabled(bool(text.strip())))
        self.text.submitted.connect(self._end)
        self.text.cancelled.connect(self.cancelled)
        self.text.set_text(item.text)

    @property
    def is_other(self) -> bool:
        """Whether there are words in it, and other ones than before."""
        text = self.text.text()
        return bool(text.strip()) and text != self._before

    def _end(self) -> None:
        if self._save.isEnabled():
            self.saved.emit(self.text.text())
