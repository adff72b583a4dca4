"""The embedding worker as documents use it: one embedder loaded, questions let in at any time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np

from studio.documents.cutting import Cut, CutPart
from studio.engine.broker import Broker, Memory
from studio.engine.embedding import WORKER, Embed, EmbedderLoaded, EmbedQuery, LoadEmbedder
from studio.engine.host import Host, Job
from studio.engine.outcome import error_of
from studio.engine.protocol import Batch, Done, Failed, Part, Request

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from studio.documents.cut_rows import CutResult
    from studio.documents.values import Chunk, Extracted, IndexSettings, Passage

_OWN_BYTES = 350 << 20  # of the libraries
_LOOK_EVERY_S = 0.2
_TOGETHER = 256  # texts of one request: of like length, so that little of a batch is padding

Stopping = Callable[[], bool]


class Embedder:
    """Makes vectors with the embedder that is asked for. May be used from any thread.

    While one embedder is in use, whoever wants another waits; those who want the same do not.
    """

    def __init__(self, broker: Broker) -> None:
        self._broker = broker
        self._turn = threading.Condition()
        self._users = 0
        self._host: Host | None = None
        self._loaded: EmbedderLoaded | None = None

    def load(self, path: Path) -> EmbedderLoaded:
        """Have an embedder loaded and return its facts.

        Raises:
            StudioError: it cannot be loaded.
        """
        with self._using(path) as (_, loaded):
            return loaded

    def cut(
        self, path: Path, extracted: Extracted, settings: IndexSettings, must_stop: Stopping
    ) -> CutResult | None:
        """Cut a document into passages and chunks that the embedder's window holds.

        Returns ``None`` when it was stopped.
        """
        request = Cut(0, extracted.pages, settings, extracted.markup)
        passages: list[Passage] = []
        chunks: list[Chunk] = []
        with self._using(path) as (host, _), self._job(host, request) as job:
            for event in _events(job, must_stop):
                if isinstance(event, Part) and isinstance(event.value, CutPart):
                    passages += event.value.passages
                    chunks += event.value.chunks
            return None if _was_cancelled(job) else (passages, chunks)

    def embed(
        self,
        path: Path,
        texts: Sequence[str],
        must_stop: Stopping = lambda: False,
        *,
        kind: Literal["passage", "query"] = "passage",
    ) -> NDArray[np.float16] | None:
        """Return the vectors (n, dimension) of texts, or ``None`` when it was stopped.

        Other requests than questions are let in after each :data:`_TOGETHER` texts.
        """
        order = sorted(range(len(texts)), key=lambda place: -len(texts[place]))
        with self._using(path) as (host, loaded):
            rows = np.empty((len(texts), loaded.dimension), np.float16)
            for first in range(0, len(order), _TOGETHER):
                places = order[first : first + _TOGETHER]
                request = Embed(0, tuple(texts[place] for place in places), kind)
                with self._job(host, request) as job:
                    events = _events(job, must_stop)
                    made = [_matrix(event) for event in events if isinstance(event, Batch)]
                    if _was_cancelled(job):
                        return None
                rows[places] = np.concatenate(made)
        return rows

    def embed_query(self, path: Path, text: str) -> NDArray[np.float32]:
        """Return the vector (dimension,) of a question; it is let in between batches."""
        with self._using(path) as (host, _), self._job(host, EmbedQuery(0, text)) as job:
            (rows,) = (_matrix(event) for event in _events(job) if isinstance(event, Batch))
            vector: NDArray[np.float32] = rows[0].astype(np.float32, copy=False)
            return vector

    @contextmanager
    def _using(self, path: Path) -> Iterator[tuple[Host, EmbedderLoaded]]:
        with self._turn:
            while not self._is_loaded(path) and self._users:
                self._turn.wait()
            if not self._is_loaded(path):
                self._load(path)
            self._users += 1
            host, loaded = self._host, self._loaded
        try:
            if host is None or loaded is None:
                raise RuntimeError("nothing is loaded")
            yield host, loaded
        finally:
            with self._turn:
                self._users -= 1
                self._turn.notify_all()

    def _is_loaded(self, path: Path) -> bool:
        alive = self._host is not None and self._host.alive
        return alive and self._loaded is not None and self._loaded.path == str(path)

    def _load(self, path: Path) -> None:
        self._loaded = None
        self._broker.make_room(WORKER, Memory(_OWN_BYTES + _size(path)))
        self._host = self._broker.host(WORKER)
        with self._job(self._host, LoadEmbedder(0, str(path))) as job:
            answer = job.result().result
        if not isinstance(answer, EmbedderLoaded):
            raise TypeError(f"the worker answered {type(answer).__name__}")
        self._loaded = answer
        self._broker.set_held(WORKER, answer.name, Memory(answer.held_bytes))

    @contextmanager
    def _job(self, host: Host, request: Request) -> Iterator[Job]:
        self._broker.begin(WORKER)
        job = host.submit(request)
        try:
            yield job
        finally:
            if job.ending is None:
                job.cancel()
            self._broker.end(WORKER)


def _events(job: Job, must_stop: Stopping = lambda: False) -> Iterator[object]:
    """Give a job's events until it ends; raise what it failed with."""
    while True:
        if must_stop():
            job.cancel()
        event = job.next(_LOOK_EVERY_S)
        if isinstance(event, Failed):
            raise error_of(event)
        if event is None:
            continue
        yield event
        if isinstance(event, Done):
            return


def _was_cancelled(job: Job) -> bool:
    return isinstance(job.ending, Done) and job.ending.cancelled


def _matrix(batch: Batch) -> NDArray[np.floating]:
    return np.frombuffer(batch.values, np.dtype(batch.dtype)).reshape(batch.rows, batch.width)


def _size(path: Path) -> int:
    files = path.rglob("*") if path.is_dir() else (path,)
    return sum(file.stat().st_size for file in files if file.is_file())
