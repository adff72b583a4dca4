"""Reads indexes: rows to fill a search with, the chunks it found, and the texts they are of."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from studio.documents import content_rows, tables
from studio.documents.content_rows import PageSpan
from studio.documents.cut_rows import cut_ids, no_index
from studio.documents.source_table import below
from studio.documents.tables import IN, Row, path_bytes, path_of
from studio.documents.values import Extracted, Passage

if TYPE_CHECKING:
    import sqlite_utils
    from numpy.typing import NDArray

    from studio.storage.database import Database

# The ids of cuts rise as those of their chunks do, so a page begins with the cut it ended in.
_ROWS = """
SELECT chunks.id, vectors.vector, terms.terms
FROM doc_cuts AS cuts INDEXED BY doc_cuts_by_index
CROSS JOIN doc_chunks AS chunks ON chunks.cut = cuts.id
CROSS JOIN doc_vectors AS vectors ON vectors.chunk = chunks.id
CROSS JOIN doc_terms AS terms ON terms.chunk = chunks.id
WHERE cuts.index_id = :index AND chunks.id > :after AND length(vectors.vector) = :bytes
    AND cuts.id >= coalesce(
        (SELECT cut FROM doc_chunks WHERE id <= :after ORDER BY id DESC LIMIT 1), 0)
ORDER BY cuts.id, chunks.id LIMIT :most
"""
_CHUNKS = f"""
SELECT chunks.*, cuts.index_id, cuts.content, contents.title, contents.kind, contents.has_pages,
    passages.start AS p_start, passages.stop AS p_stop, passages.page_first AS p_first,
    passages.page_last AS p_last, passages.heading AS p_heading
FROM doc_chunks AS chunks
JOIN doc_cuts AS cuts ON cuts.id = chunks.cut
JOIN doc_contents AS contents ON contents.id = cuts.content
JOIN doc_passages AS passages ON passages.cut = chunks.cut AND passages.place = chunks.passage
WHERE chunks.id {IN}
"""
_COUNT = """
SELECT count(*) FROM doc_cuts AS cuts JOIN doc_chunks AS chunks ON chunks.cut = cuts.id
WHERE cuts.index_id = ?
"""
_LANGUAGES = """
SELECT chunks.language FROM doc_cuts AS cuts JOIN doc_chunks AS chunks ON chunks.cut = cuts.id
WHERE cuts.index_id = ? AND chunks.language <> ''
GROUP BY chunks.language ORDER BY count(*) DESC
"""
_PATHS = f"SELECT content, path FROM doc_files WHERE content {IN} ORDER BY length(path), path"
_FILTERED = """
SELECT chunks.id FROM doc_cuts AS cuts
JOIN doc_chunks AS chunks ON chunks.cut = cuts.id
JOIN doc_contents AS contents ON contents.id = cuts.content
WHERE cuts.index_id = ? AND {kinds} AND EXISTS
    (SELECT 1 FROM doc_files WHERE doc_files.content = cuts.content AND {files})
