"""The program's own file of conversations: written piece by piece, read back exactly.

One JSON object: ``format``, ``version``, ``program`` (which wrote it) and ``conversations``, each
with its facts and the lists ``messages``, ``attachments``, whose content is in base 64,
``summaries`` that a model wrote, and ``queue``, which is what waits to be sent. Members that a
reader does not know are passed over, so that members with a default can be added; whatever else
changes gets a new version.
"""

from __future__ import annotations

import base64
import json
import math
from collections.abc import Collection, Iterable, Iterator
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import Any

from studio.chat.conversation import Failure, Figures
from studio.chat.transfer.archive import (
    ArchivedAttachment,
    ArchivedConversation,
    ArchivedMessage,
    ArchivedQueued,
    ArchivedSummary,
    BrokenTreeError,
)
from studio.chat.transfer.fields import WrongFieldError
from studio.chat.transfer.json_stream import JsonStream
from studio.chat.transfer.own_values import (
    attachment_from,
    conversation_from,
    message_from,
    queued_from,
    with_attachments,
    with_queue,
    with_summaries,
)
from studio.chat.transfer.saving import Write, saving
from studio.chat.transfer.sources import reading
from studio.chat.transfer.spool import Keep, Spool, drop
from studio.errors import StudioError
from studio.translation import tr
from studio.version import VERSION as PROGRAM

FORMAT = "local-ai-studio/conversations"
VERSION = 1

MAX_CONVERSATIONS = 1_000_000
MAX_MESSAGES = 250_000  # in one conversation
MAX_CONVERSATION = 256_000_000  # characters

MAX_ATTACHMENTS = 100_000  # in one conversation
MAX_QUEUED = 10_000  # in one conversation

_LISTS = {"messages", "attachments", "summaries", "queue"}
_FACTS = {each.name for each in fields(ArchivedConversation)} - _LISTS
_UNWRITTEN = {"sha256", "content"}  # of an attached file: the one is made, the other written apart
_PIECE = 3 << 18  # bytes; whole groups of three, so that pieces in base 64 can be put together

_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


def write(path: Path, conversations: Iterable[ArchivedConversation]) -> int:
    """Write conversations into a file and return how many there were.

    Only one conversation is held at a time when ``conversations`` is a generator, and what is in
    one attached file.

    Raises:
        StudioError: ``export.disk_full`` or ``export.not_saved``; the old file is untouched.
    """
    count = 0
    with saving(path) as put:
        head = _encode({"format": FORMAT, "version": VERSION, "program": PROGRAM})
        put(head[:-1] + ',"conversations":[')
        for conversation in conversations:
            put(",\n" if count else "\n")
            _write_conversation(put, conversation)
            count += 1
        put("\n]}\n")
    return count


def is_own(path: Path) -> bool:
    """Tell whether a JSON file says of itself that it is of this format, of whatever version.

    Raises:
        StudioError: as :func:`read`, but for the contents of conversations.
    """
    with reading(path) as read_bytes:
        stream = JsonStream(read_bytes, path.name)
        return stream.peek() == "{" and _head(stream)[0] == FORMAT


def read(path: Path, spool: Spool | None = None) -> Iterator[ArchivedConversation]:
    """Read conversations one at a time; nothing is held of those before.

    A file that turns out to be damaged has given what stood before the damage; to take all or
    nothing, go through it once before.

    Args:
        spool: holds what is in the attached files of a conversation until the next one is asked
            for; without one that is looked at only, and cannot be read.

    Raises:
        StudioError: ``import.unreadable``; ``import.foreign`` when it is no such file;
            ``import.newer``; ``import.damaged`` with the place in its details; and as
            :class:`~studio.chat.transfer.json_stream.JsonStream`.
    """
    with reading(path) as read_bytes:
        form, version = _head(JsonStream(read_bytes, path.name))
    if form != FORMAT:
        raise StudioError(
            "import.foreign",
            tr("The file {name} does not hold conversations of this program.", name=path.name),
            tr("Choose a file that was exported here, or one that ChatGPT has exported."),
        )
    _check_version(version, path.name)
    with reading(path) as read_bytes:
        stream = JsonStream(read_bytes, path.name)
        found = False
        for name in stream.members():
            if name == "conversations" and not found:
                found = True
                yield from _conversations(stream, path.name, spool)
            else:
                stream.skip()
        stream.finish()
    if not found:
        raise _damaged(path.name, "'conversations' is missing")


