"""Keyword search by BM25 over numpy arrays that grow and shrink chunk by chunk.

A term is known by 64 bits of its BLAKE2b hash, so that the arrays hold no word of any document, and
lookups and merges are plain array work. Among a million terms two share their number once in some
forty million collections.

Chunks that come together form a segment, which never changes; what is removed is only marked in
it. Segments of like size are merged, so that there are few, and the marked are then left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.documents.retrieve import context

K1 = context.K1
B = 0.75
_MOST_COUNTED = np.iinfo(np.uint16).max  # of one term in one chunk
_ALIKE = 8  # so many segments become one when none is as many times larger than the last

Ids = NDArray[np.int64]
Scores = NDArray[np.float32]
_Hashes = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Segment:
    """Chunks and what stands in them, by term.

    Attributes:
        ids: of its chunks, shape (chunks,).
        lengths: terms of each chunk, shape (chunks,).
        hashes: its terms, ascending, shape (terms,).
        starts: where each term's postings begin, and the end, shape (terms + 1,).
        rows: for each posting the chunk's place in ``ids``, ascending within a term.
        counts: how often the term stands there, at most 65,535.
        alive: which chunks have not been removed, shape (chunks,).
    """

    ids: Ids
    lengths: NDArray[np.int32]
    hashes: _Hashes
    starts: Ids
    rows: NDArray[np.int32]
    counts: NDArray[np.uint16]
    alive: NDArray[np.bool_] = field(compare=False)

    @property
    def live(self) -> int:
        """Number of its chunks that have not been removed."""
        return int(np.count_nonzero(self.alive))

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return what is kept of it by name."""
        return {name: getattr(self, name) for name in ARRAYS}


ARRAYS = ("ids", "lengths", "hashes", "starts", "rows", "counts")


def segment_of(arrays: Mapping[str, NDArray[Any]]) -> Segment:
    """Return the segment of arrays that :meth:`Segment.arrays` gave."""
    kept = {name: arrays[name] for name in ARRAYS}
    return Segment(**kept, alive=np.ones(len(kept["ids"]), np.bool_))


@dataclass(frozen=True, slots=True)
class Matches:
    """The best chunks of a keyword search.

    Attributes:
        ids: best first; of equal scores the lower id is first.
        scores: BM25, shape as ``ids``.
        frequencies: for each term of the question, in how many chunks it stands.
    """

    ids: Ids
    scores: Scores
    frequencies: tuple[int, ...]


