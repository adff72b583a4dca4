"""The tables of Documents, step by step; steps that were released are never changed.

What holds words of a document is a table in the order in which it was written, and no index holds
them: SQLite leaves copies of what it moves about in the middle of a tree, beyond the reach of its
``secure_delete``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.storage.migrate import MigrationSet

if TYPE_CHECKING:
    import sqlite_utils


def create_collections(database: sqlite_utils.Database) -> None:
    """Collections and what was added to them; paths are the bytes that the system knows them by."""
    database.execute(
        """
        CREATE TABLE doc_collections (
            id TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            name_key TEXT NOT NULL,
            index_settings TEXT NOT NULL,
            search_settings TEXT NOT NULL,
            created_at TEXT NOT NULL,
            removed_at TEXT,
            purged INTEGER NOT NULL DEFAULT 0
        )
        """
    )
    database.execute(
        "CREATE UNIQUE INDEX doc_collections_by_name ON doc_collections (name_key)"
        " WHERE removed_at IS NULL"
    )
    database.execute(
        """
        CREATE TABLE doc_sources (
            id TEXT PRIMARY KEY,
            collection TEXT NOT NULL REFERENCES doc_collections (id) ON DELETE CASCADE,
            kind TEXT NOT NULL CHECK (kind IN ('folder', 'file', 'text')),
            path BLOB NOT NULL,
            device TEXT NOT NULL DEFAULT '',
            added_at TEXT NOT NULL,
            removed INTEGER NOT NULL DEFAULT 0,
            text TEXT
        )
        """
    )
    database.execute(
        "CREATE UNIQUE INDEX doc_sources_by_path ON doc_sources (collection, path)"
        " WHERE NOT removed"
    )


def create_contents(database: sqlite_utils.Database) -> None:
    """What files say, each content once in a collection: its pages, and its text in pieces."""
    database.execute(
        """
        CREATE TABLE doc_contents (
            id TEXT PRIMARY KEY,
            collection TEXT NOT NULL REFERENCES doc_collections (id) ON DELETE CASCADE,
            sha256 TEXT NOT NULL,
            kind TEXT NOT NULL,
            title TEXT NOT NULL,
            language TEXT NOT NULL,
            has_pages INTEGER NOT NULL,
            markup TEXT NOT NULL,
            size_bytes INTEGER NOT NULL,
            pages INTEGER NOT NULL,
            unread_pages INTEGER NOT NULL,
            characters INTEGER NOT NULL,
            stored_bytes INTEGER NOT NULL,
            notices TEXT NOT NULL,
            UNIQUE (collection, sha256)
        )
        """
    )
    database.execute(
        """
        CREATE TABLE doc_pages (
            id INTEGER PRIMARY KEY,
            content TEXT NOT NULL REFERENCES doc_contents (id) ON DELETE CASCADE,
            number INTEGER NOT NULL,
            start INTEGER NOT NULL,
            stop INTEGER NOT NULL,
            needs_ocr INTEGER NOT NULL,
            label TEXT NOT NULL,
            UNIQUE (content, number)
        )
        """
    )
    database.execute(
        """
        CREATE TABLE doc_texts (
            id INTEGER PRIMARY KEY,
            content TEXT NOT NULL REFERENCES doc_contents (id) ON DELETE CASCADE,
            start INTEGER NOT NULL,
            stop INTEGER NOT NULL,
            text TEXT NOT NULL,
            UNIQUE (content, start)
        )
        """
    )


def create_files(database: sqlite_utils.Database) -> None:
    """Files of the collections, what became of each, and the content that it has."""
    database.execute(
        """
        CREATE TABLE doc_files (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            collection TEXT NOT NULL REFERENCES doc_collections (id) ON DELETE CASCADE,
            source TEXT NOT NULL REFERENCES doc_sources (id) ON DELETE CASCADE,
            path BLOB NOT NULL,
            name_key TEXT NOT NULL,
            size_bytes INTEGER NOT NULL,
            modified_ns INTEGER NOT NULL,
            content TEXT REFERENCES doc_contents (id),
            state TEXT NOT NULL CHECK (state IN ('waiting', 'indexed', 'partly', 'failed')),
            code TEXT NOT NULL DEFAULT '',
            reason TEXT NOT NULL DEFAULT '',
            hint TEXT NOT NULL DEFAULT '',
            is_passing INTEGER NOT NULL DEFAULT 0,
            tried_at TEXT,
            UNIQUE (collection, path)
        )
        """
    )
    database.execute("CREATE INDEX doc_files_by_content ON doc_files (content)")
    database.execute("CREATE INDEX doc_files_by_source ON doc_files (source)")


def create_indexes(database: sqlite_utils.Database) -> None:
    """Indexes: how each has cut every content, and what is searched of each chunk."""
    database.execute(
        """
        CREATE TABLE doc_indexes (
            id TEXT PRIMARY KEY,
            collection TEXT NOT NULL REFERENCES doc_collections (id) ON DELETE CASCADE,
            embedder TEXT NOT NULL,
            embedder_path BLOB NOT NULL,
            dimension INTEGER NOT NULL,
            settings TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('building', 'live', 'dropped')),
            generation INTEGER NOT NULL,
            made_at TEXT NOT NULL
        )
        """
    )
    database.execute(
        "CREATE UNIQUE INDEX doc_indexes_by_state ON doc_indexes (collection, state)"
        " WHERE state <> 'dropped'"
    )
    database.execute("CREATE INDEX doc_indexes_by_collection ON doc_indexes (collection)")
    database.execute(
        """
        CREATE TABLE doc_cuts (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            index_id TEXT NOT NULL REFERENCES doc_indexes (id) ON DELETE CASCADE,
            content TEXT NOT NULL REFERENCES doc_contents (id) ON DELETE CASCADE,
            chunks INTEGER NOT NULL,
            passages INTEGER NOT NULL,
            stored_bytes INTEGER NOT NULL,
            UNIQUE (content, index_id)
        )
        """
    )
    database.execute("CREATE INDEX doc_cuts_by_index ON doc_cuts (index_id)")


def create_chunks(database: sqlite_utils.Database) -> None:
    """Chunks and passages of a cut, in their order; a chunk's text where it is not its span's."""
    database.execute(
        """
        CREATE TABLE doc_passages (
            id INTEGER PRIMARY KEY,
            cut INTEGER NOT NULL REFERENCES doc_cuts (id) ON DELETE CASCADE,
            place INTEGER NOT NULL,
            start INTEGER NOT NULL,
            stop INTEGER NOT NULL,
            page_first INTEGER NOT NULL,
            page_last INTEGER NOT NULL,
            heading TEXT NOT NULL,
            UNIQUE (cut, place)
        )
        """
    )
    database.execute(
        """
        CREATE TABLE doc_chunks (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            cut INTEGER NOT NULL REFERENCES doc_cuts (id) ON DELETE CASCADE,
            passage INTEGER NOT NULL,
            start INTEGER NOT NULL,
            stop INTEGER NOT NULL,
            page_first INTEGER NOT NULL,
            page_last INTEGER NOT NULL,
            tokens INTEGER NOT NULL,
            language TEXT NOT NULL,
            heading TEXT NOT NULL,
            text TEXT
        )
        """
    )
    database.execute("CREATE INDEX doc_chunks_by_cut ON doc_chunks (cut)")
    database.execute(
        """
        CREATE TABLE doc_vectors (
            chunk INTEGER PRIMARY KEY REFERENCES doc_chunks (id) ON DELETE CASCADE,
            vector BLOB NOT NULL
        )
        """
    )
    database.execute(
        """
        CREATE TABLE doc_terms (
            chunk INTEGER PRIMARY KEY REFERENCES doc_chunks (id) ON DELETE CASCADE,
            terms TEXT NOT NULL
        )
        """
    )


MIGRATIONS = MigrationSet(
    "documents",
    (create_collections, create_contents, create_files, create_indexes, create_chunks),
)
