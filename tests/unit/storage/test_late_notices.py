"""What goes wrong, or is found, after the start is told and mended as well."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from studio.errors import StudioError
from studio.storage import opening
from studio.storage.backup import Archive
from studio.storage.database import Database

Opener = Callable[..., Database]
Keep = Callable[..., None]
Texts = Callable[[Database], list[str]]


def test_a_backup_that_fails_late_is_told(
    open_notes: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_observed = threading.Event()

    def refuse(_archive: Archive, _is_stopped: object) -> None:
        is_observed.wait(10)
        raise StudioError("disk.full", "The disk is full.", "Free some space.")

    monkeypatch.setattr(Archive, "take_daily", refuse)
    open_notes().close()  # of a new file there is no backup to make
    database = open_notes()
    told: list[tuple[str, ...]] = []
    database.observe_notices(lambda: told.append(database.notices))
    is_observed.set()
    database.close()
    assert told == [("Today's backup could not be made. The disk is full. Free some space.",)]


def test_damage_that_somebody_looked_for_is_mended_at_the_next_start(
    path: Path, open_notes: Opener, keep: Keep, texts: Texts, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [f"{number} " + "x" * 400 for number in range(200)]
    database = open_notes()
    keep(database, *lines)
    database.close()
    open_notes().close()  # takes the daily backup
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2 // 4096 * 4096)
        file.write(os.urandom(4096))
    with monkeypatch.context() as meanwhile:  # neither the start nor the backup reaches it
        meanwhile.setattr(opening, "damage", lambda _path, *, seconds: "bad" if not seconds else "")
        meanwhile.setattr(Database, "_back_up", lambda _self: None)
        database = open_notes()
        assert database.notices == ()
        assert database.damage() != ""
        database.close()
        assert opening.suspect_mark(path).exists()
    database = open_notes()
    assert texts(database) == lines
    assert "has been mended" in database.notices[0]
