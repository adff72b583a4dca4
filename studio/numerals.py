"""Writes numbers as the language in force does: in English, unless the window says otherwise.

Whatever puts a number into words asks here, so that one window never writes 1,000 and 1.000.
"""

from __future__ import annotations

from collections.abc import Callable

Write = Callable[[float, int], str]

_write: Write | None = None


def number(value: float, digits: int = 0) -> str:
    """Return a number with its thousands set apart, and so many digits after its point."""
    if _write is not None:
        return _write(value, digits)
    return f"{value:,}" if isinstance(value, int) and not digits else f"{value:,.{digits}f}"


def use(write: Write | None) -> None:
    """Have numbers written in another way from now on; ``None`` for English.

    Args:
        write: gets a number and how many digits follow its point.
    """
    global _write
    _write = write
