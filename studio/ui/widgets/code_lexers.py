"""Loads the lexers of programming languages away from the window's thread.

A lexer compiles hundreds of patterns the first time it is used, which takes long enough to be felt
while scrolling. Qt's own pool does it, and a signal brings the word back.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal

if TYPE_CHECKING:
    from pygments.lexer import Lexer


class LexerShelf(QObject):
    """Knows the lexers that were asked for; ``loaded`` tells that a language's is there now."""

    loaded = Signal(str)
    _found = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        # From the pool only this object is told, which lives as long as the program; it then
        # tells those that come and go, on the window's own thread.
        self._found.connect(self.loaded, Qt.ConnectionType.QueuedConnection)
        self._lexers: dict[str, Lexer | None] = {}
        self._wanted: set[str] = set()

    def has(self, language: str) -> bool:
        """Tell whether it is known which lexer a language has, if any."""
        return language in self._lexers or not language

    def get(self, language: str) -> Lexer | None:
        """Return the lexer of a language that was loaded, ``None`` if there is none."""
        return self._lexers.get(language)

    def load(self, language: str) -> None:
        """Have a lexer loaded, once however often it is asked for."""
        if language in self._wanted:
            return
        self._wanted.add(language)
        QThreadPool.globalInstance().start(lambda: self._load(language))

    def _load(self, language: str) -> None:
        """Runs in the pool: find the lexer and compile its patterns."""
        # Pygments takes a tenth of a second to load: only once there is code to colour.
        from pygments.lexers import get_lexer_by_name
        from pygments.util import ClassNotFound

        lexer: Lexer | None
        try:
            lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
        except ClassNotFound:
            lexer = None
        self._lexers[language] = lexer
        self._found.emit(language)


@cache
def lexers() -> LexerShelf:
    """Return the shelf that all blocks of code share."""
    return LexerShelf()
