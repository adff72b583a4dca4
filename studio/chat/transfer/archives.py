"""Takes conversations out of the database as archives, and puts archives into it."""

from __future__ import annotations

import json
from contextlib import AbstractContextManager
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any

from studio.chat.conversation import Conversation
from studio.chat.reader import ConversationReader
from studio.chat.store import new_id, title_from
from studio.chat.transfer import archived_queue, archived_summaries
from studio.chat.transfer.archive import (
    ArchivedConversation,
    ArchivedMessage,
    archive,
    ids_of,
    with_fresh_ids,
)
from studio.chat.transfer.archived_files import ArchivedFiles
from studio.chat.transfer.spool import Spool, spool_in
from studio.storage.database import Database

# Files are attached to waiting messages, and to removed ones, by the same ids.
_TAKEN = """
SELECT EXISTS (SELECT 1 FROM chat_conversations WHERE id = :id)
    OR EXISTS (SELECT 1 FROM chat_messages WHERE id IN (SELECT value FROM json_each(:ids)))
    OR EXISTS (SELECT 1 FROM chat_queue WHERE id IN (SELECT value FROM json_each(:ids)))
    OR EXISTS (
        SELECT 1 FROM chat_attachments WHERE message_id IN (SELECT value FROM json_each(:ids))
    )
"""


class Archives:
    """The database's conversations as whole values. May be used from any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._reader = ConversationReader(database)
        self._attachments = ArchivedFiles(database)

    def take(self, conversation_id: str) -> ArchivedConversation:
        """Return a conversation with all its branches.

        Raises:
            StudioError: ``conversation.unknown``.
        """
        with self._database.reading():
            conversation = self._reader.get(conversation_id)
            return archive(
                replace(conversation, leaf_id=self._reader.end_of(conversation_id)),
                self._reader.all_messages(conversation_id),
                folder=conversation.folder,
                tags=conversation.tags,
                pinned=conversation.pinned,
                archived=conversation.archived,
                attachments=self._attachments.take(conversation_id),
                summaries=archived_summaries.take(self._database, conversation_id),
                queue=archived_queue.take(self._database, conversation_id),
            )

    def put(self, archived: ArchivedConversation) -> Conversation:
        """Store a conversation, whole or not at all.

        It keeps its ids where they are free, and gets others where one of them is taken.
        """
        with self._database.transaction(synced=True) as connection:
            while self._is_taken(archived):
                archived = with_fresh_ids(archived, new_id)
            connection.table("chat_conversations").insert(_conversation_row(archived))
            connection.table("chat_messages").insert_all(
                _message_row(archived.id, message) for message in archived.messages
            )
            archived_queue.put(self._database, archived.id, archived.queue)
            self._attachments.put(archived.id, archived.attachments)
            archived_summaries.put(self._database, archived.id, archived.summaries)
            return self._reader.get(archived.id)

    def spool(self) -> AbstractContextManager[Spool]:
        """Lend a place for what is in attached files on their way in: where the database lies.

        Raises:
            StudioError: as :func:`studio.chat.transfer.spool.spool_in`.
        """
        path = self._database.path
        return spool_in(path.parent if path.is_file() else None)

    def _is_taken(self, archived: ArchivedConversation) -> bool:
        connection = self._database.connection()
        values = {"id": archived.id, "ids": json.dumps(ids_of(archived))}
        (taken,) = connection.execute(_TAKEN, values).fetchone()
        return bool(taken)


def _conversation_row(archived: ArchivedConversation) -> dict[str, Any]:
    questions = (message.content for message in archived.messages if message.role == "user")
    return {
        "id": archived.id,
        "title": archived.title or title_from(next(questions, "")),
        "title_by": "person" if archived.title else "",
        "created_at": _written(archived.created_at),
        "updated_at": _written(archived.updated_at),
        "model": archived.model,
        "preset": archived.preset,
        "system": archived.system,
        "draft": archived.draft,
        "leaf_id": archived.leaf_id,
        "folder": archived.folder,
        "tags": json.dumps(archived.tags),
        "pinned": archived.pinned,
        "archived": archived.archived,
        "options": archived.options.to_json(),
    }


def _message_row(conversation_id: str, message: ArchivedMessage) -> dict[str, Any]:
    return {
        "id": message.id,
        "conversation_id": conversation_id,
        "parent_id": message.parent_id,
        "role": message.role,
        "content": message.content,
        "reasoning": message.reasoning,
        "thought_s": message.thought_s,
        "created_at": _written(message.created_at),
        "status": message.status,
        "stop": message.stop,
        "error": json.dumps(asdict(message.failure)) if message.failure else "",
        "model": message.model,
        "figures": json.dumps(asdict(message.figures)) if message.figures else None,
        "recipe": json.dumps(message.recipe),
    }


def _written(moment: datetime) -> str:
    """Return a time as the database sorts it."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
