"""Archived conversations, made up message by message."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from studio.chat.transfer.archive import ArchivedConversation, ArchivedMessage

NOW = datetime(2026, 1, 31, 12, 0, 0, 123456, tzinfo=UTC)


def message(identity: str, parent: str | None = None, **facts: Any) -> ArchivedMessage:
    """Return a question, or with other facts something else."""
    known: dict[str, Any] = {"role": "user", "content": "Hello", "created_at": NOW} | facts
    return ArchivedMessage(id=identity, parent_id=parent, **known)


def conversation(*messages: ArchivedMessage, identity: str = "c") -> ArchivedConversation:
    """Return a conversation with the branch of its last message on show."""
    leaf = messages[-1].id if messages else None
    return ArchivedConversation(identity, "Title", NOW, NOW, messages, leaf)
