"""Finds what a damaged database has lost of a collection, and has that be read again.

Nothing in normal work brings it about: each file is committed whole. But rows that were salvaged
from a damaged database may lack those that belong to them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.documents import dropping, tables
from studio.documents.tables import IN, Dropped, writing

if TYPE_CHECKING:
    import sqlite_utils

    from studio.storage.database import Database

_CUTS = """
SELECT cuts.id FROM doc_cuts AS cuts JOIN doc_indexes AS indexes ON indexes.id = cuts.index_id
WHERE indexes.collection = ? AND indexes.state <> 'dropped' AND (
    cuts.chunks <> (SELECT count(*) FROM doc_chunks AS chunks
        JOIN doc_vectors AS vectors ON vectors.chunk = chunks.id
        JOIN doc_terms AS terms ON terms.chunk = chunks.id
        JOIN doc_passages AS passages
            ON passages.cut = chunks.cut AND passages.place = chunks.passage
        WHERE chunks.cut = cuts.id AND length(vectors.vector) = 2 * indexes.dimension)
    OR cuts.chunks <> (SELECT count(*) FROM doc_chunks WHERE cut = cuts.id)
    OR cuts.passages <> (SELECT count(*) FROM doc_passages WHERE cut = cuts.id))
"""
_CONTENTS = """
SELECT id FROM doc_contents AS contents
WHERE collection = ? AND (
    pages <> (SELECT count(*) FROM doc_pages WHERE content = contents.id)
    OR characters <> (SELECT total(stop - start) FROM doc_texts WHERE content = contents.id))
"""
_UNNAMED = """
SELECT id FROM doc_contents AS contents
WHERE collection = ? AND NOT EXISTS (SELECT 1 FROM doc_files WHERE content = contents.id)
"""
_WAITING = """
SELECT id FROM doc_files
WHERE collection = ? AND content IS NULL AND state IN ('indexed', 'partly')
"""


@dataclass(frozen=True, slots=True)
class Faults:
    """What a check has found, as ids: it is all empty where the collection is whole.

    Attributes:
        cuts: whose chunks, vectors, terms or passages are not all there.
        contents: whose pages or text are not all there.
        unnamed: contents that no file has.
        files: that are said to be indexed and have no content.
    """

    cuts: tuple[int, ...]
    contents: tuple[str, ...]
    unnamed: tuple[str, ...]
    files: tuple[int, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing is wrong."""
        return not (self.cuts or self.contents or self.unnamed or self.files)


def check(database: Database, collection: str) -> Faults:
    """Return what is wrong with a collection. Reads much of it: some seconds for a large one.

    Raises:
        StudioError: the data cannot be read.
    """
    with database.reading() as db:
        return _faults(db, collection)


def repair(database: Database, collection: str) -> Dropped:
    """Take out what is not whole, so that it is read or cut again; return the chunks that went.

    Files whose content was lost wait to be read; what a live or building index has lost is
    :meth:`~studio.documents.indexes.Indexes.missing` in it.

    Raises:
        StudioError: the data cannot be read or written.
    """
    with writing(database) as db:
        faults = _faults(db, collection)
        dropped = dropping.drop_cuts(db, faults.cuts)
        if faults.contents:
            db.execute(
                f"UPDATE doc_files SET content = NULL, state = 'waiting' WHERE content {IN}",
                [json.dumps(faults.contents)],
            )
        gone = (*faults.contents, *faults.unnamed)
        dropping.merge(dropped, dropping.drop_unnamed(db, gone))
        files = json.dumps(faults.files)
        db.execute(f"UPDATE doc_files SET state = 'waiting' WHERE id {IN}", [files])
        if faults.cuts or gone:
            for row in list(db.query(_INDEXES, [collection])):
                tables.note_change(db, row["id"])
    return dropped


_INDEXES = "SELECT id FROM doc_indexes WHERE collection = ?"


def _faults(db: sqlite_utils.Database, collection: str) -> Faults:
    cuts, contents, unnamed, files = (
        tuple(row[0] for row in db.execute(query, [collection]).fetchall())
        for query in (_CUTS, _CONTENTS, _UNNAMED, _WAITING)
    )
    return Faults(cuts, contents, unnamed, files)
