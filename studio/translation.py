"""Says the program's words in the person's language; they are written in English.

The texts given to :func:`tr` and :func:`mark` are collected by Qt's ``lupdate`` into
``resources/translations/*.ts``, which Qt Linguist edits. Only the window translates: the terminal's
words are read by other programs too, and stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable

Lookup = Callable[[str, str, int], str]

_lookup: Lookup | None = None


def tr(text: str, many: str = "", count: int | None = None, /, **facts: object) -> str:
    """Return a text in the person's language, with ``facts`` in the places of their names.

    Args:
        text: in English, written out in the call; with a ``count``, the words for one thing.
        many: the words for any other number of things. ``%n`` in both is the number. Without a
            count, it says what is meant where English has one word for two things.
        count: how many things there are.
    """
    if _lookup is not None:
        found = _lookup(text, many, -1 if count is None else count)
    else:
        found = text if count is None else _counted(text if count == 1 else many, count)
    return found.format(**facts) if facts else found


def mark(text: str) -> str:
    """Return a text as it is, for the translators to find; where it is shown, :func:`tr` it."""
    return text


def use(lookup: Lookup | None) -> None:
    """Have texts looked up from now on; ``None`` for English.

    Args:
        lookup: gets the arguments of :func:`tr`, -1 for no count, and puts the number in itself.
    """
    global _lookup
    _lookup = lookup


def _counted(text: str, count: int) -> str:
    return text.replace("%n", f"{count:,}")