def _head(stream: JsonStream) -> tuple[object, object]:
    """Return format and version; where they stand behind the conversations, that takes a while."""
    head: dict[str, object] = {}
    for name in stream.members():
        if name in ("format", "version"):
            head[name] = stream.value()
        else:
            stream.skip()
        if len(head) == 2:
            break
    return head.get("format"), head.get("version")


def _check_version(version: object, name: str) -> None:
    if type(version) is not int or version < 1:
        raise _damaged(name, f"the version {str(version)[:40]!r}")
    if version > VERSION:
        raise StudioError(
            "import.newer",
            tr("The file {name} was written by a newer version of this program.", name=name),
            tr("Update the program, then import it again."),
            f"version {str(version)[:40]}, known up to {VERSION}",
        )


def _conversations(
    stream: JsonStream, name: str, spool: Spool | None
) -> Iterator[ArchivedConversation]:
    seen: set[str] = set()
    if not stream.begins("["):
        raise _damaged(name, "'conversations' is not a list")
    for number in stream.elements():
        if number >= MAX_CONVERSATIONS:
            raise _too_large(name, tr("more than {most:,} conversations", most=MAX_CONVERSATIONS))
        place = tr("conversation {number}", number=number + 1)
        if spool is not None:
            spool.clear()
        try:
            conversation = _conversation(stream, name, place, spool.keep if spool else drop)
        except (WrongFieldError, BrokenTreeError) as error:
            raise _damaged(name, f"{place}: {error}") from error
        if conversation.id in seen:
            raise _damaged(name, f"{place}: another one has the id {conversation.id!r}")
        seen.add(conversation.id)
        yield conversation


def _conversation(stream: JsonStream, name: str, place: str, keep: Keep) -> ArchivedConversation:
    if not stream.begins("{"):
        raise WrongFieldError("not an object")
    facts: dict[str, Any] = {}
    messages: list[ArchivedMessage] = []
    attachments: list[ArchivedAttachment] = []
    queue: list[ArchivedQueued] = []
    summaries: object = None
    for member in stream.members():
        if member == "messages" and not messages:
            messages = list(_messages(stream, name, place))
        elif member == "attachments" and not attachments:
            attachments = list(_attachments(stream, name, place, keep))
        elif member == "queue" and not queue:
            queue = list(_queue(stream, name, place))
        elif member == "summaries":
            summaries = stream.value()
        elif member in _FACTS:
            facts[member] = stream.value()
        else:
            stream.skip()
    conversation = with_queue(conversation_from(facts, messages), queue)
    return with_summaries(with_attachments(conversation, attachments), summaries)


def _attachments(
    stream: JsonStream, name: str, place: str, keep: Keep
) -> Iterator[ArchivedAttachment]:
    if not stream.begins("["):
        raise WrongFieldError("'attachments' is not a list")
    for number in stream.elements():
        if number >= MAX_ATTACHMENTS:
            raise _too_large(
                name,
                tr(
                    "{place} with more than {most:,} attached files",
                    place=place,
                    most=MAX_ATTACHMENTS,
                ),
            )
        try:
            yield attachment_from(stream.value(), keep)
        except WrongFieldError as error:
            raise WrongFieldError(f"attachment {number + 1}: {error}") from error


