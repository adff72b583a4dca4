"""The embedding worker: loads one embedder, cuts texts by its tokens and makes vectors of them."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

import numpy as np
import psutil
from numpy.typing import NDArray

from studio.documents.cutting import Cut, CutPart
from studio.documents.text.chunks import cut_by_passage
from studio.documents.values import PAGE_BREAK, Chunk, Passage
from studio.engine.embedding import Embed, Embedded, EmbedderLoaded, EmbedQuery, LoadEmbedder
from studio.engine.protocol import Batch, Done, Part, Progress, Request
from studio.workers.embedders.batches import Pace, batches
from studio.workers.embedders.embedder import Embedder, Prepared
from studio.workers.embedders.loading import load
from studio.workers.serve import Channel, Handler, RefusedError, serve, take_over_pipes
from studio.workers.steps import Steps

_KINDS = ("passage", "query")
_TYPES = ("float16", "float32")
_ROWS = 4096  # of a Batch
_CHUNKS = 512  # of a Part


class _StoppedError(Exception):
    """Cutting was stopped."""


class EmbeddingWorker:
    """At most one loaded embedder, and the handlers of each request."""

    def __init__(self) -> None:
        self._embedder: Embedder | None = None
        self._pace = Pace()

    def load(self, request: LoadEmbedder, _channel: Channel) -> Done:
        """Load an embedder in place of the one before."""
        began = time.perf_counter()
        self.leave()
        before = _memory_bytes()
        path = Path(request.path)
        try:
            self._embedder = load(path, request.device)
        except RefusedError as refusal:
            refusal.facts.setdefault("name", path.stem if path.is_file() else path.name)
            raise
        self._pace = Pace()
        facts = self._embedder.facts
        loaded = EmbedderLoaded(
            path=request.path,
            name=facts.name,
            identity=facts.identity,
            dimension=facts.dimension,
            window=facts.window,
            backend=facts.backend,
            device=facts.device,
            seconds=time.perf_counter() - began,
            held_bytes=max(0, _memory_bytes() - before),
        )
        return Done(request.id, loaded)

    def cut(self, request: Cut, channel: Channel) -> Done:
        """Cut a content into passages and chunks that fit into the window."""
        embedder = self._loaded()

        def count(texts: Sequence[str]) -> list[int]:
            channel.pause()
            if channel.cancelled(request.id):
                raise _StoppedError
            return embedder.count(texts)

        text = PAGE_BREAK.join(page.text for page in request.pages)
        parts = cut_by_passage(
            text, request.pages, request.markup, request.settings, count, window=_room(embedder)
        )
        passages: list[Passage] = []
        chunks: list[Chunk] = []
        try:
            for passage, of_passage in parts:
                passages.append(passage)
                chunks += of_passage
                if len(chunks) >= _CHUNKS:
                    channel.send(Part(request.id, CutPart(tuple(passages), tuple(chunks))))
                    channel.send(Progress(request.id, "cut", passage.end, len(text)))
                    passages, chunks = [], []
        except _StoppedError:
            return Done(request.id, cancelled=True)
        channel.send(Part(request.id, CutPart(tuple(passages), tuple(chunks))))
        return Done(request.id)

    def embed(self, request: Embed, channel: Channel) -> Done:
        """Make vectors of texts."""
        embedder = self._loaded()
        if request.kind not in _KINDS or request.dtype not in _TYPES:
            raise RefusedError("settings.invalid", reason=f"{request.kind}, {request.dtype}")
        prepared = _fitting(embedder, request.texts, request.kind)
        rows = np.empty((len(prepared), embedder.facts.dimension), request.dtype)
        seconds = self._fill(rows, prepared, embedder, request.id, channel)
        if channel.cancelled(request.id):
            return Done(request.id, cancelled=True)
        for first in range(0, len(rows), _ROWS):
            channel.send(_batch(request.id, rows[first : first + _ROWS]))
        tokens = sum(one.tokens for one in prepared)
        return Done(request.id, Embedded(len(rows), tokens, seconds))

    def embed_query(self, request: EmbedQuery, channel: Channel) -> Done:
        """Make the vector of one question."""
        embedder = self._loaded()
        channel.send(
            _batch(request.id, embedder.embed(_fitting(embedder, [request.text], "query")))
        )
        return Done(request.id)

    def leave(self) -> None:
        """Give the memory back."""
        if self._embedder is not None:
            self._embedder.close()
        self._embedder = None

    def _fill(
        self,
        rows: NDArray[np.floating],
        prepared: Sequence[Prepared],
        embedder: Embedder,
        request_id: int,
        channel: Channel,
    ) -> float:
        """Fill in the rows batch by batch, until all is done or it was cancelled."""
        steps = Steps()
        total = max(1, sum(one.tokens for one in prepared))
        done, seconds = 0, 0.0
        for places in batches(prepared, self._pace):
            channel.pause()
            if channel.cancelled(request_id):
                break
            began = time.perf_counter()
            rows[places] = embedder.embed([prepared[place] for place in places])
            took = time.perf_counter() - began
            tokens = sum(prepared[place].tokens for place in places)
            self._pace.learn(tokens, took)
            done, seconds = done + tokens, seconds + took
            if steps.is_due(done / total):
                left = seconds / max(done, 1) * (total - done)
                channel.send(Progress(request_id, "embed", done, total, left))
        return seconds

    def _loaded(self) -> Embedder:
        if self._embedder is None:
            raise RefusedError("embedder.none")
        return self._embedder


def _fitting(embedder: Embedder, texts: Sequence[str], kind: str) -> list[Prepared]:
    """Return texts prepared, after a look whether each fits into the window."""
    prepared = embedder.prepare(texts, kind)
    window = embedder.facts.window
    for place, one in enumerate(prepared):
        if one.tokens > window:
            raise RefusedError("embedder.too_long", tokens=one.tokens, window=window, text=place)
    return prepared


def _room(embedder: Embedder) -> int:
    """Return the tokens of a text that fit beside the embedder's own and its passages' prompt.

    One is left for a prompt whose last token merges with the text's first in another way.
    """
    return embedder.facts.window - embedder.prepare([""], "passage")[0].tokens - 1


def _batch(request_id: int, rows: NDArray[np.floating]) -> Batch:
    return Batch(request_id, len(rows), rows.shape[1], rows.tobytes(), str(rows.dtype))


def _memory_bytes() -> int:
    return int(psutil.Process().memory_info().rss)


def main() -> int:
    """Serve the embedding worker on standard input and output."""
    source, sink = take_over_pipes()
    worker = EmbeddingWorker()
    handlers: dict[type[Request], Handler] = {
        LoadEmbedder: worker.load,
        Cut: worker.cut,
        Embed: worker.embed,
        EmbedQuery: worker.embed_query,
    }
    libraries = ("torch", "sentence-transformers", "tokenizers", "llama-cpp-python", "numpy")
    versions = {name: metadata.version(name) for name in libraries}
    channel = Channel(source, sink, threading.Event())
    serve(channel, handlers, versions, worker.leave, urgent=[EmbedQuery])
    return 0
