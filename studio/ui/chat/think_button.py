"""The composer's switch for a model's thinking; it is there only where there is a say in it."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent

from studio.translation import tr
from studio.ui.theme import CONTROL_HEIGHT, SPACE, Theme
from studio.ui.widgets.buttons import Button

_ICON = 16


class ThinkButton(Button):
    """Pressed in while the model thinks before it answers, with a word where there is room."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "", "mark", "brain", "think")
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
        self._settle()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return the size with the word."""
        if not self.isChecked():
            return self.minimumSizeHint()
        words = self.fontMetrics().horizontalAdvance(self._word())
        return QSize(CONTROL_HEIGHT + words + SPACE[1], CONTROL_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Return the size of the icon alone."""
        return QSize(CONTROL_HEIGHT, CONTROL_HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the word if there is room for it."""
        super().resizeEvent(event)
        self._settle()

    def nextCheckState(self) -> None:
        """Wait for the owner to show what has become of a click."""

    def _word(self) -> str:
        return tr("Thinks", "the model")

    def _settle(self) -> None:
        has_room = self.isChecked() and self.width() >= self.sizeHint().width()
        self.setText(self._word() if has_room else "")
        self._show_icon()

    def _show_icon(self) -> None:
        gap = SPACE[0] if self.text() else 0
        token = "accent" if self.isChecked() else "muted"
        self.setIcon(self._theme.icon("brain", token, _ICON, gap))
        self.setIconSize(QSize(_ICON + gap, _ICON))
