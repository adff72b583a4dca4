"""Keeps which conversations have a reply that ended while nobody looked at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.storage.database import Database


class Unseen:
    """The marks in the person's database. May be used from any thread.

    Every method raises ``StudioError`` where the database cannot be read or written.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def ids(self) -> set[str]:
        """Return the conversations that are marked."""
        query = "SELECT conversation_id FROM chat_unseen"
        with self._database.reading() as connection:
            return {str(row["conversation_id"]) for row in connection.query(query)}

    def add(self, conversation_id: str) -> None:
        """Mark a conversation; one that is gone meanwhile needs no mark."""
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT OR IGNORE INTO chat_unseen SELECT id FROM chat_conversations WHERE id = ?",
                [conversation_id],
            )

    def remove(self, conversation_id: str) -> None:
        """Take the mark away, if there is one."""
        with self._database.transaction() as connection:
            connection.execute(
                "DELETE FROM chat_unseen WHERE conversation_id = ?", [conversation_id]
            )
