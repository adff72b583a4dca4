"""Compares the files that are there with those that a collection knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from studio.documents.file_table import KnownFile
from studio.documents.scan import Found, Scan


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done.

    A file that was moved is one of ``gone`` and one of ``new``: whoever hashes the new one finds
    its content known, links it, and only then forgets the old path.

    Attributes:
        new: not known yet.
        changed: of another size or time than when they were read.
        waiting: known, unchanged and not read yet, or to be tried again.
        gone: to be forgotten.
        unchanged: how many there is nothing to do with; of these ``failed`` are in quarantine.
        kept: known files that may still be there where nobody can look just now.
    """

    new: tuple[Found, ...] = ()
    changed: tuple[Found, ...] = ()
    waiting: tuple[Found, ...] = ()
    gone: tuple[Path, ...] = ()
    unchanged: int = 0
    failed: int = 0
    kept: int = 0

    @property
    def to_read(self) -> tuple[Found, ...]:
        """All that is to be read: first what was never tried."""
        return (*self.new, *self.changed, *self.waiting)


def plan(seen: Scan, known: Mapping[Path, KnownFile]) -> Plan:
    """Return what has to be done to have a collection know what a scan has seen.

    Nothing is gone by a scan that was stopped.
    """
    new, changed, waiting = [], [], []
    unchanged = failed = 0
    for found in seen.found:
        before = known.get(found.path)
        if before is None:
            new.append(found)
        elif (before.size_bytes, before.modified_ns) != (found.size_bytes, found.modified_ns):
            changed.append(found)
        elif before.state == "waiting" or before.is_passing:
            waiting.append(found)
        else:
            unchanged += 1
            failed += before.state == "failed"
    missing = known.keys() - {found.path for found in seen.found}
    gone = sorted(path for path in missing if _is_gone(path, known[path], seen))
    return Plan(
        new=tuple(new),
        changed=tuple(changed),
        waiting=tuple(waiting),
        gone=tuple(gone),
        unchanged=unchanged,
        failed=failed,
        kept=len(missing) - len(gone),
    )


def _is_gone(path: Path, before: KnownFile, seen: Scan) -> bool:
    if not seen.is_whole or any(source.id == before.source for source in seen.absent):
        return False
    return not seen.unreadable or not any(
        place in seen.unreadable for place in (path, *path.parents)
    )