ORDER BY chunks.id
"""


@dataclass(frozen=True, slots=True)
class SearchRows:
    """A page of what a search is filled with: ids and vectors (n, dimension), terms of each."""

    ids: NDArray[np.int64]
    vectors: NDArray[np.float16]
    terms: list[list[str]]


@dataclass(frozen=True, slots=True)
class FoundChunk:
    """A chunk with all that is shown of it.

    Attributes:
        text: what was embedded; ``start`` and ``end`` are its span in the text of the content.
        page_first, page_last: 1-based; of use to a person if ``has_pages``.
        place: of its passage among those of the content.
        files: all paths under which the content is in the collection, the shortest first.
    """

    id: int
    index: str
    content: str
    title: str
    kind: str
    has_pages: bool
    page_first: int
    page_last: int
    start: int
    end: int
    text: str
    heading: str
    language: str
    tokens: int
    place: int
    passage: Passage
    files: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """Which files are searched; what is left at its default lets all through.

    Attributes:
        files: paths of files. ``folders``: all that is in them.
        kinds: as that of :class:`~values.Extracted`.
        since, until: when a file was changed last; the second is not included.
    """

    files: tuple[Path, ...] = ()
    folders: tuple[Path, ...] = ()
    kinds: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None

    @property
    def lets_all_through(self) -> bool:
        """Whether nothing is filtered."""
        return self == Filter()


class IndexReader:
    """Reads indexes and the contents they are of. Every method may be called from any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def rows(self, index_id: str, after: int = 0, most: int = 4096) -> SearchRows:
        """Return the rows of chunks whose ids follow on ``after``, in the order of their ids.

        A damaged row is left out; :func:`~studio.documents.checking.check` tells of it.

        Raises:
            StudioError: ``documents.no_index``.
        """
        with self._database.reading() as db:
            dimension = _dimension(db, index_id)
            values = {"index": index_id, "after": after, "bytes": 2 * dimension, "most": most}
            found = db.execute(_ROWS, values).fetchall()
        vectors = np.frombuffer(b"".join(row[1] for row in found), np.float16)
        return SearchRows(
            np.fromiter((row[0] for row in found), np.int64, len(found)),
            vectors.reshape(len(found), dimension),
            [row[2].split(" ") if row[2] else [] for row in found],
        )

    def count(self, index_id: str) -> int:
        """Return how many chunks an index has."""
        with self._database.reading() as db:
            return int(db.execute(_COUNT, [index_id]).fetchone()[0])

    def languages(self, index_id: str) -> list[str]:
        """Return the languages of the texts in an index, the most frequent first."""
        with self._database.reading() as db:
            return [row[0] for row in db.execute(_LANGUAGES, [index_id]).fetchall()]

    def chunks(self, ids: Iterable[int]) -> list[FoundChunk]:
        """Return chunks in the order of their ids; those that are gone are left out."""
        wanted = list(ids)
        with self._database.reading() as db:
            rows = {row["id"]: row for row in db.query(_CHUNKS, [json.dumps(wanted)])}
            contents = sorted({row["content"] for row in rows.values()})
            files: dict[str, list[Path]] = {each: [] for each in contents}
            for content, path in db.execute(_PATHS, [json.dumps(contents)]).fetchall():
                files[content].append(path_of(path))
            return [
                _found(db, rows[each], files[rows[each]["content"]])
                for each in wanted
                if each in rows
            ]

    def chunk_ids(self, index_id: str, content: str) -> list[int]:
        """Return the ids of the chunks of a content in an index, in the order of its text."""
        with self._database.reading() as db:
            return cut_ids(db, index_id, content) or []

    def text(self, content: str, start: int = 0, end: int | None = None) -> str:
        """Return the characters ``[start, end)`` of a content's text; nothing if it is gone."""
        with self._database.reading() as db:
            return content_rows.text_of(db, content, start, end)

    def extracted(self, content: str) -> Extracted | None:
        """Return what a content says, to be cut anew; ``None`` if it is gone."""
        with self._database.reading() as db:
            return content_rows.extracted(db, content)

    def page_spans(self, content: str) -> list[PageSpan]:
        """Return where the pages of a content are in its text."""
        with self._database.reading() as db:
            return content_rows.page_spans(db, content)

    def page_of(self, content: str, offset: int) -> int:
        """Return the page that a character is on; a break belongs to the page before it.

        A content without pages, or that is gone, has page 1.
        """
        query = (
            "SELECT number FROM doc_pages WHERE content = ? AND start <= ?"
            " ORDER BY number DESC LIMIT 1"
        )
        with self._database.reading() as db:
            row = tables.one(db, query, [content, max(offset, 0)])
        return int(row["number"]) if row else 1

    def filter_ids(self, index_id: str, which: Filter) -> NDArray[np.int64] | None:
        """Return the ids of the chunks that a filter lets through; ``None`` for all of them."""
        if which.lets_all_through:
            return None
        files, values = _conditions(which)
        kinds = f"contents.kind {IN}" if which.kinds else "1"
        query = _FILTERED.format(kinds=kinds, files=files)
        asked = [index_id, *([json.dumps(which.kinds)] if which.kinds else ()), *values]
        with self._database.reading() as db:
            found = db.execute(query, asked).fetchall()
        return np.fromiter((row[0] for row in found), np.int64, len(found))


def _dimension(db: sqlite_utils.Database, index_id: str) -> int:
    row = tables.one(db, "SELECT dimension FROM doc_indexes WHERE id = ?", [index_id])
    if row is None:
        raise no_index()
    return int(row["dimension"])


def _found(db: sqlite_utils.Database, row: Row, files: Sequence[Path]) -> FoundChunk:
    text = row["text"]
    if text is None:
        text = content_rows.text_of(db, row["content"], row["start"], row["stop"])
    return FoundChunk(
        id=row["id"],
        index=row["index_id"],
        content=row["content"],
        title=row["title"],
        kind=row["kind"],
        has_pages=bool(row["has_pages"]),
        page_first=row["page_first"],
        page_last=row["page_last"],
        start=row["start"],
        end=row["stop"],
        text=text,
        heading=row["heading"],
        language=row["language"],
        tokens=row["tokens"],
        place=row["passage"],
        passage=Passage(
            row["p_start"], row["p_stop"], row["p_first"], row["p_last"], row["p_heading"]
        ),
        files=tuple(files),
    )


def _conditions(which: Filter) -> tuple[str, list[object]]:
    """Return what a file has to be, as SQL, and the values in it."""
    places = list(_places(which))
    parts = ["(" + " OR ".join(sql for sql, _ in places) + ")"] if places else []
    values = [value for _, some in places for value in some]
    for moment, comparison in ((which.since, ">="), (which.until, "<")):
        if moment is not None:
            parts.append(f"modified_ns {comparison} ?")
            values.append(int(moment.timestamp() * 1e6) * 1_000)
    return " AND ".join(parts) or "1", values


def _places(which: Filter) -> Iterator[tuple[str, list[object]]]:
    for path in which.files:
        yield "path = ?", [path_bytes(path)]
    for folder in which.folders:
        yield "(path >= ? AND path < ?)", list(below(folder))