def _queue(stream: JsonStream, name: str, place: str) -> Iterator[ArchivedQueued]:
    if not stream.begins("["):
        raise WrongFieldError("'queue' is not a list")
    before = stream.consumed
    for number in stream.elements():
        try:
            queued = queued_from(stream.value())
        except WrongFieldError as error:
            raise WrongFieldError(f"waiting message {number + 1}: {error}") from error
        if number >= MAX_QUEUED or stream.consumed - before > MAX_CONVERSATION:
            raise _too_large(
                name,
                tr(
                    "{place} with more than {most:,} waiting messages",
                    place=place,
                    most=number,
                ),
            )
        yield queued


def _messages(stream: JsonStream, name: str, place: str) -> Iterator[ArchivedMessage]:
    if not stream.begins("["):
        raise WrongFieldError("'messages' is not a list")
    before = stream.consumed
    for number in stream.elements():
        if number >= MAX_MESSAGES:
            raise _too_large(
                name, tr("{place} with more than {most:,} messages", place=place, most=MAX_MESSAGES)
            )
        try:
            message = message_from(stream.value())
        except WrongFieldError as error:
            raise WrongFieldError(f"message {number + 1}: {error}") from error
        if stream.consumed - before > MAX_CONVERSATION:
            raise _too_large(
                name,
                tr(
                    "{place} with more than {most:,} characters", place=place, most=MAX_CONVERSATION
                ),
            )
        yield message


def _damaged(name: str, details: str) -> StudioError:
    return StudioError(
        "import.damaged",
        tr("The file {name} is damaged: its conversations contradict themselves.", name=name),
        tr("Export them again. What can be read stands in the file as plain text."),
        details[:500],
    )


def _too_large(name: str, what: str) -> StudioError:
    return StudioError(
        "import.too_large",
        tr("The file {name} holds {what}, which is more than can be read.", name=name, what=what),
        tr("Export fewer conversations at a time."),
    )


def _write_conversation(put: Write, conversation: ArchivedConversation) -> None:
    facts = _members(conversation, but=_LISTS) | {"options": conversation.options.facts()}
    put(_line(facts)[:-1] + ',"messages":[')
    for number, message in enumerate(conversation.messages):
        put(",\n" if number else "\n")
        values = _members(message)
        for name in ("failure", "figures"):
            if values[name] is not None:
                values[name] = _members(values[name])
        put(_line(values))
    put("]")
    if conversation.attachments:
        put(',"attachments":[')
        for number, attached in enumerate(conversation.attachments):
            put(",\n" if number else "\n")
            _write_attachment(put, attached)
        put("]")
    if conversation.summaries:
        told = ",\n".join(_line(_members(each)) for each in conversation.summaries)
        put(f',"summaries":[{told}]')
    if conversation.queue:
        put(',"queue":[')
        for number, queued in enumerate(conversation.queue):
            put((",\n" if number else "\n") + _line(_members(queued)))
        put("]")
    put("}")


def _write_attachment(put: Write, attached: ArchivedAttachment) -> None:
    put(_line(_members(attached, but=_UNWRITTEN))[:-1] + ',"content":"')
    content = memoryview(attached.content())
    for start in range(0, len(content), _PIECE):
        put(base64.b64encode(content[start : start + _PIECE]).decode())
    put('"}')


def _members(
    value: ArchivedConversation
    | ArchivedMessage
    | ArchivedAttachment
    | ArchivedQueued
    | ArchivedSummary
    | Failure
    | Figures,
    but: Collection[str] = (),
) -> dict[str, Any]:
    """Return a value's fields; ``asdict`` would copy what is in them too."""
    names = [field.name for field in fields(value) if field.name not in but]
    return {name: getattr(value, name) for name in names}


def _line(values: dict[str, Any]) -> str:
    portable = {
        key: value.isoformat() if isinstance(value, datetime) else value
        for key, value in values.items()
    }
    try:
        return _encode(portable)
    except ValueError:  # JSON knows no infinity
        return _encode(_finite(portable))


def _finite(value: object) -> object:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, dict):
        return {key: _finite(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(each) for each in value]
    return value
