"""What happens between "there is a path" and "the database is ready", one process at a time.

In this order: get in line, check the file, put a damaged one aside and restore, refuse a newer
one, back up and migrate an older one. Two locks guard it:

    opening  held alone while a process does all of the above
    users    held shared for as long as a process has the database open; who restores or migrates
             holds it alone, so that no other process has the old file open meanwhile
"""

from __future__ import annotations

import contextlib
import glob
import logging
import os
import shutil
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from studio.errors import StudioError
from studio.paths import FileLock, make_private_file, make_private_folder, sync_folder
from studio.storage import migrate, restoring_words, salvage
from studio.storage.backup import Archive
from studio.storage.connection import companions, connect, own, require_full_text_search
from studio.storage.integrity import START_SECONDS, damage
from studio.translation import tr

_OPENING_S = 300.0  # another process may be migrating a large file
_LEAVING_S = 2.0  # another process may be on its way out

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Opened:
    """A database that is ready: the hold on it, what to tell, and whether it was just made."""

    users: FileLock
    notices: tuple[str, ...]
    is_new: bool


def make_ready(path: Path, archive: Archive, sets: Sequence[migrate.MigrationSet]) -> Opened:
    """Check, restore and migrate as needed; the caller releases ``users`` when it is done.

    Raises:
        StudioError: ``database.newer``, ``database.in_use``, ``database.no_full_text``, and what
            taking a backup raises.
        sqlite3.Error, OSError: for the caller to word.
    """
    with contextlib.closing(sqlite3.connect(":memory:")) as conn:
        require_full_text_search(conn)
    make_private_folder(path.parent)
    with FileLock(path.with_name(path.name + "-opening.lock")).held(_OPENING_S):
        return _Opening(path, archive, sets).run()


def suspect_mark(path: Path) -> Path:
    """Return the file whose presence asks the next start for a check without time limit."""
    return path.with_name(path.name + "-suspect")


class _Opening:
    def __init__(self, path: Path, archive: Archive, sets: Sequence[migrate.MigrationSet]) -> None:
        self._path = path
        self._archive = archive
        self._sets = sets
        self._users = FileLock(path.with_name(path.name + "-users.lock"))
        self._is_alone = False
        self._notices: list[str] = []

    def run(self) -> Opened:
        self._is_alone = self._users.acquire(timeout_s=0)
        if not self._is_alone:
            self._share()
        try:
            self._repair()
            is_new = self._bring_up_to_date()
            self._share()
        except BaseException:
            self._users.release()
            raise
        return Opened(self._users, tuple(self._notices), is_new)

    def _share(self) -> None:
        if not self._users.acquire(shared=True, timeout_s=_LEAVING_S):
            raise TimeoutError("the lock of the database's users cannot be shared")

    def _be_alone(self, refusal: str) -> None:
        if self._is_alone:
            return
        self._is_alone = self._users.acquire(timeout_s=_LEAVING_S)
        if not self._is_alone:
            raise StudioError(
                "database.in_use",
                refusal,
                tr("Close Local AI Studio everywhere, then start it again."),
            )

    def _repair(self) -> None:
        if not self._path.exists():
            if self._archive.list() or self._put_aside_before() is not None:
                self._be_alone(_restoring())
                self._restore(is_missing=True)
            return
        own(self._path)
        problem = self._problem()
        if problem:
            log.info("damaged database %s: %s", self._path, problem)
            self._be_alone(_restoring())
            self._restore(is_missing=False)
        suspect_mark(self._path).unlink(missing_ok=True)

    def _problem(self) -> str:
        if self._path.stat().st_size == 0:
            log_of_changes = companions(self._path)[0]
            has_log = log_of_changes.exists() and log_of_changes.stat().st_size > 0
            return "it is empty" if has_log or self._archive.list() else ""
        seconds = None if suspect_mark(self._path).exists() else START_SECONDS
        return damage(self._path, seconds=seconds)

    def _restore(self, *, is_missing: bool) -> None:
        backup = self._archive.newest_good(lambda conn: not migrate.is_newer(conn, self._sets))
        restored = self._restored()
        damaged = self._put_aside_before() if is_missing else self._path
        salvaged = None
        if damaged is not None:
            ground = backup.path if backup else None
            salvaged = salvage.salvage(damaged, restored, ground, self._sets)
        if salvaged is None:
            restored.unlink(missing_ok=True)
            if backup is not None:
                _copy_whole(backup.path, restored)
        kept = _put_aside(self._path)
        if is_missing and salvaged is not None:
            kept = damaged  # the process that put it aside was killed
        if restored.exists():
            restored.replace(self._path)
        sync_folder(self._path.parent)
        self._notices += restoring_words.told(backup, kept, salvaged)

    def _restored(self) -> Path:
        """Return where a database is put together before it takes the place of the damaged one."""
        return self._path.with_name(self._path.name + ".restoring")

    def _put_aside_before(self) -> Path | None:
        """Return the damaged file that a process had put aside when it was killed."""
        aside = set_aside(self._path)
        return aside[-1] if aside and self._restored().exists() else None

    def _bring_up_to_date(self) -> bool:
        own(self._path)
        with contextlib.closing(connect(self._path)) as conn:
            is_new = conn.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is None
            migrate.refuse_newer(conn, self._sets)
            if migrate.is_pending(conn, self._sets):
                self._be_alone(
                    tr(
                        "Your data must be brought up to date, but another window or terminal is "
                        "using it."
                    )
                )
                if not is_new:
                    self._archive.take("migration")
                migrate.apply(conn, self._sets)
        return is_new


def _restoring() -> str:
    return tr(
        "Your data must be restored from a backup, but another window or terminal is using it."
    )


def _copy_whole(source: Path, target: Path) -> None:
    make_private_file(target)
    with source.open("rb") as old, target.open("wb") as new:
        shutil.copyfileobj(old, new, 1 << 20)
        new.flush()
        os.fsync(new.fileno())


def set_aside(path: Path) -> list[Path]:
    """Return the damaged files that were put aside, the oldest first."""
    return sorted(path.parent.glob(f"{glob.escape(path.stem)}.damaged-*{path.suffix}"))


def _put_aside(path: Path) -> Path | None:
    """Rename the file and its companions; return its new name, or ``None`` without a file.

    A log left beside a restored file would be played into it, so companions go in any case, and
    before the file itself: stopped half-way, what is left is found damaged or missing again.
    """
    stem = f"{path.stem}.damaged-{datetime.now().astimezone():%Y%m%d-%H%M%S}"
    aside = path.with_name(f"{stem}{path.suffix}")
    number = 2
    while aside.exists():
        aside = path.with_name(f"{stem}-{number}{path.suffix}")
        number += 1
    for old, new in zip(companions(path), companions(aside), strict=True):
        if old.exists():
            old.replace(new)
    if not path.exists():
        return None
    return path.replace(aside)
