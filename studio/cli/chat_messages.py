"""`studio chats show`, `switch`, `fork` and `delete`: what was said in a chat, and its branches."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from studio.assembly import Parts
from studio.chat.conversation import Conversation, Message
from studio.chat.tree import Place
from studio.cli.chat_order import place_of
from studio.cli.chat_trash import in_trash
from studio.cli.printing import one_line
from studio.errors import StudioError

_Answer = tuple[dict[str, Any], list[str]]


def show(parts: Parts, arguments: argparse.Namespace) -> _Answer:
    """Return what is on show in a chat, and what stands beside it.

    Raises:
        StudioError: ``conversation.unknown``.
    """
    chat = parts.conversations.get(arguments.conversation)
    places = parts.tree.places(chat.id)
    branch = parts.conversations.branch(chat.id)
    facts = place_of(chat) | {"messages": [_row(each, places.get(each.id)) for each in branch]}
    lines = [line for each in branch for line in _lines(each, places.get(each.id))]
    return facts, lines or ["Nothing was said in this chat yet."]


def switch(parts: Parts, arguments: argparse.Namespace) -> _Answer:
    """Bring another version on show, with what was said after it last.

    Raises:
        StudioError: ``conversation.unknown``, ``conversation.trashed`` or ``message.unknown``.
    """
    chat = not_in_trash(parts, arguments)
    parts.tree.show(message_in(parts, chat, arguments.message).id)
    return show(parts, arguments)


def fork(parts: Parts, arguments: argparse.Namespace) -> _Answer:
    """Begin a new chat with all that was said up to a message, by default the last on show.

    Raises:
        StudioError: as :func:`switch`, or ``message.none``.
    """
    chat = not_in_trash(parts, arguments)
    if arguments.message:
        last = message_in(parts, chat, arguments.message)
    else:
        last = _last(parts.conversations.branch(chat.id))
    made = parts.tree.fork(last.id)
    return place_of(made) | {"forked_from": last.id}, [
        f"A new chat with all that was said up to there: {made.id}"
    ]


def delete(parts: Parts, arguments: argparse.Namespace) -> _Answer:
    """Delete a message with all that follows it, on every branch.

    Raises:
        StudioError: as :func:`switch`, or ``chat.busy``.
    """
    chat = not_in_trash(parts, arguments)
    removal = parts.tree.remove(message_in(parts, chat, arguments.message).id)
    count = "1 message" if removal.count == 1 else f"{removal.count:,} messages"
    facts = {"conversation": chat.id, "messages": removal.count, "deleted": removal.id}
    back = f"Put it back: studio chats restore {chat.id} --deleted {removal.id}"
    return facts, [f"Deleted {count}.", back]


def not_in_trash(parts: Parts, arguments: argparse.Namespace) -> Conversation:
    """Return the chat that is named.

    Raises:
        StudioError: ``conversation.unknown`` or ``conversation.trashed``.
    """
    chat = parts.conversations.get(arguments.conversation)
    if chat.trashed_at is not None:
        raise in_trash(chat.title, chat.id)
    return chat


def message_in(parts: Parts, chat: Conversation, message_id: str) -> Message:
    """Return a message of a chat, on show or not.

    Raises:
        StudioError: ``message.unknown``.
    """
    found = parts.conversations.message(message_id)
    if found.conversation_id != chat.id:
        raise StudioError(
            "message.unknown",
            f"The message “{message_id}” is in another chat.",
            f"Name its chat instead: {found.conversation_id}",
        )
    return found


def _last(branch: Sequence[Message]) -> Message:
    if not branch:
        raise StudioError("message.none", "Nothing was said in this chat.", "Ask something first.")
    return branch[-1]


def _row(message: Message, place: Place | None) -> dict[str, Any]:
    return {
        "id": message.id,
        "role": message.role,
        "text": message.content,
        "reasoning": message.reasoning,
        "model": message.model,
        "created_at": message.created_at.isoformat(),
        "status": message.status,
        "stop": message.stop,
        "attached": [each.name for each in message.attachments],
        "version": place.number if place else 1,
        "versions": place.count if place else 1,
        "before": place.before if place else None,
        "after": place.after if place else None,
    }


def _lines(message: Message, place: Place | None) -> list[str]:
    who = "you" if message.role == "user" else one_line(message.model) or message.role
    told = [message.id, who]
    if place is not None:
        beside = " and ".join(filter(None, (place.before, place.after)))
        told.append(f"version {place.number} of {place.count}, beside {beside}")
    told += [f"with {one_line(each.name)}" for each in message.attachments]
    return ["  ".join(told), *(f"    {line}" for line in message.content.splitlines())]
