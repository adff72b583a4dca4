"""Takes summaries out of the database with their conversations, and puts them into it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from studio.chat.overflow.summaries import Summaries, Summary
from studio.chat.store import new_id
from studio.chat.transfer.archive import ArchivedSummary

if TYPE_CHECKING:
    from studio.storage.database import Database

_IDS = "SELECT id FROM chat_messages WHERE conversation_id = ?"


def take(database: Database, conversation_id: str) -> tuple[ArchivedSummary, ...]:
    """Return the summaries of a conversation, but for those of removed messages."""
    with database.reading() as connection:
        known = {row["id"] for row in connection.query(_IDS, [conversation_id])}
    return tuple(
        ArchivedSummary(each.upto_message_id, each.text, each.created_at, each.model, each.recipe)
        for each in Summaries(database).of(conversation_id)
        if each.upto_message_id in known
    )


def put(database: Database, conversation_id: str, summaries: Sequence[ArchivedSummary]) -> None:
    """Store them for a conversation that was stored just now."""
    if not summaries:
        return
    Summaries(database).put(
        Summary(
            new_id(),
            conversation_id,
            each.upto_message_id,
            each.text,
            each.created_at,
            each.model,
            each.recipe,
        )
        for each in summaries
    )
