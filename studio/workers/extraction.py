"""The extraction worker: reads files into pages of text, and loads nothing that computes."""

from __future__ import annotations

import hashlib
import os
import stat
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from studio.documents.extract.document import Document
from studio.documents.extract.source import CancelledError, Source
from studio.documents.extract.words import UnreadableError
from studio.documents.values import Page
from studio.engine.extraction import DocumentRead, Extract, PageRead, PagesRead
from studio.engine.protocol import Done, Part, Progress, Request
from studio.workers.serve import Channel, Handler, RefusedError, serve, take_over_pipes

_PART_CHARACTERS = 500_000
_TELL_EVERY_S = 0.2
_HASHED_AT_ONCE = 1 << 20
_SETTLED_NS = 3_000_000_000  # the times of some memory sticks go by two seconds


class _NoFlag:
    """Nothing native is to be interrupted: Stop is looked for between pages."""

    def set(self) -> None:
        """Do nothing."""

    def clear(self) -> None:
        """Do nothing."""


def extract(request: Extract, channel: Channel) -> Done:
    """Read a file, sending its pages as they come.

    Raises:
        RefusedError: a code of :mod:`studio.documents.extract.words`.
    """
    cap_memory(request.limits.memory_bytes)
    try:
        return Done(request.id, _read(request, channel))
    except CancelledError:
        return Done(request.id, cancelled=True)
    except UnreadableError as refusal:
        raise RefusedError(refusal.code, **refusal.facts) from refusal
    except FileNotFoundError as error:
        raise RefusedError("document.missing") from error
    except PermissionError as error:
        raise RefusedError("document.no_permission") from error
    except OSError as error:
        raise RefusedError("document.unreadable", details=str(error)) from error


def _read(request: Extract, channel: Channel) -> DocumentRead:
    path = Path(request.path)
    facts = path.stat()
    if not stat.S_ISREG(facts.st_mode):  # a pipe would be waited for
        raise UnreadableError("document.not_a_file")
    source = Source(
        path,
        facts.st_size,
        request.limits,
        request.password,
        request.languages,
        lambda: channel.cancelled(request.id),
        _Teller(request.id, channel).progressed,
    )
    document = Document(source)
    before = _hash(source)
    if request.sha256 not in ("", before):
        raise UnreadableError("document.changed")
    try:
        _send(request.id, document, channel)
    except UnreadableError:
        if _is_changed(source, facts, before):  # then it is no wonder
            raise UnreadableError("document.changed") from None
        raise
    if _is_changed(source, facts, before):
        raise UnreadableError("document.changed")
    told = document.described()
    return DocumentRead(
        told.kind,
        told.title,
        told.has_pages,
        told.markup,
        told.language,
        tuple(document.findings.notices),
        before,
        facts.st_size,
    )


def _send(request_id: int, document: Document, channel: Channel) -> None:
    """Send the pages, small ones together, a long one in pieces of the same number."""
    held: list[PageRead] = []
    size, sent_at = 0, time.monotonic()
    for page in document.pages():
        for piece in _pieces(page):
            held.append(piece)
            size += len(piece.text)
            if size >= _PART_CHARACTERS or time.monotonic() - sent_at > _TELL_EVERY_S:
                channel.send(Part(request_id, PagesRead(tuple(held))))
                held.clear()
                size, sent_at = 0, time.monotonic()
    if held:
        channel.send(Part(request_id, PagesRead(tuple(held))))


def _pieces(page: Page) -> Iterator[PageRead]:
    for start in range(0, max(1, len(page.text)), _PART_CHARACTERS):
        text = page.text[start : start + _PART_CHARACTERS]
        yield PageRead(page.number, text, page.label, page.needs_ocr)


class _Teller:
    """Tells how many pages have been read, a few times in a second."""

    def __init__(self, request_id: int, channel: Channel) -> None:
        self._id = request_id
        self._channel = channel
        self._told_at = time.monotonic()

    def progressed(self, done: int, total: int) -> None:
        """Tell it, unless it was told a moment ago."""
        if time.monotonic() - self._told_at > _TELL_EVERY_S:
            self._channel.send(Progress(self._id, "pages", done, total))
            self._told_at = time.monotonic()


def _is_changed(source: Source, facts: os.stat_result, before: str) -> bool:
    """Tell whether a file is not any more what it was before.

    Its times tell it at once, unless they are so near to the reading that they could be the same
    after another change: then its bytes are looked at again.
    """
    now = source.path.stat()
    are_same = _times(now) == _times(facts)
    if are_same and time.time_ns() - max(facts.st_mtime_ns, facts.st_ctime_ns) > _SETTLED_NS:
        return False
    return _hash(source) != before


def _times(facts: os.stat_result) -> tuple[int, ...]:
    return facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns, facts.st_ino


def _hash(source: Source) -> str:
    digest = hashlib.sha256()
    with source.path.open("rb") as file:
        while piece := file.read(_HASHED_AT_ONCE):
            source.check()
            digest.update(piece)
    return digest.hexdigest()


def cap_memory(limit_bytes: int) -> None:
    """Have the system refuse this process more address space; where only Linux keeps to it.

    Elsewhere the application looks at what the process holds, and ends it.
    """
    if sys.platform == "linux":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        most = limit_bytes if hard == resource.RLIM_INFINITY else min(limit_bytes, hard)
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def main() -> int:
    """Serve the extraction worker on standard input and output."""
    source, sink = take_over_pipes()
    channel = Channel(source, sink, _NoFlag())
    handlers: dict[type[Request], Handler] = {Extract: extract}
    serve(channel, handlers, {}, lambda: None)
    return 0
