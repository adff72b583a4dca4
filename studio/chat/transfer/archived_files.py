"""Takes attached files out of the database with their conversations, and puts them into it."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Sequence
from functools import partial

from studio.chat.attachments.attachments import put_row
from studio.chat.conversation import Attachment
from studio.chat.transfer.archive import ArchivedAttachment
from studio.errors import StudioError
from studio.storage.database import Database
from studio.translation import tr

_ALL = """
SELECT message_id, kind, name, media_type, size_bytes, sha256 FROM chat_attachments
WHERE conversation_id = ? AND (
    message_id = '' OR message_id IN (SELECT id FROM chat_messages)
    OR message_id IN (SELECT id FROM chat_queue)
)
ORDER BY message_id, position, id
"""
_CONTENT = "SELECT content FROM chat_attachment_contents WHERE sha256 = ?"


class ArchivedFiles:
    """The attached files of whole conversations. May be used from any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def take(self, conversation_id: str) -> tuple[ArchivedAttachment, ...]:
        """Return what is attached to the messages of a conversation, waiting ones too.

        What is in a file is read when it is asked for, which raises ``attachment.gone`` where the
        file was deleted meanwhile.
        """
        with self._database.reading() as db:
            return tuple(
                ArchivedAttachment(**row, content=partial(self._content, row["sha256"]))
                for row in db.query(_ALL, [conversation_id])
            )

    def put(self, conversation_id: str, attachments: Sequence[ArchivedAttachment]) -> None:
        """Store them for a conversation that was stored just now, one after the other."""
        places: Counter[str] = Counter()
        with self._database.transaction() as db:
            for each in attachments:
                facts = (each.kind, each.name, each.media_type, each.size_bytes, each.sha256)
                row = Attachment(secrets.token_hex(8), each.message_id, *facts)
                put_row(db, conversation_id, places[each.message_id], row, each.content)
                places[each.message_id] += 1

    def _content(self, sha256: str) -> bytes:
        with self._database.reading() as db:
            for row in db.query(_CONTENT, [sha256]):
                return bytes(row["content"])
        raise StudioError(
            "attachment.gone",
            tr("An attached file was deleted while it was read."),
            tr("Try again."),
            sha256,
        )
