"""Tells in the inspector what happens when the chat outgrows the context."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.chat.options import Overflow
from studio.translation import tr
from studio.ui.chat.overflow import words
from studio.ui.theme import SPACE, Theme
from studio.ui.widgets.buttons import Button
from studio.ui.widgets.labels import label


class OverflowChoice(QWidget):
    """A heading, what is chosen, and a sentence about it; ``button`` opens the choice."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("overflow_choice")
        heading = label(tr("When the chat outgrows the context"), "strong", wrap=True)
        heading.setToolTip(tr("Overflow policy"))
        self.button = Button(theme, "", "", "chevron-down", "choose_overflow_here")
        self._about = label("", "caption", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[1])
        for part in (heading, self.button, self._about):
            column.addWidget(part)

    def show_choice(self, overflow: Overflow, *, is_own: bool) -> None:
        """Show what holds, and whether the chat has chosen it itself."""
        told = words.title(overflow)
        self.button.setText(told)
        heading = tr("When the chat outgrows the context")
        self.button.setAccessibleName(f"{heading}: {told}")
        about = words.about(overflow)
        self._about.setText(" ".join((about, tr("Only for this chat."))) if is_own else about)
