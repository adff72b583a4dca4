"""`studio chats explain` and `repeat`: how a reply was made, and whether that makes it again."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

from studio.assembly import Parts
from studio.chat import recipes
from studio.chat.conversation import Message
from studio.chat.recipe_words import Line, lines
from studio.chat.turn import TurnFailed, TurnFinished
from studio.cli.chat import Listener, wait
from studio.cli.chat_messages import message_in
from studio.cli.endings import InterruptedByPersonError, status_of
from studio.cli.figures import figures_of
from studio.cli.printing import tell
from studio.errors import StudioError

_Answer = tuple[dict[str, Any], list[str]]

OTHER_FILE = "The model's file is not the one that wrote this reply, so the text may differ."


def explain(parts: Parts, arguments: argparse.Namespace) -> _Answer:
    """Return the recipe and the exact prompt of a reply.

    Raises:
        StudioError: ``reply.no_recipe``, ``reply.none``, ``reply.not_one``, or the chat or message
            is unknown.
    """
    reply = _reply(parts, arguments)
    prompt = parts.session.exact_prompt(reply.id)
    if not prompt and not reply.recipe.get("model"):
        raise recipes.no_recipe()
    try:
        reply = parts.file_hashes.learn(reply)
    except StudioError as error:  # such as that the file is gone; all else can be told
        tell(f"The hash of the model's file stays unknown. {error.what}")
    facts = {
        "conversation": reply.conversation_id,
        "message": reply.id,
        "model": reply.model,
        "recipe": reply.recipe,
        "prompt": prompt,
        "figures": asdict(reply.figures) if reply.figures else None,
    }
    return facts, [*_worded(lines(reply)), "", "The exact prompt", *_indented(prompt)]


def repeat(parts: Parts, arguments: argparse.Namespace) -> _Answer:
    """Make a reply again, beside itself, and tell whether it is the same.

    Raises:
        StudioError: as :func:`explain`, or why it could not be made.
    """
    first = _reply(parts, arguments)
    hashes = parts.file_hashes
    verdict = hashes.compare(first, hashes.file_now(first))
    if verdict == "other":
        tell(OTHER_FILE)
    listener = Listener(not arguments.json, parts.session.stop)
    turn = parts.session.repeat(first.id, listener, force=arguments.force)
    interrupt = wait(turn, parts.session.stop)
    if listener.unwritten is not None:
        raise listener.unwritten
    if isinstance(listener.last, TurnFailed):
        listener.end_line()
        raise listener.last.error
    if not isinstance(listener.last, TurnFinished):
        raise TypeError("a turn ends with TurnFinished or TurnFailed")
    reply, told = listener.last.reply, listener.last.notices
    facts = {
        "same": (reply.content, reply.reasoning) == (first.content, first.reasoning),
        "told": told[-1] if told else "",
        "file": verdict,
        "text": reply.content,
        "model": reply.model,
        **figures_of(reply),
        "stop": reply.stop,
        "conversation": reply.conversation_id,
        "message": reply.id,
        "repeats": first.id,
    }
    if interrupt is not None:
        listener.end_line()
        raise InterruptedByPersonError(facts, status_of(interrupt))
    return facts, ["", "", *told]


def _reply(parts: Parts, arguments: argparse.Namespace) -> Message:
    """Return the reply that is meant: the one named, or the last on show."""
    chat = parts.conversations.get(arguments.conversation)
    if arguments.message is not None:
        found = message_in(parts, chat, arguments.message)
        if found.role != "assistant":
            raise StudioError(
                "reply.not_one",
                f"The message “{arguments.message}” is a question, not a reply.",
                "Leave --message out for the last reply in the chat.",
            )
        return found
    for message in reversed(parts.conversations.branch(chat.id)):
        if message.role == "assistant":
            return message
    raise StudioError("reply.none", "There is no reply in this chat yet.", "Ask something first.")


def _worded(told: tuple[Line, ...]) -> list[str]:
    width = max((len(line.name) for line in told), default=0)
    shown: list[str] = []
    group = ""
    for line in told:
        if line.group != group:
            shown += [""] * bool(group) + [line.group]
            group = line.group
        first, *rest = line.value.splitlines() or [""]
        shown.append(f"  {line.name:<{width}}  {first}")
        shown += [f"  {'':<{width}}  {each}" for each in rest]
    return shown


def _indented(prompt: str) -> list[str]:
    if not prompt:
        return [
            "  It was not kept, as with replies that were imported or written by older versions."
        ]
    return [f"  {line}" for line in prompt.splitlines()]
