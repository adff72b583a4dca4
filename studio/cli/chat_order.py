"""`studio chats order`: where a chat stands in the list: folder, tags, pin and archive."""

from __future__ import annotations

import argparse
from typing import Any

from studio.assembly import Parts
from studio.chat.conversation import Conversation
from studio.chat.ordering import Ordering
from studio.cli.printing import one_line
from studio.errors import StudioError


def order(parts: Parts, arguments: argparse.Namespace) -> tuple[dict[str, Any], list[str]]:
    """Change what the options name, all of it or nothing, and leave the rest.

    Raises:
        StudioError: ``order.nothing``, ``conversation.unknown`` or ``name.too_long``.
    """
    wished = (arguments.folder, arguments.tag, arguments.pin, arguments.archive)
    if all(each is None for each in wished):
        raise StudioError(
            "order.nothing",
            "It is not said what is to change.",
            "Add --folder, --tag, --pin or --archive. See studio chats order --help.",
        )
    key, ordering = arguments.conversation, Ordering(parts.database)
    with parts.database.transaction():
        if arguments.folder is not None:
            ordering.move(key, arguments.folder)
        if arguments.tag is not None:
            ordering.tag(key, arguments.tag)
        if arguments.pin is not None:
            ordering.pin(key, pinned=arguments.pin)
        if arguments.archive is not None:
            ordering.archive(key, archived=arguments.archive)
    chat = parts.conversations.get(key)
    return place_of(chat), [f"{one_line(chat.title) or chat.id}: {_in_words(chat)}"]


def place_of(chat: Conversation) -> dict[str, Any]:
    """Return where a chat stands, as ``--json`` tells it."""
    return {
        "id": chat.id,
        "title": chat.title,
        "updated_at": chat.updated_at.isoformat(),
        "folder": chat.folder,
        "tags": list(chat.tags),
        "pinned": chat.pinned,
        "archived": chat.archived,
        "trashed_at": chat.trashed_at.isoformat() if chat.trashed_at else None,
    }


def _in_words(chat: Conversation) -> str:
    told = [f"in the folder {one_line(chat.folder)}" if chat.folder else "in no folder"]
    told.append(f"tags {one_line(', '.join(chat.tags))}" if chat.tags else "no tags")
    told += ["pinned"] * chat.pinned + ["archived"] * chat.archived
    return ", ".join(told)
