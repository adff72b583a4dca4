"""Writes dates for templates: the same words on every system, and never a time of day."""

from __future__ import annotations

import datetime
import re

_FIELD = re.compile(r"%(-?)([aAbBdjmUWwyYHIMSpfFeGuVD%])")


def strftime(date: datetime.date, template: object) -> str:
    """Return ``date`` as ``template`` asks, in the fields of C's ``strftime``.

    The time of day is always midnight, so that a prompt does not change from turn to turn.
    Unknown fields stay as they are; ``%-d`` writes a number without leading zeros everywhere.
    """
    midnight = datetime.datetime.combine(date, datetime.time(), datetime.UTC)

    def write(match: re.Match[str]) -> str:
        bare, field = match.groups()
        text = _write_field(midnight, field)
        return (text.lstrip("0") or "0") if bare else text

    return _FIELD.sub(write, str(template))


def _write_field(moment: datetime.datetime, field: str) -> str:
    # These are not known to the C library of Windows.
    if field == "e":
        return f"{moment.day:2d}"
    if field == "F":
        return moment.strftime("%Y-%m-%d")
    if field == "D":
        return moment.strftime("%m/%d/%y")
    return moment.strftime(f"%{field}")
