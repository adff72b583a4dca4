"""Puts how an index has cut a content into the tables: passages, chunks, vectors and terms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from studio.documents import tables
from studio.documents.content_rows import text_of
from studio.documents.tables import storable
from studio.documents.values import Chunk, Passage
from studio.errors import StudioError
from studio.translation import tr

if TYPE_CHECKING:
    import sqlite_utils
    from numpy.typing import NDArray

    Vectors = NDArray[np.float16]

CutResult = tuple[Sequence[Passage], Sequence[Chunk]]  # in the order of the text, both

_PASSAGE = """
INSERT INTO doc_passages (cut, place, start, stop, page_first, page_last, heading)
VALUES (?, ?, ?, ?, ?, ?, ?)
"""
_CHUNK = """
INSERT INTO doc_chunks
(cut, passage, start, stop, page_first, page_last, tokens, language, heading, text)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id
"""


def put_cut(
    db: sqlite_utils.Database,
    index_id: str,
    content: str,
    cut: CutResult | None,
    vectors: Vectors,
    terms: Sequence[Sequence[str]],
) -> list[int]:
    """Put in a cut of a content that is there; return the ids of its chunks, in their order.

    Args:
        cut: ``None`` for a content without text.
        vectors: one row for each chunk.
        terms: those of each chunk, none with a blank in it.

    Raises:
        StudioError: ``documents.no_index`` when the index was dropped meanwhile;
            ``documents.bad_vectors`` when they are no numbers to search by.
        ValueError: the parts do not fit together, or the index.
    """
    passages, chunks = cut or ((), ())
    _check(db, index_id, len(chunks), vectors, len(terms))
    joined = [" ".join(storable(term) for term in each) for each in terms]
    if any(text.count(" ") >= max(len(each), 1) for text, each in zip(joined, terms, strict=True)):
        raise ValueError("a term has a blank in it")
    stored_bytes = vectors.nbytes + sum(len(each.encode()) for each in joined)
    row = db.execute(
        "INSERT INTO doc_cuts (index_id, content, chunks, passages, stored_bytes)"
        " VALUES (?, ?, ?, ?, ?) RETURNING id",
        [index_id, content, len(chunks), len(passages), stored_bytes],
    ).fetchone()
    number = row[0]
    for place, each in enumerate(passages):
        span = (each.start, each.end, each.page_first, each.page_last, storable(each.heading))
        db.execute(_PASSAGE, [number, place, *span])
    ids = [_put_chunk(db, number, content, each) for each in chunks]
    db.conn.executemany(
        "INSERT INTO doc_vectors (chunk, vector) VALUES (?, ?)",
        ((chunk, vector.tobytes()) for chunk, vector in zip(ids, vectors, strict=True)),
    )
    db.conn.executemany(
        "INSERT INTO doc_terms (chunk, terms) VALUES (?, ?)", zip(ids, joined, strict=True)
    )
    tables.note_change(db, index_id)
    return ids


def cut_ids(db: sqlite_utils.Database, index_id: str, content: str) -> list[int] | None:
    """Return the ids of the chunks of a content in an index, in order; ``None`` if not cut."""
    row = tables.one(
        db, "SELECT id FROM doc_cuts WHERE content = ? AND index_id = ?", [content, index_id]
    )
    if row is None:
        return None
    found = db.execute("SELECT id FROM doc_chunks WHERE cut = ? ORDER BY id", [row["id"]])
    return [chunk for (chunk,) in found.fetchall()]


def _put_chunk(db: sqlite_utils.Database, cut: int, content: str, chunk: Chunk) -> int:
    text = storable(chunk.text)
    values = [
        cut,
        chunk.passage,
        chunk.start,
        chunk.end,
        chunk.page_first,
        chunk.page_last,
        chunk.tokens,
        chunk.language,
        storable(chunk.heading),
        None if text == text_of(db, content, chunk.start, chunk.end) else text,
    ]
    return int(db.execute(_CHUNK, values).fetchone()[0])


def _check(
    db: sqlite_utils.Database, index_id: str, chunks: int, vectors: Vectors, terms: int
) -> None:
    row = tables.one(
        db, "SELECT dimension FROM doc_indexes WHERE id = ? AND state <> 'dropped'", [index_id]
    )
    if row is None:
        raise no_index()
    shape = (chunks, row["dimension"])
    if vectors.shape != shape or vectors.dtype != np.float16 or terms != chunks:
        raise ValueError(
            f"{chunks} chunks, {terms} lists of terms and vectors {vectors.shape} of"
            f" {vectors.dtype} do not make rows {shape} of float16"
        )
    if not np.isfinite(vectors).all():
        raise StudioError(
            "documents.bad_vectors",
            tr("The embedding model gave numbers that nothing can be found by."),
            tr("Choose another embedding model for this collection."),
        )


def no_index() -> StudioError:
    """Return the words for an index that is not there any more."""
    return StudioError(
        "documents.no_index",
        tr("This index of the collection was replaced meanwhile."),
        tr("Start the indexing again; what is finished is kept."),
    )
