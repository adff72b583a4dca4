"""`studio chat`: one question, a streamed reply, all of it kept as a conversation."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict, dataclass, field
from typing import Any

from studio.assembly import Parts
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
class _Listener:
    """Shows a turn in a terminal: progress on standard error, the reply on standard output."""

    stream: bool
    last: TurnEvent | None = None
    in_line: bool = field(default=False)

    def __call__(self, event: TurnEvent) -> None:
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
    listener = _Listener(stream=not arguments.json)
    overrides = Overrides(
        system=arguments.system,
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
    if arguments.preset:
        parts.presets.get(arguments.preset)
    if arguments.model:
        parts.shelf.find(arguments.model)
    if not arguments.conversation:
        preset = arguments.preset or str(parts.settings.get("chat.default_preset"))
        return parts.conversations.create(model=arguments.model or "", preset=preset).id
    conversation = parts.conversations.get(arguments.conversation)
    if arguments.model:
        parts.conversations.set_model(conversation.id, arguments.model)
    if arguments.preset:
        parts.conversations.set_preset(conversation.id, arguments.preset)
    return conversation.id


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
