"""Copies a conversation with all that belongs to it from one database into another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from studio.chat.reader import ConversationReader
from studio.errors import StudioError
from studio.translation import tr

if TYPE_CHECKING:
    import sqlite_utils

    from studio.chat.conversation import Conversation
    from studio.storage.database import Database

_NAME = re.compile(r"\Achat_\w+\Z")
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'chat\\_%' ESCAPE '\\'"
_IS_THERE = "SELECT 1 FROM chat_conversations WHERE id = ?"
_MADE_BY_TRIGGERS = "chat_search"
_PROMPTS = (
    "SELECT * FROM chat_prompts WHERE message_id IN"
    " (SELECT id FROM chat_messages WHERE conversation_id = ?)"
)
_CONTENTS = (
    "SELECT * FROM chat_attachment_contents WHERE sha256 IN"
    " (SELECT sha256 FROM chat_attachments WHERE conversation_id = ?)"
)


def keep(source: Database, target: Database, conversation_id: str) -> Conversation:
    """Copy a conversation whole or not at all; both databases have the same tables.

    It keeps its ids: those of two conversations never meet, wherever they were made.

    Raises:
        StudioError: ``conversation.unknown``; ``conversation.running`` while a reply is being
            written in it; ``conversation.kept`` when it was kept before; or the target cannot be
            written.
    """
    reader = ConversationReader(source)
    with source.reading() as db:
        reader.get(conversation_id)
        if any(each.status == "streaming" for each in reader.all_messages(conversation_id)):
            raise StudioError(
                "conversation.running",
                tr("A reply is being written in this chat."),
                tr("Wait for its end, or stop it; then keep the chat."),
            )
        rows = [(table, row) for table, row in _rows(db, conversation_id)]
    with target.transaction(synced=True) as db:
        if db.execute(_IS_THERE, [conversation_id]).fetchone() is not None:
            raise StudioError(
                "conversation.kept",
                tr("This chat was kept already."),
                tr("You find it among your chats, or in the trash."),
            )
        db.conn.execute("PRAGMA defer_foreign_keys = ON")  # a message may come before its parent
        for table, row in rows:
            db.table(table).insert(row, ignore=table == "chat_attachment_contents")
    return ConversationReader(target).get(conversation_id)


def _rows(db: sqlite_utils.Database, conversation_id: str) -> Iterator[tuple[str, dict[str, Any]]]:
    yield from _of(
        db, "chat_conversations", "SELECT * FROM chat_conversations WHERE id = ?", conversation_id
    )
    yield from _of(db, "chat_attachment_contents", _CONTENTS, conversation_id)
    for table in _tables(db):
        query = f'SELECT * FROM "{table}" WHERE conversation_id = ?'
        yield from _of(db, table, query, conversation_id)
    yield from _of(db, "chat_prompts", _PROMPTS, conversation_id)


def _of(
    db: sqlite_utils.Database, table: str, query: str, conversation_id: str
) -> Iterator[tuple[str, dict[str, Any]]]:
    for row in db.query(query, [conversation_id]):
        yield table, row


def _tables(db: sqlite_utils.Database) -> list[str]:
    """Return the tables whose rows say which conversation they belong to."""
    names = [str(name) for (name,) in db.execute(_TABLES).fetchall() if _NAME.match(name)]
    return [
        name
        for name in names
        if not name.startswith(_MADE_BY_TRIGGERS) and "conversation_id" in db[name].columns_dict
    ]
