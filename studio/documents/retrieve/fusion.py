"""Joins what vectors and what keywords found into one list, best first.

The scores of each list are scaled to 0..1 and summed with a weight. Votes by rank (RRF) take no
notice of how sure a method is: where the embedder does not know the language, its noise counts as
much as the keywords' certainty.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

CANDIDATES = 100  # chunks of each method that are to be joined: see benchmarks/README.md

Ids = NDArray[np.int64]
Scores = NDArray[np.float32] | NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ranked:
    """What one method found.

    Attributes:
        ids: of chunks, all different, in any order, shape (n,).
        scores: cosine or BM25, the higher the better, shape (n,).

    Raises:
        ValueError: shapes differ, an id twice, or a score is no finite number.
    """

    ids: Ids
    scores: Scores

    def __post_init__(self) -> None:
        if self.ids.ndim != 1 or self.ids.shape != self.scores.shape:
            raise ValueError("not as many scores as ids")
        if len(np.unique(self.ids)) != len(self.ids):
            raise ValueError("an id stands twice in one list")
        if not np.isfinite(self.scores).all():
            raise ValueError("a score is no finite number")


NOTHING = Ranked(np.empty(0, np.int64), np.empty(0, np.float32))


@dataclass(frozen=True, slots=True)
class Fused:
    """A chunk with its joined score.

    Attributes:
        score: 0 to 1; 1 is a chunk that is the best by every method that counts.
        scores: as the methods gave them: ``dense`` (cosine), ``keyword`` (BM25), where they did.
    """

    chunk: int
    score: float
    scores: dict[str, float]


def fuse(dense: Ranked, keyword: Ranked, weight: float) -> list[Fused]:
    """Join two lists into one, best first; of equal scores the lower id comes first.

    A chunk that a method did not find gets nothing from it, as if it were the last of its list. A
    list that is empty, or has no weight, leaves the other alone to decide; what only a list without
    weight found comes last, by its score.

    Args:
        weight: of the dense list, 0 to 1; the rest is the keywords'.

    Raises:
        ValueError: the weight is not within 0 and 1.
    """
    if not 0 <= weight <= 1:
        raise ValueError(f"a weight of {weight}")
    if not len(keyword.ids):
        weight = 1.0
    elif not len(dense.ids):
        weight = 0.0
    ids = np.union1d(dense.ids, keyword.ids)
    joined = np.zeros(len(ids))
    behind = np.zeros(len(ids))
    counted = np.zeros(len(ids), np.bool_)
    for found, share in ((dense, weight), (keyword, 1 - weight)):
        places = np.searchsorted(ids, found.ids)
        scaled = _scaled(found.scores)
        joined[places] += share * scaled
        if share:
            counted[places] = True
        else:
            behind[places] = scaled
    order = np.lexsort((ids, -behind, ~counted, -joined))
    by_method = {"dense": _of(dense), "keyword": _of(keyword)}
    return [_fused(int(ids[place]), float(joined[place]), by_method) for place in order]


def _fused(chunk: int, score: float, by_method: dict[str, dict[int, float]]) -> Fused:
    scores = {name: found[chunk] for name, found in by_method.items() if chunk in found}
    return Fused(chunk, min(score, 1.0), scores)


def _of(found: Ranked) -> dict[int, float]:
    return dict(zip(found.ids.tolist(), found.scores.tolist(), strict=True))


def _scaled(scores: Scores) -> NDArray[np.float64]:
    """Return scores from 0 (the lowest of the list) to 1 (the highest)."""
    if not len(scores):
        return np.empty(0)
    wide = scores.astype(np.float64)
    low, high = wide.min(), wide.max()
    if high == low:
        return np.ones(len(wide))
    scaled: NDArray[np.float64] = (wide - low) / (high - low)
    return scaled
