"""Reads the files of a sync one by one, on a thread of its own, a little ahead of their use."""

from __future__ import annotations

import hashlib
import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from studio.documents.extract import words
from studio.documents.extracting import Extractor
from studio.documents.scan import Found
from studio.documents.values import Extracted, Page
from studio.errors import StudioError

_AHEAD = 2  # files, for each may be long
_PIECE_BYTES = 1 << 20
_LOOK_EVERY_S = 0.1

_REASONS: dict[type[OSError], str] = {
    FileNotFoundError: "document.missing",
    PermissionError: "document.no_permission",
    IsADirectoryError: "document.not_a_file",
}
_OTHER = "document.unreadable"

Stopping = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file that was read: what it says, or that its content is known, or why not.

    Attributes:
        content: of the collection, where the file says the same as another one.
        failure: why it could not be read.
    """

    found: Found
    sha256: str = ""
    extracted: Extracted | None = None
    content: str | None = None
    failure: StudioError | None = None


class Reading:
    """Reads files ahead. Use it in a ``with`` block and iterate once.

    Args:
        known: returns the content with a hash, where the collection has it.
        text_of: returns the text of a source that is no file.
    """

    def __init__(
        self,
        files: Iterable[Found],
        extractor: Extractor,
        known: Callable[[str], str | None],
        text_of: Callable[[Found], str | None],
        must_stop: Stopping,
    ) -> None:
        self._files = files
        self._extractor = extractor
        self._known = known
        self._text_of = text_of
        self._asked_to_stop = must_stop
        self._left = threading.Event()
        self._ready: queue.Queue[ReadFile | None] = queue.Queue(_AHEAD)
        self._executor = ThreadPoolExecutor(1, "reading documents")

    def __enter__(self) -> Iterator[ReadFile]:
        return self._results(self._executor.submit(self._run))

    def __exit__(self, *_: object) -> None:
        self._left.set()
        self._executor.shutdown()

    def _results(self, work: Future[None]) -> Iterator[ReadFile]:
        while (read := self._ready.get()) is not None:
            yield read
        work.result()  # raises what made going on senseless

    def _must_stop(self) -> bool:
        return self._left.is_set() or self._asked_to_stop()

    def _run(self) -> None:
        try:
            for found in self._files:
                if self._must_stop() or (read := self._read(found)) is None:
                    break
                self._put(read)
        finally:
            self._put(None)

    def _put(self, read: ReadFile | None) -> None:
        while not self._left.is_set():
            try:
                self._ready.put(read, timeout=_LOOK_EVERY_S)
            except queue.Full:
                continue
            return

    def _read(self, found: Found) -> ReadFile | None:
        try:
            text = self._text_of(found)
            sha256 = hash_text(text) if text is not None else hash_file(found.path, self._must_stop)
            if not sha256:
                return None
            if (content := self._known(sha256)) is not None:
                return ReadFile(found, sha256, content=content)
            if text is not None:
                return ReadFile(found, sha256, _pasted(found, text))
            extracted = self._extractor.extract(
                found.path, sha256=sha256, is_cancelled=self._must_stop
            )
        except StudioError as error:
            if error.code == "cancelled":
                return None
            if not error.code.startswith("document."):
                raise
            return ReadFile(found, failure=error)
        return ReadFile(found, sha256, extracted)


def hash_text(text: str) -> str:
    """Return the SHA-256 of a pasted text, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def hash_file(path: Path, must_stop: Stopping) -> str:
    """Return the SHA-256 of a file's bytes in hexadecimal; ``""`` when it was stopped.

    Raises:
        StudioError: ``document.missing``, ``document.no_permission``, ``document.not_a_file`` or
            ``document.unreadable``.
    """
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE_BYTES):
                if must_stop():
                    return ""
                digest.update(piece)
    except OSError as error:
        code = next((code for kind, code in _REASONS.items() if isinstance(error, kind)), _OTHER)
        raise words.refusal(code, {"name": path.name, "details": str(error)}) from error
    return digest.hexdigest()


def _pasted(found: Found, text: str) -> Extracted:
    name = found.path.name
    markup: Literal["markdown", "plain"] = "markdown" if name.endswith(".md") else "plain"
    return Extracted("text", name, (Page(1, text),), markup=markup)
