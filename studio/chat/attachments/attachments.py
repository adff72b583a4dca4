"""Keeps what is attached to messages, and to the one that is being written.

A row tells of a file and whose it is; what is in it lies once under its SHA-256, however many
messages have it. What belongs to no message yet belongs to the next one of its conversation, or
without a conversation to the first one of a new chat.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from studio.chat.attachments.files import MOST_PER_MESSAGE, AttachedFile, too_many
from studio.chat.conversation import Attachment
from studio.errors import StudioError
from studio.translation import tr

if TYPE_CHECKING:
    import sqlite_utils

    from studio.storage.database import Database

_NEXT = ""  # the message_id of what is not sent yet

_FACTS = "id, message_id, kind, name, media_type, size_bytes, sha256"
_OF_MESSAGES = f"""
SELECT {_FACTS} FROM chat_attachments
WHERE message_id IN (SELECT value FROM json_each(?)) ORDER BY message_id, position, id
"""
_WAITING = f"""
SELECT {_FACTS} FROM chat_attachments
WHERE message_id = '' AND conversation_id IS ? ORDER BY position, id
"""
_ADD = """
INSERT INTO chat_attachments
    (id, conversation_id, message_id, position, kind, name, media_type, size_bytes, sha256)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_IS_KEPT = "SELECT 1 FROM chat_attachment_contents WHERE sha256 = ?"
_KEEP = "INSERT INTO chat_attachment_contents (sha256, content) VALUES (?, ?)"
_COPY = """
INSERT INTO chat_attachments
    (id, conversation_id, message_id, position, kind, name, media_type, size_bytes, sha256)
SELECT ?, ?, ?, position, kind, name, media_type, size_bytes, sha256
FROM chat_attachments WHERE id = ?
"""


