"""A conversation outside the database: all its messages as plain values, in one piece.

What is exported is made from these, and what is imported becomes these before it is stored. An
archive owes nothing to the database: its ids are unique within itself only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any

from studio.chat.conversation import (
    AttachmentKind,
    Conversation,
    Failure,
    Figures,
    Message,
    Role,
    Status,
)
from studio.chat.options import Options

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class BrokenTreeError(ValueError):
    """Messages whose parents do not form a tree; the text says where."""


@dataclass(frozen=True, slots=True)
class ArchivedMessage:
    """A message; the fields are those of :class:`studio.chat.conversation.Message` but for the
    conversation's id, which stands once over all of them.

    They are written out here, since the exported file has just these: a field that joins the
    database's message does not change the file's format unseen. ``status`` is never ``streaming``:
    nobody writes on in an archive.
    """

    id: str
    parent_id: str | None
    role: Role
    content: str
    created_at: datetime
    reasoning: str = ""
    thought_s: float | None = None
    status: Status = "finished"
    stop: str = ""
    failure: Failure | None = None
    model: str = ""
    figures: Figures | None = None
    recipe: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ArchivedAttachment:
    """A file that is attached to a message, that waits or not.

    ``content`` reads what is in it, a picture's bytes or a text in UTF-8, each time it is called:
    together they can be larger than the memory. Two are equal when their ``sha256`` are.
    """

    message_id: str
    kind: AttachmentKind
    name: str
    media_type: str
    size_bytes: int
    sha256: str
    content: Callable[[], bytes] = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class ArchivedQueued:
    """A message that waits to be sent; files are attached to its id as to that of any other."""

    id: str
    text: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ArchivedSummary:
    """What a model wrote in place of all messages up to one, on whatever branch that is."""

    upto_message_id: str
    text: str
    created_at: datetime
    model: str = ""
    recipe: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ArchivedConversation:
    """A conversation's facts and all its branches; a parent always stands before its children.

    ``leaf_id`` is the last message of the branch on show, ``None`` without messages. The
    ``attachments`` of one message stand in their order; those of the next one have an empty id.
    ``queue`` is what waits to be sent, the oldest first.
    """

    id: str
    title: str
    created_at: datetime
    updated_at: datetime
    messages: tuple[ArchivedMessage, ...] = ()
    leaf_id: str | None = None
    model: str = ""
    preset: str = ""
    system: str | None = None
    draft: str = ""
    folder: str = ""
    tags: tuple[str, ...] = ()
    pinned: bool = False
    archived: bool = False
    options: Options = field(default_factory=Options)
    attachments: tuple[ArchivedAttachment, ...] = ()
    summaries: tuple[ArchivedSummary, ...] = ()
    queue: tuple[ArchivedQueued, ...] = ()


def archive(
    conversation: Conversation,
    messages: Iterable[Message],
    *,
    folder: str = "",
    tags: Iterable[str] = (),
    pinned: bool = False,
    archived: bool = False,
    attachments: Iterable[ArchivedAttachment] = (),
    summaries: Iterable[ArchivedSummary] = (),
    queue: Iterable[ArchivedQueued] = (),
) -> ArchivedConversation:
    """Return a conversation with all its messages, in any order, as one value.

    A reply that is being written at this moment is kept as far as it is, as ``interrupted``.

    Raises:
        BrokenTreeError: the messages are not those of one conversation.
    """
    return ArchivedConversation(
        id=conversation.id,
        title=conversation.title,
        created_at=conversation.created_at,
        updated_at=conversation.updated_at,
        messages=parents_first(_message(message) for message in messages),
        leaf_id=conversation.leaf_id,
        model=conversation.model,
        preset=conversation.preset,
        system=conversation.system,
        draft=conversation.draft,
        folder=folder,
        tags=tuple(tags),
        pinned=pinned,
        archived=archived,
        options=conversation.options,
        attachments=tuple(attachments),
        summaries=tuple(summaries),
        queue=tuple(queue),
    )


def attached_to(
    conversation: ArchivedConversation, message_id: str
) -> tuple[ArchivedAttachment, ...]:
    """Return what is attached to a message."""
    return tuple(each for each in conversation.attachments if each.message_id == message_id)


def parents_first(messages: Iterable[ArchivedMessage]) -> tuple[ArchivedMessage, ...]:
    """Return messages with every parent before its children, their order else unchanged.

    Raises:
        BrokenTreeError: an id occurs twice, a parent is missing, or parents run in a circle.
    """
    given = tuple(messages)
    known = {message.id for message in given}
    if len(known) < len(given):
        raise BrokenTreeError("two messages have the same id")
    waiting: dict[str | None, list[ArchivedMessage]] = {}
    for message in given:
        if message.parent_id is not None and message.parent_id not in known:
            raise BrokenTreeError(f"message {message.id!r} follows one that is not there")
        waiting.setdefault(message.parent_id, []).append(message)
    ordered = given if _is_ordered(given) else _reached(waiting)
    if len(ordered) < len(given):
        raise BrokenTreeError("some messages follow each other in a circle")
    return ordered


def branch(
    conversation: ArchivedConversation, leaf_id: str | None = None
) -> tuple[ArchivedMessage, ...]:
    """Return the messages from the first one to ``leaf_id``, or to the leaf on show.

    Raises:
        KeyError: there is no such message.
    """
    by_id = {message.id: message for message in conversation.messages}
    path: list[ArchivedMessage] = []
    at = leaf_id or conversation.leaf_id
    while at is not None:
        path.append(by_id[at])
        at = path[-1].parent_id
    return tuple(reversed(path))


def with_fresh_ids(
    conversation: ArchivedConversation, new_id: Callable[[], str]
) -> ArchivedConversation:
    """Return the same conversation under ids of the caller's own making.

    An id that ``new_id`` gives twice, as happens by chance among many, is passed over.
    """
    fresh = _distinct(new_id)
    ids = {each: next(fresh) for each in ids_of(conversation)}
    return replace(
        conversation,
        id=new_id(),
        leaf_id=ids[conversation.leaf_id] if conversation.leaf_id else None,
        attachments=tuple(
            replace(each, message_id=ids[each.message_id] if each.message_id else "")
            for each in conversation.attachments
        ),
        summaries=tuple(
            replace(each, upto_message_id=ids[each.upto_message_id])
            for each in conversation.summaries
        ),
        queue=tuple(replace(each, id=ids[each.id]) for each in conversation.queue),
        messages=tuple(
            replace(
                message,
                id=ids[message.id],
                parent_id=ids[message.parent_id] if message.parent_id else None,
            )
            for message in conversation.messages
        ),
    )


def ids_of(conversation: ArchivedConversation) -> list[str]:
    """Return the ids of all messages, those that wait behind the others."""
    said, waiting = conversation.messages, conversation.queue
    return [*(each.id for each in said), *(each.id for each in waiting)]


def whole_characters(text: str) -> str:
    """Return text that every file and database takes: a half of a character becomes U+FFFD."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return _LONE_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)
    return text


def _distinct(new_id: Callable[[], str]) -> Iterator[str]:
    given: set[str] = set()
    while True:
        identity = new_id()
        if identity not in given:
            given.add(identity)
            yield identity


def _is_ordered(messages: Iterable[ArchivedMessage]) -> bool:
    seen: set[str | None] = {None}
    for message in messages:
        if message.parent_id not in seen:
            return False
        seen.add(message.id)
    return True


def _reached(
    waiting: dict[str | None, list[ArchivedMessage]],
) -> tuple[ArchivedMessage, ...]:
    """Return what can be reached from the first messages, level by level."""
    ordered = list(waiting.get(None, ()))
    for message in ordered:  # grows while it is walked
        ordered.extend(waiting.get(message.id, ()))
    return tuple(ordered)


def _message(message: Message) -> ArchivedMessage:
    told: dict[str, Any] = {
        each.name: getattr(message, each.name) for each in fields(ArchivedMessage)
    }
    if message.status == "streaming":
        told["status"] = "interrupted"
    return ArchivedMessage(**told)
