"""The vectors of one index, searched exactly while they are few, in an inverted file when many.

The score is the inner product. Vectors are kept as float16, which ranks as float32 does (recall@10
0.999) in half the memory. An exact search of 100,000 of 384 values takes 4 ms on one core of a
quiet machine and 16 to 23 on a busy one, in proportion. Above :data:`EXACT_MOST` an inverted file
is searched, in 1 ms: in as many of its lists as are needed to find :data:`RECALL` of the exact ten
best of vectors that are in it.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

EXACT_MOST = 65_536
RECALL = 0.98
_SAMPLED = 256  # vectors whose neighbours are compared
_TRAINED_ON = 40  # vectors for each list; faiss warns below 39
_REBUILD_AT = 1.5  # times as many as its lists were made for, and its recall measured with
_PART = 65_536  # vectors that are put into lists at once
_WIDEN = 8  # times k that are asked for at most before the allowed are picked from all
_SEED = 7

_native: Any = faiss  # its stubs know neither the parameters of a search nor the stored codes

Ids = NDArray[np.int64]
Scores = NDArray[np.float32]
Rows = NDArray[np.float16]


class Vectors:
    """Vectors by id.

    Args:
        dimension: values of each.
        index: a faiss index that :meth:`write` wrote; ``None`` starts empty.
        trained_for: how many vectors its lists were made for; 0 for an exact one.
        probes: lists that are searched; 0 for an exact one.
    """

    def __init__(
        self, dimension: int, index: Any = None, *, trained_for: int = 0, probes: int = 0
    ) -> None:
        self.dimension = dimension
        self._index = index if index is not None else _flat(dimension)
        self.trained_for = trained_for
        self.probes = probes
        self.recall = 1.0

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def form(self) -> str:
        """``flat`` (exact) or ``ivf``."""
        return "ivf" if self.trained_for else "flat"

    def add(self, ids: Ids, rows: Rows) -> None:
        """Add vectors under ids that are not there yet."""
        self._index.add_with_ids(rows.astype(np.float32), ids)

    def remove(self, ids: Ids) -> None:
        """Remove vectors; ids that are not there change nothing."""
        self._index.remove_ids(ids)

    def search(self, vector: Scores, k: int, allowed: Ids | None = None) -> tuple[Ids, Scores]:
        """Return the ids and inner products of the ``k`` best, best first.

        Args:
            vector: shape (dimension,).
            allowed: ids among which to search; ``None`` for all.
        """
        k = min(k, len(self))
        if k == 0 or (allowed is not None and len(allowed) == 0):
            return np.empty(0, np.int64), np.empty(0, np.float32)
        if allowed is None:
            return self._nearest(vector, k)
        if self.form == "ivf":
            return self._nearest_in_lists(vector, k, allowed)
        return self._nearest_allowed(vector, k, allowed)

    def fits(self) -> bool:
        """Tell whether the form is the right one for as many vectors as there are now."""
        if self.form == "flat":
            return len(self) <= EXACT_MOST
        return EXACT_MOST / 2 <= len(self) <= _REBUILD_AT * self.trained_for

    def fitting(self) -> Vectors:
        """Return the same vectors in the right form. Takes minutes for a million."""
        ids, rows = self._stored()
        if len(ids) <= EXACT_MOST:
            made = Vectors(self.dimension)
            _fill(made, ids, rows)
            return made
        sample = np.random.default_rng(_SEED)
        lists = int(2 * math.sqrt(len(ids)))
        training = np.sort(sample.choice(len(ids), min(len(ids), lists * _TRAINED_ON), False))
        index = _native.IndexIVFScalarQuantizer(
            _native.IndexFlatIP(self.dimension),
            self.dimension,
            lists,
            _native.ScalarQuantizer.QT_fp16,
            _native.METRIC_INNER_PRODUCT,
            False,  # the vectors themselves, not what they differ from their list's middle
        )
        index.cp.min_points_per_centroid = 1
        index.train(rows[training].astype(np.float32))
        made = Vectors(self.dimension, index, trained_for=len(ids), probes=1)
        _fill(made, ids, rows)
        made.choose_probes()
        return made

    def choose_probes(self) -> None:
        """Search as many lists as :data:`RECALL` takes, measured on stored vectors."""
        if self.form == "flat":
            return
        _, rows = self._stored()
        sample = np.random.default_rng(_SEED)
        asked = rows[sample.choice(len(rows), min(len(rows), _SAMPLED), False)].astype(np.float32)
        exact = self._found(asked, self._index.nlist)
        self.probes = 1
        while (recall := _overlap(exact, self._found(asked, self.probes))) < RECALL:
            self.probes = min(self._index.nlist, math.ceil(self.probes * 1.5))
        self.recall = recall

    def write(self, path: Path) -> None:
        """Write to a file, replacing it."""
        _native.write_index(self._index, str(path))

    def _nearest(self, vector: Scores, k: int) -> tuple[Ids, Scores]:
        parameters = _native.SearchParametersIVF(nprobe=self.probes) if self.probes else None
        scores, ids = self._index.search(vector[None], k, params=parameters)
        return _found(ids[0], scores[0])

    def _nearest_in_lists(self, vector: Scores, k: int, allowed: Ids) -> tuple[Ids, Scores]:
        """Search so many more lists as there are fewer vectors to find in each."""
        share = len(self) / len(allowed)
        parameters = _native.SearchParametersIVF(
            sel=_native.IDSelectorBatch(allowed),
            nprobe=min(self._index.nlist, math.ceil(self.probes * share)),
        )
        scores, ids = self._index.search(vector[None], k, params=parameters)
        return _found(ids[0], scores[0])

    def _nearest_allowed(self, vector: Scores, k: int, allowed: Ids) -> tuple[Ids, Scores]:
        """Pick the allowed from the best of all; if they are too few, search a copy of theirs.

        faiss asks about each vector when it is told what is allowed, which is four times slower.
        """
        wide = min(len(self), k * _WIDEN)
        if len(allowed) * _WIDEN >= 2 * len(self):
            ids, scores = self._nearest(vector, wide)
            picked = np.isin(ids, allowed)
            if np.count_nonzero(picked) >= k:
                return ids[picked][:k], scores[picked][:k]
        ids, rows = self._stored()
        places = np.flatnonzero(np.isin(ids, allowed))
        part = _quantizer(self.dimension)
        _native.copy_array_to_vector(rows[places].view(np.uint8).ravel(), part.codes)
        part.ntotal = len(places)
        scores, found = part.search(vector[None], k)
        found, scores = _found(found[0], scores[0])
        return ids[places[found]], scores

    def _found(self, asked: Scores, probes: int) -> Ids:
        parameters = _native.SearchParametersIVF(nprobe=probes)
        found: Ids = self._index.search(asked, 10, params=parameters)[1]
        return found

    def _stored(self) -> tuple[Ids, Rows]:
        """Return all ids and vectors; those of an exact index without copying them."""
        if self.form == "ivf":
            return self._listed()
        codes = _native.downcast_index(self._index.index).codes
        rows = _view(codes, np.float16).reshape(-1, self.dimension)
        return _view(self._index.id_map, np.int64), rows

    def _listed(self) -> tuple[Ids, Rows]:
        lists = self._index.invlists
        ids: list[Ids] = [np.empty(0, np.int64)]
        rows: list[Rows] = [np.empty((0, self.dimension), np.float16)]
        for number in range(lists.nlist):
            if size := lists.list_size(number):
                ids.append(_native.rev_swig_ptr(lists.get_ids(number), size).copy())
                codes = _native.rev_swig_ptr(lists.get_codes(number), size * lists.code_size)
                rows.append(codes.copy().view(np.float16).reshape(-1, self.dimension))
        return np.concatenate(ids), np.concatenate(rows)


def read(path: Path, dimension: int, *, trained_for: int, probes: int, recall: float) -> Vectors:
    """Return the vectors that :meth:`Vectors.write` wrote. The file is known to be whole."""
    vectors = Vectors(
        dimension, _native.read_index(str(path)), trained_for=trained_for, probes=probes
    )
    vectors.recall = recall
    return vectors


def _flat(dimension: int) -> Any:
    return _native.IndexIDMap(_quantizer(dimension))


def _quantizer(dimension: int) -> Any:
    return _native.IndexScalarQuantizer(
        dimension, _native.ScalarQuantizer.QT_fp16, _native.METRIC_INNER_PRODUCT
    )


def _fill(vectors: Vectors, ids: Ids, rows: Rows) -> None:
    for first in range(0, len(ids), _PART):
        vectors.add(ids[first : first + _PART], rows[first : first + _PART])


def _found(ids: Ids, scores: Scores) -> tuple[Ids, Scores]:
    return ids[ids >= 0], scores[ids >= 0]


def _overlap(exact: Ids, found: Ids) -> float:
    """Return the share of the exact neighbours that were found, row by row."""
    shared = sum(len(np.intersect1d(one, other)) for one, other in zip(exact, found, strict=True))
    return shared / exact.size


def _view(values: Any, dtype: type[np.generic]) -> NDArray[Any]:
    """Return a faiss vector's memory as an array. It is valid until the index changes."""
    size = values.size()
    if size == 0:
        return np.empty(0, dtype)
    array: NDArray[Any] = _native.rev_swig_ptr(values.data(), size)
    return array.view(dtype)
