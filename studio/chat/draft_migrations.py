"""When half-written words for summaries go; steps that were released are never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.storage.migrate import MigrationSet

if TYPE_CHECKING:
    import sqlite_utils


def keep_drafts_of_summaries(database: sqlite_utils.Database) -> None:
    """Half-written words for a summary stay for as long as it stands for messages that are there.

    Until now they went with the first removal that could not be undone any more.
    """
    database.execute("DROP TRIGGER IF EXISTS chat_removal_forgotten")
    database.execute(
        """
        CREATE TRIGGER chat_removal_forgotten AFTER DELETE ON chat_removals BEGIN
            DELETE FROM chat_drafts
            WHERE conversation_id = OLD.conversation_id
                AND message_id NOT IN (SELECT id FROM chat_messages)
                AND message_id NOT IN (
                    SELECT chat_summaries.id FROM chat_summaries
                    JOIN chat_messages ON chat_messages.id = upto_message_id
                    WHERE chat_summaries.conversation_id = OLD.conversation_id
                )
                AND NOT EXISTS (
                    SELECT 1 FROM chat_removals WHERE conversation_id = OLD.conversation_id
                );
        END
        """
    )


MIGRATIONS = MigrationSet("drafts", (keep_drafts_of_summaries,))
