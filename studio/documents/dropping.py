"""Takes contents, files and cuts out of the tables, in the transaction of the caller."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from studio.documents.tables import IN, Dropped, note_change

if TYPE_CHECKING:
    import sqlite_utils

_UNNAMED = f"""
SELECT id FROM doc_contents AS contents
WHERE id {IN} AND NOT EXISTS (SELECT 1 FROM doc_files WHERE content = contents.id)
"""


def drop_unnamed(db: sqlite_utils.Database, contents: Iterable[str | None]) -> Dropped:
    """Delete those of the contents that no file has any more; return their chunks' ids."""
    asked = sorted({each for each in contents if each is not None})
    gone = [row[0] for row in db.execute(_UNNAMED, [json.dumps(asked)]).fetchall()]
    dropped = drop_cuts(
        db, [row[0] for row in _some(db, "SELECT id FROM doc_cuts WHERE content", gone)]
    )
    db.execute(f"DELETE FROM doc_contents WHERE id {IN}", [json.dumps(gone)])
    return dropped


def drop_cuts(db: sqlite_utils.Database, cuts: Iterable[int]) -> Dropped:
    """Delete cuts with all their chunks; return the chunks' ids, in order, by index.

    An index that has lost a cut without chunks is named too, with no ids.
    """
    asked = list(cuts)
    dropped: Dropped = {
        row[0]: [] for row in _some(db, "SELECT DISTINCT index_id FROM doc_cuts WHERE id", asked)
    }
    chunks = "SELECT index_id, doc_chunks.id FROM doc_chunks JOIN doc_cuts ON doc_cuts.id = cut"
    for index_id, chunk in _some(db, f"{chunks} WHERE cut", asked):
        dropped[index_id].append(chunk)
    db.execute(f"DELETE FROM doc_cuts WHERE id {IN}", [json.dumps(asked)])
    for index_id, ids in dropped.items():
        ids.sort()
        note_change(db, index_id)
    return dropped


def drop_files(db: sqlite_utils.Database, files: Iterable[int]) -> Dropped:
    """Delete files, and the contents that no other file has; return their chunks' ids."""
    asked = list(files)
    contents = [row[0] for row in _some(db, "SELECT content FROM doc_files WHERE id", asked)]
    db.execute(f"DELETE FROM doc_files WHERE id {IN}", [json.dumps(asked)])
    return drop_unnamed(db, contents)


def merge(into: Dropped, more: Dropped) -> Dropped:
    """Add what went in a further transaction, and return all."""
    for index_id, ids in more.items():
        into.setdefault(index_id, []).extend(ids)
    return into


def _some(
    db: sqlite_utils.Database, query: str, values: list[str] | list[int]
) -> list[tuple[Any, ...]]:
    return db.execute(f"{query} {IN}", [json.dumps(values)]).fetchall()
