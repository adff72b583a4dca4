"""`studio chat --temporary`: a question and its reply that are kept nowhere."""

from __future__ import annotations

import argparse
from typing import Any

from studio.assembly import Parts
from studio.cli import chat
from studio.errors import StudioError
from studio.temporary import TemporaryParts


def run(parts: Parts, arguments: argparse.Namespace) -> dict[str, Any]:
    """Do what `studio chat` does; with ``--temporary`` in memory alone."""
    if not arguments.temporary:
        return chat.run(parts, arguments)
    if arguments.conversation:
        raise StudioError(
            "chat.not_temporary",
            "A temporary chat cannot go on with one that is kept.",
            "Leave out --conversation or --temporary.",
        )
    own = TemporaryParts(parts)
    try:
        return chat.run(own, arguments)
    finally:
        own.close()
