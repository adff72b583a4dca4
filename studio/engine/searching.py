"""The messages of the search worker: indexes of vectors and keywords, made from the database.

Arrays travel as bytes: ids as little-endian int64, vectors as rows of float16 (chunks) or float32
(questions), scores as float32.
"""

from __future__ import annotations

from dataclasses import dataclass

from studio.engine.protocol import Request, message

WORKER = "search"


@message
@dataclass(frozen=True, slots=True)
class Stamp:
    """What an index must be for its cache to be used.

    Attributes:
        embedder: identity of the embedder, as ``EmbedderLoaded`` tells it.
        generation: rises with every change of the index in the database.
        count: of its chunks.
    """

    embedder: str
    dimension: int
    generation: int
    count: int


@message
@dataclass(frozen=True, slots=True)
class OpenIndex(Request):
    """Open an index from its cache; the answer is ``IndexOpened``.

    Fails with ``search.stale`` (fact ``reason``) when the cache is missing, damaged or of another
    stamp; then the index is opened with ``empty`` and all its chunks are added again.

    Attributes:
        index: the database's name of it.
        folder: of its cache alone; made when it is missing.
        empty: start without chunks, whatever the cache holds.
    """

    index: str
    folder: str
    stamp: Stamp
    empty: bool = False


@message
@dataclass(frozen=True, slots=True)
class AddVectors(Request):
    """Add chunks to an open index, some thousands at a time; those it has already are replaced.

    Attributes:
        ids: of the chunks, all different.
        vectors: of length one, float16, one row for each id.
        terms: of each chunk, joined by one blank.
    """

    index: str
    ids: bytes
    vectors: bytes
    terms: tuple[str, ...]


@message
@dataclass(frozen=True, slots=True)
class RemoveVectors(Request):
    """Remove chunks at once; ids that are not there change nothing."""

    index: str
    ids: bytes


@message
@dataclass(frozen=True, slots=True)
class SaveIndex(Request):
    """Write an index to its cache; the answer is ``IndexSaved``.

    A large index is also put into the form in which it is searched fastest. Searches are answered
    meanwhile.

    Attributes:
        generation: that the index has in the database now.
    """

    index: str
    generation: int


@message
@dataclass(frozen=True, slots=True)
class CloseIndex(Request):
    """Give an index's memory back. What was not saved is lost from the cache."""

    index: str


@message
@dataclass(frozen=True, slots=True)
class IndexOpened:
    """An index is open: how many chunks it holds, and the form in which vectors are searched."""

    count: int
    form: str


@message
@dataclass(frozen=True, slots=True)
class IndexSaved:
    """An index is in its cache.

    Attributes:
        form: ``flat`` (exact) or ``ivf`` (approximate).
        recall: share of the exact ten best that are found, measured on stored vectors; 1 for flat.
        size_bytes: of the cache.
    """

    count: int
    form: str
    recall: float
    size_bytes: int


@message
@dataclass(frozen=True, slots=True)
class IndexQuery:
    """A question to one index, whose embedder and keywords are its own.

    Attributes:
        vector: float32, of length one; empty to search by keywords alone.
        terms: of the question; none to search by vectors alone.
        allowed: ids among which to search; ``None`` for all.
    """

    index: str
    vector: bytes = b""
    terms: tuple[str, ...] = ()
    allowed: bytes | None = None


@message
@dataclass(frozen=True, slots=True)
class Search(Request):
    """Ask indexes for their ``k`` best by each method; the answer is ``SearchResult``."""

    queries: tuple[IndexQuery, ...]
    k: int = 100


@message
@dataclass(frozen=True, slots=True)
class Ranking:
    """Chunks, best first: ids and scores (cosine or BM25)."""

    ids: bytes = b""
    scores: bytes = b""


@message
@dataclass(frozen=True, slots=True)
class IndexHits:
    """What one index found.

    Attributes:
        frequencies: for each term of the question, in how many of ``count`` chunks it stands.
    """

    index: str
    dense: Ranking
    keyword: Ranking
    frequencies: tuple[int, ...]
    count: int


@message
@dataclass(frozen=True, slots=True)
class SearchResult:
    """What was found, in the order of the queries, and the seconds it took."""

    hits: tuple[IndexHits, ...]
    seconds: float
