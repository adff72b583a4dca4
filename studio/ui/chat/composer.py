"""Where a person writes: the field, what answers and how, how full the context is, and Send."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolTip, QVBoxLayout, QWidget

from studio.ui.chat.composer_field import (
    AROUND_EDITOR,
    FIELD_GAP,
    FIELD_MARGIN,
    Field,
    MessageEditor,
)
from studio.ui.chat.pickers import ModelPicker, PickerPill, PresetPicker
from studio.ui.theme import SPACE, Theme
from studio.ui.widgets.badge import Badge
from studio.ui.widgets.buttons import Button
from studio.ui.widgets.meter import Meter
from studio.ui.widgets.quantities import count

if TYPE_CHECKING:
    from studio.chat.presets import Preset
    from studio.library.shelf import ShelfModel

_GO_WIDTH = 40


class Composer(QWidget):
    """Writes one message. The text stays until its owner calls ``clear``.

    ``sent`` and ``edited`` carry the whole text; ``edited`` comes after every change, also one
    by ``set_text`` and ``clear``. ``model_chosen`` carries a model's name, ``preset_chosen`` the
    ``name`` of a preset; the pills change only when the owner says so.
    """

    sent = Signal(str)
    stopped = Signal()
    edited = Signal(str)
    model_chosen = Signal(str)
    preset_chosen = Signal(str)

    def __init__(self, theme: Theme, send_with_enter: Callable[[], bool]) -> None:
        super().__init__()
        self._send_with_enter = send_with_enter
        self._is_running = False
        self._blocked = ""
        self._tells_reason = True
        self.setObjectName("composer")
        self.setAccessibleName("Write a message")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._editor = MessageEditor(theme, send_with_enter)
        self._reason = Badge(theme)
        self._reason.setObjectName("composer_reason")
        self._model = PickerPill(theme, "Model", "box")
        self._models = ModelPicker(theme, self._model)
        self._preset = PickerPill(theme, "Preset", "sliders-horizontal")
        self._presets = PresetPicker(theme, self._preset)
        self._ring = Meter(theme)
        self._go = _GoButton(theme)
        self._field = Field(theme, self._editor)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self._editor)
        self.set_context(None, None)
        self._show_state()

    def text(self) -> str:
        """Return what was written."""
        return self._editor.text()

    def set_text(self, text: str) -> None:
        """Show another text, with the cursor at its end."""
        self._editor.set_text(text)

    def clear(self) -> None:
        """Empty the field."""
        self._editor.set_text("")

    def focus_text(self) -> None:
        """Put the keyboard focus into the text."""
        self._editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_limit(self, px: int) -> None:
        """Set the greatest height of the field; beyond it the text scrolls."""
        self._editor.set_limit(px - AROUND_EDITOR)

    def set_running(self, running: bool) -> None:
        """Offer Stop while a reply runs, and Send otherwise."""
        self._is_running = running
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
        if tokens is None or not limit:
            self._ring.set_use(0, 0)
            self._ring.setToolTip("How full the context is shows once a model is loaded")
        else:
            self._ring.set_use(tokens, limit)
            self._ring.setToolTip(f"{count(tokens)} of {count(limit)} tokens")

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
        row = QHBoxLayout()
        row.setSpacing(SPACE[1])
        row.addWidget(self._model)
        row.addWidget(self._preset)
        row.addStretch()
        row.addWidget(self._ring)
        row.addWidget(self._go)
        inside = QVBoxLayout(self._field)
        inside.setContentsMargins(SPACE[1], FIELD_MARGIN, SPACE[1], SPACE[1])
        inside.setSpacing(FIELD_GAP)
        text = QHBoxLayout()
        text.setContentsMargins(SPACE[0], 0, 0, 0)
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
        self._ring.clicked.connect(self._tell_context)
        self._go.clicked.connect(self._on_go_clicked)

    def _can_send(self) -> bool:
        return not self._is_running and not self._blocked and bool(self.text().strip())

    def _send(self) -> None:
        if self._can_send():
            self.sent.emit(self.text())

    def _on_go_clicked(self) -> None:
        if self._is_running:
            self.stopped.emit()
        else:
            self._send()

    def _on_edited(self, text: str) -> None:
        self._show_state()
        self.edited.emit(text)

    def _show_state(self) -> None:
        enabled = self._is_running or self._can_send()
        if not enabled and self._go.hasFocus():
            self.focus_text()  # a disabled button would hand the focus to just anything
        self._go.setEnabled(enabled)
        if self._is_running:
            self._go.show_stop()
        else:
            keys = "Return" if self._send_with_enter() else "Ctrl+Return"
            self._go.show_send(keys, self._blocked)

    def _tell_context(self) -> None:
        spot = self._ring.mapToGlobal(QPoint(0, -2 * self._ring.height()))
        QToolTip.showText(spot, self._ring.toolTip(), self._ring)


class _GoButton(Button):
    """Send, or Stop in its place; its object name is ``send`` or ``stop`` accordingly."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "", "primary", "arrow-up", "send")
        self.setFixedWidth(_GO_WIDTH)

    def show_send(self, shortcut: str, blocked: str) -> None:
        """Offer to send; ``blocked`` tells why it cannot be done."""
        keys = QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)
        self._show("send", "Send", blocked or f"Send  ({keys})", "arrow-up")

    def show_stop(self) -> None:
        """Offer to stop."""
        keys = QKeySequence("Esc").toString(QKeySequence.SequenceFormat.NativeText)
        self._show("stop", "Stop the reply", f"Stop the reply  ({keys})", "square")

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take a double click for one: its second half would stop what the first has sent."""
        event.accept()

    def _show(self, name: str, words: str, tip: str, icon: str) -> None:
        self.setAccessibleName(words)
        self.setToolTip(tip)
        if name == self.objectName():
            return
        self.setObjectName(name)
        self.set_icon_name(icon)
