"""What is seen to in the conversations once a damaged database was repaired."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite_utils

_SHOW_NEWEST = """
UPDATE chat_conversations SET leaf_id = (
    SELECT id FROM chat_messages WHERE conversation_id = chat_conversations.id
    ORDER BY created_at DESC, rowid DESC LIMIT 1
)
WHERE NOT EXISTS (SELECT 1 FROM chat_messages WHERE chat_messages.id = leaf_id)
"""


def show_newest(database: sqlite_utils.Database) -> None:
    """Bring the newest message that is left on show where the one that was is lost."""
    database.execute(_SHOW_NEWEST)