class Postings:
    """The keywords of one index.

    Args:
        segment: what it holds at the start.
    """

    def __init__(self, segment: Segment | None = None) -> None:
        self._segments = [segment] if segment is not None and len(segment.ids) else []
        self._norms: list[Scores] | None = None

    def __len__(self) -> int:
        return sum(segment.live for segment in self._segments)

    def ids(self) -> Ids:
        """Return the ids of all chunks, in no order."""
        none: list[Ids] = [np.empty(0, np.int64)]
        return np.concatenate(none + [part.ids[part.alive] for part in self._segments])

    def holds(self, ids: Ids) -> NDArray[np.bool_]:
        """Tell of each id whether it is among the chunks."""
        found = np.zeros(len(ids), np.bool_)
        for segment in self._segments:
            found |= np.isin(ids, segment.ids[segment.alive])
        return found

    def add(self, ids: Ids, terms: Sequence[Sequence[str]]) -> None:
        """Add chunks with their terms; one that is there already is replaced.

        Raises:
            ValueError: not as many ids as lists of terms, or an id twice.
        """
        if len(ids) != len(terms) or len(np.unique(ids)) != len(ids):
            raise ValueError("as many lists of terms as ids are needed, and no id twice")
        self.remove(ids)
        if len(ids):
            self._segments.append(_segment(ids, terms))
            self._settle()

    def remove(self, ids: Ids) -> None:
        """Remove chunks; ids that are not there change nothing."""
        for segment in self._segments:
            segment.alive[np.isin(segment.ids, ids)] = False
        self._segments = [segment for segment in self._segments if segment.live]
        self._norms = None

    def merged(self) -> Segment:
        """Merge all into one segment without a trace of what was removed, and return it."""
        if len(self._segments) != 1 or self._segments[0].live < len(self._segments[0].ids):
            self._segments = [_merge(self._segments)]
            self._norms = None
        return self._segments[0]

    def search(self, terms: Sequence[str], k: int, allowed: Ids | None = None) -> Matches:
        """Return the chunks that match best.

        BM25 with Lucene's idf, ``ln(1 + (N - n + 0.5) / (n + 0.5))``, and without the constant
        factor ``k1 + 1``: a term gives at most its idf. Robertson and Zaragoza, The Probabilistic
        Relevance Framework (2009). A term that is asked for twice counts twice.

        Args:
            k: how many at most; chunks without any of the terms are never returned.
            allowed: ids among which to search; ``None`` for all. N and n stay those of all.
        """
        asked = Counter(terms)
        hashes = _hashes(list(asked))
        spans = [_spans(segment, hashes) for segment in self._segments]
        numbers = np.zeros(len(asked), np.int64)
        for segment, of_terms in zip(self._segments, spans, strict=True):
            numbers += np.array([_live(segment, span) for span in of_terms], np.int64)
        total = len(self)
        weights = np.array(list(asked.values())) * np.log1p(
            (total - numbers + 0.5) / (numbers + 0.5)
        )
        best = [
            _search(segment, norms, of_terms, weights.astype(np.float32), k, allowed)
            for segment, norms, of_terms in zip(
                self._segments, self._length_norms(), spans, strict=True
            )
        ]
        by_term = dict(zip(asked, numbers.tolist(), strict=True))
        return Matches(*_ranked(best, k), tuple(by_term[term] for term in terms))

    def _length_norms(self) -> list[Scores]:
        """Return for each chunk ``k1 * (1 - b + b * length / mean length)``."""
        if self._norms is None:
            lengths = [part.lengths[part.alive].sum(dtype=np.int64) for part in self._segments]
            mean = max(sum(map(int, lengths)) / max(len(self), 1), 1e-9)
            self._norms = [
                (K1 * (1 - B + B * part.lengths / mean)).astype(np.float32)
                for part in self._segments
            ]
        return self._norms

    def _settle(self) -> None:
        """Merge the last segments while there are many of like size."""
        self._norms = None
        while len(self._segments) - (first := self._first_alike()) >= _ALIKE:
            self._segments[first:] = [_merge(self._segments[first:])]

    def _first_alike(self) -> int:
        sizes = [len(part.ids) for part in self._segments]
        first = len(sizes)
        while first and sizes[first - 1] < _ALIKE * sizes[-1]:
            first -= 1
        return first


