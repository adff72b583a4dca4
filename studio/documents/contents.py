"""Commits what was read of files, each in one transaction, and forgets what is gone."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from studio.documents import dropping, tables
from studio.documents.content_rows import put_content
from studio.documents.cut_rows import CutResult, cut_ids, put_cut
from studio.documents.file_table import FileTable
from studio.documents.tables import (
    IN,
    Dropped,
    Row,
    check_collection,
    check_source,
    path_bytes,
    shown,
    storable,
    writing,
)
from studio.documents.values import Extracted
from studio.errors import StudioError
from studio.translation import tr

if TYPE_CHECKING:
    import sqlite_utils

    from studio.documents.cut_rows import Vectors
    from studio.documents.scan import Found

_PIECE_FILES = 100  # that go in one transaction

_PUT = """
INSERT INTO doc_files (collection, source, path, name_key, size_bytes, modified_ns, content, state,
    code, reason, hint, is_passing, tried_at)
VALUES (:collection, :source, :path, :name_key, :size_bytes, :modified_ns, :content, :state,
    :code, :reason, :hint, :is_passing, :tried_at)
ON CONFLICT (collection, path) DO UPDATE SET
    source = excluded.source, size_bytes = excluded.size_bytes,
    modified_ns = excluded.modified_ns, content = excluded.content, state = excluded.state,
    code = excluded.code, reason = excluded.reason, hint = excluded.hint,
    is_passing = excluded.is_passing, tried_at = excluded.tried_at
"""
_WAIT = """
INSERT INTO doc_files (collection, source, path, name_key, size_bytes, modified_ns, state)
VALUES (?, ?, ?, ?, ?, ?, 'waiting')
ON CONFLICT (collection, path) DO UPDATE SET
    source = excluded.source, size_bytes = excluded.size_bytes,
    modified_ns = excluded.modified_ns, state = 'waiting'
