"""Backups: when they are taken, how many stay, and that each is a whole database."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from studio.errors import StudioError
from studio.storage import backup as backup_module
from studio.storage.backup import KEPT, Archive, StoppedError
from studio.storage.database import Database

Opener = Callable[..., Database]
Keep = Callable[..., None]
Texts = Callable[[Database], list[str]]


@pytest.fixture
def archive(path: Path, backups: Path) -> Archive:
    return Archive(path, backups)


def named(backups: Path, age: timedelta) -> Path:
    stamp = (datetime.now(UTC) - age).strftime("%Y%m%d-%H%M%S-%f")
    return backups / f"studio-{stamp}-daily.db"


def count(path: Path) -> int:
    with contextlib.closing(sqlite3.connect(path)) as conn:
        rows: int = conn.execute("SELECT count(*) FROM notes").fetchone()[0]
    return rows


def test_a_backup_holds_everything_that_was_committed(
    open_notes: Opener, keep: Keep, archive: Archive
) -> None:
    database = open_notes()
    keep(database, "one", "two")
    with database.transaction() as db:
        db.execute("INSERT INTO notes (text) VALUES ('not yet')")
        backup = archive.take("daily")
    assert backup == archive.list()[0]
    assert count(backup.path) == 2


def test_only_the_newest_stay(open_notes: Opener, keep: Keep, archive: Archive) -> None:
    database = open_notes()
    taken = []
    for number in range(KEPT + 3):
        keep(database, f"{number}")
        taken.append(archive.take("daily"))
    assert archive.list() == taken[:-KEPT - 1:-1]  # fmt: skip
    assert [count(backup.path) for backup in archive.list()] == [8, 7, 6, 5, 4]


def test_an_unchanged_database_pushes_out_no_older_state(
    open_notes: Opener, keep: Keep, archive: Archive
) -> None:
    database = open_notes()
    keep(database, "one")
    archive.take("daily")
    keep(database, "two")
    for _ in range(KEPT + 3):
        latest = archive.take("daily")
    assert [count(backup.path) for backup in archive.list()] == [2, 1]
    assert archive.list()[0] == latest


def test_other_files_in_the_folder_are_left_alone(
    open_notes: Opener, keep: Keep, archive: Archive, backups: Path
) -> None:
    backups.mkdir(parents=True)
    others = [
        backups / "studio-99999999-000000-000000-daily.db",
        backups / "notes.txt",
        backups / "studio.db",
    ]
    for other in others:
        other.write_text("mine")
    database = open_notes()
    for number in range(KEPT + 1):
        keep(database, f"{number}")
        archive.take("daily")
    assert all(other.read_text() == "mine" for other in others)


def test_a_daily_backup_is_taken_at_open_when_a_day_has_passed(
    open_notes: Opener, keep: Keep, archive: Archive, backups: Path
) -> None:
    database = open_notes()
    keep(database, "one")
    database.close()
    assert archive.list() == []  # there was nothing yet when it was opened
    open_notes().close()
    [first] = archive.list()
    assert first.reason == "daily"
    database = open_notes()
    keep(database, "two")
    database.close()
    assert archive.list() == [first]
    first.path.rename(named(backups, timedelta(hours=25)))
    open_notes().close()
    assert [count(backup.path) for backup in archive.list()] == [2, 1]


def test_a_backup_from_the_future_does_not_stop_the_daily_one(
    open_notes: Opener, archive: Archive, backups: Path
) -> None:
    open_notes().close()
    archive.take("daily").path.rename(named(backups, timedelta(days=-900)))
    assert archive.is_due()


def test_writers_go_on_while_a_backup_is_taken_and_it_shows_one_moment(
    open_notes: Opener, keep: Keep, archive: Archive
) -> None:
    database = open_notes()
    keep(database, *(f"{n} " + "x" * 4000 for n in range(6000)))
    steps = 0

    def write_between_steps() -> bool:
        nonlocal steps
        steps += 1
        keep(database, f"written during step {steps}")
        return steps > 100  # a copy that starts over at every write would never end

    backup = archive.take("daily", write_between_steps)
    assert steps > 3
    assert count(backup.path) == 6000
    assert count(database.path) == 6000 + steps


def test_a_backup_that_is_given_up_leaves_the_others(
    open_notes: Opener, keep: Keep, archive: Archive, backups: Path
) -> None:
    database = open_notes()
    keep(database, "one")
    first = archive.take("daily")
    keep(database, *(f"{n} " + "x" * 4000 for n in range(6000)))
    with pytest.raises(StoppedError):
        archive.take("daily", lambda: True)
    assert archive.list() == [first]
    assert [file.name for file in backups.iterdir() if file != first.path] == [".lock"]


def test_what_a_killed_backup_left_is_cleared(
    open_notes: Opener, archive: Archive, backups: Path
) -> None:
    open_notes().close()
    backups.mkdir(exist_ok=True)
    (backups / ".studio-20250101-000000-000000-daily.db.partial").write_text("half")
    archive.take("daily")
    assert list(backups.glob(".*.partial")) == []


def test_a_daily_backup_that_fails_is_told_and_harms_nothing(
    open_notes: Opener, keep: Keep, texts: Texts, backups: Path
) -> None:
    database = open_notes()
    keep(database, "one")
    database.close()
    backups.write_text("a file where the folder should be")
    database = open_notes()
    assert texts(database) == ["one"]
    database.close()
    [notice] = database.notices
    assert notice.startswith("Today's backup could not be made.")
    assert "--home" in notice


def test_two_processes_take_one_daily_backup(
    open_notes: Opener, archive: Archive, path: Path, backups: Path
) -> None:
    open_notes().close()
    others = [Archive(path, backups) for _ in range(4)]
    threads = [threading.Thread(target=other.take_daily, args=(lambda: False,)) for other in others]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(archive.list()) == 1


def test_backing_up_nothing_is_refused(archive: Archive) -> None:
    with pytest.raises(StudioError):
        archive.take("daily")
    assert archive.list() == []


def test_a_full_disk_while_copying_leaves_the_others(
    open_notes: Opener, keep: Keep, archive: Archive, backups: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = open_notes()
    keep(database, "one")
    first = archive.take("daily")
    keep(database, *(f"{n} " + "x" * 4000 for n in range(100)))
    blank = backup_module._blank

    def small(path: Path) -> sqlite3.Connection:
        conn = blank(path)
        conn.execute("PRAGMA max_page_count=3")  # SQLite then answers as on a full disk
        return conn

    monkeypatch.setattr(backup_module, "_blank", small)
    with pytest.raises(StudioError) as caught:
        archive.take("daily")
    assert caught.value.code == "disk.full"
    assert archive.list() == [first]
    assert list(backups.glob(".*.partial")) == []


def closing(backups: Path) -> list[int]:
    return [count(path) for path in backups.glob("*-closing.db")]


def test_what_was_written_on_the_first_day_is_backed_up_when_the_program_closes(
    open_notes: Opener, keep: Keep, backups: Path
) -> None:
    database = open_notes()
    keep(database, "one")
    database.close(back_up=True)
    assert closing(backups) == [1]


def test_the_backup_of_a_closing_replaces_that_of_the_one_before_and_no_daily_one(
    open_notes: Opener, keep: Keep, archive: Archive, backups: Path
) -> None:
    database = open_notes()
    keep(database, "one")
    daily = archive.take("daily")
    for number in range(KEPT + 2):
        keep(database, f"and {number}")
        database.close(back_up=True)
        database = open_notes()
    assert closing(backups) == [KEPT + 3]
    assert daily.path.exists()


def test_closing_without_a_change_copies_nothing(
    open_notes: Opener, keep: Keep, archive: Archive
) -> None:
    database = open_notes()
    keep(database, "one")
    database.close(back_up=True)
    [first] = archive.list()
    open_notes().close(back_up=True)
    assert len(archive.list()) == 1
    assert archive.take_at_closing(lambda: False) is None
    assert archive.list()[0].taken_at >= first.taken_at


def test_the_backup_of_a_closing_is_no_daily_one(
    open_notes: Opener, keep: Keep, archive: Archive
) -> None:
    database = open_notes()
    keep(database, "one")
    database.close(back_up=True)
    assert archive.is_due()


def test_a_large_database_is_copied_at_closing_once_an_hour(
    open_notes: Opener, keep: Keep, archive: Archive, backups: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup_module, "LARGE_BYTES", 1)
    database = open_notes()
    keep(database, "one")
    archive.take("daily")  # else the next opening takes one, beside what is written then
    database.close(back_up=True)
    database = open_notes()
    keep(database, "two")
    database.close(back_up=True)
    newest = archive.list()[0]
    assert count(newest.path) == 1
    for backup in archive.list():
        aged = named(backups, timedelta(minutes=61)).name.replace("daily", backup.reason)
        backup.path.rename(backups / aged)
    assert archive.take_at_closing(lambda: False) is not None
    assert 2 in [count(backup.path) for backup in archive.list()]


def test_a_closing_without_room_for_a_backup_is_a_closing(
    open_notes: Opener, keep: Keep, backups: Path
) -> None:
    database = open_notes()
    keep(database, "one")
    backups.parent.mkdir(parents=True, exist_ok=True)
    backups.write_text("a file where the folder should be")
    database.close(back_up=True)
    backups.unlink()
    assert database.notices == ()
