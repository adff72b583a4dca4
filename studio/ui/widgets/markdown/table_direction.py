"""Tells where the first column of a table belongs: at the right if most of its words run there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING
from unicodedata import bidirectional

if TYPE_CHECKING:
    from markdown_it.token import Token

_READ = 300  # letters of a cell
_WORD = re.compile(r"[^\W\d_]+")
_LEFTWARDS = ("R", "AL")


def runs_to_the_left(tokens: Sequence[Token]) -> bool:
    """Tell whether most words of a table are of a script that runs from right to left."""
    texts = [token.content[:_READ] for token in tokens if token.type == "inline"]
    if all(text.isascii() for text in texts):
        return False
    words = [word for text in texts for word in _WORD.findall(text)]
    return 2 * sum(bidirectional(word[0]) in _LEFTWARDS for word in words) > len(words)
