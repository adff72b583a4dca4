"""A small button of the composer: an icon, and a word beside it where there is room."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent

from studio.ui.theme import CONTROL_HEIGHT, SPACE, Theme
from studio.ui.widgets.buttons import Button


class WordedMark(Button):
    """Shows an icon alone when it has no word, or no room for it."""

    def __init__(self, theme: Theme, icon: str, name: str) -> None:
        super().__init__(theme, "", "mark", icon, name)
        self._word = ""

    def set_word(self, word: str) -> None:
        """Have another word for what is in force; empty for none."""
        self._word = word
        self._settle()
        self.updateGeometry()

    def word(self) -> str:
        """Return the word for what is in force, whether there is room for it or not."""
        return self._word

    def sizeHint(self) -> QSize:
        """Return the size with the word."""
        if not self._word:
            return self.minimumSizeHint()
        words = self.fontMetrics().horizontalAdvance(self._word)
        return QSize(CONTROL_HEIGHT + words + SPACE[1], CONTROL_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Return the size of the icon alone."""
        return QSize(CONTROL_HEIGHT, CONTROL_HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the word if there is room for it."""
        super().resizeEvent(event)
        self._settle()

    def _settle(self) -> None:
        self.setText(self._word if self.width() >= self.sizeHint().width() else "")
        self._show_icon()
