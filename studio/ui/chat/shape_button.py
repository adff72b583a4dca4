"""The composer's mark of the shape that replies are held to; a click changes it."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent

from studio.chat.shape import Shape
from studio.translation import tr
from studio.ui.chat.shape_words import SHORT, TITLE, TITLES
from studio.ui.theme import CONTROL_HEIGHT, SPACE, Theme
from studio.ui.widgets.buttons import Button


class ShapeButton(Button):
    """An icon alone for free text; with a word beside it, where there is room, for what holds."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "", "mark", "braces", "reply_shape")
        self._word = ""
        self.show_shape(Shape())

    def show_shape(self, shape: Shape) -> None:
        """Show which shape the next reply is held to."""
        self._word = tr(SHORT[shape.kind]) if shape.kind else ""
        told = f"{tr(TITLE)}: {tr(TITLES[shape.kind])}"
        self.setAccessibleName(told)
        self.setToolTip(told)
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
