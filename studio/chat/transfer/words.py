"""The words around messages in an exported conversation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from studio.chat.transfer.archive import (
    ArchivedAttachment,
    ArchivedConversation,
    ArchivedMessage,
)
from studio.sizes import file_size

UNTITLED = "Untitled conversation"

_ENDINGS = {
    "cancelled": "Stopped before the end.",
    "interrupted": "Interrupted before the end.",
    "failed": "This reply failed.",
}


def speaker(message: ArchivedMessage) -> str:
    """Return who speaks."""
    return "You" if message.role == "user" else "Assistant"


def written(moment: datetime) -> str:
    """Return a moment as everybody can read it."""
    return moment.strftime("%Y-%m-%d %H:%M UTC")


def reasoning_title(message: ArchivedMessage) -> str:
    """Return what stands over the reasoning of a reply."""
    return "Reasoning" if message.thought_s is None else f"Reasoning ({message.thought_s:.1f} s)"


def attached(files: Sequence[ArchivedAttachment]) -> str:
    """Return in one line what is attached to a message, or nothing."""
    if not files:
        return ""
    return "Attached: " + ", ".join(f"{each.name} ({file_size(each.size_bytes)})" for each in files)


def ending(message: ArchivedMessage) -> str:
    """Return how a reply ended if not at its end, in one line, or nothing."""
    if message.failure is not None:
        return f"{message.failure.what} {message.failure.hint}".strip()
    return _ENDINGS.get(message.status, "")


def facts(conversation: ArchivedConversation) -> list[tuple[str, str]]:
    """Return what is known of a conversation, by name, in the order of telling."""
    known = [
        ("created", written(conversation.created_at)),
        ("updated", written(conversation.updated_at)),
        ("model", conversation.model),
        ("preset", conversation.preset),
        ("folder", conversation.folder),
        ("tags", ", ".join(conversation.tags)),
    ]
    return [(name, value) for name, value in known if value]
