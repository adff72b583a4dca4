"""The search worker as documents use it: indexes opened from their caches, or filled anew."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from studio.documents.indexes import Index, Indexes
from studio.engine.broker import Broker
from studio.engine.host import Host
from studio.engine.protocol import Request
from studio.engine.searching import (
    WORKER,
    AddVectors,
    CloseIndex,
    IndexQuery,
    IndexSaved,
    OpenIndex,
    RemoveVectors,
    SaveIndex,
    Search,
    SearchResult,
    Stamp,
)
from studio.errors import StudioError

if TYPE_CHECKING:
    from numpy.typing import NDArray

STALE = "search.stale"
_ROWS = 4096  # sent in one message


@dataclass(slots=True)
class _Open:
    """An index as the worker holds it, and whether its cache on the disk says the same."""

    generation: int
    is_saved: bool


class SearchIndex:
    """Keeps the worker's indexes in step with the database. May be used from any thread.

    Args:
        folder: of the caches, one folder for each index.
    """

    def __init__(self, broker: Broker, indexes: Indexes, folder: Path) -> None:
        self._broker = broker
        self._indexes = indexes
        self._folder = folder
        self._lock = threading.RLock()
        self._host: Host | None = None
        self._open: dict[str, _Open] = {}

    def search(self, queries: Sequence[IndexQuery], k: int) -> SearchResult:
        """Ask indexes for their ``k`` best chunks by each method.

        Raises:
            StudioError: ``documents.no_index``; the worker could not do it.
        """
        with self._lock:
            for query in queries:
                self._make_current(query.index)
        answer = self._ask(Search(0, tuple(queries), k))
        if not isinstance(answer, SearchResult):
            raise TypeError(f"the worker answered {type(answer).__name__}")
        return answer

    def add(
        self, index_id: str, ids: Sequence[int], vectors: NDArray[np.float16], terms: Sequence[str]
    ) -> None:
        """Tell the worker of chunks that were committed, if it has the index open."""
        if ids:
            rows = np.asarray(ids, np.int64).tobytes()
            self._change(index_id, AddVectors(0, index_id, rows, vectors.tobytes(), tuple(terms)))

    def remove(self, index_id: str, ids: Sequence[int]) -> None:
        """Tell the worker of chunks that went, if it has the index open."""
        if ids:
            self._change(index_id, RemoveVectors(0, index_id, np.asarray(ids, np.int64).tobytes()))

    def save(self, index_id: str) -> IndexSaved | None:
        """Have the cache on the disk say what the database says; ``None`` where it does already.

        So the next question, also in another program, need not wait for that.
        """
        with self._lock:
            self._make_current(index_id)
            held = self._open[index_id]
            if held.is_saved:
                return None
            answer = self._ask(SaveIndex(0, index_id, held.generation))
            held.is_saved = True
        return answer if isinstance(answer, IndexSaved) else None

    def forget(self, index_id: str) -> None:
        """Close an index that is there no more and delete its cache."""
        with self._lock:
            if self._held(index_id) is not None:
                self._ask(CloseIndex(0, index_id))
                self._open.pop(index_id, None)
            _delete(self._folder / index_id)

    def _change(self, index_id: str, request: Request) -> None:
        with self._lock:
            held = self._held(index_id)
            if held is None:
                return
            self._ask(request)
            held.generation = self._indexes.generation(index_id)
            held.is_saved = False

    def _make_current(self, index_id: str) -> None:
        """Have the worker hold what the database holds now, whoever has changed it."""
        index = self._indexes.get(index_id)
        held = self._held(index_id)
        if held is not None and held.generation == index.generation:
            return
        if held is not None:
            self._ask(CloseIndex(0, index_id))
            del self._open[index_id]
        if not self._opened(index):
            self._fill(index)

    def _opened(self, index: Index) -> bool:
        try:
            self._ask(self._opening(index))
        except StudioError as error:
            if error.code == STALE:
                return False
            raise
        self._open[index.id] = _Open(index.generation, is_saved=True)
        return True

    def _fill(self, index: Index) -> None:
        self._ask(self._opening(index, empty=True))
        last = 0
        while len((rows := self._indexes.rows(index.id, last, _ROWS)).ids):
            terms = tuple(" ".join(each) for each in rows.terms)
            ids = rows.ids.astype(np.int64)
            self._ask(AddVectors(0, index.id, ids.tobytes(), rows.vectors.tobytes(), terms))
            last = int(ids[-1])
        self._open[index.id] = _Open(index.generation, is_saved=False)

    def _opening(self, index: Index, *, empty: bool = False) -> OpenIndex:
        count = self._indexes.count(index.id)
        stamp = Stamp(index.embedder, index.dimension, index.generation, count)
        return OpenIndex(0, index.id, str(self._folder / index.id), stamp, empty)

    def _held(self, index_id: str) -> _Open | None:
        if self._host is None or not self._host.alive:
            self._open.clear()
        return self._open.get(index_id)

    def _ask(self, request: Request) -> object:
        with self._busy() as host:
            return host.submit(request).result().result

    @contextmanager
    def _busy(self) -> Iterator[Host]:
        with self._lock:
            host = self._broker.running(WORKER)
            if host is None or host is not self._host:
                self._open.clear()
                host = self._host = self._broker.host(WORKER)
        self._broker.begin(WORKER)
        try:
            yield host
        finally:
            self._broker.end(WORKER)


def _delete(folder: Path) -> None:
    for file in folder.glob("*"):
        file.unlink(missing_ok=True)
    if folder.is_dir():
        folder.rmdir()
