"""A database of notes: one table, one search index, opened as often as a test likes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
import sqlite_utils

from studio.storage.database import Database
from studio.storage.migrate import MigrationSet


def make_notes(db: sqlite_utils.Database) -> None:
    """Make the table that the tests write to."""
    db.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE)")


def make_index(db: sqlite_utils.Database) -> None:
    """Make the search index."""
    db.execute("CREATE VIRTUAL TABLE notes_index USING fts5 (text)")


NOTES = MigrationSet("notes", (make_notes, make_index))

Opener = Callable[..., Database]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the database is."""
    return tmp_path / "data" / "studio.db"


@pytest.fixture
def backups(tmp_path: Path) -> Path:
    """Where its backups are."""
    return tmp_path / "data" / "backups"


@pytest.fixture
def open_notes(path: Path, backups: Path) -> Iterator[Opener]:
    """Open the database of notes; what a test leaves open is closed."""
    opened: list[Database] = []

    def open_it(migrations: Sequence[MigrationSet] = (NOTES,)) -> Database:
        opened.append(Database.open(path, backups, migrations))
        return opened[-1]

    yield open_it
    for database in opened:
        database.close()


@pytest.fixture
def keep() -> Callable[..., None]:
    """Write notes, one for each text."""

    def write(database: Database, *texts: str) -> None:
        with database.transaction() as db:
            db.table("notes").insert_all({"text": text} for text in texts)

    return write


@pytest.fixture
def texts() -> Callable[[Database], list[str]]:
    """Read all notes."""

    def read(database: Database) -> list[str]:
        with database.reading() as db:
            return [row[0] for row in db.execute("SELECT text FROM notes ORDER BY id")]

    return read