class Attachments:
    """The person's attached files. May be used from any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, conversation_id: str, file: AttachedFile) -> Attachment:
        """Attach a file to the next message of a conversation, or with an empty id of a new chat.

        Raises:
            StudioError: ``attachment.too_many``, or it cannot be written.
        """
        with self._database.transaction(synced=True) as db:
            waiting = self.waiting(conversation_id)
            if len(waiting) >= MOST_PER_MESSAGE:
                raise too_many(len(waiting) + 1)
            key = put(db, conversation_id or None, _NEXT, _end(db, conversation_id), file)
        return next(each for each in self.waiting(conversation_id) if each.id == key)

    def waiting(self, conversation_id: str) -> tuple[Attachment, ...]:
        """Return what is attached to the next message."""
        with self._database.reading() as db:
            return tuple(
                attachment_of(row) for row in db.query(_WAITING, [conversation_id or None])
            )

    def remove(self, attachment_id: str) -> None:
        """Take a file off the next message; of one that was sent nothing can be taken."""
        with self._database.transaction() as db:
            db.execute(
                "DELETE FROM chat_attachments WHERE id = ? AND message_id = ''", [attachment_id]
            )

    def move_waiting(self, from_id: str, to_id: str) -> None:
        """Have what waits in one conversation wait in another; an empty id is a new chat."""
        with self._database.transaction() as db:
            db.execute(
                "UPDATE chat_attachments SET conversation_id = ?"
                " WHERE message_id = '' AND conversation_id IS ?",
                [to_id or None, from_id or None],
            )

    def of(self, message_ids: Collection[str]) -> Mapping[str, tuple[Attachment, ...]]:
        """Return what is attached to messages, by their ids, those without any left out."""
        return of_messages(self._database, message_ids)

    def has(self, sha256: str) -> bool:
        """Tell whether there is a file with this content."""
        with self._database.reading() as db:
            return bool([*db.query(_IS_KEPT, [sha256])])

    def content(self, sha256: str) -> bytes:
        """Return what is in an attached file; a text is in UTF-8.

        Raises:
            StudioError: ``attachment.gone``.
        """
        query = "SELECT content FROM chat_attachment_contents WHERE sha256 = ?"
        with self._database.reading() as db:
            for row in db.query(query, [sha256]):
                return bytes(row["content"])
        raise StudioError(
            "attachment.gone",
            tr("An attached file is no longer there."),
            tr("Attach it again to a new message."),
            sha256,
        )


def _end(db: sqlite_utils.Database, conversation_id: str) -> int:
    """Return the place behind all that waits; one that was taken off leaves a gap before it."""
    query = (
        "SELECT coalesce(max(position) + 1, 0) FROM chat_attachments"
        " WHERE message_id = '' AND conversation_id IS ?"
    )
    return int(db.execute(query, [conversation_id or None]).fetchone()[0])


def of_messages(
    database: Database, message_ids: Collection[str]
) -> Mapping[str, tuple[Attachment, ...]]:
    """Return what is attached to messages, by their ids, those without any left out."""
    found: dict[str, tuple[Attachment, ...]] = {}
    if not message_ids:
        return found
    with database.reading() as db:
        for row in db.query(_OF_MESSAGES, [json.dumps([*message_ids])]):
            found[row["message_id"]] = (*found.get(row["message_id"], ()), attachment_of(row))
    return found


def claim(db: sqlite_utils.Database, conversation_id: str, message_id: str) -> None:
    """Attach what waits in a conversation to a message, in the transaction of the caller."""
    db.execute(
        "UPDATE chat_attachments SET message_id = ? WHERE message_id = '' AND conversation_id = ?",
        [message_id, conversation_id],
    )


def hand_on(db: sqlite_utils.Database, from_message: str, to_message: str) -> None:
    """Attach what one message has to another, too, in the transaction of the caller."""
    rows = [*db.query(_OF_MESSAGES, [json.dumps([from_message])])]
    query = "SELECT conversation_id FROM chat_messages WHERE id = ?"
    (conversation_id,) = db.execute(query, [to_message]).fetchone()
    for row in rows:
        db.execute(_COPY, [secrets.token_hex(8), conversation_id, to_message, row["id"]])


def put_aside(db: sqlite_utils.Database, conversation_id: str) -> None:
    """Have what waits in a conversation without messages, queued ones too, wait in a new chat.

    For the transaction that takes the conversation away.
    """
    db.execute(
        "UPDATE chat_attachments SET conversation_id = NULL"
        " WHERE message_id = '' AND conversation_id = :id"
        " AND NOT EXISTS (SELECT 1 FROM chat_messages WHERE conversation_id = :id)"
        " AND NOT EXISTS (SELECT 1 FROM chat_queue WHERE conversation_id = :id)",
        {"id": conversation_id},
    )


def put(
    db: sqlite_utils.Database,
    conversation_id: str | None,
    message_id: str,
    position: int,
    file: AttachedFile,
) -> str:
    """Store a file in the transaction of the caller; return the id of its row."""
    key = secrets.token_hex(8)
    facts = (file.kind, file.name, file.media_type, file.size_bytes, file.sha256)
    row = Attachment(key, message_id, *facts)
    put_row(db, conversation_id, position, row, lambda: file.content)
    return key


def put_row(
    db: sqlite_utils.Database,
    conversation_id: str | None,
    position: int,
    row: Attachment,
    content: Callable[[], bytes],
) -> None:
    """Store a file as it is, in the transaction of the caller.

    What is in it is asked for only if the database does not have it.
    """
    if not db.execute(_IS_KEPT, [row.sha256]).fetchone():
        db.execute(_KEEP, [row.sha256, content()])
    facts = [row.kind, row.name, row.media_type, row.size_bytes, row.sha256]
    db.execute(_ADD, [row.id, conversation_id, row.message_id, position, *facts])


def named(attachments: Sequence[Attachment]) -> list[dict[str, str]]:
    """Return what a recipe tells of attached files."""
    return [{"kind": each.kind, "name": each.name, "sha256": each.sha256} for each in attachments]


def attachment_of(row: Mapping[str, Any]) -> Attachment:
    """Return what a row of the table tells."""
    return Attachment(
        row["id"],
        row["message_id"],
        row["kind"],
        row["name"],
        row["media_type"],
        row["size_bytes"],
        row["sha256"],
    )
