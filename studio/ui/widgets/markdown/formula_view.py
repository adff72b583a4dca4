"""A formula on lines of its own: in the middle if it fits, scrolled sideways if it does not."""

from __future__ import annotations

from studio.ui.theme import Theme
from studio.ui.widgets.markdown.formulas import drawing
from studio.ui.widgets.markdown.pieces import Formula
from studio.ui.widgets.markdown.sideways import SidewaysArea


class FormulaView(SidewaysArea):
    """Shows one formula, or its source, broken into lines, if it cannot be drawn."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._is_drawn = False
        theme.changed.connect(self.measure)

    def show_piece(self, piece: Formula) -> None:
        """Show another formula."""
        self._is_drawn = drawing(piece.written) is not None
        self.text.show_piece(piece)
        self.measure()

    def inner_width(self, width: int) -> int:
        """Give a drawing the width that it needs, and words the width that there is."""
        return super().inner_width(width) if self._is_drawn else width
