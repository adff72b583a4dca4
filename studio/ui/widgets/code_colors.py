"""Colours source code with the palette's own colours, a little at a time.

Lexing goes on in small slices, so that a block of a thousand lines never holds up the window: its
first lines have their colours at once.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import (
    QColor,
    QFont,
    QTextCharFormat,
    QTextDocument,
    QTextLayout,
)

from studio.ui.theme import Theme
from studio.ui.widgets.code_lexers import lexers

if TYPE_CHECKING:
    from pygments.lexer import Lexer

MAX_CHARS = 100_000
_SLICE_S = 0.004

# Pygments' token types by the beginning of their names; the longest that fits decides.
_TOKENS = {
    "Keyword": ("accent", 600),
    "Operator.Word": ("accent", 600),
    "Name.Function": ("syntax_name", 400),
    "Name.Class": ("syntax_name", 600),
    "Name.Tag": ("accent", 400),
    "Name.Attribute": ("syntax_name", 400),
    "Name.Decorator": ("syntax_name", 400),
    "Name.Builtin": ("syntax_name", 400),
    "Name.Exception": ("danger", 400),
    "Literal.String": ("success", 400),
    "Literal.Number": ("warning", 400),
    "Comment": ("faint", 400),
    "Operator": ("muted", 400),
    "Punctuation": ("muted", 400),
    "Generic.Deleted": ("danger", 400),
    "Generic.Inserted": ("success", 400),
    "Generic.Heading": ("text", 600),
    "Error": ("text", 400),
}
_SYNTAX_NAME = {False: "#2F5596", True: "#8FB4EE"}


class CodeColors(QObject):
    """Keeps the colours of one document up to date with its text, and dies with it.

    ``language`` is a name or file ending that Pygments knows; any other leaves the text plain.
    """

    def __init__(self, theme: Theme, document: QTextDocument, language: str) -> None:
        super().__init__(document)
        self._theme = theme
        self._document = document
        self._language = language.lower()
        self._runs: Iterator[tuple[str, str]] = iter(())
        self._block = document.begin()
        self._column = 0
        self._formats: list[QTextLayout.FormatRange] = []
        self._dirty: tuple[int, int] | None = None
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._work)
        lexers().loaded.connect(self._on_lexer_loaded)

    def begin(self, first_line: int = 0) -> None:
        """Colour the document from a line on, as if the code began there."""
        if not lexers().has(self._language):
            lexers().load(self._language)
            return
        self._block = self._document.findBlockByNumber(first_line)
        self._column = 0
        self._formats = []
        lines = self._document.toPlainText().split("\n")[first_line:]
        text = "\n".join(lines)
        lexer = lexers().get(self._language) if len(text) <= MAX_CHARS else None
        self._runs = iter(()) if lexer is None else _runs(lexer, text)
        self._work()

    @property
    def is_working(self) -> bool:
        """Whether some of the text still waits for its colours."""
        return self._timer.isActive()

    def _on_lexer_loaded(self, language: str) -> None:
        if language == self._language:
            self.begin()

    def _work(self) -> None:
        until = time.perf_counter() + _SLICE_S
        for kind, text in self._runs:
            self._color(kind, text)
            if self._column == 0 and time.perf_counter() > until:
                self._show()
                if not self._timer.isActive():
                    self._timer.start()
                return
        self._timer.stop()
        self._end_line()
        self._show()

    def _show(self) -> None:
        """Have the lines that were coloured laid out and drawn, all of them at once."""
        if self._dirty is not None:
            first, end = self._dirty
            self._dirty = None
            self._document.markContentsDirty(first, end - first)

    def _color(self, kind: str, text: str) -> None:
        """Colour one run, which may reach over several lines."""
        form = format_of(kind, self._theme)
        for number, line in enumerate(text.split("\n")):
            if number:
                self._end_line()
            length = len(line) if line.isascii() else len(line.encode("utf-16-le")) // 2
            if form is not None and length:
                added = QTextLayout.FormatRange()
                added.start, added.length, added.format = self._column, length, form
                self._formats.append(added)
            self._column += length

    def _end_line(self) -> None:
        if self._block.isValid() and (self._formats or self._block.layout().formats()):
            self._block.layout().setFormats(self._formats)
            first = self._dirty[0] if self._dirty is not None else self._block.position()
            self._dirty = first, self._block.position() + self._block.length()
        self._block = self._block.next()
        self._column = 0
        self._formats = []


def format_of(kind: str, theme: Theme) -> QTextCharFormat | None:
    """Return how a token type is written, or ``None`` for ordinary text."""
    token, weight = _look(kind)
    if not token:
        return None
    form = QTextCharFormat()
    if token == "syntax_name":
        form.setForeground(QColor(_SYNTAX_NAME[theme.is_dark]))
    else:
        form.setForeground(theme.color(token))
    form.setFontWeight(QFont.Weight(weight))
    form.setFontItalic(kind.startswith("Comment"))
    return form


@lru_cache(maxsize=512)
def _look(kind: str) -> tuple[str, int]:
    while kind:
        if kind in _TOKENS:
            return _TOKENS[kind]
        kind = kind.rpartition(".")[0]
    return "", 400


def _runs(lexer: Lexer, text: str) -> Iterator[tuple[str, str]]:
    for _, kind, part in lexer.get_tokens_unprocessed(text):
        yield ".".join(kind), part
