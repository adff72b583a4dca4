"""How well a title answers what was typed: by word, by part of a word, by initials, by letters.

All text here is folded (studio/chat/search/folding.py), so neither case nor accents matter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from studio.chat.search.folding import Span, end_index, mapped, merged

_WHOLE, _START, _WORD, _INITIALS, _INSIDE, _SPREAD, _ALSO = 110, 100, 90, 75, 70, 60, 30
_WIDEST_GAP = 5  # letters between two that were typed
_LENGTH_COST = 0.02  # for each letter of the title, so that the shorter of two comes first
_LONGEST = 200
_INITIAL = re.compile(r"\b\w")


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a term fits, and which letters of the title it stands for."""

    score: float
    places: Sequence[int]


def score(terms: Sequence[str], title: str, initials: str, also: str = "") -> float | None:
    """Return how well all terms fit a title, at most about 110; ``None`` if one does not.

    ``initials`` are those of the title; ``also`` are more words that count, though less.
    """
    total = 0.0
    for term in terms:
        fit = fitted(term, title, initials)
        if fit is not None:
            total += fit.score
        elif term in also:
            total += _ALSO
        else:
            return None
    return total / max(1, len(terms)) - _LENGTH_COST * min(len(title), _LONGEST)


def sieve(term: str) -> re.Pattern[str]:
    """Return what matches every title that has the term's letters in order; no other can fit.

    Many times as fast as :func:`score`, for the thousands of titles that have not.
    """
    return re.compile("".join(f"[^{re.escape(letter)}]*{re.escape(letter)}" for letter in term))


def initials_of(title: str) -> str:
    """Return the first letter of each word."""
    return "".join(_INITIAL.findall(title[:_LONGEST]))


def fitted(term: str, title: str, initials: str) -> Fit | None:
    """Return the best fit of one term; ``None`` when its letters are not there close enough."""
    at = title.find(term)
    if at == 0:
        return Fit(_WHOLE if term == title else _START, range(len(term)))
    word = title.find(" " + term) + 1
    if word > 0 or (at > 0 and not title[at - 1].isalnum()):
        at = word or at
        return Fit(_WORD, range(at, at + len(term)))
    if len(term) > 1 and (places := _in_order(term, initials)):
        starts = [found.start() for found in _INITIAL.finditer(title)]
        return Fit(_INITIALS, [starts[at] for at in places])
    if at > 0:
        return Fit(_INSIDE, range(at, at + len(term)))
    return _by_letters(term, title) if len(term) > 1 else None


def marked(terms: Sequence[str], title: str) -> tuple[Span, ...]:
    """Return which stretches of a title, as it is written, the terms stand for."""
    folded, sources = mapped(title)
    initials = initials_of(folded)
    places: list[Span] = []
    for term in terms:
        fit = fitted(term, folded, initials)
        if fit is not None:
            places += [(sources[at], end_index(title, sources[at])) for at in fit.places]
    return _joined(merged(places))


def _by_letters(term: str, title: str) -> Fit | None:
    places = _in_order(term, title[:_LONGEST])
    gaps = pairwise(places)
    if not places or any(after - before > _WIDEST_GAP for before, after in gaps):
        return None
    reach = places[-1] - places[0] + 1
    return Fit(_SPREAD * len(term) / reach, places)


def _in_order(term: str, title: str) -> list[int]:
    """Return where each letter of a term first follows the one before it; empty if one is not."""
    places: list[int] = []
    at = -1
    for letter in term:
        at = title.find(letter, at + 1)
        if at < 0:
            return []
        places.append(at)
    return places


def _joined(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return neighbours as one span."""
    joined: list[Span] = []
    for begin, end in spans:
        if joined and joined[-1][1] == begin:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((begin, end))
    return tuple(joined)