def _segment(ids: Ids, terms: Sequence[Sequence[str]]) -> Segment:
    numbers: dict[str, int] = {}
    flat = np.fromiter(
        (numbers.setdefault(term, len(numbers)) for chunk in terms for term in chunk), np.int64
    )
    lengths = np.array([len(chunk) for chunk in terms], np.int32)
    hashes, codes = np.unique(_hashes(list(numbers)), return_inverse=True)
    rows = np.repeat(np.arange(len(ids)), lengths)
    pairs, counts = np.unique(codes[flat] * len(ids) + rows, return_counts=True)
    starts = np.zeros(len(hashes) + 1, np.int64)
    np.cumsum(np.bincount(pairs // len(ids), minlength=len(hashes)), out=starts[1:])
    return Segment(
        np.array(ids, np.int64),
        lengths,
        hashes,
        starts,
        (pairs % len(ids)).astype(np.int32),
        np.minimum(counts, _MOST_COUNTED).astype(np.uint16),
        np.ones(len(ids), np.bool_),
    )


def _merge(parts: Sequence[Segment]) -> Segment:
    """Join segments without what was removed, in time linear in their postings."""
    kept = [_without_removed(part) for part in parts]
    none = np.empty(0, np.uint64)
    hashes = np.unique(np.concatenate([none, *(part.hashes for part in kept)]))
    codes = [np.searchsorted(hashes, part.hashes) for part in kept]
    sizes = [np.diff(part.starts) for part in kept]
    numbers = np.zeros(len(hashes), np.int64)
    for code, size in zip(codes, sizes, strict=True):
        numbers[code] += size
    starts = np.concatenate([[0], np.cumsum(numbers)])
    rows = np.empty(starts[-1], np.int32)
    counts = np.empty(starts[-1], np.uint16)
    free, first_row = starts[:-1].copy(), 0
    for part, code, size in zip(kept, codes, sizes, strict=True):
        places = np.repeat(free[code] - part.starts[:-1], size) + np.arange(len(part.rows))
        rows[places] = part.rows + first_row
        counts[places] = part.counts
        free[code] += size
        first_row += len(part.ids)
    ids = np.concatenate([np.empty(0, np.int64), *(part.ids for part in kept)])
    lengths = np.concatenate([np.empty(0, np.int32), *(part.lengths for part in kept)])
    return Segment(ids, lengths, hashes, starts, rows, counts, np.ones(len(ids), np.bool_))


def _without_removed(part: Segment) -> Segment:
    if part.alive.all():
        return part
    keep = part.alive[part.rows]
    of_term = np.repeat(np.arange(len(part.hashes)), np.diff(part.starts))[keep]
    numbers = np.bincount(of_term, minlength=len(part.hashes))
    places = np.cumsum(part.alive) - 1
    return Segment(
        part.ids[part.alive],
        part.lengths[part.alive],
        part.hashes[numbers > 0],
        np.concatenate([[0], np.cumsum(numbers[numbers > 0])]),
        places[part.rows[keep]].astype(np.int32),
        part.counts[keep],
        np.ones(part.live, np.bool_),
    )


def _hashes(terms: Sequence[str]) -> _Hashes:
    digests = (blake2b(t.encode("utf-8", "surrogatepass"), digest_size=8).digest() for t in terms)
    return np.frombuffer(b"".join(digests), "<u8").astype(np.uint64)


def _spans(segment: Segment, hashes: _Hashes) -> list[slice]:
    """Return where each term's postings stand; an empty span for one that is not there."""
    at = np.searchsorted(segment.hashes, hashes)
    found = [
        place < len(segment.hashes) and segment.hashes[place] == value
        for place, value in zip(at, hashes, strict=True)
    ]
    return [
        slice(int(segment.starts[place]), int(segment.starts[place + 1])) if is_there else slice(0)
        for place, is_there in zip(at, found, strict=True)
    ]


def _live(segment: Segment, span: slice) -> int:
    if segment.alive.all():
        return int(span.stop - (span.start or 0))
    return int(np.count_nonzero(segment.alive[segment.rows[span]]))


def _search(
    segment: Segment,
    norms: Scores,
    spans: Sequence[slice],
    weights: Scores,
    k: int,
    allowed: Ids | None,
) -> tuple[Ids, Scores]:
    sums = np.zeros(len(segment.ids), np.float32)
    for span, weight in zip(spans, weights, strict=True):
        at = segment.rows[span]
        counts = segment.counts[span].astype(np.float32)
        sums[at] += weight * counts / (counts + norms[at])
    rows = np.flatnonzero(sums > 0)  # of booleans, which is many times faster than of numbers
    rows = rows[segment.alive[rows]]
    if allowed is not None:
        rows = rows[np.isin(segment.ids[rows], allowed)]
    if len(rows) > k:  # all that score as the last one does: their ids decide
        rows = rows[sums[rows] >= np.partition(sums[rows], len(rows) - k)[len(rows) - k]]
    return segment.ids[rows], sums[rows]


def _ranked(best: Sequence[tuple[Ids, Scores]], k: int) -> tuple[Ids, Scores]:
    ids = np.concatenate([np.empty(0, np.int64), *(ids for ids, _ in best)])
    scores = np.concatenate([np.empty(0, np.float32), *(scores for _, scores in best)])
    order = np.lexsort((ids, -scores))[:k]
    return ids[order], scores[order]
