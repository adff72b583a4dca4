"""The words around messages in an exported conversation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from studio.chat.transfer.archive import (
    ArchivedAttachment,
    ArchivedConversation,
    ArchivedMessage,
    ArchivedSummary,
    branch,
)
from studio.sizes import file_size

UNTITLED = "Untitled conversation"

_IN_FORCE = "Summary: the model reads this in place of the messages above"
_WAS = "Summary: the model read this in place of the messages above"
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


def summaries_on(
    conversation: ArchivedConversation, leaf_id: str | None = None
) -> dict[str, list[tuple[str, ArchivedSummary]]]:
    """Return the summaries that hold on a branch by the message they stand after, with titles.

    The last one on the branch is in force; those before it were.

    Raises:
        KeyError: there is no such message.
    """
    found: dict[str, list[ArchivedSummary]] = {}
    for summary in conversation.summaries:
        found.setdefault(summary.upto_message_id, []).append(summary)
    ids = [message.id for message in branch(conversation, leaf_id) if message.id in found]
    in_force = found[ids[-1]][-1] if ids else None
    return {
        each: [(_IN_FORCE if summary is in_force else _WAS, summary) for summary in found[each]]
        for each in ids
    }


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
