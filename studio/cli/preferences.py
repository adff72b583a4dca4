"""`studio settings`: see and change what the Settings page shows."""

from __future__ import annotations

import argparse
from typing import Any

from studio.assembly import Parts
from studio.cli.printing import write_lines
from studio.settings import Settings


def run(parts: Parts, arguments: argparse.Namespace) -> Any:
    """Run one of the verbs; return what ``--json`` prints."""
    settings = parts.settings
    if arguments.verb == "set":
        settings.set(arguments.name, settings.declaration(arguments.name).parse(arguments.value))
    elif arguments.verb == "reset":
        settings.reset(arguments.name)
    names = [each.name for each in settings.declared]
    if arguments.verb != "list":
        names = [arguments.name]
    values = {name: settings.get(name) for name in names}
    if not arguments.json:
        write_lines(_line(settings, name, values[name]) for name in names)
    return values


def _line(settings: Settings, name: str, value: Any) -> str:
    mark = "*" if settings.is_changed(name) else " "
    return f"{mark} {name:<28} {settings.declaration(name).show(value)}"
