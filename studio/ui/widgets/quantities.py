"""Sizes, times and counts as a person reads them, in the language in force."""

from __future__ import annotations

from PySide6.QtCore import QLocale

from studio import numerals
from studio.sizes import MEMORY_GB, in_file_unit
from studio.translation import tr
from studio.ui import mirror


def file_size(size_bytes: int, locale: QLocale | None = None) -> str:
    """Return a size such as ``"98 MB"`` or ``"4.7 GB"``, in steps of 1000 as shops count."""
    value, digits, unit = in_file_unit(size_bytes)
    return mirror.quantity(f"{_written(value, digits, locale)} {unit}")


def memory(used_bytes: int, total_bytes: int, locale: QLocale | None = None) -> str:
    """Return ``"2.1/24 GB"``: memory in units of 1024³ bytes, as systems count it."""
    used = _written(used_bytes / MEMORY_GB, 1, locale)
    total = _written(round(total_bytes / MEMORY_GB), 0, locale)
    return mirror.quantity(f"{used}/{total} GB")


def duration(seconds: float) -> str:
    """Return a length of time in its two largest units, such as ``"1 min 20 s"``."""
    whole = max(0, round(seconds))
    if whole < 60:
        return tr("{seconds} s", seconds=whole)
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        if minutes < 10 and rest:
            return tr("{minutes} min {seconds} s", minutes=minutes, seconds=rest)
        return tr("{minutes} min", minutes=minutes)
    hours, minutes = divmod(minutes, 60)
    if minutes:
        return tr("{hours} h {minutes} min", hours=hours, minutes=minutes)
    return tr("{hours} h", hours=hours)


def count(number: int, locale: QLocale | None = None) -> str:
    """Return a whole number with the separators of the language in force, or of a locale."""
    return _written(number, 0, locale)


def parameters(number: int, locale: QLocale | None = None) -> str:
    """Return a parameter count such as ``"135 million"`` or ``"7.2 billion"``."""
    if number >= 999_500_000:
        return tr("{number} billion", number=_written(number / 1e9, 1, locale))
    if number >= 1_000_000:
        return tr("{number} million", number=_written(round(number / 1e6), 0, locale))
    return _written(number, 0, locale)


def _written(number: float, digits: int, locale: QLocale | None) -> str:
    if locale is None:
        return numerals.number(number, digits)
    return locale.toString(float(number), "f", digits)
