"""The widget in which a message is put into other words, in the place of the message."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout

from studio.translation import tr
from studio.ui.chat.composer.field import FIELD_MARGIN, Field, MessageEditor
from studio.ui.chat.messages.rows import Wording
from studio.ui.theme import SPACE, Theme
from studio.ui.widgets.buttons import Button
from studio.ui.widgets.growing import Growing
from studio.ui.widgets.labels import label

_SHARE = 0.5
_LEAST = 120


class Sayings(NamedTuple):
    """What is said around the text: on the button that saves it, of the others, and below it."""

    submit: str
    text: str
    cancel: str
    hint: str


class WordingView(Growing):
    """Writes into its :class:`Wording`; ``submitted`` and ``cancelled`` end it.

    The keys for sending send the person's message again; a reply, which has many lines, is saved
    with Ctrl+Enter alone. ``edited`` tells that something was written, ``resized`` that it has
    become higher or lower.
    """

    edited = Signal()
    submitted = Signal()
    cancelled = Signal()

    def __init__(self, theme: Theme, send_with_enter: Callable[[], bool]) -> None:
        super().__init__()
        self._send_with_enter = send_with_enter
        self._wording = Wording("", True)
        self.setObjectName("wording")
        self.editor = WordingEditor(theme, self._sends_with_enter)
        self.editor.setObjectName("wording_text")
        self._field = Field(theme, self.editor)
        self._field.setObjectName("wording_field")
        self._hint = label("", "caption")
        self.cancel = Button(theme, tr("Cancel"), "quiet", name="wording_cancel")
        self.submit = Button(theme, tr("Send again"), "primary", name="wording_submit")
        self._lay_out()
        self.editor.edited.connect(self._on_edited)
        self.editor.submitted.connect(self._submit)
        self.editor.cancelled.connect(self._cancel)
        self.cancel.on_click(self._cancel)
        self.submit.on_click(self._submit)

    def show_piece(self, wording: Wording) -> None:
        """Write into this from now on; the cursor stays when it is the same as before."""
        is_other = wording is not self._wording
        self._wording = wording
        if is_other:
            self.editor.set_text(wording.text)
        self._show_state()

    def text(self) -> str:
        """Return what is written."""
        return self.editor.text()

    def focus_text(self) -> None:
        """Put the keyboard focus into the text."""
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def heightForWidth(self, width: int) -> int:
        """Return the height of the text, up to half of the window, and what is below it."""
        window = self.parentWidget()
        return self.height_in(width, window.height() if window is not None else 0)

    def height_in(self, width: int, room: int) -> int:
        """Return the same in a window that is ``room`` high."""
        self.editor.set_limit(max(_LEAST, round(_SHARE * room)))
        if self.width() != width:  # which tells where the lines end
            self.resize(width, self.height())
        for layout in (self._inside, self._column):  # else what is new to them is known later
            layout.activate()
        return self._column.sizeHint().height()

    def _lay_out(self) -> None:
        inside = self._inside = QVBoxLayout(self._field)
        inside.setContentsMargins(SPACE[2], FIELD_MARGIN, SPACE[1], FIELD_MARGIN)
        inside.addWidget(self.editor)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE[1])
        foot.addWidget(self._hint, 1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.submit)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[1])
        column.addWidget(self._field)
        column.addLayout(foot)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def _sends_with_enter(self) -> bool:
        return self._wording.is_person and self._send_with_enter()

    def _show_state(self) -> None:
        wording, words = self._wording, self._sayings()
        keys = "Return" if self._sends_with_enter() else "Ctrl+Return"
        shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
        self.submit.setText(words.submit)
        self.submit.setAccessibleName(words.submit)
        self.submit.setToolTip(f"{words.submit}  ({shown})")
        self.submit.setEnabled(bool(wording.text.strip()) and not wording.is_sent)
        self.cancel.setEnabled(not wording.is_sent)
        self.cancel.setToolTip(words.cancel)
        self.editor.setReadOnly(wording.is_sent)
        self.editor.setAccessibleName(words.text)
        self._hint.setText(words.hint)

    def _sayings(self) -> Sayings:
        cancel = tr("Leave the message as it is  (Esc)")
        hint = tr("What stands here now stays as a version of its own.")
        if self._wording.is_person:
            return Sayings(tr("Send again"), tr("Other words for your message"), cancel, hint)
        return Sayings(tr("Save as another version"), tr("Other words for the reply"), cancel, hint)

    def _on_edited(self, text: str) -> None:
        if text == self._wording.text:  # it was put in, not written
            return
        self._wording.text = text
        self._show_state()
        self.edited.emit()

    def _submit(self) -> None:
        if self.submit.isEnabled():
            self.submitted.emit()

    def _cancel(self) -> None:
        if self.cancel.isEnabled():
            self.cancelled.emit()


class WordingEditor(MessageEditor):
    """The text; Escape gives it up, and does not stop a reply meanwhile."""

    cancelled = Signal()

    def event(self, event: QEvent) -> bool:
        """Keep Escape for itself."""
        is_claim = event.type() == QEvent.Type.ShortcutOverride
        if is_claim and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Tell whether there are words to paste: nothing can be attached here."""
        return source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take in words; of files, where they are."""
        words = QMimeData()
        words.setText(source.text())
        super().insertFromMimeData(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give up on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)
