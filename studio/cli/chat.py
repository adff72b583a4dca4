"""`studio chat`: one question, a streamed reply, all of it kept as a conversation."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from typing import Any

from studio.assembly import Parts
from studio.chat.attachments.files import AttachedFile
from studio.chat.conversation import Conversation, Message
from studio.chat.prompt import Overrides
from studio.chat.shape import Shape
from studio.chat.turn import (
    ModelLoading,
    PromptReading,
    ReplyGrew,
    Summarising,
    TurnEvent,
    TurnFailed,
    TurnFinished,
    TurnStarted,
)
from studio.cli import best_of, shapes, thinking
from studio.cli.attach import check_seen, read_all
from studio.cli.chat_trash import in_trash
from studio.cli.endings import InterruptedByPersonError, RefusedError, status_of
from studio.cli.figures import figures_of
from studio.cli.given import said
from studio.cli.printing import one_line, tell, write_reply
from studio.cli.reading import reading
from studio.cli.steps import worded
from studio.engine.outcome import error_of
from studio.engine.protocol import Failed
from studio.errors import StudioError
from studio.library.shelf import lasting_name


@dataclass(slots=True)
class Listener:
    """Shows a turn in a terminal: progress on standard error, the reply on standard output."""

    stream: bool
    stop: Callable[[], object]
    last: TurnEvent | None = None
    ended: list[Message] = field(default_factory=list)
    count: int = 1
    in_line: bool = False
    mid_line: bool = False
    unwritten: Exception | None = None

    def __call__(self, event: TurnEvent) -> None:
        """Show an event; the last one is kept as ``last``."""
        if isinstance(event, ModelLoading):
            self._progress(f"Loading {event.model}: {event.share:.0%}")
        elif isinstance(event, Summarising):
            self._progress(f"Summarising the oldest messages: {event.share:.0%}")
        elif isinstance(event, PromptReading):
            self._progress(reading(event))
        elif isinstance(event, ReplyGrew):
            self._clear()
            if self.stream and event.text:
                self._write(event.text)
        elif isinstance(event, TurnStarted) and self.count > 1:
            self.end_line()
            tell(f"Reply {len(self.ended) + 1} of {self.count}")
        elif isinstance(event, TurnFinished | TurnFailed):
            self._clear()
            self.last = event
            if isinstance(event, TurnFinished):
                self.ended.append(event.reply)

    def _write(self, text: str) -> None:
        """Print a piece of the reply; when nobody can read on, there is no need to go on."""
        if self.unwritten is not None:
            return
        try:
            write_reply(text)
        except (BrokenPipeError, StudioError) as error:
            self.unwritten = error
            self.stop()
        else:
            self.mid_line = not text.endswith("\n")

    def end_line(self) -> None:
        """Begin a new line, should the reply have ended within one."""
        if self.mid_line:
            write_reply("\n")
            self.mid_line = False

    def _progress(self, text: str) -> None:
        if sys.stderr.isatty():
            sys.stderr.write(f"\r\033[K{one_line(text)}")
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
    thinking.check(arguments)
    shape = shapes.asked_for(arguments)
    text = said(arguments.text)
    if not text.strip():  # before anything is changed for it
        raise error_of(Failed(0, "prompt.empty"))
    files = read_all(arguments.attach)
    conversation_id = _conversation(parts, arguments)
    try:
        return _asked(parts, arguments, conversation_id, text, shape, files)
    finally:
        if not arguments.conversation:
            _discard_if_empty(parts, conversation_id)


def _asked(
    parts: Parts,
    arguments: argparse.Namespace,
    conversation_id: str,
    text: str,
    shape: Shape | None,
    files: Sequence[AttachedFile],
) -> dict[str, Any]:
    """Ask in a conversation with what was chosen for it; return as :func:`run`."""
    shapes.keep(parts, conversation_id, shape)
    thinking.keep(parts, conversation_id, arguments)
    check_seen(parts, conversation_id, files)
    listener = Listener(not arguments.json, parts.session.stop)
    overrides = Overrides(
        temperature=arguments.temperature,
        max_tokens=arguments.max_tokens,
        seed=arguments.seed,
    )
    if arguments.best_of:
        listener.count = arguments.best_of
        wishes = best_of.wishes(
            conversation_id, text, listener.count, overrides, arguments.force, files
        )
        turn = parts.session.in_turn(wishes, listener, past_failures=False)
    else:
        turn = parts.session.send(
            conversation_id,
            text,
            listener,
            overrides=overrides,
            force=arguments.force,
            files=files,
        )
    result, interrupt = ended(
        parts, listener, turn, None if arguments.temporary else conversation_id
    )
    thinking.tell_what_is_not(parts, arguments)
    if files:
        result["attached"] = [file.name for file in files]
    if interrupt is not None:
        raise InterruptedByPersonError(result, status_of(interrupt))
    return result


def wait(turn: Future[None], stop: Callable[[], object]) -> KeyboardInterrupt | None:
    """Wait for the end of a turn; return what has interrupted it."""
    try:
        turn.result()
    except KeyboardInterrupt as interrupt:
        stop()
        turn.result()
        return interrupt
    return None


def _discard_if_empty(parts: Parts, conversation_id: str) -> None:
    """Leave no new conversation behind in which nothing was said."""
    if parts.conversations.get(conversation_id).leaf_id is None:
        parts.conversations.discard_if_empty(conversation_id)


def _conversation(parts: Parts, arguments: argparse.Namespace) -> str:
    """Return the conversation to go on with, or a new one.

    A model or preset that is not there changes nothing. Those that are there stay chosen, also when
    the turn itself is refused: asking again needs no options.

    Raises:
        StudioError: ``conversation.trashed``, or that there is no such conversation, model or
            preset.
    """
    before = parts.conversations.get(arguments.conversation) if arguments.conversation else None
    if before is not None and before.trashed_at is not None:
        raise in_trash(before.title, before.id)
    model = lasting_name(parts.shelf, arguments.model) if arguments.model else arguments.model
    preset = _preset(parts, arguments.preset, before)
    if before is None:
        before = parts.conversations.create(model=model or "", preset=preset)
    elif model is not None:
        parts.conversations.set_model(before.id, model)
    if preset != before.preset:
        parts.conversations.set_preset(before.id, preset)
    if arguments.overflow is not None:
        options = replace(before.options, overflow=arguments.overflow)
        parts.conversations.set_options(before.id, options)
    if arguments.system is not None:
        parts.conversations.set_system(before.id, arguments.system)
    return before.id


def _preset(parts: Parts, asked: str | None, before: Conversation | None) -> str:
    """Return the name of the preset to use, before a model is loaded in vain."""
    default = str(parts.settings.get("chat.default_preset"))
    name = (before.preset if before else default) if asked is None else asked
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


# What the window says below the reply itself.
_ENDINGS = {
    "context": ("The context is full, so the reply ends here. Begin a new conversation.",),
}


def ended(
    parts: Parts, listener: Listener, turn: Future[None], conversation_id: str | None
) -> tuple[dict[str, Any], KeyboardInterrupt | None]:
    """Wait for the end of a turn; return what ``--json`` tells of it, and what has interrupted it.

    Raises:
        BrokenPipeError, StudioError: the reply could not be printed, or the turn failed.
    """
    interrupt = wait(turn, parts.session.stop)
    if listener.unwritten is not None:
        raise listener.unwritten
    result = _result(listener, conversation_id)
    if listener.count > 1:
        result |= best_of.told(parts, listener.ended)
    return result, interrupt


def _result(listener: Listener, conversation_id: str | None) -> dict[str, Any]:
    """Return what ``--json`` tells of the last reply, and tell what is worth noticing."""
    last = listener.last
    listener.end_line()
    if isinstance(last, TurnFailed):
        known = _known(last, conversation_id)
        if listener.count > 1:
            known["replies"] = best_of.facts(listener.ended)
        raise RefusedError(last.error, known)
    if not isinstance(last, TurnFinished):
        raise TypeError("a turn ends with TurnFinished or TurnFailed")
    if conversation_id and listener.stream and sys.stderr.isatty():
        tell(f"Go on with: --conversation {conversation_id}")
    notices = [*map(worded, last.notices), *_ENDINGS.get(last.reply.stop, ())]
    for notice in notices:
        tell(notice)
    return {
        "text": last.reply.content,
        "model": last.reply.model,
        **figures_of(last.reply),
        "stop": last.reply.stop,
        "conversation": conversation_id,
        "message": last.reply.id if conversation_id else None,
        "citations": [],
        "notices": notices,
        **shapes.told_of(last.reply),
    }


def _known(failed: TurnFailed, conversation_id: str | None) -> dict[str, Any]:
    """Return what there is of a turn that failed: it may be all that is left of the reply."""
    known: dict[str, Any] = {"conversation": conversation_id}
    if failed.reply is not None and failed.reply.content:
        known["text"] = failed.reply.content
    return known
