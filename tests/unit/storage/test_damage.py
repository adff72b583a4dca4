"""Damaged, cut, emptied and lost files: what is kept, what is restored and what is told."""

from __future__ import annotations

import contextlib
import os
import random
import re
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from studio.errors import StudioError
from studio.storage import integrity, opening
from studio.storage.backup import Archive
from studio.storage.database import Database
from studio.storage.migrate import MigrationSet

Opener = Callable[..., Database]
Keep = Callable[..., None]
Texts = Callable[[Database], list[str]]

LINES = [f"{n} " + "x" * 400 for n in range(200)]


@pytest.fixture
def backed_up(open_notes: Opener, keep: Keep, path: Path) -> Path:
    """A closed database with a backup that holds LINES, and one more note since."""
    database = open_notes()
    keep(database, *LINES)
    database.close()
    open_notes().close()  # takes the daily backup
    database = open_notes()
    keep(database, "since")
    database.close()
    return path


def overwrite(path: Path, at: int, content: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(content)


def corrupt_header(path: Path) -> None:
    overwrite(path, 0, b"not a database")


def corrupt_header_versions(path: Path) -> None:
    overwrite(path, 18, b"\x09\x09")


def corrupt_write_version(path: Path) -> None:
    overwrite(path, 18, b"\x09")  # SQLite itself would open such a file for reading only


def corrupt_page_size(path: Path) -> None:
    overwrite(path, 16, b"\x12\x34")


def corrupt_schema_format(path: Path) -> None:
    overwrite(path, 44, b"\x00\x00\x00\x63")


def corrupt_page_in_the_middle(path: Path) -> None:
    overwrite(path, path.stat().st_size // 2 // 4096 * 4096, b"\xff" * 4096)


def fill_with_noise(path: Path) -> None:
    path.write_bytes(random.Random(0).randbytes(path.stat().st_size))


def truncate_in_the_middle(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def truncate_in_the_header(path: Path) -> None:
    os.truncate(path, 10)


def empty(path: Path) -> None:
    os.truncate(path, 0)


WITH_ROWS_LEFT = [
    corrupt_header,
    corrupt_header_versions,
    corrupt_write_version,
    corrupt_page_size,
    corrupt_schema_format,
    corrupt_page_in_the_middle,  # of the index
]
WITHOUT = [fill_with_noise, truncate_in_the_header, empty]


@pytest.mark.parametrize("has_backup", [True, False])
@pytest.mark.parametrize("do_damage", WITH_ROWS_LEFT)
def test_rows_that_can_be_read_are_carried_over_and_nothing_is_missing(
    backed_up: Path, backups: Path, open_notes: Opener, texts: Texts,
    do_damage: Callable[[Path], None], has_backup: bool,
) -> None:  # fmt: skip
    if not has_backup:
        shutil.rmtree(backups)
    do_damage(backed_up)
    bad = backed_up.read_bytes()
    database = open_notes()
    assert texts(database) == [*LINES, "since"]
    [aside] = database.set_aside()
    assert aside.read_bytes() == bad
    told, kept = database.notices
    assert "has been mended" in told
    assert str(aside) in kept
    assert database.damage() == ""
    assert database.connection().execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert sorted(file.name for file in backed_up.parent.glob("*.restoring*")) == []
    database.close()
    assert open_notes().notices == ()


def test_what_is_left_of_a_table_is_laid_over_the_backup(
    backed_up: Path, open_notes: Opener, keep: Keep, texts: Texts
) -> None:
    database = open_notes()
    with database.transaction() as db:
        db.execute("UPDATE notes SET text = 'changed since' WHERE id = 1")
    keep(database, *(f"{n} and later " + "y" * 400 for n in range(100)))
    database.close()
    content = backed_up.read_bytes()
    for row in (b"50 xxxx", b"50 and later"):  # one that is in the backup, and one that is not
        for found in re.finditer(row, content):  # in the table and in its index
            overwrite(backed_up, found.start() // 4096 * 4096, b"\xff" * 4096)
    database = open_notes()
    there = texts(database)
    assert there[0] == "changed since"
    assert there[1 : len(LINES) + 1] == [*LINES[1:], "since"]
    later = there[len(LINES) + 1 :]
    assert 80 < len(later) < 100
    assert later[-1].startswith("99 and later")
    told, look = database.notices
    assert "the rest is as in the backup of " in told
    assert "may be missing" in told
    assert look.startswith("Look through your newest chats.")
    assert database.damage() == ""


@pytest.mark.parametrize("do_damage", [*WITHOUT, truncate_in_the_middle])
def test_the_newest_good_backup_is_restored_and_the_bad_file_kept(
    backed_up: Path, open_notes: Opener, texts: Texts, do_damage: Callable[[Path], None]
) -> None:
    do_damage(backed_up)
    bad = backed_up.read_bytes()
    database = open_notes()
    assert texts(database) == LINES
    [aside] = backed_up.parent.glob("studio.damaged-*.db")
    assert aside.read_bytes() == bad
    told, next_step = database.notices
    assert "the backup of " in told
    assert str(aside) in next_step
    assert "Keep that file" in next_step or "keep it" in next_step
    database.close()
    assert open_notes().notices == ()


@pytest.mark.parametrize("do_damage", WITHOUT)
def test_without_a_backup_a_new_file_starts_and_the_bad_one_is_named(
    backed_up: Path, backups: Path, open_notes: Opener, keep: Keep, texts: Texts,
    do_damage: Callable[[Path], None],
) -> None:  # fmt: skip
    shutil.rmtree(backups)
    do_damage(backed_up)
    database = open_notes()
    assert texts(database) == []
    keep(database, "new")
    if do_damage is empty:  # nothing to keep and nothing lost that anyone could know of
        assert database.notices == ()
        return
    [aside] = backed_up.parent.glob("studio.damaged-*.db")
    told, next_step = database.notices
    assert "there is no good backup" in told
    assert str(aside) in next_step


def test_a_damaged_backup_is_passed_over_for_an_older_good_one(
    backed_up: Path, backups: Path, open_notes: Opener, texts: Texts
) -> None:
    [good] = backups.glob("*.db")
    for number, do_damage in enumerate([corrupt_page_in_the_middle, truncate_in_the_header, empty]):
        newer = backups / f"studio-2099010{number + 1}-000000-000000-daily.db"
        shutil.copy(good, newer)
        do_damage(newer)
    fill_with_noise(backed_up)
    assert texts(open_notes()) == LINES


def test_a_backup_of_a_newer_program_is_passed_over(
    backed_up: Path, backups: Path, open_notes: Opener, texts: Texts
) -> None:
    [good] = backups.glob("*.db")
    newer = backups / "studio-20990101-000000-000000-daily.db"
    shutil.copy(good, newer)
    with contextlib.closing(sqlite3.connect(newer)) as conn, conn:
        conn.execute("INSERT INTO _migrations VALUES ('notes', 9, 'later', '')")
        conn.execute("DELETE FROM notes")
    fill_with_noise(backed_up)
    assert texts(open_notes()) == LINES


def test_a_lost_file_comes_back_from_its_backup(
    backed_up: Path, open_notes: Opener, texts: Texts
) -> None:
    backed_up.unlink()
    database = open_notes()
    assert texts(database) == LINES
    assert "was missing, so the backup of " in database.notices[0]


def test_the_log_of_a_damaged_file_is_kept_with_it_and_never_played_into_the_backup(
    backed_up: Path, open_notes: Opener, keep: Keep, texts: Texts, tmp_path: Path
) -> None:
    database = open_notes()
    keep(database, "in the log")
    log = backed_up.with_name("studio.db-wal")
    copies = tmp_path / "copies"
    copies.mkdir()
    for file in (backed_up, log):
        shutil.copy(file, copies / file.name)
    database.close()
    for file in (backed_up, log):  # as after a crash: the log was not yet merged
        shutil.copy(copies / file.name, file)
    fill_with_noise(backed_up)
    overwrite(log, 0, b"\x00" * 32)
    logged = log.read_bytes()
    assert texts(open_notes()) == LINES
    [aside] = backed_up.parent.glob("studio.damaged-*.db-wal")
    assert aside.read_bytes() == logged


def test_what_only_the_log_of_a_damaged_file_holds_is_carried_over(
    backed_up: Path, open_notes: Opener, keep: Keep, texts: Texts, tmp_path: Path
) -> None:
    database = open_notes()
    keep(database, "in the log")
    log = backed_up.with_name("studio.db-wal")
    copies = [shutil.copy(file, tmp_path / file.name) for file in (backed_up, log)]
    database.close()
    for copy, file in zip(copies, (backed_up, log), strict=True):
        shutil.copy(copy, file)
    corrupt_header(backed_up)
    assert texts(open_notes()) == [*LINES, "since", "in the log"]


def test_two_bad_files_in_one_second_are_both_kept(backed_up: Path, open_notes: Opener) -> None:
    for _ in range(3):
        corrupt_header(backed_up)
        open_notes().close()
    assert len(list(backed_up.parent.glob("studio.damaged-*.db"))) == 3


def test_restoring_waits_for_nobody_to_use_the_file(
    backed_up: Path, open_notes: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "_LEAVING_S", 0.05)
    first = open_notes()
    corrupt_header(backed_up)
    with pytest.raises(StudioError) as caught:
        open_notes()
    assert caught.value.code == "database.in_use"
    assert "Close Local AI Studio everywhere" in caught.value.hint
    first.close()
    assert open_notes().notices != ()


def test_a_row_that_breaks_a_rule_of_its_table_is_no_damage(open_notes: Opener) -> None:
    database = open_notes()
    conn = database.connection().conn
    conn.execute("CREATE TABLE ages (age INTEGER CHECK (age >= 0))")
    conn.execute("PRAGMA ignore_check_constraints=1")
    conn.execute("INSERT INTO ages VALUES (-1)")
    assert conn.execute("PRAGMA ignore_check_constraints=0").fetchall() == []
    assert conn.execute("PRAGMA quick_check").fetchall() == [("CHECK constraint failed in ages",)]
    assert database.damage() == ""


def test_an_interrupted_check_says_nothing_bad(path: Path, open_notes: Opener, keep: Keep) -> None:
    database = open_notes()
    keep(database, *(f"{n} " + "x" * 4000 for n in range(5000)))
    database.close()
    overwrite(path, path.stat().st_size - 4096, b"\xff" * 4096)
    assert integrity.damage(path, seconds=None) != ""
    assert integrity.damage(path, seconds=0) == ""


def test_damage_that_the_start_did_not_reach_is_found_by_the_daily_backup(
    backed_up: Path, backups: Path, open_notes: Opener, texts: Texts,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    [good] = backups.glob("*.db")
    yesterday = good.rename(backups / "studio-20200101-000000-000000-daily.db")
    kept = yesterday.read_bytes()
    corrupt_page_in_the_middle(backed_up)
    monkeypatch.setattr(opening, "damage", lambda _path, *, seconds: "bad" if not seconds else "")
    database = open_notes()
    database.close()
    [notice] = database.notices
    assert "no backup was made of it" in notice
    assert [file.read_bytes() for file in backups.glob("*.db")] == [kept]
    monkeypatch.undo()
    monkeypatch.setattr(opening, "START_SECONDS", 0)  # the next start would not reach it either
    database = open_notes()
    assert texts(database) == [*LINES, "since"]
    assert "has been mended" in database.notices[0]
    assert not opening.suspect_mark(backed_up).exists()


def test_damage_met_while_working_is_told_and_restored_at_the_next_start(
    backed_up: Path, open_notes: Opener, texts: Texts, monkeypatch: pytest.MonkeyPatch
) -> None:
    corrupt_page_in_the_middle(backed_up)
    monkeypatch.setattr(opening, "START_SECONDS", 0)
    monkeypatch.setattr(opening, "damage", lambda _path, *, seconds: "")
    database = open_notes()
    both = (  # the rows, and the same from the index
        "SELECT text FROM (SELECT text FROM notes NOT INDEXED)"
        " UNION ALL SELECT text FROM (SELECT text FROM notes ORDER BY text)"
    )
    with pytest.raises(StudioError) as caught, database.reading() as db:
        db.execute(both).fetchall()
    assert caught.value.code == "database.damaged"
    database.close()
    monkeypatch.undo()
    monkeypatch.setattr(opening, "START_SECONDS", 0)
    assert texts(open_notes()) == [*LINES, "since"]


def test_no_backup_is_made_of_a_damaged_file(backed_up: Path, backups: Path) -> None:
    before = {file: file.read_bytes() for file in backups.glob("*.db")}
    corrupt_page_in_the_middle(backed_up)
    with pytest.raises(StudioError) as caught:
        Archive(backed_up, backups).take("daily")
    assert caught.value.code == "database.damaged"
    assert str(backed_up) in caught.value.what
    corrupt_header(backed_up)
    with pytest.raises(StudioError) as caught:
        Archive(backed_up, backups).take("daily")
    assert caught.value.code == "database.damaged"
    assert {file: file.read_bytes() for file in backups.glob("*.db")} == before
    assert list(backups.glob(".*.partial")) == []


@pytest.fixture(scope="module")
def sound() -> memoryview:
    """The bytes of a small sound database with one table."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "studio.db"
        with contextlib.closing(sqlite3.connect(path)) as conn, conn:
            conn.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT)")
            conn.executemany("INSERT INTO notes (text) VALUES (?)", [(line,) for line in LINES])
        return memoryview(path.read_bytes())  # whose repr is short


@example(flips=[(0.5, 1)], in_first=1 << 30, cut=None)  # a row takes the number of another
@settings(max_examples=40, deadline=None)
@given(
    flips=st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), min_size=1, max_size=20),
    in_first=st.sampled_from([100, 4096, 1 << 30]),
    cut=st.none() | st.floats(0, 1),
)
def test_whatever_happens_to_the_file_opening_ends_with_a_database_that_works(
    sound: memoryview, flips: list[tuple[float, int]], in_first: int, cut: float | None
) -> None:
    with TemporaryDirectory() as folder:
        path, backups = Path(folder) / "studio.db", Path(folder) / "backups"
        path.write_bytes(sound)
        Archive(path, backups).take("daily")
        content = bytearray(sound)
        for at, value in flips:
            content[int(at * min(len(content), in_first))] = value
        path.write_bytes(content[: int(len(content) * cut)] if cut is not None else content)
        for companion in ("studio.db-wal", "studio.db-shm"):
            (Path(folder) / companion).unlink(missing_ok=True)
        with contextlib.closing(Database.open(path, backups, (MigrationSet("a", ()),))) as database:
            with database.transaction() as db:
                db.execute("CREATE TABLE another (id INTEGER PRIMARY KEY)")
            assert database.damage() == ""
            if database.notices:
                rows = database.connection().execute("SELECT count(*) FROM notes").fetchone()
                assert rows[0] == len(LINES)
                assert len(list(Path(folder).glob("studio.damaged-*.db"))) == 1
