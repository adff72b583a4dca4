"""Puts a content's pages and text into the tables, and reads any span of it again.

The text is kept in pieces: a span of a large one is read without the rest, and none comes near the
length that SQLite allows a value.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.documents import tables
from studio.documents.tables import storable
from studio.documents.values import PAGE_BREAK, Extracted, Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    import sqlite_utils

PIECE_CHARACTERS = 16_384

_TEXT = """
SELECT start, text FROM doc_texts
WHERE content = :content AND start < :stop AND start > :start - :piece AND stop > :start
ORDER BY start
"""
_SPANS = "SELECT number, label, start, stop, needs_ocr FROM doc_pages WHERE content = ?"


@dataclass(frozen=True, slots=True)
class PageSpan:
    """Where a page stands in the text of its content; as :class:`~values.Page` otherwise."""

    number: int
    label: str
    start: int
    end: int
    needs_ocr: bool


def put_content(
    db: sqlite_utils.Database, collection: str, sha256: str, size_bytes: int, said: Extracted
) -> str:
    """Put in what files of one hash say; return the id of the content."""
    content = tables.new_id()
    spans = list(_page_spans(said.pages))
    row = {
        "id": content,
        "collection": collection,
        "sha256": sha256,
        "kind": said.kind,
        "title": storable(said.title),
        "language": said.language,
        "has_pages": int(said.has_pages),
        "markup": said.markup,
        "size_bytes": size_bytes,
        "pages": len(spans),
        "unread_pages": sum(page.needs_ocr for page in spans),
        "characters": spans[-1].end if spans else 0,
        "stored_bytes": 0,
        "notices": json.dumps(said.notices),
    }
    db.table("doc_contents").insert(row)
    db.conn.executemany(
        "INSERT INTO doc_pages (content, number, start, stop, needs_ocr, label)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (
            (content, page.number, page.start, page.end, page.needs_ocr, storable(page.label))
            for page in spans
        ),
    )
    stored_bytes = _put_text(db, content, said.pages)
    db.execute("UPDATE doc_contents SET stored_bytes = ? WHERE id = ?", [stored_bytes, content])
    return content


def text_of(db: sqlite_utils.Database, content: str, start: int = 0, end: int | None = None) -> str:
    """Return the characters ``[start, end)`` of a content's text; to its end by default."""
    start = max(start, 0)
    stop = end if end is not None else (1 << 62)
    if stop <= start:
        return ""
    values = {"content": content, "start": start, "stop": stop, "piece": PIECE_CHARACTERS}
    parts = db.execute(_TEXT, values).fetchall()
    return "".join(text[max(start - first, 0) : stop - first] for first, text in parts)


def page_spans(db: sqlite_utils.Database, content: str) -> list[PageSpan]:
    """Return where the pages are, in their order."""
    rows = db.execute(f"{_SPANS} ORDER BY number", [content]).fetchall()
    return [PageSpan(row[0], row[1], row[2], row[3], bool(row[4])) for row in rows]


def extracted(db: sqlite_utils.Database, content: str) -> Extracted | None:
    """Return what a content says as it was put in; ``None`` if it is not there any more."""
    row = tables.one(db, "SELECT * FROM doc_contents WHERE id = ?", [content])
    if row is None:
        return None
    text = text_of(db, content)
    return Extracted(
        kind=row["kind"],
        title=row["title"],
        pages=tuple(
            Page(page.number, text[page.start : page.end], page.label, page.needs_ocr)
            for page in page_spans(db, content)
        ),
        has_pages=bool(row["has_pages"]),
        markup=row["markup"],
        language=row["language"],
        notices=tuple(json.loads(row["notices"])),
    )


def _page_spans(pages: tuple[Page, ...]) -> Iterator[PageSpan]:
    start = 0
    for page in pages:
        end = start + len(page.text)
        yield PageSpan(page.number, page.label, start, end, page.needs_ocr)
        start = end + len(PAGE_BREAK)


def _put_text(db: sqlite_utils.Database, content: str, pages: tuple[Page, ...]) -> int:
    """Put in the whole text in pieces; return how many bytes that were."""
    stored_bytes = 0
    for start, piece in _pieces(pages):
        values = [content, start, start + len(piece), piece]
        db.execute("INSERT INTO doc_texts (content, start, stop, text) VALUES (?, ?, ?, ?)", values)
        stored_bytes += len(piece.encode())
    return stored_bytes


def _pieces(pages: tuple[Page, ...]) -> Iterator[tuple[int, str]]:
    """Yield the text in pieces of :data:`PIECE_CHARACTERS`, each with its place, the last less."""
    start, waiting = 0, ""
    for number, page in enumerate(pages):
        waiting += (PAGE_BREAK if number else "") + storable(page.text)
        whole = len(waiting) - len(waiting) % PIECE_CHARACTERS
        for at in range(0, whole, PIECE_CHARACTERS):
            yield start + at, waiting[at : at + PIECE_CHARACTERS]
        start, waiting = start + whole, waiting[whole:]
    if waiting:
        yield start, waiting
