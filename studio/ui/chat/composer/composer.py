"""Where a person writes: the field, what answers and how, how full the context is, and Send."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from studio.translation import tr
from studio.ui.chat.composer.field import (
    AROUND_EDITOR,
    FIELD_GAP,
    FIELD_MARGIN,
    Field,
    MessageEditor,
)
from studio.ui.chat.composer.go import GoButton, QueueButton, placeholder
from studio.ui.chat.composer.pickers import ModelPicker, PickerPill, PresetPicker
from studio.ui.chat.composer.shape_button import ShapeButton
from studio.ui.chat.composer.think_button import ThinkButton
from studio.ui.theme import SPACE, Theme
from studio.ui.widgets.badge import Badge
from studio.ui.widgets.buttons import IconButton
from studio.ui.widgets.meter import Meter
from studio.ui.widgets.quantities import count

if TYPE_CHECKING:
    from studio.chat.presets.presets import Preset
    from studio.errors import StudioError
    from studio.library.shelf import ShelfModel


class Composer(QWidget):
    """Writes one message. The text stays until its owner calls ``clear``.

    ``sent`` and ``edited`` carry the whole text; ``edited`` comes after every change, also one
    by ``set_text`` and ``clear``. ``model_chosen`` carries a model's name, ``preset_chosen`` the
    ``name`` of a preset; the pills change only when the owner says so. ``files_pasted`` carries
    the QMimeData of a clipboard with files or a picture; ``refusal`` is asked before a message is
    taken on its way, and returns why what is attached to it cannot go along.
    """

    sent = Signal(str)
    stopped = Signal()
    edited = Signal(str)
    model_chosen = Signal(str)
    preset_chosen = Signal(str)
    attach_wanted = Signal()
    context_asked = Signal()
    files_pasted = Signal(object)

    def __init__(self, theme: Theme, send_with_enter: Callable[[], bool]) -> None:
        super().__init__()
        self._send_with_enter = send_with_enter
        self._is_running = False
        self._blocked = ""
        self._tells_reason = True
        self._example = ""
        self._elsewhere = ""
        self.setObjectName("composer")
        self.setAccessibleName(tr("Write a message"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._editor = MessageEditor(theme, send_with_enter)
        self._reason = Badge(theme)
        self._reason.setObjectName("composer_reason")
        self._model = PickerPill(theme, tr("Model"), "box", "model")
        self._models = ModelPicker(theme, self._model)
        self.attach = IconButton(
            theme, "paperclip", tr("Attach a file"), "Ctrl+Shift+A", name="attach_a_file"
        )
        self.refusal: Callable[[], StudioError | None] = lambda: None
        self._around = 0
        self._limit = 0
        self._preset = PickerPill(theme, tr("Preset"), "sliders-horizontal", "preset")
        self._presets = PresetPicker(theme, self._preset)
        self.shape, self.think = ShapeButton(theme), ThinkButton(theme)
        self._ring = Meter(theme)
        self._queue = QueueButton(theme)
        self._go = GoButton(theme)
        self._field = Field(theme, self._editor)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self._editor)
        self.set_context(None, None)
        self._show_state()

    @property
    def ring(self) -> Meter:
        """How full the context is."""
        return self._ring

    def text(self) -> str:
        """Return what was written."""
        return self._editor.text()

    def set_text(self, text: str) -> None:
        """Show another text, with the cursor at its end."""
        self._editor.set_text(text)

    def add_example(self, text: str) -> None:
        """Write an example, below what the person wrote and in place of another example."""
        self._editor.add_text(text, self._example)
        self._example = text
        self.focus_text()

    def clear(self) -> None:
        """Empty the field."""
        self._editor.set_text("")

    def focus_text(self) -> None:
        """Put the keyboard focus into the text."""
        self._editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_limit(self, px: int) -> None:
        """Set the greatest height of the field; beyond it the text scrolls."""
        self._limit = px
        self._editor.set_limit(px - AROUND_EDITOR - self._around)

    def add_above(self, part: QWidget) -> None:
        """Put something into the field, above the text."""
        self._inside.insertWidget(0, part)

    def set_around(self, px: int) -> None:
        """Say how high that is, so that the field keeps to its greatest height."""
        self._around = px
        self.set_limit(self._limit)

    def set_running(self, running: bool) -> None:
        """Offer Stop while a reply runs, and Send otherwise; what is sent meanwhile waits."""
        self._is_running = running
        self.set_elsewhere(self._elsewhere if running else "")

    @property
    def is_running(self) -> bool:
        """Whether a reply runs, in the chat on show or in another."""
        return self._is_running

    def set_elsewhere(self, title: str) -> None:
        """Say in which other chat that reply runs; an empty title stands for the one on show."""
        self._elsewhere = title
        self._editor.set_placeholder(placeholder(self._is_running, title))
        self._show_state()

    def set_blocked(self, reason: str) -> None:
        """Say why nothing can be sent; an empty reason lets it be sent again."""
        self._blocked = reason
        self._reason.set_verdict(reason, "muted")
        self._reason.setVisible(bool(reason) and self._tells_reason)
        self._show_state()

    def set_reason_told(self, told: bool) -> None:
        """Say whether something above tells already why nothing can be sent."""
        self._tells_reason = not told
        self._reason.setVisible(bool(self._blocked) and not told)

    def set_context(self, tokens: int | None, limit: int | None) -> None:
        """Show how many tokens of the context are in use, if both are known."""
        _show_use(self._ring, tokens, limit)

    def set_model(self, name: str) -> None:
        """Show which model answers, by its name."""
        self._model.show_title(name)

    def set_models(self, models: Sequence[ShelfModel]) -> None:
        """Offer these models."""
        self._models.set_models(models)

    def set_preset(self, title: str) -> None:
        """Show which preset holds, by its title."""
        self._preset.show_title(title)

    def set_presets(self, presets: Sequence[Preset]) -> None:
        """Offer these presets."""
        self._presets.set_presets(presets)

    def _lay_out(self) -> None:
        first = (self.attach, self._model, self._preset, self.shape, self.think)
        row = _row(first, (self._ring, self._queue, self._go))
        inside = self._inside = QVBoxLayout(self._field)
        inside.setContentsMargins(SPACE[1], FIELD_MARGIN, SPACE[1], SPACE[1])
        inside.setSpacing(FIELD_GAP)
        text = QHBoxLayout()
        text.setSpacing(0)
        text.addSpacing(SPACE[0])
        text.addWidget(self._editor)
        inside.addLayout(text)
        inside.addLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[1])
        self._reason.setContentsMargins(SPACE[2], 0, SPACE[2], 0)
        self._reason.hide()
        column.addWidget(self._reason)
        column.addWidget(self._field)

    def _connect(self) -> None:
        self._model.picker = self._models
        self._preset.picker = self._presets
        self._models.chosen.connect(self.model_chosen)
        self._presets.chosen.connect(self.preset_chosen)
        self._editor.edited.connect(self._on_edited)
        self._editor.submitted.connect(self._send)
        self._editor.focus_changed.connect(self._show_state)
        self._ring.clicked.connect(lambda: self.context_asked.emit())
        self._go.on_click(lambda: self.stopped.emit() if self._is_running else self._send())
        self._queue.on_click(self._send)
        self.attach.clicked.connect(lambda: self.attach_wanted.emit())
        self._editor.files_pasted.connect(self.files_pasted)

    def _can_send(self) -> bool:
        return not self._blocked and bool(self.text().strip())

    def _send(self) -> None:
        if self._can_send():
            self.sent.emit(self.text())

    def _on_edited(self, text: str) -> None:
        self._show_state()
        self.edited.emit(text)

    def _show_state(self) -> None:
        enabled = self._is_running or self._can_send()
        if not enabled and self._go.hasFocus():
            self.focus_text()  # a disabled button would hand the focus to just anything
        self._go.setEnabled(enabled)
        keys = "Return" if self._send_with_enter() else "Ctrl+Return"
        waits, elsewhere = self._is_running and self._can_send(), self._elsewhere
        self._queue.offer(waits, keys, self._editor, elsewhere)
        self._go.offer(self._is_running, keys, self._blocked, elsewhere)


def _row(first: Sequence[QWidget], last: Sequence[QWidget]) -> QHBoxLayout:
    """Return the line below the text, with room between what begins it and what ends it."""
    row = QHBoxLayout()
    row.setSpacing(SPACE[0])
    for part in first:
        row.addWidget(part)
    row.addStretch()
    for part in last:
        row.addWidget(part)
    return row


def _show_use(ring: Meter, tokens: int | None, limit: int | None) -> None:
    if tokens is None or not limit:
        ring.set_use(0, 0)
        ring.setToolTip(tr("How full the context is shows once a model is loaded"))
    else:
        ring.set_use(tokens, limit)
        ring.setToolTip(tr("{used} of {limit} tokens", used=count(tokens), limit=count(limit)))
