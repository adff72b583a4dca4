"""Has files read by the extraction worker, which may hang, die or grow without harm to anybody."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import psutil

from studio.documents.extract.characters import clean
from studio.documents.extract.words import is_known, refusal, sentence
from studio.documents.values import Extracted, Page
from studio.engine.extraction import DocumentRead, Extract, Limits, PageRead, PagesRead
from studio.engine.host import Host, Job
from studio.engine.outcome import error_of
from studio.engine.protocol import Done, Failed, Part, Progress
from studio.errors import StudioError
from studio.translation import tr

_LOOK_EVERY_S = 0.1
_TURNS_TEXT = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])  # of a hostile name
_ENDINGS = {
    "worker.out_of_memory": "document.memory",
    "worker.ended_by_system": "document.memory",
    "worker.crashed": "document.crashed",
    "worker.finished": "document.crashed",
    "worker.stopped_by_us": "document.crashed",
    "engine.bug": "document.crashed",
}
_NO_MEMORY = ("memory allocation of", "MemoryError")


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a file may take, in seconds.

    Attributes:
        still_s: without a page or any other sign.
        whole_s: on the whole.
    """

    still_s: float = 120.0
    whole_s: float = 3600.0


class Extractor:
    """Reads one file at a time; may be used from any thread but the window's.

    Args:
        start: starts the worker and returns its host; called again after it has ended.
        limits: of each file.
        patience: with each file; the worker is ended when it is over, and started anew.
    """

    def __init__(
        self,
        start: Callable[[], Host],
        limits: Limits | None = None,
        patience: Patience | None = None,
    ) -> None:
        self._start = start
        self._limits = limits or Limits()
        self._patience = patience or Patience()
        self._host: Host | None = None
        self._lock = threading.Lock()

    def extract(
        self,
        path: Path,
        *,
        sha256: str = "",
        password: str = "",
        languages: tuple[str, ...] = (),
        is_cancelled: Callable[[], bool] = lambda: False,
        progressed: Callable[[int, int], None] = lambda _done, _total: None,
    ) -> Extracted:
        """Return what a file says.

        Args:
            sha256: of the bytes that are meant; others are ``document.changed``.
            password: of an encrypted PDF.
            languages: for scanned pages, as Tesseract names them; empty takes those installed.
            is_cancelled: asked ten times in a second.
            progressed: told how many pages of how many have been read.

        Raises:
            StudioError: ``cancelled``; a code of :mod:`studio.documents.extract.words`, with which
                the file is put aside; or the worker could not start.
        """
        with self._lock:
            host = self._running()
            request = Extract(0, str(path), sha256, password, languages, self._limits)
            job = host.submit(request)
            reading = _Reading(host, job, path, self._patience, self._limits.memory_bytes)
            return reading.result(is_cancelled, progressed)

    def close(self) -> None:
        """End the worker, which starts again when it is needed."""
        with self._lock:
            if self._host is not None:
                self._host.stop()
                self._host = None

    def _running(self) -> Host:
        if self._host is None or not self._host.alive:
            if self._host is not None:
                self._host.stop()
            self._host = self._start()
        return self._host


class _Reading:
    """One file on its way."""

    def __init__(
        self, host: Host, job: Job, path: Path, patience: Patience, memory_bytes: int
    ) -> None:
        self._host = host
        self._job = job
        self._name = shown_name(path)
        self._patience = patience
        self._memory_bytes = memory_bytes
        self._pages: list[PageRead] = []
        self._ended_for = ""

    def result(
        self, is_cancelled: Callable[[], bool], progressed: Callable[[int, int], None]
    ) -> Extracted:
        """Wait for the end; see :meth:`Extractor.extract`."""
        began = heard_at = time.monotonic()
        while True:
            event = self._job.next(_LOOK_EVERY_S)
            now = time.monotonic()
            if isinstance(event, Done):
                return self._done(event)
            if isinstance(event, Failed):
                raise self._failed(event, is_cancelled())
            if event is not None:
                heard_at = now
                self._take(event, progressed)
            if is_cancelled():
                self._job.cancel()
            elif now - heard_at > self._patience.still_s or now - began > self._patience.whole_s:
                self._end("document.too_slow")
            elif event is None and self._has_grown():
                self._end("document.memory")

    def _take(self, event: object, progressed: Callable[[int, int], None]) -> None:
        if isinstance(event, Part) and isinstance(event.value, PagesRead):
            self._pages += event.value.pages
        elif isinstance(event, Progress):
            progressed(int(event.done), int(event.total))

    def _end(self, code: str) -> None:
        self._ended_for = self._ended_for or code
        self._host.kill()

    def _has_grown(self) -> bool:
        """Tell whether the worker holds too much, where the system does not see to it."""
        try:
            return bool(psutil.Process(self._host.pid).memory_info().rss > self._memory_bytes)
        except psutil.Error:  # it has just ended, which its job tells
            return False

    def _done(self, event: Done) -> Extracted:
        if event.cancelled or not isinstance(event.result, DocumentRead):
            raise _stopped(self._name)
        told = event.result
        markup: Literal["markdown", "plain"] = "markdown" if told.markup == "markdown" else "plain"
        return Extracted(
            told.kind,
            told.title,
            _joined(self._pages),
            told.has_pages,
            markup,
            told.language,
            tuple(sentence(notice) for notice in told.notices),
        )

    def _failed(self, event: Failed, is_cancelled: bool) -> StudioError:
        if is_cancelled and event.code == "worker.stopped_by_us" and not self._ended_for:
            return _stopped(self._name)
        details = str(event.facts.get("details", ""))
        code = self._ended_for or _ENDINGS.get(event.code, event.code)
        if code == "document.crashed" and any(mark in details for mark in _NO_MEMORY):
            code = "document.memory"
        if not is_known(code):
            return error_of(event)
        return refusal(code, {**event.facts, "name": self._name})


def shown_name(path: Path) -> str:
    """Return the name of a file as a sentence can hold it: on one line, in one direction."""
    return " ".join(clean(path.name).translate(_TURNS_TEXT).split())


def _joined(pieces: list[PageRead]) -> tuple[Page, ...]:
    """Return the pages; pieces of the same number belong together."""
    texts: dict[int, list[str]] = {}
    firsts: dict[int, PageRead] = {}
    for piece in pieces:
        firsts.setdefault(piece.number, piece)
        texts.setdefault(piece.number, []).append(piece.text)
    return tuple(
        Page(number, "".join(texts[number]), first.label, first.needs_ocr)
        for number, first in firsts.items()
    )


def _stopped(name: str) -> StudioError:
    return StudioError("cancelled", tr("The reading of “{name}” was stopped.", name=name), "")
