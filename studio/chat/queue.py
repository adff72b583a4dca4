"""Messages that wait for the end of a reply, in the order in which they were written."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from studio.errors import StudioError
from studio.translation import tr

if TYPE_CHECKING:
    import sqlite_utils

    from studio.storage.database import Database

_WAITING = """
SELECT chat_queue.* FROM chat_queue
JOIN chat_conversations AS chat
    ON chat.id = conversation_id AND chat.trashed_at IS NULL AND NOT chat.purged
ORDER BY chat_queue.rowid
"""
_IN_ONE = "SELECT * FROM chat_queue WHERE conversation_id = ? ORDER BY rowid"


@dataclass(frozen=True, slots=True)
class Queued:
    """A message that is not asked yet.

    Attributes:
        attached: the ids of what was attached to it, told of one that was withdrawn.
    """

    id: str
    conversation_id: str
    text: str
    created_at: datetime
    attached: tuple[str, ...] = ()


class Queue:
    """The waiting messages of all conversations. May be used from any thread.

    They are stored, so that neither the end of the program nor of its process loses one. What was
    attached to the draft waits along with the message.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, conversation_id: str, text: str, title: str = "") -> Queued:
        """Let a message wait in a conversation in place of the draft, with what is attached to it.

        Args:
            title: what a conversation without a title is called meanwhile.

        Raises:
            StudioError: ``prompt.empty``, ``conversation.unknown``, or it cannot be written.
        """
        _check(text)
        row = _row(conversation_id, text)
        with self._database.transaction(synced=True) as db:
            found = db.execute(
                "UPDATE chat_conversations SET draft = '', title = iif(title = '', ?, title)"
                " WHERE id = ? AND NOT purged",
                [title, conversation_id],
            )
            if not found.rowcount:
                raise _unknown(conversation_id)
            db.table("chat_queue").insert(row)
            _hand_over(db, conversation_id, "", row["id"])
        return _queued(row)

    def waiting(self, conversation_id: str = "") -> tuple[Queued, ...]:
        """Return what waits in a conversation, or in all outside the trash, the oldest first."""
        query, values = (_IN_ONE, [conversation_id]) if conversation_id else (_WAITING, [])
        with self._database.reading() as db:
            return tuple(_queued(row) for row in db.query(query, values))

    def edit(self, queued_id: str, text: str) -> None:
        """Put a message in other words.

        Raises:
            StudioError: ``prompt.empty``, or ``queue.gone``.
        """
        _check(text)
        with self._database.transaction(synced=True) as db:
            query = "UPDATE chat_queue SET text = ? WHERE id = ?"
            if not db.execute(query, [text, queued_id]).rowcount:
                raise gone()

    def withdraw(self, queued_id: str) -> Queued:
        """Take a message out; what was attached to it is attached to the next message again.

        Raises:
            StudioError: ``queue.gone``.
        """
        with self._database.transaction(synced=True) as db:
            for row in [*db.query("SELECT * FROM chat_queue WHERE id = ?", [queued_id])]:
                query = "SELECT id FROM chat_attachments WHERE message_id = ? ORDER BY position, id"
                attached = tuple(key for (key,) in db.execute(query, [queued_id]).fetchall())
                _hand_over(db, row["conversation_id"], queued_id, "")
                db.execute("DELETE FROM chat_queue WHERE id = ?", [queued_id])
                return replace(_queued(row), attached=attached)
        raise gone()

    def put_back(self, queued: Queued) -> None:
        """Let a withdrawn message wait again, behind the others, with the files it had.

        The draft stays as it is, with what was attached to it.

        Raises:
            StudioError: ``conversation.unknown``, or it cannot be written.
        """
        key = queued.conversation_id
        row = _row(key, queued.text)
        with self._database.transaction(synced=True) as db:
            found = db.execute(
                "SELECT 1 FROM chat_conversations WHERE id = ? AND NOT purged", [key]
            )
            if found.fetchone() is None:
                raise _unknown(key)
            db.table("chat_queue").insert(row)
            db.execute(
                "UPDATE chat_attachments SET message_id = ? WHERE message_id = ''"
                " AND conversation_id = ? AND id IN (SELECT value FROM json_each(?))",
                [row["id"], key, json.dumps(queued.attached)],
            )


def take(db: sqlite_utils.Database, queued_id: str, message_id: str) -> None:
    """Have a waiting message be a question with its files, in the transaction of the caller.

    Raises:
        StudioError: ``queue.gone``.
    """
    if not db.execute("DELETE FROM chat_queue WHERE id = ?", [queued_id]).rowcount:
        raise gone()
    query = "UPDATE chat_attachments SET message_id = ? WHERE message_id = ?"
    db.execute(query, [message_id, queued_id])


def gone() -> StudioError:
    """Return the error of a message that does not wait any more."""
    return StudioError(
        "queue.gone",
        tr("This message does not wait any more."),
        tr("It was sent or withdrawn elsewhere; look at the end of the chat."),
    )


def _row(conversation_id: str, text: str) -> dict[str, str]:
    return {
        "id": f"{time.time_ns() // 1_000_000:012x}{secrets.token_hex(4)}",
        "conversation_id": conversation_id,
        "text": text,
        "created_at": datetime.now(UTC).isoformat(timespec="microseconds"),
    }


def _unknown(conversation_id: str) -> StudioError:
    return StudioError(
        "conversation.unknown",
        tr("There is no conversation “{id}”.", id=conversation_id),
        tr("Choose another one, or begin a new one."),
    )


def _hand_over(db: sqlite_utils.Database, conversation_id: str, old: str, new: str) -> None:
    db.execute(
        "UPDATE chat_attachments SET message_id = ? WHERE message_id = ? AND conversation_id = ?",
        [new, old, conversation_id],
    )


def _check(text: str) -> None:
    if not text.strip():
        raise StudioError(
            "prompt.empty", tr("There is nothing in it."), tr("Write something, or withdraw it.")
        )


def _queued(row: Mapping[str, Any]) -> Queued:
    moment = datetime.fromisoformat(row["created_at"])
    return Queued(row["id"], row["conversation_id"], row["text"], moment)
