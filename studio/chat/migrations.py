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


_SEARCH_TABLES = (
    """
    CREATE TABLE chat_search_dirty (
        kind TEXT NOT NULL,
        key TEXT NOT NULL,
        PRIMARY KEY (kind, key)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE chat_search_rows (
        number INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        key TEXT NOT NULL,
        conversation_id TEXT NOT NULL,
        created REAL NOT NULL,
        folded TEXT NOT NULL,
        UNIQUE (kind, key)
    )
    """,
    "CREATE INDEX chat_search_rows_by_time ON chat_search_rows(kind, created)",
    """
    CREATE VIRTUAL TABLE chat_search USING fts5 (
        folded,
        content='chat_search_rows',
        content_rowid='number',
        tokenize='trigram case_sensitive 1'
    )
    """,
)
_SEARCH_TRIGGERS = (
    """
    CREATE TRIGGER chat_search_row_added AFTER INSERT ON chat_search_rows BEGIN
        INSERT INTO chat_search (rowid, folded) VALUES (NEW.number, NEW.folded);
    END
    """,
    """
    CREATE TRIGGER chat_search_row_deleted AFTER DELETE ON chat_search_rows BEGIN
        INSERT INTO chat_search (chat_search, rowid, folded)
        VALUES ('delete', OLD.number, OLD.folded);
    END
    """,
    """
    CREATE TRIGGER chat_message_added AFTER INSERT ON chat_messages
    WHEN NEW.status <> 'streaming' BEGIN
        INSERT OR IGNORE INTO chat_search_dirty VALUES ('message', NEW.id);
    END
    """,
    """
    CREATE TRIGGER chat_message_changed AFTER UPDATE OF content, status ON chat_messages
    WHEN NEW.status <> 'streaming'
        AND (OLD.status = 'streaming' OR OLD.content <> NEW.content) BEGIN
        INSERT OR IGNORE INTO chat_search_dirty VALUES ('message', NEW.id);
    END
    """,
    """
    CREATE TRIGGER chat_message_deleted AFTER DELETE ON chat_messages BEGIN
        DELETE FROM chat_search_rows WHERE kind = 'message' AND key = OLD.id;
        DELETE FROM chat_search_dirty WHERE kind = 'message' AND key = OLD.id;
    END
    """,
    """
    CREATE TRIGGER chat_title_added AFTER INSERT ON chat_conversations
    WHEN NEW.title <> '' BEGIN
        INSERT OR IGNORE INTO chat_search_dirty VALUES ('title', NEW.id);
    END
    """,
    """
    CREATE TRIGGER chat_title_changed AFTER UPDATE OF title ON chat_conversations
    WHEN OLD.title <> NEW.title BEGIN
        INSERT OR IGNORE INTO chat_search_dirty VALUES ('title', NEW.id);
    END
    """,
    """
    CREATE TRIGGER chat_title_deleted AFTER DELETE ON chat_conversations BEGIN
        DELETE FROM chat_search_rows WHERE kind = 'title' AND key = OLD.id;
        DELETE FROM chat_search_dirty WHERE kind = 'title' AND key = OLD.id;
    END
    """,
)


def add_search(database: sqlite_utils.Database) -> None:
    """Folded texts under a trigram index; all there is waits to be folded.

    Dropping a table that is searched drops its triggers, too: a later step makes them anew.
    """
    for statement in (*_SEARCH_TABLES, *_SEARCH_TRIGGERS):
        database.execute(statement)
    database.execute(
        "INSERT INTO chat_search_dirty"
        " SELECT 'message', id FROM chat_messages WHERE status <> 'streaming'"
        " UNION ALL SELECT 'title', id FROM chat_conversations WHERE title <> ''"
    )


def add_removals(database: sqlite_utils.Database) -> None:
    """Messages that were taken out of a conversation, so that this can be undone."""
    database.execute(
        """
        CREATE TABLE chat_removals (
            id TEXT PRIMARY KEY,
            conversation_id TEXT NOT NULL REFERENCES chat_conversations(id) ON DELETE CASCADE,
            removed_at TEXT NOT NULL,
            leaf_id TEXT,
            messages TEXT NOT NULL,
            prompts TEXT NOT NULL DEFAULT '{}'
        )
        """
    )
    database.execute("CREATE INDEX chat_removals_by_time ON chat_removals(removed_at)")
    database.execute("CREATE INDEX chat_removals_by_conversation ON chat_removals(conversation_id)")


def add_order(database: sqlite_utils.Database) -> None:
    """Folders, tags, pins and the archive."""
    for column in (
        "folder TEXT NOT NULL DEFAULT ''",
        "tags TEXT NOT NULL DEFAULT '[]'",
        "pinned INTEGER NOT NULL DEFAULT 0",
        "archived INTEGER NOT NULL DEFAULT 0",
    ):
        database.execute(f"ALTER TABLE chat_conversations ADD COLUMN {column}")


def add_prompts(database: sqlite_utils.Database) -> None:
    """The exact prompt of each reply, compressed."""
    database.execute(
        """
        CREATE TABLE chat_prompts (
            message_id TEXT PRIMARY KEY REFERENCES chat_messages(id) ON DELETE CASCADE,
            text BLOB NOT NULL
        ) WITHOUT ROWID
        """
    )


MIGRATIONS = MigrationSet(
    "chat",
    (
        create_conversations_and_messages,
        add_thinking_time,
        add_search,
        add_removals,
        add_order,
        add_prompts,
    ),
)
