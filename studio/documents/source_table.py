"""Keeps what was added to collections, and takes it out again with all that came of it."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

from studio.documents import dropping, tables
from studio.documents.sources import Source, SourceKind, device_of, free_title, settled, source_of
from studio.documents.tables import Dropped, check_collection, path_bytes, storable, writing
from studio.errors import StudioError
from studio.translation import tr

if TYPE_CHECKING:
    import sqlite_utils

    from studio.storage.database import Database

PIECE_FILES = 100  # that go in one transaction, so that others can write in between

_SOURCES = """
SELECT *, length(CAST(text AS BLOB)) AS size_bytes FROM doc_sources
WHERE collection = ? AND NOT removed ORDER BY added_at, rowid
"""
_HAND_OVER = """
UPDATE doc_files SET source = ?
WHERE source = ? AND (path = ? OR (path >= ? AND path < ?))
"""
_SOME_FILES = "SELECT id FROM doc_files WHERE source = ? LIMIT ?"


class SourceTable:
    """What was added to collections. Every method may be called from any thread.

    Args:
        own: the program's data folder, of which nothing is ever indexed; by default the one that
            the database is in.
    """

    def __init__(self, database: Database, own: Path | None = None) -> None:
        self._database = database
        self._own = own or database.path.parent

    def sources(self, collection: str) -> list[Source]:
        """Return what was added, oldest first."""
        with self._database.reading() as db:
            return [source_of(row) for row in db.query(_SOURCES, [collection])]

    def add_source(self, collection: str, path: Path) -> Source:
        """Add a file or folder; one that is there already is returned as it is.

        Raises:
            StudioError: ``documents.no_collection``, and as :func:`~sources.settled`.
        """
        there, kind = settled(path, self._own)
        return self._add(collection, kind, there, None)

    def add_text(self, collection: str, title: str, text: str) -> Source:
        """Add a pasted text; a second one of the same title gets a number.

        Raises:
            StudioError: ``documents.no_collection``; ``documents.empty_text``.
        """
        if not text.strip():
            raise StudioError(
                "documents.empty_text",
                tr("There is no text to add."),
                tr("Copy some text first, then paste it here."),
            )
        return self._add(collection, "text", Path(storable(title)), storable(text))

    def text_of(self, source: str) -> str:
        """Return what was pasted.

        Raises:
            StudioError: ``documents.no_source``.
        """
        with self._database.reading() as db:
            query = "SELECT text FROM doc_sources WHERE id = ? AND kind = 'text' AND NOT removed"
            row = tables.one(db, query, [source])
        if row is None:
            raise tables.no_source()
        return str(row["text"])

    def remove_source(self, collection: str, source: str) -> Dropped:
        """Take out what was added, with its files; return the ids of chunks that went, by index.

        It is off the list at once; files go a few at a time, and what a program that ended
        meanwhile left, :func:`~studio.documents.purging.finish` deletes. Files that something else
        in the collection holds too stay.

        Raises:
            StudioError: ``documents.no_source``.
        """
        with writing(self._database, synced=True) as db:
            tables.check_source(db, collection, source)
            db.execute("UPDATE doc_sources SET removed = 1, text = NULL WHERE id = ?", [source])
            for other in db.query(_SOURCES, [collection]):
                _hand_over(db, source, source_of(other))
        return finish_source(self._database, source)

    def _add(self, collection: str, kind: SourceKind, path: Path, text: str | None) -> Source:
        with writing(self._database, synced=True) as db:
            check_collection(db, collection)
            if text is not None:
                path = free_title(db, collection, str(path))
            elif known := _at(db, collection, path):
                return known
            row = {
                "id": tables.new_id(),
                "collection": collection,
                "kind": kind,
                "path": path_bytes(path),
                "device": "" if kind == "text" else device_of(path),
                "added_at": tables.now(),
                "text": text,
            }
            db.table("doc_sources").insert(row)
        return source_of(row | {"size_bytes": len(text.encode()) if text else 0})


def finish_source(database: Database, source: str) -> Dropped:
    """Delete a source that was taken out, and its files, in as many transactions as it takes."""
    dropped: Dropped = {}
    while True:
        began = time.monotonic()
        with writing(database) as db:
            files = [row[0] for row in db.execute(_SOME_FILES, [source, PIECE_FILES]).fetchall()]
            if not files:
                db.execute("DELETE FROM doc_sources WHERE id = ? AND removed", [source])
                return dropped
            dropping.merge(dropped, dropping.drop_files(db, files))
        tables.let_others_write(began)


def below(folder: Path) -> tuple[bytes, bytes]:
    """Return bounds ``[first, after)`` of the path bytes of all that is in a folder."""
    start = path_bytes(folder).removesuffix(os.sep.encode()) + os.sep.encode()
    return start, start[:-1] + bytes([start[-1] + 1])


def _at(db: sqlite_utils.Database, collection: str, path: Path) -> Source | None:
    there = (source_of(row) for row in db.query(_SOURCES, [collection]))
    return next((source for source in there if source.path == path), None)


def _hand_over(db: sqlite_utils.Database, source: str, other: Source) -> None:
    is_folder = other.kind == "folder"
    first, after = below(other.path) if is_folder else (b"", b"")
    db.execute(_HAND_OVER, [other.id, source, path_bytes(other.path), first, after])
