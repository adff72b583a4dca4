"""A database with the library's tables, and a shelf over folders of this test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from studio.library.migrations import MIGRATIONS
from studio.library.shelf import Shelf
from studio.library.store import LibraryStore
from studio.storage.database import Database


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """Return a new database."""
    folder = tmp_path / "data"
    folder.mkdir()
    database = Database.open(folder / "studio.db", folder / "backups", [MIGRATIONS])
    yield database
    database.close()


@pytest.fixture
def store(database: Database) -> LibraryStore:
    """Return a store in that database."""
    return LibraryStore(database)


@pytest.fixture
def folders(tmp_path: Path) -> dict[str, Path]:
    """Return the person's own models folder, the shipped one, and a further one."""
    made = {name: tmp_path / name for name in ("own", "shipped", "extra")}
    for folder in made.values():
        folder.mkdir()
    return made


@pytest.fixture
def shelf(store: LibraryStore, folders: dict[str, Path]) -> Shelf:
    """Return a shelf over the three folders."""
    return Shelf(folders["own"], folders["shipped"], store, lambda: [folders["extra"]])
