"""The tables of conversations, step by step; steps that were released are never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.storage.migrate import MigrationSet

if TYPE_CHECKING:
    import sqlite_utils


def create_conversations_and_messages(database: sqlite_utils.Database) -> None:
    """Conversations, and messages that form a tree through their parent."""
    database.execute(
        """
        CREATE TABLE chat_conversations (
            id TEXT PRIMARY KEY,
            title TEXT NOT NULL DEFAULT '',
            created_at TEXT NOT NULL,
            updated_at TEXT NOT NULL,
            model TEXT NOT NULL DEFAULT '',
            preset TEXT NOT NULL DEFAULT '',
            system TEXT,
            draft TEXT NOT NULL DEFAULT '',
            leaf_id TEXT,
            trashed_at TEXT
        )
        """
    )
    database.execute(
        """
        CREATE TABLE chat_messages (
            id TEXT PRIMARY KEY,
            conversation_id TEXT NOT NULL REFERENCES chat_conversations(id) ON DELETE CASCADE,
            parent_id TEXT REFERENCES chat_messages(id),
            role TEXT NOT NULL,
            content TEXT NOT NULL DEFAULT '',
            reasoning TEXT NOT NULL DEFAULT '',
            created_at TEXT NOT NULL,
            status TEXT NOT NULL,
            stop TEXT NOT NULL DEFAULT '',
            error TEXT NOT NULL DEFAULT '',
            model TEXT NOT NULL DEFAULT '',
            figures TEXT,
            recipe TEXT NOT NULL DEFAULT '{}',
            writer_pid INTEGER,
            writer_started REAL
        )
        """
    )
    database.execute("CREATE INDEX chat_messages_by_parent ON chat_messages(parent_id)")
    database.execute("CREATE INDEX chat_messages_by_conversation ON chat_messages(conversation_id)")
    database.execute("CREATE INDEX chat_messages_by_status ON chat_messages(status)")
    database.execute(
        "CREATE INDEX chat_conversations_by_time ON chat_conversations(trashed_at, updated_at)"
    )


def add_thinking_time(database: sqlite_utils.Database) -> None:
    """How long a reply's model reasoned, in seconds."""
    database.execute("ALTER TABLE chat_messages ADD COLUMN thought_s REAL")


MIGRATIONS = MigrationSet("chat", (create_conversations_and_messages, add_thinking_time))
