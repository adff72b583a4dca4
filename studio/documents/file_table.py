"""Lists the files of a collection: sorted, filtered, a page at a time, and counted."""

from __future__ import annotations

import json
from collections.abc import Collection as Some
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from studio.documents.tables import IN, Row, path_of
from studio.documents.values import FileState

if TYPE_CHECKING:
    from studio.storage.database import Database

Sort = Literal["name", "path", "size", "modified", "kind", "state", "pages", "chunks", "tried"]

_SORTS: dict[Sort, str] = {
    "name": "files.name_key",
    "path": "files.path",
    "size": "files.size_bytes",
    "modified": "files.modified_ns",
    "kind": "contents.kind",
    "state": "files.state",
    "pages": "contents.pages",
    "chunks": "cuts.chunks",
    "tried": "files.tried_at",
}
_CONTENTS = " LEFT JOIN doc_contents AS contents ON contents.id = files.content"
_CUTS = """
 LEFT JOIN doc_indexes AS live ON live.collection = files.collection AND live.state = 'live'
 LEFT JOIN doc_cuts AS cuts ON cuts.content = files.content AND cuts.index_id = live.id
"""
_JOINS: dict[Sort, str] = {"kind": _CONTENTS, "pages": _CONTENTS, "chunks": _CUTS}
_ROWS = f"""
SELECT files.*, contents.kind, contents.title, contents.pages, contents.unread_pages,
    contents.characters, contents.notices, cuts.chunks
FROM doc_files AS files {_CONTENTS} {_CUTS} WHERE files.id {IN}
"""
_TOTALS = """
SELECT
    (SELECT count(*) FROM doc_contents WHERE collection = :id) AS contents,
    (SELECT total(pages) FROM doc_contents WHERE collection = :id) AS pages,
    (SELECT total(size_bytes) FROM doc_files WHERE collection = :id) AS size_bytes,
    (SELECT total(stored_bytes) FROM doc_contents WHERE collection = :id)
        + (SELECT total(stored_bytes) FROM doc_cuts WHERE index_id IN
            (SELECT id FROM doc_indexes WHERE collection = :id)) AS stored_bytes,
    (SELECT total(chunks) FROM doc_cuts WHERE index_id IN
        (SELECT id FROM doc_indexes WHERE collection = :id AND state = 'live')) AS chunks
"""
# What a repair of a damaged database has cut off from its content is to be read again.
_STATE = "CASE WHEN content IS NULL AND state <> 'failed' THEN 'waiting' ELSE state END"


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file as it is listed.

    Attributes:
        kind: as that of :class:`~values.Extracted`; empty until it was read.
        chunks: in the live index.
        code, reason, hint: why it failed, if it did.
        content: what it says; also that of before, while it cannot be read.
    """

    id: int
    path: Path
    source: str
    size_bytes: int
    modified_ns: int
    state: FileState
    kind: str = ""
    title: str = ""
    pages: int = 0
    unread_pages: int = 0
    characters: int = 0
    chunks: int = 0
    notices: tuple[str, ...] = ()
    code: str = ""
    reason: str = ""
    hint: str = ""
    content: str | None = None
    tried_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class KnownFile:
    """What a collection knows of a file, to compare it with what is there now.

    ``is_passing`` tells that it failed for a reason that may be gone by now.
    """

    source: str
    size_bytes: int
    modified_ns: int
    state: FileState
    content: str | None
    is_passing: bool = False


@dataclass(frozen=True, slots=True)
class Totals:
    """How large a collection is.

    Attributes:
        files: how many are in each state.
        size_bytes: of the files on the disk; ``stored_bytes`` is what is kept of them: text,
            vectors and terms.
    """

    files: dict[FileState, int]
    contents: int
    pages: int
    chunks: int
    size_bytes: int
    stored_bytes: int


class FileTable:
    """The files of collections. Every method may be called from any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def order(
        self,
        collection: str,
        sort: Sort = "name",
        *,
        descending: bool = False,
        states: Some[FileState] = (),
        matching: str = "",
    ) -> list[int]:
        """Return the ids of files in order, for a view that fetches the rows it shows.

        Args:
            states: those that are wanted; none for all.
            matching: what the file's name has in it, in any case.
        """
        direction = "DESC" if descending else "ASC"
        query = (
            f"SELECT files.id FROM doc_files AS files {_JOINS.get(sort, '')}"
            " WHERE files.collection = ? AND (? = '[]' OR files.state IN"
            " (SELECT value FROM json_each(?))) AND (? = '' OR instr(files.name_key, ?))"
            f" ORDER BY {_SORTS[sort]} {direction}, files.path {direction}"
        )
        wanted, text = json.dumps(sorted(states)), matching.casefold()
        with self._database.reading() as db:
            found = db.execute(query, [collection, wanted, wanted, text, text])
            return [row[0] for row in found.fetchall()]

    def rows(self, ids: Sequence[int]) -> list[FileRow]:
        """Return files in the order of their ids; those that are gone are left out."""
        with self._database.reading() as db:
            found = {row["id"]: row for row in db.query(_ROWS, [json.dumps(list(ids))])}
        return [_file_row(found[each]) for each in ids if each in found]

    def files(
        self,
        collection: str,
        sort: Sort = "name",
        *,
        descending: bool = False,
        states: Some[FileState] = (),
        matching: str = "",
        offset: int = 0,
        limit: int | None = None,
    ) -> list[FileRow]:
        """Return a page of the files; arguments as those of :meth:`order`."""
        ids = self.order(collection, sort, descending=descending, states=states, matching=matching)
        return self.rows(ids[offset:] if limit is None else ids[offset : offset + limit])

    def known_files(self, collection: str) -> dict[Path, KnownFile]:
        """Return all files as they were when they were last looked at."""
        query = (
            f"SELECT path, source, size_bytes, modified_ns, {_STATE}, content, is_passing"
            " FROM doc_files WHERE collection = ?"
        )
        with self._database.reading() as db:
            found = db.execute(query, [collection]).fetchall()
        return {
            path_of(path): KnownFile(source, size_bytes, modified_ns, state, content, bool(passing))
            for path, source, size_bytes, modified_ns, state, content, passing in found
        }

    def counts(self, collection: str) -> Totals:
        """Return how large a collection is."""
        states = f"SELECT {_STATE}, count(*) FROM doc_files WHERE collection = ? GROUP BY 1"
        files: dict[FileState, int] = {"waiting": 0, "indexed": 0, "partly": 0, "failed": 0}
        with self._database.reading() as db:
            files.update(db.execute(states, [collection]).fetchall())
            (row,) = db.query(_TOTALS, {"id": collection})
        return Totals(files, **{name: int(value) for name, value in row.items()})


def _file_row(row: Row) -> FileRow:
    is_cut_off = row["content"] is None and row["state"] != "failed"
    return FileRow(
        id=row["id"],
        path=path_of(row["path"]),
        source=row["source"],
        size_bytes=row["size_bytes"],
        modified_ns=row["modified_ns"],
        state="waiting" if is_cut_off else row["state"],
        kind=row["kind"] or "",
        title=row["title"] or "",
        pages=row["pages"] or 0,
        unread_pages=row["unread_pages"] or 0,
        characters=row["characters"] or 0,
        chunks=row["chunks"] or 0,
        notices=tuple(json.loads(row["notices"] or "[]")),
        code=row["code"],
        reason=row["reason"],
        hint=row["hint"],
        content=row["content"],
        tried_at=datetime.fromisoformat(row["tried_at"]) if row["tried_at"] else None,
    )
