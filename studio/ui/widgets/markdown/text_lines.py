"""How a document is broken into lines: laid out anew only when that gives other lines."""

from __future__ import annotations

import math
import re
from unicodedata import category

from PySide6.QtGui import QTextDocument, QTextOption

_MARKS = re.compile(r"[^\w\s\x00-\x7f]{5,}")  # of one letter, in any script, there are fewer


class Lines:
    """Lays out one document, whose text may grow."""

    def __init__(self, document: QTextDocument) -> None:
        self._document = document
        self._is_broken = document.defaultTextOption().wrapMode() != QTextOption.WrapMode.NoWrap
        self._ideal: tuple[int, int] | None = None
        self._tower: tuple[int, bool] | None = None

    def set_width(self, width: float) -> None:
        """Break the lines at a width, -1 for none; Qt would start over for the one it has."""
        wanted = width if self._is_broken else -1
        if round(self._document.textWidth()) != wanted:
            self._document.setTextWidth(wanted)

    def height(self, width: int) -> int:
        """Return the height at a width."""
        self.set_width(width)
        return math.ceil(self._document.size().height())

    def ideal_width(self) -> int:
        """Return the width at which no line would have to be broken."""
        revision = self._document.revision()
        if self._ideal is None or self._ideal[0] != revision:
            self.set_width(-1)
            self._ideal = (revision, round(self._document.idealWidth()) + 1)
        return self._ideal[1]

    def tower(self) -> bool:
        """Tell whether a letter carries so many marks that they reach into the lines around."""
        revision = self._document.revision()
        if self._tower is None or self._tower[0] != revision:
            self._tower = (revision, _towers(self._document.toPlainText()))
        return self._tower[1]


def _towers(text: str) -> bool:
    if text.isascii():
        return False
    return any(category(found.group()[2])[0] == "M" for found in _MARKS.finditer(text))
