"""Puts names together into one phrase: either of them, or all of them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

from studio.translation import tr


def any_of(names: Iterable[str]) -> str:
    """Return ``"a or b or c"``; nothing for no names."""
    return reduce(_or, names) if (names := tuple(names)) else ""


def all_of(names: Iterable[str]) -> str:
    """Return ``"a and b and c"``; nothing for no names."""
    return reduce(_and, names) if (names := tuple(names)) else ""


def _or(before: str, last: str) -> str:
    return tr("{before} or {last}", before=before, last=last)


def _and(before: str, last: str) -> str:
    return tr("{before} and {last}", before=before, last=last)
