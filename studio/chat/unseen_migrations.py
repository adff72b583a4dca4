"""The table of replies that ended unseen; steps that were released are never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.storage.migrate import MigrationSet

if TYPE_CHECKING:
    import sqlite_utils


def create_unseen(database: sqlite_utils.Database) -> None:
    """Conversations with a reply that ended while nobody looked at it."""
    database.execute(
        """
        CREATE TABLE chat_unseen (
            conversation_id TEXT PRIMARY KEY
                REFERENCES chat_conversations(id) ON DELETE CASCADE
        ) WITHOUT ROWID
        """
    )


MIGRATIONS = MigrationSet("unseen", (create_unseen,))
