"""The composer's switch for a model's thinking; it is there only where there is a say in it."""

from __future__ import annotations

from PySide6.QtCore import QSize

from studio.translation import tr
from studio.ui.chat.composer.worded_mark import WordedMark
from studio.ui.theme import SPACE, Theme

_ICON = 16


class ThinkButton(WordedMark):
    """Pressed in while the model thinks before it answers, with a word where there is room."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "brain", "think")
        self.setCheckable(True)
        self.show_state(is_on=False)
        self.hide()

    def show_state(self, *, is_on: bool, why_not: str = "") -> None:
        """Show whether the next reply is thought over; ``why_not`` tells why it cannot be."""
        self.setChecked(is_on)
        self.setEnabled(not why_not)
        self.setAccessibleName(tr("Think before answering"))
        on, off = tr("The model thinks before it answers."), tr("The model answers at once.")
        told = why_not or (on if is_on else off)
        self.setToolTip(told)
        self.setAccessibleDescription(told)
        self.set_word(tr("Thinks", "the model") if is_on else "")

    def nextCheckState(self) -> None:
        """Wait for the owner to show what has become of a click."""

    def _show_icon(self) -> None:
        gap = SPACE[0] if self.text() else 0
        token = "accent" if self.isChecked() else "muted"
        self.setIcon(self._theme.icon("brain", token, _ICON, gap))
        self.setIconSize(QSize(_ICON + gap, _ICON))
