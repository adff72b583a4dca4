"""A field for long plain text: quick with any of it, and it takes no more than is allowed."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtWidgets import QPlainTextEdit

from studio.ui.widgets.wrapping import show_text, wrap_for


class LongText(QPlainTextEdit):
    """Plain text of at most ``most`` characters; ``refused`` tells how many a paste would make."""

    refused = Signal(int)

    def __init__(self, name: str, words: str, most: int) -> None:
        super().__init__()
        self._most = most
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.setTabChangesFocus(True)

    def set_text(self, text: str) -> None:
        """Show another text."""
        show_text(self, text)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take in what is pasted or dropped, unless it is too much."""
        text = source.text()
        taken = len(self.textCursor().selectedText())
        length = self.document().characterCount() - 1 - taken + len(text)
        if length > self._most:
            self.refused.emit(length)
            return
        wrap_for(self, text)
        super().insertFromMimeData(source)
