"""Keeps the newest good copies of a database in a folder of their own, and finds one again.

A copy is taken through SQLite's backup interface from one snapshot, so that writers go on
meanwhile. It is read in full before it gets its name, and only then do older ones leave: a damaged
database never pushes out a good backup, and an unchanged one pushes out nothing.
"""

from __future__ import annotations

import contextlib
import filecmp
import re
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from studio.errors import StudioError
from studio.paths import (
    FileLock,
    make_private_file,
    make_private_folder,
    sync_file,
    sync_folder,
)
from studio.storage.connection import companions, connect, connect_still
from studio.storage.failures import worded, worded_files
from studio.storage.integrity import damage_at_rest
from studio.translation import tr

KEPT = 5
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
LARGE_BYTES = 64 << 20  # a second or so to copy

_CLOSING = "closing"
_PAGES_A_STEP = 2048
_LOCK_S = 60.0
_TIME = "%Y%m%d-%H%M%S-%f"


@dataclass(frozen=True, slots=True)
class Backup:
    """One copy; ``reason`` is ``daily``, ``migration`` or ``closing``."""

    path: Path
    taken_at: datetime
    reason: str

    def when(self) -> str:
        """Return the time it was taken, in the zone of this machine."""
        return f"{self.taken_at.astimezone():%Y-%m-%d %H:%M}"


class StoppedError(Exception):
    """A copy was given up because the program is closing."""


class Archive:
    """The backups of one database file."""

    def __init__(self, database: Path, folder: Path) -> None:
        self._database = database
        self._folder = folder
        self._pattern = re.compile(re.escape(database.stem) + r"-(\d{8}-\d{6}-\d{6})-([a-z]+)\.db")

    def list(self) -> list[Backup]:
        """Return the backups, newest first.

        Those from the future were taken while the clock was wrong, so nobody knows how old they
        are: they come last.
        """
        if not self._folder.is_dir():
            return []
        found = (self._read_name(path) for path in self._folder.iterdir())
        known = (backup for backup in found if backup is not None)
        now = datetime.now(UTC)
        return sorted(known, key=lambda each: (each.taken_at <= now, each.taken_at), reverse=True)

    def is_due(self) -> bool:
        """Return whether the newest backup is older than a day.

        One from the future does not count, nor does the one of the last closing, which the next
        replaces.
        """
        now = datetime.now(UTC)
        lasting = (backup for backup in self.list() if backup.reason != _CLOSING)
        return not any(now - DAY <= backup.taken_at <= now for backup in lasting)

    def newest_good(self, is_usable: Callable[[sqlite3.Connection], bool]) -> Backup | None:
        """Return the newest backup that is sound throughout and that ``is_usable`` accepts."""
        return next((backup for backup in self.list() if _is_good(backup.path, is_usable)), None)

    def take(self, reason: str, is_stopped: Callable[[], bool] = lambda: False) -> Backup:
        """Copy the database now.

        Raises:
            StudioError: ``database.damaged`` when the copy is not sound; ``disk.full`` and the
                like when it cannot be written. Earlier backups are untouched in every case.
            StoppedError: ``is_stopped`` answered true between two steps.
        """
        with worded_files(self._folder):
            make_private_folder(self._folder)
            with self._lock().held(_LOCK_S):
                return self._take(reason, is_stopped)

    def take_daily(self, is_stopped: Callable[[], bool]) -> Backup | None:
        """Take a backup if one is due and no other process is at it. Raises like :meth:`take`."""
        with worded_files(self._folder):
            make_private_folder(self._folder)
            lock = self._lock()
            if not lock.acquire(timeout_s=0):
                return None
            try:
                return self._take("daily", is_stopped) if self.is_due() else None
            finally:
                lock.release()

    def take_at_closing(self, is_stopped: Callable[[], bool]) -> Backup | None:
        """Take a backup of what has changed; it replaces the one of the closing before.

        A large file is copied once an hour at most. Raises like :meth:`take`.
        """
        with worded_files(self._folder):
            if not self._has_changed():
                return None
            make_private_folder(self._folder)
            lock = self._lock()
            if not lock.acquire(timeout_s=0):
                return None
            try:
                return self._take(_CLOSING, is_stopped)
            finally:
                lock.release()

    def _has_changed(self) -> bool:
        newest = next(iter(self.list()), None)
        if newest is None or newest.taken_at > datetime.now(UTC):
            return True
        files = [self._database, *companions(self._database)[:1]]
        states = [file.stat() for file in files if file.exists()]
        changed_at = max((state.st_mtime for state in states), default=0.0)
        is_large = sum(state.st_size for state in states) > LARGE_BYTES
        age_s = changed_at - newest.taken_at.timestamp()
        return age_s > (HOUR.total_seconds() if is_large else 0)

    def _take(self, reason: str, is_stopped: Callable[[], bool]) -> Backup:
        for left in self._folder.glob(".*.partial"):  # of a process that was killed
            left.unlink()
        taken_at = datetime.now(UTC)
        path = self._path(taken_at, reason)
        partial = path.with_name(f".{path.name}.partial")
        try:
            make_private_file(partial)
            with worded(self._database):
                _copy(self._database, partial, is_stopped)
            self._refuse_damaged(partial)
            reason = self._name(partial, taken_at, reason)
        finally:
            partial.unlink(missing_ok=True)
        self._prune()
        sync_folder(self._folder)
        return Backup(self._path(taken_at, reason), taken_at, reason)

    def _refuse_damaged(self, partial: Path) -> None:
        problem = damage_at_rest(partial)
        if problem:
            raise StudioError(
                "database.damaged",
                tr(
                    "Your data file {path} is damaged; no backup was made of it.",
                    path=self._database,
                ),
                tr(
                    "Close the program and start it again: it then restores the newest good backup."
                ),
                problem,
            )

    def _name(self, partial: Path, taken_at: datetime, reason: str) -> str:
        """Keep a copy, or one just like it under the time of this one; return what it is for."""
        newest = next(iter(self.list()), None)
        if newest is None or not filecmp.cmp(partial, newest.path, shallow=False):
            partial.replace(self._path(taken_at, reason))
            return reason
        reason = newest.reason if reason == _CLOSING else reason
        newest.path.replace(self._path(taken_at, reason))
        return reason

    def _path(self, taken_at: datetime, reason: str) -> Path:
        return self._folder / f"{self._database.stem}-{taken_at.strftime(_TIME)}-{reason}.db"

    def _prune(self) -> None:
        lasting = [backup for backup in self.list() if backup.reason != _CLOSING]
        closing = [backup for backup in self.list() if backup.reason == _CLOSING]
        for backup in (*lasting[KEPT:], *closing[1:]):
            backup.path.unlink()

    def _lock(self) -> FileLock:
        return FileLock(self._folder / ".lock")

    def _read_name(self, path: Path) -> Backup | None:
        match = self._pattern.fullmatch(path.name)
        if match is None:
            return None
        try:
            taken_at = datetime.strptime(match[1], _TIME).replace(tzinfo=UTC)
        except ValueError:
            return None
        return Backup(path, taken_at, match[2])


