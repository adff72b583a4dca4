"""One open index: vectors and keywords of the same chunks, and the cache they are kept in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.documents.retrieve.postings import Matches, Postings, segment_of
from studio.engine.searching import Stamp
from studio.workers.searching import cache, vectors
from studio.workers.searching.cache import StaleError
from studio.workers.searching.vectors import Ids, Rows, Scores, Vectors
from studio.workers.serve import RefusedError


class Index:
    """Chunks that can be found by vector and by keyword.

    Args:
        folder: of its cache.
        embedder: identity of the embedder whose vectors it holds.
    """

    def __init__(self, folder: Path, embedder: str, vectors: Vectors, postings: Postings) -> None:
        self.folder = folder
        self.embedder = embedder
        self.vectors = vectors
        self.postings = postings

    def __len__(self) -> int:
        return len(self.vectors)

    def add(self, ids: Ids, rows: NDArray[np.float16], terms: Sequence[Sequence[str]]) -> None:
        """Add chunks; those that are there already are replaced.

        Args:
            rows: shape (len(ids), dimension).

        Raises:
            RefusedError: ``search.bad_vectors``; nothing was added.
        """
        if len(ids) != len(terms) or len(np.unique(ids)) != len(ids):
            raise RefusedError("search.bad_vectors", reason="ids, vectors and terms do not agree")
        checked(rows)
        self.remove(ids[self.postings.holds(ids)])
        self.vectors.add(ids, rows)
        self.postings.add(ids, terms)

    def remove(self, ids: Ids) -> None:
        """Remove chunks; ids that are not there change nothing."""
        if len(ids):
            self.vectors.remove(ids)
            self.postings.remove(ids)

    def nearest(self, vector: Scores, k: int, allowed: Ids | None) -> tuple[Ids, Scores]:
        """Return the chunks whose vectors are nearest, best first."""
        return self.vectors.search(checked(vector), k, allowed)

    def matching(self, terms: Sequence[str], k: int, allowed: Ids | None) -> Matches:
        """Return the chunks that match the terms best."""
        return self.postings.search(terms, k, allowed)

    def save(self, generation: int) -> int:
        """Write the cache, without a trace of what was removed; return its size in bytes.

        Raises:
            RefusedError: ``search.not_saved``; the cache of before stands.
        """
        segment = self.postings.merged()
        facts = {
            "embedder": self.embedder,
            "dimension": self.vectors.dimension,
            "generation": generation,
            "count": len(self),
            "trained_for": self.vectors.trained_for,
            "probes": self.vectors.probes,
            "recall": self.vectors.recall,
        }
        files = {
            "vectors": self.vectors.write,
            "postings": lambda path: cache.write_arrays(path, segment.arrays()),
        }
        try:
            return cache.write(self.folder, facts, files)
        except (OSError, RuntimeError) as error:  # faiss tells of a full disk by the latter
            raise RefusedError("search.not_saved", details=str(error)) from error


def opened(folder: Path, stamp: Stamp) -> Index:
    """Return the index of a cache.

    Raises:
        StaleError: the cache is not one of this stamp, or damaged.
    """
    facts, paths = cache.read(folder)
    cache.sweep(folder)
    wanted = {
        "embedder": stamp.embedder,
        "dimension": stamp.dimension,
        "generation": stamp.generation,
        "count": stamp.count,
    }
    for name, value in wanted.items():
        if facts[name] != value:
            raise StaleError(f"{name} is {facts[name]}, not {value}")
    found = vectors.read(
        paths["vectors"],
        stamp.dimension,
        trained_for=facts["trained_for"],
        probes=facts["probes"],
        recall=facts["recall"],
    )
    postings = Postings(segment_of(cache.map_arrays(paths["postings"])))
    if not len(found) == len(postings) == stamp.count:
        raise StaleError(f"{len(found)} vectors, {len(postings)} chunks of {stamp.count}")
    return Index(folder, stamp.embedder, found, postings)


def empty(folder: Path, stamp: Stamp) -> Index:
    """Return an index without chunks; its cache is written at the first save."""
    return Index(folder, stamp.embedder, Vectors(stamp.dimension), Postings())


def rows_of(values: bytes, count: int, dimension: int, dtype: type[Any]) -> NDArray[Any]:
    """Return rows of vectors from their bytes.

    Raises:
        RefusedError: ``search.bad_vectors``, they are not ``count`` rows of ``dimension`` values.
    """
    size = np.dtype(dtype).itemsize
    if len(values) != count * dimension * size:
        width = len(values) / max(count * size, 1)
        raise RefusedError(
            "search.bad_vectors", reason=f"{count} rows of {width:g} values, not of {dimension}"
        )
    return np.frombuffer(values, dtype).reshape(count, dimension)


def checked(rows: Scores | Rows) -> Any:
    """Return vectors that can be compared.

    Raises:
        RefusedError: ``search.bad_vectors``, a value is no number or endless.
    """
    if not np.isfinite(rows).all():
        raise RefusedError("search.bad_vectors", reason="a value is not a finite number")
    return rows
