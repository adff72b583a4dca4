"""Folds passages that say the same, and picks different ones on demand (MMR)."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

SAME = 0.9  # share of common shingles from which two texts say the same
_SHINGLE = 9  # characters: one or two words, or a clause of Chinese
_BLANKS = re.compile(r"[\s\u00ad\u200b\ufeff]+")
_NUMBERS = re.compile(r"[-+\u2212]?\d+(?:[.,:/-]\d+)*")


def normalised(text: str) -> str:
    """Return a text without blanks, case, width and ligatures."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text).casefold())


def fold(texts: Sequence[str]) -> list[list[int]]:
    """Return the places of texts in groups that say the same, each headed by its first.

    Two texts say the same when their normalised texts are equal, or nearly so with all numbers
    alike: a contract's next version with another amount is another text.

    Args:
        texts: best first. The time grows with the square of their number: for hits, not for files.
    """
    groups: list[list[int]] = []
    heads: dict[int, tuple[str, frozenset[str], Counter[str]]] = {}
    for place, text in enumerate(texts):
        bare = normalised(text)
        facts = (bare, _shingles(bare), Counter(_NUMBERS.findall(text)))
        group = next((group for group in groups if _same(heads[group[0]], facts)), None)
        if group is not None:
            group.append(place)
        else:
            heads[place] = facts
            groups.append([place])
    return groups


def _shingles(bare: str) -> frozenset[str]:
    return frozenset(bare[at : at + _SHINGLE] for at in range(max(1, len(bare) - _SHINGLE + 1)))


def _same(
    one: tuple[str, frozenset[str], Counter[str]], other: tuple[str, frozenset[str], Counter[str]]
) -> bool:
    if one[0] == other[0]:
        return True
    if one[2] != other[2]:
        return False
    common = len(one[1] & other[1])
    return common >= SAME * (len(one[1]) + len(other[1]) - common)


def diverse(
    scores: Sequence[float], vectors: NDArray[np.floating[Any]], count: int, balance: float = 0.7
) -> list[int]:
    """Return the places of hits that are good and unlike each other, in the order of choice.

    Maximal marginal relevance (Carbonell and Goldstein, 1998): each next one has the best
    ``balance * score - (1 - balance) * cosine`` with the likest of those chosen; ties by place.

    Args:
        scores: 0 to 1, shape (n,).
        vectors: of length one, shape (n, dimension).
        count: that are wanted; fewer if there are not so many.
        balance: 1 takes no notice of likeness.

    Raises:
        ValueError: not as many vectors as scores, or a balance outside 0 and 1.
    """
    if vectors.ndim != 2 or len(vectors) != len(scores):
        raise ValueError("not as many vectors as scores")
    if not 0 <= balance <= 1:
        raise ValueError(f"a balance of {balance}")
    wide = vectors.astype(np.float64)
    likeness = np.zeros(len(scores))
    relevance = np.asarray(scores, np.float64)
    chosen: list[int] = []
    while len(chosen) < min(count, len(scores)):
        worth = balance * relevance - (1 - balance) * likeness
        worth[chosen] = -np.inf
        best = int(np.argmax(worth))
        chosen.append(best)
        cosines = wide @ wide[best]
        likeness = cosines if len(chosen) == 1 else np.maximum(likeness, cosines)
    return chosen