"""
_RETRY = "UPDATE doc_files SET state = 'waiting' WHERE collection = ? AND state = 'failed'"


@dataclass(frozen=True, slots=True)
class Committed:
    """What came of a file: its content, the ids of its chunks, and those of chunks that went.

    ``is_new`` tells that the chunks were not there before.
    """

    content: str
    chunks: list[int]
    is_new: bool = True
    dropped: Dropped = field(default_factory=dict)


class Contents(FileTable):
    """What the files of collections say. Every method may be called from any thread.

    Each that writes raises ``StudioError`` ``documents.no_collection`` when the collection was
    removed meanwhile, ``documents.no_source`` when the source was, and as
    :meth:`~studio.storage.database.Database.transaction`.
    """

    def known(self, collection: str, sha256: str) -> str | None:
        """Return the id of the content with this hash, if any file of the collection has it."""
        with self._database.reading() as db:
            return _known(db, collection, sha256)

    def wait(self, collection: str, found: Iterable[Found]) -> None:
        """Enter files that are to be read; what one said before stays until it was read."""
        entered = list(found)
        rows = [
            (collection, each.source, path_bytes(path), _name_key(path), size, each.modified_ns)
            for each in entered
            for path, size in ((each.path, each.size_bytes),)
        ]
        with writing(self._database) as db:
            check_collection(db, collection)
            for source in {each.source for each in entered}:
                check_source(db, collection, source)
            db.conn.executemany(_WAIT, rows)

    def commit_file(
        self,
        collection: str,
        found: Found,
        sha256: str,
        extracted: Extracted,
        cut: CutResult | None,
        index_id: str,
        vectors: Vectors,
        terms: Sequence[Sequence[str]],
    ) -> Committed:
        """Put in what a file says, in place of what its path said before.

        Where another program has put the same content in meanwhile, that one is used.

        Args:
            cut: how the index cuts it; ``None`` where it has no text.
            vectors: float16, a row for each chunk.
            terms: of each chunk, none with a blank in it.

        Raises:
            StudioError: as :func:`~studio.documents.cut_rows.put_cut`.
        """
        with writing(self._database) as db:
            check_collection(db, collection)
            content = _known(db, collection, sha256)
            if content is None:
                content = put_content(db, collection, sha256, found.size_bytes, extracted)
            chunks = cut_ids(db, index_id, content)
            is_new = chunks is None
            if chunks is None:
                chunks = put_cut(db, index_id, content, cut, vectors, terms)
            dropped = _link(db, collection, found, content)
        return Committed(content, chunks, is_new, dropped)

    def link(self, collection: str, found: Found, content: str) -> Dropped:
        """Have a file say what another one says; return the ids of chunks that went, by index.

        For a file that was moved: first this, then :meth:`forget` its old path, so that its
        content is at no moment without a file.

        Raises:
            StudioError: ``documents.no_content`` when it is not there any more.
        """
        with writing(self._database) as db:
            check_collection(db, collection)
            return _link(db, collection, found, content)

    def fail(
        self,
        collection: str,
        found: Found,
        code: str,
        reason: str,
        hint: str,
        *,
        is_passing: bool = False,
    ) -> Dropped:
        """Put a file into quarantine; return the ids of chunks that went, by index.

        It is not tried again until it changes or :meth:`retry` is called, and what it said before
        goes, for it does not say that any more.

        Args:
            is_passing: the file could not be read just now (no permission, in use, changed
                meanwhile): what it said before stays and can be found, and the next sync tries it
                again.
        """
        with writing(self._database) as db:
            check_collection(db, collection)
            before = _content_of(db, collection, found.path)
            became = {
                "content": before if is_passing else None,
                "state": "failed",
                "code": code,
                "reason": storable(reason),
                "hint": storable(hint),
                "is_passing": int(is_passing),
            }
            _put(db, collection, found, became)
            return {} if is_passing else dropping.drop_unnamed(db, [before])

    def forget(self, collection: str, paths: Iterable[Path]) -> Dropped:
        """Take files out; return the ids of chunks that went, by index.

        Many go in several transactions. What is left of a call that was interrupted is found by
        the next sync.
        """
        wanted = [path_bytes(path) for path in paths]
        dropped: Dropped = {}
        for first in range(0, len(wanted), _PIECE_FILES):
            began = time.monotonic()
            with writing(self._database) as db:
                files = _ids(db, collection, wanted[first : first + _PIECE_FILES])
                dropping.merge(dropped, dropping.drop_files(db, files))
            if first + _PIECE_FILES < len(wanted):
                tables.let_others_write(began)
        return dropped

    def retry(self, collection: str, paths: Iterable[Path] | None = None) -> int:
        """Have failed files be read again, all by default; return how many."""
        with writing(self._database) as db:
            check_collection(db, collection)
            if paths is None:
                return int(db.execute(_RETRY, [collection]).rowcount)
            files = _ids(db, collection, [path_bytes(path) for path in paths])
            return int(
                db.execute(f"{_RETRY} AND id {IN}", [collection, json.dumps(files)]).rowcount
            )


def _known(db: sqlite_utils.Database, collection: str, sha256: str) -> str | None:
    query = "SELECT id FROM doc_contents WHERE collection = ? AND sha256 = ?"
    row = tables.one(db, query, [collection, sha256])
    return row["id"] if row else None


def _content_of(db: sqlite_utils.Database, collection: str, path: Path) -> str | None:
    query = "SELECT content FROM doc_files WHERE collection = ? AND path = ?"
    row = tables.one(db, query, [collection, path_bytes(path)])
    return row["content"] if row else None


def _ids(db: sqlite_utils.Database, collection: str, paths: Sequence[bytes]) -> list[int]:
    query = "SELECT id FROM doc_files WHERE collection = ? AND path = ?"
    rows = (db.execute(query, [collection, path]).fetchone() for path in paths)
    return [row[0] for row in rows if row]


def _link(db: sqlite_utils.Database, collection: str, found: Found, content: str) -> Dropped:
    query = "SELECT unread_pages FROM doc_contents WHERE id = ? AND collection = ?"
    row = tables.one(db, query, [content, collection])
    if row is None:
        raise StudioError(
            "documents.no_content",
            tr("What {name} says was removed meanwhile.", name=shown(Path(found.path.name))),
            tr("Sync the collection again."),
        )
    before = _content_of(db, collection, found.path)
    state = "partly" if row["unread_pages"] else "indexed"
    _put(db, collection, found, {"content": content, "state": state})
    return dropping.drop_unnamed(db, [before] if before != content else [])


def _put(db: sqlite_utils.Database, collection: str, found: Found, became: Row) -> None:
    check_source(db, collection, found.source)
    row = {
        "collection": collection,
        "source": found.source,
        "path": path_bytes(found.path),
        "name_key": _name_key(found.path),
        "size_bytes": found.size_bytes,
        "modified_ns": found.modified_ns,
        "code": "",
        "reason": "",
        "hint": "",
        "is_passing": 0,
        "tried_at": tables.now(),
        **became,
    }
    db.execute(_PUT, row)


def _name_key(path: Path) -> str:
    return shown(Path(path.name)).casefold()
