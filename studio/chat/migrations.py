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


def add_purged(database: sqlite_utils.Database) -> None:
    """Which conversations are gone for good, though not yet all of their messages."""
    database.execute("ALTER TABLE chat_conversations ADD COLUMN purged INTEGER NOT NULL DEFAULT 0")


def add_options(database: sqlite_utils.Database) -> None:
    """What a conversation does differently from its preset."""
    database.execute("ALTER TABLE chat_conversations ADD COLUMN options TEXT NOT NULL DEFAULT '{}'")


def add_drafts(database: sqlite_utils.Database) -> None:
    """Half-written texts: other words for a message, by its id; under an empty id a new chat's.

    The id refers to nothing, for a message that was removed can be put back; what is half written
    about it goes when that is no longer so.
    """
    database.execute(
        """
        CREATE TABLE chat_drafts (
            message_id TEXT PRIMARY KEY,
            conversation_id TEXT REFERENCES chat_conversations(id) ON DELETE CASCADE,
            text TEXT NOT NULL
        ) WITHOUT ROWID
        """
    )
    database.execute("CREATE INDEX chat_drafts_by_conversation ON chat_drafts(conversation_id)")
    database.execute(
        """
        CREATE TRIGGER chat_removal_forgotten AFTER DELETE ON chat_removals BEGIN
            DELETE FROM chat_drafts
            WHERE conversation_id = OLD.conversation_id
                AND message_id NOT IN (SELECT id FROM chat_messages)
                AND NOT EXISTS (
                    SELECT 1 FROM chat_removals WHERE conversation_id = OLD.conversation_id
                );
        END
        """
    )


_ATTACHMENT_TABLES = (
    """
    CREATE TABLE chat_attachment_contents (
        sha256 TEXT PRIMARY KEY,
        content BLOB NOT NULL
    )
    """,
    """
    CREATE TABLE chat_attachments (
        id TEXT PRIMARY KEY,
        conversation_id TEXT REFERENCES chat_conversations(id) ON DELETE CASCADE,
        message_id TEXT NOT NULL,
        position INTEGER NOT NULL,
        kind TEXT NOT NULL,
        name TEXT NOT NULL,
        media_type TEXT NOT NULL,
        size_bytes INTEGER NOT NULL,
        sha256 TEXT NOT NULL REFERENCES chat_attachment_contents(sha256)
    )
    """,
    "CREATE INDEX chat_attachments_by_message ON chat_attachments(message_id)",
    "CREATE INDEX chat_attachments_by_conversation ON chat_attachments(conversation_id)",
    "CREATE INDEX chat_attachments_by_content ON chat_attachments(sha256)",
)
_ATTACHMENT_TRIGGERS = (
    """
    CREATE TRIGGER chat_attachment_deleted AFTER DELETE ON chat_attachments
    WHEN NOT EXISTS (SELECT 1 FROM chat_attachments WHERE sha256 = OLD.sha256) BEGIN
        DELETE FROM chat_attachment_contents WHERE sha256 = OLD.sha256;
    END
    """,
    """
    CREATE TRIGGER chat_attached_removal_forgotten AFTER DELETE ON chat_removals BEGIN
        DELETE FROM chat_attachments
        WHERE conversation_id = OLD.conversation_id AND message_id <> ''
            AND message_id NOT IN (SELECT id FROM chat_messages)
            AND NOT EXISTS (
                SELECT 1 FROM chat_removals WHERE conversation_id = OLD.conversation_id
            );
    END
    """,
)


def add_attachments(database: sqlite_utils.Database) -> None:
    """Attached files: whose they are, and once each what is in them.

    An empty message_id is the next message of the conversation, or without one of a new chat. It
    refers to nothing, for a message that was removed can be put back with what it had; that goes
    when there is nothing to put back any more.
    """
    for statement in (*_ATTACHMENT_TABLES, *_ATTACHMENT_TRIGGERS):
        database.execute(statement)


def add_summaries(database: sqlite_utils.Database) -> None:
    """What the model wrote in place of all messages up to a certain one.

    That one may be among the removed, which can be put back; the summary goes when there is nothing
    to put back any more.
    """
    database.execute(
        """
        CREATE TABLE chat_summaries (
            id TEXT PRIMARY KEY,
            conversation_id TEXT NOT NULL REFERENCES chat_conversations(id) ON DELETE CASCADE,
            upto_message_id TEXT NOT NULL,
            text TEXT NOT NULL,
            created_at TEXT NOT NULL,
            model TEXT NOT NULL DEFAULT '',
            recipe TEXT NOT NULL DEFAULT '{}'
        )
        """
    )
    database.execute(
        "CREATE INDEX chat_summaries_by_conversation ON chat_summaries(conversation_id)"
    )
    database.execute(
        """
        CREATE TRIGGER chat_summarised_removal_forgotten AFTER DELETE ON chat_removals BEGIN
            DELETE FROM chat_summaries
            WHERE conversation_id = OLD.conversation_id
                AND upto_message_id NOT IN (SELECT id FROM chat_messages)
                AND NOT EXISTS (
                    SELECT 1 FROM chat_removals WHERE conversation_id = OLD.conversation_id
                );
        END
        """
    )


def add_folded(database: sqlite_utils.Database) -> None:
    """Which folders of the list are folded away."""
    database.execute("CREATE TABLE chat_folded (folder TEXT PRIMARY KEY)")


def add_title_by(database: sqlite_utils.Database) -> None:
    """Who made a title: the person, the model, or nobody: then it is how the question begins.

    Nothing tells who made those that are there already, so that none of them is made anew.
    """
    database.execute("ALTER TABLE chat_conversations ADD COLUMN title_by TEXT NOT NULL DEFAULT ''")
    database.execute("UPDATE chat_conversations SET title_by = 'person' WHERE title <> ''")


def add_queue(database: sqlite_utils.Database) -> None:
    """Messages that wait for the end of a reply; what is attached to one is so under its id."""
    database.execute(
        """
        CREATE TABLE chat_queue (
            id TEXT PRIMARY KEY,
            conversation_id TEXT NOT NULL REFERENCES chat_conversations(id) ON DELETE CASCADE,
            text TEXT NOT NULL,
            created_at TEXT NOT NULL
        )
        """
    )
    database.execute("CREATE INDEX chat_queue_by_conversation ON chat_queue(conversation_id)")
    database.execute("DROP TRIGGER chat_attached_removal_forgotten")
    database.execute(
        """
        CREATE TRIGGER chat_attached_removal_forgotten AFTER DELETE ON chat_removals BEGIN
            DELETE FROM chat_attachments
            WHERE conversation_id = OLD.conversation_id AND message_id <> ''
                AND message_id NOT IN (SELECT id FROM chat_messages)
                AND message_id NOT IN (SELECT id FROM chat_queue)
                AND NOT EXISTS (
                    SELECT 1 FROM chat_removals WHERE conversation_id = OLD.conversation_id
                );
        END
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
        add_purged,
        add_options,
        add_drafts,
        add_attachments,
        add_summaries,
        add_folded,
        add_title_by,
        add_queue,
    ),
)
