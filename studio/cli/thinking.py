"""How a model thinks in `studio chat`: asked for with options, kept with the chat."""

from __future__ import annotations

import argparse
from dataclasses import replace

from studio.assembly import Parts
from studio.cli.printing import tell
from studio.errors import StudioError


def check(arguments: argparse.Namespace) -> None:
    """Refuse options that contradict each other.

    Raises:
        StudioError: ``thinking.contradiction``.
    """
    if arguments.think and arguments.think_tokens == 0:
        raise StudioError(
            "thinking.contradiction",
            "To think with a budget of 0 tokens cannot be done.",
            "Leave --think out, or give more tokens.",
        )


def keep(parts: Parts, conversation_id: str, arguments: argparse.Namespace) -> None:
    """Keep what the options say for this conversation from here on; without any, nothing."""
    before = parts.conversations.get(conversation_id).options
    options = before
    if arguments.think is not None:
        options = replace(options, reasoning=arguments.think)
        if arguments.think and options.reasoning_tokens == 0:
            options = replace(options, reasoning_tokens=None)
    if arguments.think_tokens is not None:
        options = replace(options, reasoning_tokens=arguments.think_tokens)
        if arguments.think_tokens and arguments.think is None and options.reasoning is False:
            options = replace(options, reasoning=None)
    if arguments.effort is not None:
        options = replace(options, reasoning_effort=arguments.effort)
    if options != before:
        parts.conversations.set_options(conversation_id, options)


def tell_what_is_not(parts: Parts, arguments: argparse.Namespace) -> None:
    """Tell when the model has no way to do what was asked for."""
    loaded = parts.session.loaded()
    if loaded is None:
        return
    if arguments.think and not loaded.reasoning:
        tell("This model does not think before it answers.")
    if arguments.effort and arguments.effort not in loaded.efforts:
        known = ", ".join(loaded.efforts)
        tell(
            f"This model takes another word for its effort: {known}."
            if known
            else "This model cannot be told how hard to think."
        )
