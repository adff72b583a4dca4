"""The one database file: opened, backed up and restored, and lent out one connection per thread.

It knows no table; features bring their :class:`~studio.storage.migrate.MigrationSet` and ask for
connections.
"""

from __future__ import annotations

import contextlib
import logging
import threading
import time
import weakref
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from studio.errors import StudioError
from studio.paths import make_private_file
from studio.storage import opening, toolkit
from studio.storage.backup import Archive, Backup, StoppedError
from studio.storage.connection import connect, syncing
from studio.storage.failures import worded, worded_files
from studio.storage.integrity import damage
from studio.storage.migrate import MigrationSet, versions
from studio.translation import tr

if TYPE_CHECKING:
    import sqlite_utils

_PATIENCE_S = 5.0

log = logging.getLogger(__name__)


class Database:
    """An open database. May be used from any thread; close it once, at the end."""

    def __init__(self, path: Path, archive: Archive, opened: opening.Opened) -> None:
        self._path = path
        self._archive = archive
        self._users = opened.users
        self._notices = list(opened.notices)
        self._observers: list[Callable[[], object]] = []
        self._own = threading.local()
        self._guard = threading.Lock()
        self._closers: list[weakref.finalize[..., _Lent]] = []
        self._closing = threading.Event()
        self._is_closed = False
        self._daily = threading.Thread(target=self._back_up, name="daily backup")
        if not opened.is_new:
            self._daily.start()

    @classmethod
    def open(cls, path: Path, backups: Path, migrations: Sequence[MigrationSet]) -> Database:
        """Open the file at ``path``, making, restoring or migrating it first when needed.

        ``backups`` is the folder of its copies; a daily one is taken beside the program.

        Raises:
            StudioError: ``data.read_only``, ``disk.full``, ``disk.failed``, ``database.newer``,
                ``database.busy``, ``database.in_use``, ``database.damaged`` or
                ``database.no_full_text``.
        """
        archive = Archive(path, backups)
        with worded_files(path):
            opened = opening.make_ready(path, archive, migrations)
        return cls(path, archive, opened)

    @property
    def path(self) -> Path:
        """The file."""
        return self._path

    @property
    def notices(self) -> tuple[str, ...]:
        """Sentences that the person should read, such as that a backup was restored."""
        return tuple(self._notices)

    def observe_notices(self, observer: Callable[[], object]) -> None:
        """Have ``observer`` called, on some thread, whenever there is one more of the notices."""
        self._observers.append(observer)

    def connection(self) -> sqlite_utils.Database:
        """Return this thread's connection, made at its first use and closed with its thread.

        A statement outside :meth:`transaction` commits at once. Errors come as SQLite gives them;
        :meth:`transaction` and :meth:`reading` put them in words.
        """
        lent: _Lent | None = getattr(self._own, "lent", None)
        if lent is None:
            with worded(self._path):
                lent = self._lend()
            self._own.lent = lent
        if self._is_closed:
            raise RuntimeError("the database is closed")
        return lent.db

    @contextlib.contextmanager
    def transaction(self, *, synced: bool = False) -> Iterator[sqlite_utils.Database]:
        """Do all of a block or, when it raises, nothing of it; other writers wait meanwhile.

        Inside another transaction of this thread it is a part that can fail by itself.

        Args:
            synced: return only when the disk itself has it, so that a power cut cannot take it
                back. The outermost transaction decides.

        Raises:
            StudioError: ``disk.full``, ``disk.failed``, ``data.read_only``, ``database.busy`` or
                ``database.damaged``. Errors of the statements themselves pass unchanged.
        """
        db = self.connection()
        with self._noticing_damage():
            if db.conn.in_transaction:
                with db.atomic():
                    yield db
                return
            with syncing(db.conn) if synced else contextlib.nullcontext():
                db.conn.execute("BEGIN IMMEDIATE")
                try:
                    yield db
                    db.conn.execute("COMMIT")
                except BaseException:
                    db.rollback()
                    raise

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite_utils.Database]:
        """See one unchanging state throughout a block, whatever others write meanwhile.

        Raises:
            StudioError: as :meth:`transaction`.
        """
        db = self.connection()
        with self._noticing_damage():
            if db.conn.in_transaction:
                yield db
                return
            db.conn.execute("BEGIN")
            try:
                yield db
            finally:
                db.rollback()

    def versions(self) -> dict[str, int]:
        """Return the number of steps that each feature's part has had."""
        with self.reading() as db:
            return versions(db.conn)

    def backups(self) -> list[Backup]:
        """Return the backups, newest first."""
        return self._archive.list()

    def set_aside(self) -> list[Path]:
        """Return the damaged files that were put aside at earlier starts, the oldest first."""
        return opening.set_aside(self._path)

    def damage(self) -> str:
        """Read the whole file and return what is wrong with it, or ``""``.

        Damage is marked, so that the next start finds it too and mends it.

        Raises:
            StudioError: the file cannot be read just now.
        """
        with worded_files(self._path):
            problem = damage(self._path, seconds=None)
        if problem:
            self._suspect()
        return problem

    def close(self, *, back_up: bool = False) -> None:
        """Close every thread's connection; a backup still being taken gets a moment to end.

        Args:
            back_up: take one more of what has changed, in as long as that.
        """
        with self._guard:
            if self._is_closed:
                return
            self._is_closed = True
        if self._daily.ident is not None:
            self._daily.join(_PATIENCE_S)
            self._closing.set()
            self._daily.join()
        for close in self._closers:
            close()
        try:
            if back_up:
                _back_up_at_closing(self._archive, self._suspect)
        finally:
            self._users.release()

    def _lend(self) -> _Lent:
        with self._guard:
            if self._is_closed:
                raise RuntimeError("the database is closed")
            conn = connect(self._path)
            lent = _Lent(toolkit.wrap(conn))
            self._closers = [close for close in self._closers if close.alive]
            self._closers.append(weakref.finalize(lent, conn.close))
        return lent

    @contextlib.contextmanager
    def _noticing_damage(self) -> Iterator[None]:
        try:
            with worded(self._path):
                yield
        except StudioError as error:
            if error.code == "database.damaged":
                self._suspect()
            raise

    def _suspect(self) -> None:
        with contextlib.suppress(OSError):  # a disk that takes no mark is told of by other errors
            make_private_file(opening.suspect_mark(self._path))

    def _back_up(self) -> None:
        try:
            self._archive.take_daily(self._closing.is_set)
        except StoppedError:
            log.info("today's backup was given up because the program closes")
        except StudioError as error:
            if error.code == "database.damaged":
                self._suspect()
            self._notices.append(tr("Today's backup could not be made. {error}", error=error))
            for observer in self._observers:
                observer()


class _Lent:
    """A connection, held by one thread alone: when the thread ends, nothing holds it any more."""

    __slots__ = ("__weakref__", "db")

    def __init__(self, db: sqlite_utils.Database) -> None:
        self.db = db


def _back_up_at_closing(archive: Archive, suspect: Callable[[], None]) -> None:
    until = time.monotonic() + _PATIENCE_S
    try:
        archive.take_at_closing(lambda: time.monotonic() > until)
    except StoppedError:
        log.info("a backup at closing takes too long; the daily one is taken beside the program")
    except StudioError as error:  # nobody is there to be told, and the data itself is saved
        if error.code == "database.damaged":
            suspect()
        log.info("no backup at closing: %s", error)
