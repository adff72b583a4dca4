"""Which preset a person means, and what the terminal tells of one and of its changes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from studio.assembly import Parts
from studio.chat.presets.difference import Change
from studio.chat.presets.preset_file import Preset


def find(parts: Parts, given: str) -> Preset:
    """Return the preset that was called by its name or its title; raises as ``Presets.get``."""
    return parts.presets.get(name_of(parts, given))


def name_of(parts: Parts, given: str) -> str:
    """Return the name of a preset that was called by its name or its title."""
    if given in parts.presets.damaged():
        return given
    if parts.presets.has(given):
        return parts.presets.get(given).name
    by_title = {preset.title.casefold(): preset.name for preset in parts.presets.list()}
    return by_title.get(given.casefold(), given)


def change_rows(changes: Iterable[Change]) -> list[dict[str, Any]]:
    """Return changes as ``--json`` tells them."""
    return [
        {"field": each.field, "name": each.name, "before": each.before, "after": each.after}
        for each in changes
    ]
