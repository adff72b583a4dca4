"""Deletes for good what was marked as gone, a piece at a time, so that others can write meanwhile.

Marked are collections that were purged, sources that were taken out, and indexes that another one
has replaced. What a program that ended meanwhile left, the next call deletes.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from studio.documents import dropping
from studio.documents.source_table import finish_source
from studio.documents.tables import let_others_write, writing
from studio.storage.failures import worded

if TYPE_CHECKING:
    import sqlite_utils

    from studio.storage.database import Database

PIECE_CHUNKS = 2_000

_PURGED = "SELECT id FROM doc_collections WHERE purged"
_INDEXES = f"SELECT id FROM doc_indexes WHERE state = 'dropped' OR collection IN ({_PURGED})"
_CUTS = f"SELECT id, chunks FROM doc_cuts WHERE index_id IN ({_INDEXES}) LIMIT 100"
_FILES = f"SELECT id FROM doc_files WHERE collection IN ({_PURGED}) LIMIT 100"
_CONTENTS = f"SELECT id FROM doc_contents WHERE collection IN ({_PURGED}) LIMIT 20"


def finish(database: Database, must_stop: Callable[[], bool] = lambda: False) -> None:
    """Delete all that is marked, in as many transactions as it takes.

    Args:
        must_stop: asked between two pieces; what is left then is deleted at the next call.

    Raises:
        StudioError: the data cannot be written.
    """
    for source in _removed_sources(database):
        if must_stop():
            return
        finish_source(database, source)
    while not must_stop():
        began = time.monotonic()
        with writing(database) as db:
            if not _delete_piece(db):
                break
        let_others_write(began)


def scrub(database: Database) -> bool:
    """Write the whole file anew, so that not a byte of what was deleted is left in it.

    What is deleted is overwritten at once, but SQLite may have left a copy of it where a row was
    moved from: measured, of two texts in 1,463. This takes six tenths of a second for 100 MB, in
    which nobody else can write. Backups that were taken before still hold what there was.

    Returns:
        Whether the log of changes was emptied too, which somebody who reads just then prevents.

    Raises:
        StudioError: ``disk.full`` and the like; ``database.busy``.
    """
    connection = database.connection().conn
    with worded(database.path):
        connection.execute("VACUUM")
        return empty_log(database)


def empty_log(database: Database) -> bool:
    """Bring the log of changes into the file and empty it; return whether nobody prevented it.

    Raises:
        StudioError: as :func:`scrub`.
    """
    with worded(database.path):
        row = database.connection().conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return bool(row[0] == 0)


def _removed_sources(database: Database) -> list[str]:
    with database.reading() as db:
        return [row["id"] for row in db.query("SELECT id FROM doc_sources WHERE removed")]


def _delete_piece(db: sqlite_utils.Database) -> bool:
    """Delete some of what is marked; return whether there was any."""
    cuts = _within(db.execute(_CUTS).fetchall(), PIECE_CHUNKS)
    if cuts:
        dropping.drop_cuts(db, cuts)
        return True
    for query, table in ((_FILES, "doc_files"), (_CONTENTS, "doc_contents")):
        if db.execute(f"DELETE FROM {table} WHERE id IN ({query})").rowcount:
            return True
    for query, table in ((_INDEXES, "doc_indexes"), (_PURGED, "doc_collections")):
        db.execute(f"DELETE FROM {table} WHERE id IN ({query})")
    return False


def _within(cuts: list[tuple[int, int]], room: int) -> list[int]:
    piece = []
    for cut, chunks in cuts:
        piece.append(cut)
        room -= chunks
        if room <= 0:
            break
    return piece
