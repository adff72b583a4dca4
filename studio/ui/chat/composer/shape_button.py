"""The composer's mark of the shape that replies are held to; a click changes it."""

from __future__ import annotations

from studio.chat.shape import Shape
from studio.translation import tr
from studio.ui.chat.composer.worded_mark import WordedMark
from studio.ui.chat.shape.words import SHORT, TITLE, TITLES
from studio.ui.theme import Theme


class ShapeButton(WordedMark):
    """An icon alone for free text; with a word beside it, where there is room, for what holds."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "braces", "reply_shape")
        self.show_shape(Shape())

    def show_shape(self, shape: Shape) -> None:
        """Show which shape the next reply is held to."""
        told = f"{tr(TITLE)}: {tr(TITLES[shape.kind])}"
        self.setAccessibleName(told)
        self.setToolTip(told)
        self.set_word(tr(SHORT[shape.kind]) if shape.kind else "")
