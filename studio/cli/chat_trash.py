"""`studio chats remove` and `restore`: into the trash, and out of it again."""

from __future__ import annotations

import argparse
from typing import Any

from studio.assembly import Parts
from studio.cli.printing import one_line
from studio.errors import StudioError


def remove(parts: Parts, arguments: argparse.Namespace) -> tuple[dict[str, Any], list[str]]:
    """Move a chat to the trash.

    Raises:
        StudioError: ``conversation.unknown``, or ``conversation.trashed`` when it is there already.
    """
    chat = parts.conversations.get(arguments.conversation)
    if chat.trashed_at is not None:
        raise in_trash(chat.title, chat.id)
    parts.conversations.trash(chat.id)
    lines = [f"In the trash: {one_line(chat.title) or chat.id}", _way_back(chat.id)]
    return {"removed": chat.id, "title": chat.title}, lines


def restore(parts: Parts, arguments: argparse.Namespace) -> tuple[dict[str, Any], list[str]]:
    """Bring a chat back from the trash, or with ``--deleted`` messages back into a chat.

    Raises:
        StudioError: ``conversation.unknown``, ``conversation.not_trashed``, or as
            :meth:`studio.chat.tree.ConversationTree.put_back`.
    """
    chat = parts.conversations.get(arguments.conversation)
    if arguments.deleted:
        key = parts.tree.put_back(arguments.deleted)
        return {"restored": arguments.deleted, "conversation": key}, ["What was deleted is back."]
    if chat.trashed_at is None:
        raise StudioError(
            "conversation.not_trashed",
            f"The chat “{one_line(chat.title) or chat.id}” is not in the trash.",
            "There is nothing to do; studio chats list --trash tells what is there.",
        )
    parts.conversations.restore(chat.id)
    lines = [f"Back among the chats: {one_line(chat.title) or chat.id}"]
    return {"restored": chat.id, "title": chat.title}, lines


def in_trash(title: str, conversation_id: str) -> StudioError:
    """Return the error for a chat that has to be brought back first."""
    return StudioError(
        "conversation.trashed",
        f"The chat “{one_line(title) or conversation_id}” is in the trash.",
        _way_back(conversation_id),
    )


def _way_back(conversation_id: str) -> str:
    return f"Bring it back: studio chats restore {conversation_id}"
