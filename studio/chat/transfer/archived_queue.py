"""Takes waiting messages out of the database with their conversations, and puts them into it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC
from typing import TYPE_CHECKING

from studio.chat.queue import Queue
from studio.chat.transfer.archive import ArchivedQueued

if TYPE_CHECKING:
    from studio.storage.database import Database


def take(database: Database, conversation_id: str) -> tuple[ArchivedQueued, ...]:
    """Return what waits in a conversation, the oldest first."""
    return tuple(
        ArchivedQueued(each.id, each.text, each.created_at)
        for each in Queue(database).waiting(conversation_id)
    )


def put(database: Database, conversation_id: str, queue: Sequence[ArchivedQueued]) -> None:
    """Store it for a conversation that was stored just now. Nothing of it is sent by itself."""
    with database.transaction() as connection:
        connection.table("chat_queue").insert_all(
            {
                "id": each.id,
                "conversation_id": conversation_id,
                "text": each.text,
                "created_at": each.created_at.astimezone(UTC).isoformat(timespec="microseconds"),
            }
            for each in queue
        )
