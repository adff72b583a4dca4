"""A database with some tables alone, for tests that need no other part."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from studio.storage.database import Database
from studio.storage.migrate import MigrationSet


@contextlib.contextmanager
def database_with(folder: Path, *migrations: MigrationSet) -> Iterator[Database]:
    """Open ``studio.db`` in a folder, made if need be, and close it at the end."""
    database = Database.open(folder / "studio.db", folder / "backups", migrations)
    try:
        yield database
    finally:
        database.close()
