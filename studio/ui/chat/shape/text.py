"""The field in which a schema or grammar is written, with the line that needs mending marked."""

from __future__ import annotations

from PySide6.QtGui import QColor, QTextCursor, QTextFormat
from PySide6.QtWidgets import QTextEdit

from studio.prompting.shapes.problem import MOST_CHARACTERS, Problem
from studio.translation import tr
from studio.ui.theme import CONTROL, Theme
from studio.ui.widgets.plain_text import LongText

_MARK_ALPHA = 40


class ShapeText(LongText):
    """Fixed-width text; :meth:`mark` colours the line of a problem."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("shape_text", tr("Schema or grammar"), MOST_CHARACTERS)
        self._theme = theme
        self._problem: Problem | None = None
        theme.changed.connect(self._dress)
        self._dress()

    def take(self, text: str) -> None:
        """Write something in place of everything; Ctrl+Z takes it back."""
        cursor = self.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        cursor.movePosition(QTextCursor.MoveOperation.Start)
        self.setTextCursor(cursor)
        self.setFocus()

    def mark(self, problem: Problem | None) -> None:
        """Colour the line of a problem, or none."""
        self._problem = problem
        if problem is None or not problem.line:
            self.setExtraSelections([])
            return
        color = QColor(self._theme.color("warning"))
        color.setAlpha(_MARK_ALPHA)
        mark = QTextEdit.ExtraSelection()
        mark.format.setBackground(color)
        mark.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
        mark.cursor = self._place_of(problem)
        self.setExtraSelections([mark])

    def go_to_problem(self) -> None:
        """Put the cursor where the problem is."""
        if self._problem is not None and self._problem.line:
            self.setTextCursor(self._place_of(self._problem))
            self.centerCursor()
            self.setFocus()

    def _place_of(self, problem: Problem) -> QTextCursor:
        document = self.document()
        block = document.findBlockByNumber(min(problem.line, document.blockCount()) - 1)
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + min(problem.column, block.length()) - 1)
        return cursor

    def _dress(self) -> None:
        self.setFont(self._theme.font(CONTROL, mono=True))
        self.mark(self._problem)
