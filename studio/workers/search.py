"""The search worker: holds the open indexes and answers which chunks are nearest or match."""

from __future__ import annotations

import os
import sys
import threading
import time
from importlib import metadata
from pathlib import Path

import faiss
import numpy as np

from studio.engine.protocol import Done, Request
from studio.engine.searching import (
    AddVectors,
    CloseIndex,
    IndexHits,
    IndexOpened,
    IndexQuery,
    IndexSaved,
    OpenIndex,
    Ranking,
    RemoveVectors,
    SaveIndex,
    Search,
    SearchResult,
)
from studio.workers.searching import index as indexes
from studio.workers.searching.cache import StaleError
from studio.workers.searching.index import Index
from studio.workers.searching.vectors import Ids, Scores, Vectors
from studio.workers.serve import Channel, Handler, RefusedError, serve, take_over_pipes

_LISTEN_S = 0.02  # how often a long save looks for a Stop
_NICE = 5


class SearchWorker:
    """The open indexes by name, and the handlers of each request."""

    def __init__(self) -> None:
        self._open: dict[str, Index] = {}

    def open(self, request: OpenIndex, _channel: Channel) -> Done:
        """Open an index from its cache, or empty."""
        self._open.pop(request.index, None)
        folder = Path(request.folder)
        try:
            index = (indexes.empty if request.empty else indexes.opened)(folder, request.stamp)
        except StaleError as error:
            raise RefusedError("search.stale", reason=str(error)) from error
        self._open[request.index] = index
        return Done(request.id, IndexOpened(len(index), index.vectors.form))

    def add(self, request: AddVectors, _channel: Channel) -> Done:
        """Add chunks to an index."""
        index = self._named(request.index)
        ids = _ids(request.ids)
        rows = indexes.rows_of(request.vectors, len(ids), index.vectors.dimension, np.float16)
        index.add(ids, rows, [terms.split() for terms in request.terms])
        return Done(request.id)

    def remove(self, request: RemoveVectors, _channel: Channel) -> Done:
        """Remove chunks from an index."""
        self._named(request.index).remove(_ids(request.ids))
        return Done(request.id)

    def save(self, request: SaveIndex, channel: Channel) -> Done:
        """Put an index into its best form and write its cache, answering searches meanwhile."""
        index = self._named(request.index)
        if not index.vectors.fits():
            formed = _formed(index.vectors, request.id, channel)
            if formed is None:
                return Done(request.id, cancelled=True)
            index.vectors = formed
        size = index.save(request.generation)
        vectors = index.vectors
        return Done(request.id, IndexSaved(len(index), vectors.form, vectors.recall, size))

    def close(self, request: CloseIndex, _channel: Channel) -> Done:
        """Give an index's memory back."""
        self._open.pop(request.index, None)
        return Done(request.id)

    def search(self, request: Search, _channel: Channel) -> Done:
        """Ask each index for its best."""
        began = time.perf_counter()
        hits = tuple(self._hits(query, request.k) for query in request.queries)
        return Done(request.id, SearchResult(hits, time.perf_counter() - began))

    def _hits(self, query: IndexQuery, k: int) -> IndexHits:
        index = self._named(query.index)
        allowed = None if query.allowed is None else _ids(query.allowed)
        dense = Ranking()
        if query.vector:
            vector = indexes.rows_of(query.vector, 1, index.vectors.dimension, np.float32)[0]
            dense = _ranking(*index.nearest(vector, k, allowed))
        matches = index.matching(query.terms, k, allowed)
        keyword = _ranking(matches.ids, matches.scores)
        return IndexHits(query.index, dense, keyword, matches.frequencies, len(index))

    def _named(self, name: str) -> Index:
        if name not in self._open:
            raise RefusedError("search.not_open", index=name)
        return self._open[name]


def _formed(vectors: Vectors, request_id: int, channel: Channel) -> Vectors | None:
    """Return vectors in their best form; ``None`` when that was stopped.

    It takes minutes for a million. Meanwhile this thread answers searches with what there was.
    """
    made: list[Vectors] = []
    failed: list[Exception] = []

    def form() -> None:
        _stand_back()
        try:
            made.append(vectors.fitting())
        except Exception as error:  # noqa: BLE001 - raised again on the thread that waits
            failed.append(error)

    thread = threading.Thread(target=form, name="forming", daemon=True)
    thread.start()
    while thread.is_alive():
        channel.pause(_LISTEN_S)
        if channel.cancelled(request_id):
            return None
    if failed:
        raise failed[0]
    return made[0]


def _stand_back() -> None:
    """Let questions go before this thread, where a thread can be told so apart from its process."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)


def _ids(values: bytes) -> Ids:
    return np.frombuffer(values, "<i8").astype(np.int64)


def _ranking(ids: Ids, scores: Scores) -> Ranking:
    return Ranking(ids.astype("<i8").tobytes(), scores.astype("<f4").tobytes())


def main() -> int:
    """Serve the search worker on standard input and output."""
    source, sink = take_over_pipes()
    # One core answers one question as fast as two, and does not wait for the other when that is
    # busy embedding.
    faiss.omp_set_num_threads(1)
    worker = SearchWorker()
    handlers: dict[type[Request], Handler] = {
        OpenIndex: worker.open,
        AddVectors: worker.add,
        RemoveVectors: worker.remove,
        SaveIndex: worker.save,
        CloseIndex: worker.close,
        Search: worker.search,
    }
    versions = {name: metadata.version(name) for name in ("faiss-cpu", "numpy")}
    channel = Channel(source, sink, threading.Event())
    serve(channel, handlers, versions, lambda: None, urgent=[Search], modest=False)
    return 0
