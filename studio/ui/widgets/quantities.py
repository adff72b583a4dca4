"""Sizes, times and counts as a person reads them, in their locale."""

from __future__ import annotations

from PySide6.QtCore import QLocale

from studio.sizes import MEMORY_GB, in_file_unit


def file_size(size_bytes: int, locale: QLocale | None = None) -> str:
    """Return a size such as ``"98 MB"`` or ``"4.7 GB"``, in steps of 1000 as shops count."""
    value, digits, unit = in_file_unit(size_bytes)
    return f"{(locale or QLocale()).toString(float(value), 'f', digits)} {unit}"


def memory(used_bytes: int, total_bytes: int, locale: QLocale | None = None) -> str:
    """Return ``"2.1/24 GB"``: memory in units of 1024³ bytes, as systems count it."""
    locale = locale or QLocale()
    used = locale.toString(used_bytes / MEMORY_GB, "f", 1)
    return f"{used}/{locale.toString(round(total_bytes / MEMORY_GB))} GB"


def duration(seconds: float) -> str:
    """Return a length of time in its two largest units, such as ``"1 min 20 s"``."""
    whole = max(0, round(seconds))
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return f"{minutes} min {rest} s" if minutes < 10 and rest else f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"


def count(number: int, locale: QLocale | None = None) -> str:
    """Return a whole number with the locale's separators."""
    return (locale or QLocale()).toString(number)


def parameters(number: int, locale: QLocale | None = None) -> str:
    """Return a parameter count such as ``"135 million"`` or ``"7.2 billion"``."""
    locale = locale or QLocale()
    if number >= 999_500_000:
        return f"{locale.toString(number / 1e9, 'f', 1)} billion"
    if number >= 1_000_000:
        return f"{locale.toString(round(number / 1e6))} million"
    return locale.toString(number)
