"""A database with the tables of conversations alone, for tests that need no other part."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from studio.chat.migrations import MIGRATIONS
from studio.storage.database import Database


@contextlib.contextmanager
def chat_database(folder: Path) -> Iterator[Database]:
    """Open ``studio.db`` in a folder, made if need be, and close it at the end."""
    database = Database.open(folder / "studio.db", folder / "backups", [MIGRATIONS])
    try:
        yield database
    finally:
        database.close()
