"""Knows the SHA-256 of model files: each is read once, at a pace that nobody notices."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from studio.library.gguf import parts_of
from studio.library.reading import reading

if TYPE_CHECKING:
    from studio.storage.database import Database

_BLOCK_BYTES = 1 << 20
_REST_PER_WORK = 3.0
_WAIT_S = 0.1


def _never() -> bool:
    return False


def _untold(_share: float) -> None:
    return


@dataclass(frozen=True, slots=True)
class Pace:
    """How a file is read: whether to stop, whether to wait, how much rest, and who is told."""

    must_stop: Callable[[], bool] = _never
    must_wait: Callable[[], bool] = _never
    rests: bool = False
    told: Callable[[float], None] = _untold


class Fingerprints:
    """SHA-256 sums by path, size and time of change. Thread-safe.

    The sum of a model in several files is that of all of them, one after another.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def known(self, path: Path) -> str:
        """Return the sum of the file as it is now, in hexadecimal; empty when it is not known.

        Raises:
            StudioError: ``model.missing`` or ``model.unreadable``.
        """
        query = "SELECT sha256 FROM library_fingerprints WHERE path = ? AND stamp = ?"
        with self._database.reading() as connection:
            found = connection.execute(query, [str(path), stamp(path)]).fetchone()
        return str(found[0]) if found else ""

    def learn(self, path: Path, pace: Pace) -> str:
        """Return the sum, read from the file if it is not known yet, and keep it.

        Empty when it was stopped, or when the file changed meanwhile.

        Raises:
            StudioError: ``model.missing`` or ``model.unreadable``, or it cannot be kept.
        """
        if known := self.known(path):
            return known
        before = stamp(path)
        digest = _digest(path, pace)
        if not digest or stamp(path) != before:
            return ""
        row = {"path": str(path), "stamp": before, "sha256": digest}
        with self._database.transaction() as connection:
            connection.table("library_fingerprints").insert(row, replace=True)
        return digest


def stamp(path: Path) -> str:
    """Return what changes when a model's files do: size and time of change of each part.

    Raises:
        StudioError: ``model.missing`` or ``model.unreadable``.
    """
    stamps = []
    for part in parts_of(path):
        with reading(part):
            facts = part.stat()
        stamps.append(f"{facts.st_size}:{facts.st_mtime_ns}")
    return ";".join(stamps)


def _digest(path: Path, pace: Pace) -> str:
    digest = hashlib.sha256()
    parts = parts_of(path)
    total, done = 0, 0
    for part in parts:
        with reading(part):
            total += part.stat().st_size
    for part in parts:
        with reading(part), part.open("rb") as file:
            while block := _next(file.read, pace):
                began = time.perf_counter()
                digest.update(block)
                done += len(block)
                if done > total:  # it is being written, and may grow faster than it is read
                    return ""
                pace.told(done / total)
                if pace.rests:
                    time.sleep(_REST_PER_WORK * (time.perf_counter() - began))
        if pace.must_stop():
            return ""
    return digest.hexdigest()


def _next(read: Callable[[int], bytes], pace: Pace) -> bytes:
    """Return the next block, as soon as nothing more important runs; nothing when stopped."""
    while pace.must_wait() and not pace.must_stop():
        time.sleep(_WAIT_S)
    return b"" if pace.must_stop() else read(_BLOCK_BYTES)
