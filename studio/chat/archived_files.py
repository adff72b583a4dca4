"""Takes attached files out of the database with their conversations, and puts them into it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from studio.chat.attached_files import AttachedFile
from studio.chat.attachments import put
from studio.chat.transfer.archive import ArchivedAttachment
from studio.storage.database import Database

_ALL = """
SELECT message_id, kind, name, media_type, size_bytes, content
FROM chat_attachments JOIN chat_attachment_contents USING (sha256)
WHERE conversation_id = ? AND (message_id = '' OR message_id IN (SELECT id FROM chat_messages))
ORDER BY message_id, position, id
"""


class ArchivedFiles:
    """The attached files of whole conversations. May be used from any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def take(self, conversation_id: str) -> tuple[ArchivedAttachment, ...]:
        """Return what is attached to the messages of a conversation, and to its next one."""
        with self._database.reading() as db:
            return tuple(
                ArchivedAttachment(**{**row, "content": bytes(row["content"])})
                for row in db.query(_ALL, [conversation_id])
            )

    def put(self, conversation_id: str, attachments: Sequence[ArchivedAttachment]) -> None:
        """Store them for a conversation that was stored just now."""
        places: Counter[str] = Counter()
        with self._database.transaction() as db:
            for each in attachments:
                file = AttachedFile(
                    each.kind, each.name, each.media_type, each.size_bytes, each.content
                )
                put(db, conversation_id, each.message_id, places[each.message_id], file)
                places[each.message_id] += 1
