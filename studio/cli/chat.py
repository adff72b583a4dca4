"""`studio chat`: one question, a streamed reply, all of it kept as a conversation."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict, dataclass, field
from typing import Any

from studio.assembly import Parts
from studio.chat.conversation import Conversation
from studio.chat.prompt import Overrides
from studio.chat.turn import (
    ModelLoading,
    PromptReading,
    ReplyGrew,
    TurnEvent,
    TurnFailed,
    TurnFinished,
)
from studio.errors import StudioError


@dataclass(slots=True)
class Listener:
    """Shows a turn in a terminal: progress on standard error, the reply on standard output."""

    stream: bool
    last: TurnEvent | None = None
    in_line: bool = field(default=False)

    def __call__(self, event: TurnEvent) -> None:
        """Show an event; the last one is kept as ``last``."""
        if isinstance(event, ModelLoading):
            self._progress(f"Loading {event.model}: {event.share:.0%}")
        elif isinstance(event, PromptReading):
            self._progress(f"Reading: {event.done} of {event.total} tokens")
        elif isinstance(event, ReplyGrew):
            self._clear()
            if self.stream:
                sys.stdout.write(event.text)
                sys.stdout.flush()
        elif isinstance(event, TurnFinished | TurnFailed):
            self._clear()
            self.last = event

    def _progress(self, text: str) -> None:
        if sys.stderr.isatty():
            sys.stderr.write(f"\r\033[K{text}")
            sys.stderr.flush()
            self.in_line = True

    def _clear(self) -> None:
        if self.in_line:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()
            self.in_line = False


def run(parts: Parts, arguments: argparse.Namespace) -> dict[str, Any]:
    """Ask, show the reply as it comes, and return it with its figures."""
    if arguments.collection:
        raise StudioError(
            "documents.unavailable",
            "This version cannot answer from document collections yet.",
            "Leave --collection out.",
        )
    text = sys.stdin.read() if arguments.text == "-" else arguments.text
    conversation_id = _conversation(parts, arguments)
    listener = Listener(stream=not arguments.json)
    overrides = Overrides(
        temperature=arguments.temperature,
        max_tokens=arguments.max_tokens,
        seed=arguments.seed,
    )
    turn = parts.session.send(
        conversation_id, text, listener, overrides=overrides, force=arguments.force
    )
    try:
        turn.result()
    except KeyboardInterrupt:
        parts.session.stop()
        turn.result()
        raise
    parts.conversations.discard_if_empty(conversation_id)
    return _result(listener.last, conversation_id, stream=listener.stream)


def _conversation(parts: Parts, arguments: argparse.Namespace) -> str:
    """Return the conversation to go on with, or a new one.

    A model or preset that is not there changes nothing. Those that are there stay chosen, also when
    the turn itself is refused: asking again needs no options.
    """
    before = parts.conversations.get(arguments.conversation) if arguments.conversation else None
    if arguments.model:
        parts.shelf.find(arguments.model)
    preset = _preset(parts, arguments.preset, before)
    if before is None:
        before = parts.conversations.create(model=arguments.model or "", preset=preset)
    elif arguments.model:
        parts.conversations.set_model(before.id, arguments.model)
    if preset != before.preset:
        parts.conversations.set_preset(before.id, preset)
    if arguments.system is not None:
        parts.conversations.set_system(before.id, arguments.system)
    return before.id


def _preset(parts: Parts, asked: str | None, before: Conversation | None) -> str:
    """Return the name of the preset to use, before a model is loaded in vain."""
    default = str(parts.settings.get("chat.default_preset"))
    name = asked or (before.preset if before else default)
    if not name:
        return ""
    try:
        return parts.presets.get(name).name
    except StudioError as error:
        if asked:
            raise
        way_out = "Name another with --preset."
        if before is None:
            way_out += " It is the default until you write: studio settings reset"
            way_out += " chat.default_preset"
        raise StudioError(
            error.code, error.what, f"{error.hint} {way_out}", error.details
        ) from None


def _result(last: TurnEvent | None, conversation_id: str, *, stream: bool) -> dict[str, Any]:
    if isinstance(last, TurnFailed):
        raise last.error
    if not isinstance(last, TurnFinished):
        raise TypeError("a turn ends with TurnFinished or TurnFailed")
    if stream:
        sys.stdout.write("\n")
        if sys.stderr.isatty():
            sys.stderr.write(f"Go on with: --conversation {conversation_id}\n")
    for notice in last.notices:
        sys.stderr.write(notice + "\n")
    figures = asdict(last.reply.figures) if last.reply.figures else {}
    return {
        "text": last.reply.content,
        "model": last.reply.model,
        **figures,
        "stop": last.reply.stop,
        "conversation": conversation_id,
        "citations": [],
    }
