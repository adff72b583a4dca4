"""Reads conversations and their messages from the database."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from studio.chat.attachments.attachments import of_messages
from studio.chat.conversation import Attachment, Conversation, Failure, Figures, Message
from studio.chat.options import options_from
from studio.errors import StudioError
from studio.storage.database import Database
from studio.translation import tr

Conversations = list[Conversation]
Messages = list[Message]
Rows = list[dict[str, Any]]

# A branch is walked from its leaf to its root; the tree of one conversation is a few thousand rows.
_BRANCH = """
WITH RECURSIVE branch(id, depth) AS (
    SELECT ?, 0
    UNION ALL
    SELECT parent_id, depth + 1 FROM chat_messages JOIN branch USING (id)
    WHERE parent_id IS NOT NULL
)
SELECT chat_messages.* FROM chat_messages JOIN branch USING (id) ORDER BY depth DESC
"""
# What was on show last may be lost with a damaged page; the other messages are there.
_END = """
SELECT coalesce(shown.id, (
    SELECT id FROM chat_messages WHERE conversation_id = chat.id
    ORDER BY created_at DESC, rowid DESC LIMIT 1
)) AS id
FROM chat_conversations AS chat LEFT JOIN chat_messages AS shown ON shown.id = chat.leaf_id
WHERE chat.id = ? AND chat.leaf_id IS NOT NULL
"""
_MESSAGE = """
SELECT chat_messages.* FROM chat_messages
JOIN chat_conversations AS chat ON chat.id = conversation_id AND NOT chat.purged
WHERE chat_messages.id = ?
"""


class ConversationReader:
    """What is in the person's database. Every method may be called from any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def database(self) -> Database:
        """What it reads from."""
        return self._database

    def list(
        self, *, matching: str = "", trashed: bool = False, also: Collection[str] = ()
    ) -> Conversations:
        """Return conversations whose title contains ``matching``: newest first, or last trashed.

        ``also`` are ids of conversations that match in another way.
        """
        chosen = "NOT NULL ORDER BY trashed_at DESC" if trashed else "NULL ORDER BY updated_at DESC"
        query = f"SELECT * FROM chat_conversations WHERE NOT purged AND trashed_at IS {chosen}"
        rows = self._rows(query)
        wanted = matching.strip().casefold()  # SQLite's lower() knows only ASCII
        return [
            _conversation(row)
            for row in rows
            if wanted in row["title"].casefold() or row["id"] in also
        ]

    def get(self, conversation_id: str) -> Conversation:
        """Return one conversation.

        Raises:
            StudioError: ``conversation.unknown``.
        """
        query = "SELECT * FROM chat_conversations WHERE id = ? AND NOT purged"
        for row in self._rows(query, conversation_id):
            return _conversation(row)
        raise StudioError(
            "conversation.unknown",
            tr("There is no conversation “{name}”.", name=conversation_id),
            tr("Choose another one, or begin a new one."),
        )

    def ids(self) -> set[str]:
        """Return the ids of all conversations, those in the trash too."""
        query = "SELECT id FROM chat_conversations WHERE NOT purged"
        return {row["id"] for row in self._rows(query)}

    def branch(self, conversation_id: str) -> Messages:
        """Return the messages on show, from the first to the last."""
        with self._database.reading():
            end = self.end_of(conversation_id)
            return self.branch_to(end) if end else []

    def branch_to(self, message_id: str) -> Messages:
        """Return a message with all that it follows, from the first on; on show or not."""
        with self._database.reading():
            return self._messages(self._rows(_BRANCH, message_id))

    def end_of(self, conversation_id: str) -> str | None:
        """Return the id of the last message on show; ``None`` where nothing was said.

        Raises:
            StudioError: ``conversation.unknown``.
        """
        with self._database.reading():
            self.get(conversation_id)
            rows = self._rows(_END, conversation_id)
            return rows[0]["id"] if rows else None

    def all_messages(self, conversation_id: str) -> Messages:
        """Return the messages of all branches, in the order in which they were written."""
        query = "SELECT * FROM chat_messages WHERE conversation_id = ? ORDER BY created_at, rowid"
        with self._database.reading():
            return self._messages(self._rows(query, conversation_id))

    def message(self, message_id: str) -> Message:
        """Return one message.

        Raises:
            StudioError: ``message.unknown``.
        """
        with self._database.reading():
            for message in self._messages(self._rows(_MESSAGE, message_id)):
                return message
        raise StudioError(
            "message.unknown",
            tr("There is no message “{name}”.", name=message_id),
            tr("Reload the conversation."),
        )

    def _messages(self, rows: Rows) -> Messages:
        """Return the messages of rows with what is attached to them."""
        attached = of_messages(self._database, [row["id"] for row in rows if row["role"] == "user"])
        return [_message(row, attached.get(row["id"], ())) for row in rows]

    def _rows(self, query: str, *values: object) -> Rows:
        with self._database.reading() as connection:
            return [*connection.query(query, values)]


def _conversation(row: Mapping[str, Any]) -> Conversation:
    times = {key: _time(row[key]) for key in ("created_at", "updated_at")}
    trashed = row["trashed_at"]
    return Conversation(
        id=row["id"],
        title=row["title"],
        model=row["model"],
        preset=row["preset"],
        system=row["system"],
        draft=row["draft"],
        leaf_id=row["leaf_id"],
        trashed_at=_time(trashed) if trashed else None,
        folder=row["folder"],
        tags=tuple(json.loads(row["tags"])),
        pinned=bool(row["pinned"]),
        archived=bool(row["archived"]),
        options=options_from(row["options"]),
        title_by=row["title_by"],
        **times,
    )


def _message(row: Mapping[str, Any], attachments: tuple[Attachment, ...]) -> Message:
    figures = json.loads(row["figures"]) if row["figures"] else None
    return Message(
        id=row["id"],
        conversation_id=row["conversation_id"],
        parent_id=row["parent_id"],
        role=row["role"],
        content=row["content"],
        created_at=_time(row["created_at"]),
        reasoning=row["reasoning"],
        thought_s=row["thought_s"],
        status=row["status"],
        stop=row["stop"],
        failure=Failure(**json.loads(row["error"])) if row["error"] else None,
        model=row["model"],
        figures=Figures(**figures) if figures else None,
        recipe=json.loads(row["recipe"]),
        attachments=attachments,
    )


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)
