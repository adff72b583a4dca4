"""A database that lives in this process's memory alone, for what must never reach the disk.

One connection serves every thread, one at a time: SQLite's ways of sharing a database in memory
among connections either fail where others wait, or are not in every version.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from studio.storage import migrate, toolkit
from studio.storage.backup import Backup
from studio.storage.connection import require_full_text_search
from studio.storage.database import Database
from studio.storage.migrate import MigrationSet

if TYPE_CHECKING:
    import sqlite_utils

_NOWHERE = Path(":memory:")


class MemoryDatabase(Database):
    """An empty database with all its tables, gone when it is closed. May be used from any thread.

    Raises:
        StudioError: ``database.no_full_text``.
    """

    def __init__(self, migrations: Sequence[MigrationSet]) -> None:
        self._path = _NOWHERE
        self._turn = threading.RLock()
        self._is_closed = False
        conn = sqlite3.connect(_NOWHERE, isolation_level=None, check_same_thread=False)
        try:
            require_full_text_search(conn)
            conn.execute("PRAGMA temp_store=MEMORY")  # else a large sort would go to a file
            conn.execute("PRAGMA foreign_keys=ON")
            migrate.apply(conn, migrations)
        except BaseException:
            conn.close()
            raise
        self._db = toolkit.wrap(conn)

    @property
    def notices(self) -> tuple[str, ...]:
        """Return nothing: no file can be damaged."""
        return ()

    def observe_notices(self, observer: Callable[[], object]) -> None:
        """Do nothing: there is never a notice."""

    def connection(self) -> sqlite_utils.Database:
        """Return the one connection; to be used within a transaction or while reading only."""
        if self._is_closed:
            raise RuntimeError("the database is closed")
        return self._db

    @contextlib.contextmanager
    def transaction(self, *, synced: bool = False) -> Iterator[sqlite_utils.Database]:
        """Do all of a block or nothing of it; every other thread waits meanwhile."""
        with self._turn, super().transaction(synced=synced) as db:
            yield db

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite_utils.Database]:
        """See one unchanging state throughout a block; every other thread waits meanwhile."""
        with self._turn, super().reading() as db:
            yield db

    def backups(self) -> list[Backup]:
        """Return nothing: what must not reach the disk is not backed up."""
        return []

    def damage(self) -> str:
        """Return nothing: there is no file."""
        return ""

    def close(self, *, back_up: bool = False) -> None:
        """Forget all that is in it."""
        del back_up  # what must not reach the disk is not copied there at the end either
        with self._turn:
            if not self._is_closed:
                self._is_closed = True
                self._db.conn.close()

    def _suspect(self) -> None:
        """Mark nothing: there is no file that the next start could check."""
