"""Keeps indexes: which is searched, which is being built beside it, and what it still lacks."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from studio.documents import tables
from studio.documents.collections import index_settings
from studio.documents.cut_rows import CutResult, cut_ids, no_index, put_cut
from studio.documents.index_reading import IndexReader
from studio.documents.tables import Row, path_bytes, path_of, writing
from studio.documents.values import IndexSettings
from studio.errors import StudioError
from studio.translation import tr

if TYPE_CHECKING:
    import sqlite_utils

    from studio.documents.cut_rows import Vectors

_MISSING = """
SELECT contents.id FROM doc_contents AS contents
JOIN doc_indexes AS indexes ON indexes.collection = contents.collection
WHERE indexes.id = ? AND NOT EXISTS
    (SELECT 1 FROM doc_cuts WHERE content = contents.id AND index_id = indexes.id)
ORDER BY contents.rowid
"""
_IN_STATE = "SELECT * FROM doc_indexes WHERE collection = ? AND state = ?"
_DROP = "UPDATE doc_indexes SET state = 'dropped' WHERE collection = ? AND state = ?"


@dataclass(frozen=True, slots=True)
class Index:
    """One way of cutting and embedding a collection.

    Attributes:
        embedder: the identity of the model whose vectors these are; ``embedder_path`` is where it
            was then.
        generation: rises with every change of the chunks; never the same for two states.
    """

    id: str
    collection: str
    embedder: str
    embedder_path: Path
    dimension: int
    settings: IndexSettings
    state: Literal["building", "live", "dropped"]
    generation: int
    made_at: datetime


class Indexes(IndexReader):
    """The indexes of collections. Every method may be called from any thread."""

    def live(self, collection: str) -> Index | None:
        """Return the index that is searched; ``None`` where nothing was indexed yet."""
        return self._in_state(collection, "live")

    def building(self, collection: str) -> Index | None:
        """Return the index that is being built beside the live one, if there is one."""
        return self._in_state(collection, "building")

    def begin(
        self,
        collection: str,
        embedder: str,
        path: Path,
        dimension: int,
        settings: IndexSettings,
    ) -> Index:
        """Make an empty index: the live one, if there is none yet, or else one beside it.

        One that was being built before is given up; :func:`~studio.documents.purging.finish`
        deletes it.

        Raises:
            StudioError: ``documents.no_collection``.
        """
        row = {
            "id": tables.new_id(),
            "collection": collection,
            "embedder": embedder,
            "embedder_path": path_bytes(path),
            "dimension": dimension,
            "settings": json.dumps(asdict(settings)),
            "state": "live",
            "generation": time.time_ns(),
            "made_at": tables.now(),
        }
        with writing(self._database, synced=True) as db:
            tables.check_collection(db, collection)
            if tables.one(db, _IN_STATE, [collection, "live"]):
                db.execute(_DROP, [collection, "building"])
                row["state"] = "building"
            db.table("doc_indexes").insert(row)
        return _index(row)

    def missing(self, index_id: str) -> list[str]:
        """Return the contents that an index has not cut yet, oldest first."""
        with self._database.reading() as db:
            return [row[0] for row in db.execute(_MISSING, [index_id]).fetchall()]

    def commit_content(
        self,
        index_id: str,
        content: str,
        cut: CutResult | None,
        vectors: Vectors,
        terms: Sequence[Sequence[str]],
    ) -> list[int]:
        """Put in how an index cuts a content that is there; return the ids of the chunks.

        Nothing is put in, and nothing returned, for a content that was removed meanwhile; one that
        was cut meanwhile keeps its chunks.

        Raises:
            StudioError, ValueError: as :func:`~studio.documents.cut_rows.put_cut`.
        """
        query = "SELECT 1 FROM doc_contents WHERE id = ?"
        with writing(self._database) as db:
            if not db.execute(query, [content]).fetchone():
                return []
            known = cut_ids(db, index_id, content)
            return put_cut(db, index_id, content, cut, vectors, terms) if known is None else known

    def swap(self, index_id: str) -> str | None:
        """Have a complete index be the live one; return the id of the one it replaces.

        The old one is deleted by :func:`~studio.documents.purging.finish`, a piece at a time.

        Raises:
            StudioError: ``documents.no_index``; ``documents.index_incomplete`` while it lacks
                contents, such as one that came in meanwhile.
        """
        with writing(self._database, synced=True) as db:
            index = _get(db, index_id)
            if index.state == "live":
                return None
            if index.state == "dropped":
                raise no_index()
            left = len(db.execute(_MISSING, [index_id]).fetchall())
            if left:
                raise StudioError(
                    "documents.index_incomplete",
                    tr(
                        "The new index still lacks one document.",
                        "The new index still lacks %n documents.",
                        left,
                    ),
                    tr("Go on with the indexing; until then the old index is searched."),
                )
            old = tables.one(db, _IN_STATE, [index.collection, "live"])
            db.execute(_DROP, [index.collection, "live"])
            db.execute("UPDATE doc_indexes SET state = 'live' WHERE id = ?", [index_id])
            tables.note_change(db, index_id)
        return old["id"] if old else None

    def give_up(self, collection: str) -> None:
        """Drop what is being built beside the live index."""
        with writing(self._database, synced=True) as db:
            db.execute(_DROP, [collection, "building"])

    def get(self, index_id: str) -> Index:
        """Return an index as it is now.

        Raises:
            StudioError: ``documents.no_index``.
        """
        with self._database.reading() as db:
            return _get(db, index_id)

    def generation(self, index_id: str) -> int:
        """Return a number that every change of the chunks has raised, in its transaction.

        Raises:
            StudioError: ``documents.no_index``.
        """
        return self.get(index_id).generation

    def _in_state(self, collection: str, state: str) -> Index | None:
        with self._database.reading() as db:
            row = tables.one(db, _IN_STATE, [collection, state])
        return _index(row) if row else None


def _get(db: sqlite_utils.Database, index_id: str) -> Index:
    row = tables.one(db, "SELECT * FROM doc_indexes WHERE id = ?", [index_id])
    if row is None:
        raise no_index()
    return _index(row)


def _index(row: Row) -> Index:
    return Index(
        id=row["id"],
        collection=row["collection"],
        embedder=row["embedder"],
        embedder_path=path_of(row["embedder_path"]),
        dimension=row["dimension"],
        settings=index_settings(row["settings"]),
        state=row["state"],
        generation=row["generation"],
        made_at=datetime.fromisoformat(row["made_at"]),
    )
