"""Says the program's words in the person's language; they are written in English.

The texts given to :func:`tr` and :func:`mark` are collected by Qt's ``lupdate`` into
``resources/translations/*.ts``, which Qt Linguist edits. Only the window translates: the terminal's
words are read by other programs too, and stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from string import Formatter

from studio import numerals

Lookup = Callable[[str, str, int], str]

_NUMBER = re.compile(r"(?P<grouped>,?)(?:\.(?P<digits>\d)f)?")

_lookup: Lookup | None = None


def tr(text: str, many: str = "", count: int | None = None, /, **facts: object) -> str:
    """Return a text in the person's language, with ``facts`` in the places of their names.

    Numbers whose places say how (``{count:,}``, ``{seconds:.1f}``) are written as that language
    writes them.

    Args:
        text: in English, written out in the call; with a ``count``, the words for one thing.
        many: the words for any other number of things. ``%n`` in both is the number. Without a
            count, it says what is meant where English has one word for two things.
        count: how many things there are.
    """
    if _lookup is not None:
        found = _lookup(text, many, -1 if count is None else count)
    else:
        found = many if count not in (None, 1) else text
    if count is not None:
        found = found.replace("%n", numerals.number(count))
    return _facts.vformat(found, (), facts) if facts else found


def mark(text: str) -> str:
    """Return a text as it is, for the translators to find; where it is shown, :func:`tr` it."""
    return text


def use(lookup: Lookup | None) -> None:
    """Have texts looked up from now on; ``None`` for English.

    Args:
        lookup: gets the arguments of :func:`tr`, -1 for no count, and leaves ``%n`` as it is.
    """
    global _lookup
    _lookup = lookup


class _Facts(Formatter):
    """Puts facts into a text, its numbers as the language in force writes them."""

    def format_field(self, value: object, format_spec: str) -> str:
        """Return one fact as its place wants it."""
        how = _NUMBER.fullmatch(format_spec) if format_spec else None
        if how is None or isinstance(value, bool) or not isinstance(value, int | float):
            return str(super().format_field(value, format_spec))
        if how["digits"] is not None:
            return numerals.number(value, int(how["digits"]))
        plain = f"{value:,}"
        if isinstance(value, int) or "e" in plain or "n" in plain:  # such as 1e+30, inf or nan
            return numerals.number(value) if isinstance(value, int) else plain
        return numerals.number(value, len(plain.partition(".")[2]))


_facts = _Facts()