def _is_good(path: Path, is_usable: Callable[[sqlite3.Connection], bool]) -> bool:
    try:
        if path.stat().st_size == 0 or damage_at_rest(path):
            return False
        with contextlib.closing(connect_still(path)) as conn:
            return is_usable(conn)
    except (sqlite3.Error, OSError):
        return False


def _copy(source: Path, target: Path, is_stopped: Callable[[], bool]) -> None:
    def pause(_status: int, _remaining: int, _total: int) -> None:
        if is_stopped():
            raise StoppedError

    with (
        contextlib.closing(connect(source)) as old,
        contextlib.closing(_blank(target)) as new,
        _one_snapshot(old),
    ):
        old.backup(new, pages=_PAGES_A_STEP, progress=pause, sleep=0)
    sync_file(target)


def _blank(path: Path) -> sqlite3.Connection:
    conn = sqlite3.connect(path, isolation_level=None)
    conn.execute("PRAGMA synchronous=OFF")  # synced once, when whole
    conn.execute("PRAGMA journal_mode=OFF")  # a copy that failed is thrown away
    return conn


@contextlib.contextmanager
def _one_snapshot(conn: sqlite3.Connection) -> Iterator[None]:
    """Keep what is read the same through all steps; without it a writer makes it start over."""
    conn.execute("BEGIN")
    conn.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchall()
    try:
        yield
    finally:
        if conn.in_transaction:
            conn.execute("ROLLBACK")
