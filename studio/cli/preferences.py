"""`studio settings`: see and change what the Settings page shows."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from studio.assembly import Parts


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
        for name in names:
            mark = "*" if settings.is_changed(name) else " "
            shown = settings.declaration(name).show(values[name])
            sys.stdout.write(f"{mark} {name:<28} {shown}\n")
    return values
