"""The shape that `studio chat` holds replies to: read from a file, checked, kept with the chat."""

from __future__ import annotations

import argparse
from typing import Any

from studio.assembly import Parts
from studio.chat.conversation import Message
from studio.chat.shape import Shape, verdict_of, with_shape
from studio.cli.given import read_standard_input, read_text
from studio.cli.printing import tell
from studio.errors import StudioError
from studio.paths import expanded
from studio.prompting.shapes.in_force import NAMES, Kind, check
from studio.prompting.shapes.problem import MOST_CHARACTERS

_MOST_BYTES = 4 * (MOST_CHARACTERS + 2)  # so that what is too long is seen to be


def asked_for(arguments: argparse.Namespace) -> Shape | None:
    """Return the shape that the options name; ``None`` when they name none.

    Raises:
        StudioError: ``shape.invalid``, ``shape.unreadable``, ``input.not_text`` or
            ``shape.no_input``.
    """
    if arguments.free_text:
        return Shape()
    kind: Kind = "json_schema" if arguments.schema else "grammar"
    source = arguments.schema or arguments.grammar
    if not source:
        return None
    if source == "-" and arguments.text == "-":
        raise StudioError(
            "shape.no_input",
            "Standard input cannot be both the message and the shape.",
            "Give one of them as a file or in words.",
        )
    shape = Shape(kind, _read(source, NAMES[kind]))
    if not shape.text.strip():
        raise StudioError(
            "shape.invalid", f"The {NAMES[kind]} is empty.", "Write it, or leave the option out."
        )
    shape.refuse_unusable()
    for note in check(shape.kind, shape.text).notes:
        tell(note)
    return shape


def keep(parts: Parts, conversation_id: str, shape: Shape | None) -> None:
    """Keep a shape for this conversation from here on; ``None`` changes nothing."""
    if shape is not None:
        options = parts.conversations.get(conversation_id).options
        parts.conversations.set_options(conversation_id, with_shape(options, shape))


def told_of(reply: Message) -> dict[str, Any]:
    """Return what ``--json`` tells of a reply's shape; nothing for free text."""
    verdict = verdict_of(reply.recipe)
    if verdict is None:
        return {}
    if verdict.problem:
        tell(f"The reply does not have the shape asked for. {verdict.problem}")
    return {"structured": {"valid": verdict.valid, "problem": verdict.problem}}


def _read(source: str, name: str) -> str:
    what = f"The {name}"
    try:
        if source == "-":
            return read_standard_input(what, _MOST_BYTES)
        with expanded(source).open("rb") as file:
            return read_text(file, what, _MOST_BYTES)
    except (OSError, ValueError) as error:  # also of a name that cannot be one
        reason = getattr(error, "strerror", None) or error
        raise StudioError(
            "shape.unreadable",
            f"The {name} could not be read from {source}: {reason}.",
            "Name a file with text in UTF-8 that can be read.",
            str(error),
        ) from error
