"""A backup that was taken while the clock was wrong does not stand in for newer ones."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from studio.storage.backup import KEPT, Archive
from studio.storage.database import Database

Opener = Callable[..., Database]
Keep = Callable[..., None]
Texts = Callable[[Database], list[str]]


@pytest.fixture
def ahead(open_notes: Opener, keep: Keep, path: Path, backups: Path) -> Archive:
    """Return the backups of a file: all of them look as if they came from next year."""
    database = open_notes()
    keep(database, "long ago")
    archive = Archive(path, backups)
    first = archive.take("daily").path
    for day in range(KEPT):
        moment = datetime.now(UTC) + timedelta(days=365 + day)
        shutil.copy(first, backups / f"studio-{moment:%Y%m%d-%H%M%S-%f}-daily.db")
    first.unlink()
    keep(database, "since")
    return archive


def test_the_copy_of_a_closing_is_taken_beside_ones_from_the_future(ahead: Archive) -> None:
    taken = ahead.take_at_closing(lambda: False)
    assert taken is not None
    assert ahead.list()[0] == taken


def test_a_daily_copy_takes_the_place_of_one_from_the_future(ahead: Archive) -> None:
    taken = ahead.take_daily(lambda: False)
    assert taken is not None
    assert ahead.list()[0] == taken
    assert len(ahead.list()) == KEPT


def test_a_lost_file_comes_back_as_it_was_last(
    ahead: Archive, path: Path, open_notes: Opener, texts: Texts
) -> None:
    ahead.take("daily")
    for file in path.parent.glob("studio.db*"):
        file.unlink()
    assert texts(open_notes()) == ["long ago", "since"]
