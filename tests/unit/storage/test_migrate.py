"""Migrations: once each, whole or not at all, with a backup before, and never backwards."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlite_utils

from studio.errors import StudioError
from studio.storage import opening
from studio.storage.database import Database
from studio.storage.migrate import MigrationSet

Opener = Callable[..., Database]
Keep = Callable[..., None]
Texts = Callable[[Database], list[str]]


def make_notes(db: sqlite_utils.Database) -> None:
    db.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE)")


def add_stars(db: sqlite_utils.Database) -> None:
    db.execute("ALTER TABLE notes ADD COLUMN stars INTEGER NOT NULL DEFAULT 0")


def add_stars_then_fail(db: sqlite_utils.Database) -> None:
    add_stars(db)
    db.execute("DELETE FROM notes")
    raise ZeroDivisionError("a mistake in a step")


OLD = MigrationSet("notes", (make_notes,))
NEW = MigrationSet("notes", (make_notes, add_stars))
FAILING = MigrationSet("notes", (make_notes, add_stars_then_fail))


@pytest.fixture
def old(open_notes: Opener, keep: Keep, path: Path) -> Path:
    """A closed database of the old version, with two notes."""
    database = open_notes([OLD])
    keep(database, "one", "two")
    database.close()
    return path


def columns(database: Database) -> list[str]:
    return [column.name for column in database.connection().table("notes").columns]


def test_each_step_is_applied_once_and_in_order(open_notes: Opener) -> None:
    applied: list[str] = []

    def first(_db: sqlite_utils.Database) -> None:
        applied.append("first")

    def second(_db: sqlite_utils.Database) -> None:
        applied.append("second")

    def other(_db: sqlite_utils.Database) -> None:
        applied.append("other")

    open_notes([MigrationSet("a", (first,))]).close()
    for _ in range(2):
        database = open_notes([MigrationSet("a", (first, second)), MigrationSet("b", (other,))])
        assert database.versions() == {"a": 2, "b": 1}
        rows = database.connection().execute(
            "SELECT feature, number, name FROM _migrations ORDER BY rowid"
        )
        assert rows.fetchall() == [("a", 1, "first"), ("a", 2, "second"), ("b", 1, "other")]
        database.close()
    assert applied == ["first", "second", "other"]


def test_an_old_database_is_backed_up_then_migrated(
    old: Path, backups: Path, open_notes: Opener, texts: Texts
) -> None:
    database = open_notes([NEW])
    assert texts(database) == ["one", "two"]
    assert columns(database) == ["id", "text", "stars"]
    [backup] = database.backups()
    assert backup.reason == "migration"
    with contextlib.closing(sqlite3.connect(backup.path)) as conn:
        assert conn.execute("SELECT * FROM notes").fetchall() == [(1, "one"), (2, "two")]


def test_a_new_database_needs_no_backup(open_notes: Opener) -> None:
    database = open_notes([NEW])
    database.close()
    assert database.backups() == []


def test_a_step_that_fails_leaves_the_data_and_the_backup_untouched(
    old: Path, backups: Path, open_notes: Opener, texts: Texts
) -> None:
    with pytest.raises(ZeroDivisionError) as caught:
        open_notes([FAILING])
    assert caught.value.__notes__ == ["in step 2 of notes: add_stars_then_fail"]
    [backup] = backups.glob("*.db")
    database = open_notes([OLD])
    assert texts(database) == ["one", "two"]
    assert columns(database) == ["id", "text"]
    assert database.versions() == {"notes": 1}
    database.close()
    backup = next(iter(backups.glob("*.db")))
    with contextlib.closing(sqlite3.connect(backup)) as conn:
        assert conn.execute("SELECT * FROM notes").fetchall() == [(1, "one"), (2, "two")]


def test_failing_again_and_again_pushes_out_no_older_backup(
    old: Path, backups: Path, open_notes: Opener
) -> None:
    open_notes([OLD]).close()
    for _ in range(8):
        with pytest.raises(ZeroDivisionError):
            open_notes([FAILING])
    assert len(list(backups.glob("*.db"))) == 1


def test_steps_before_the_failing_one_stay(old: Path, open_notes: Opener) -> None:
    sets = [MigrationSet("notes", (make_notes, add_stars, add_stars_then_fail))]
    with pytest.raises(sqlite3.OperationalError, match="duplicate column"):
        open_notes(sets)
    assert open_notes([NEW]).versions() == {"notes": 2}


def test_without_room_for_a_backup_nothing_is_migrated(
    old: Path, backups: Path, open_notes: Opener
) -> None:
    backups.parent.mkdir(exist_ok=True)
    backups.write_text("a file where the folder should be")
    with pytest.raises(StudioError) as caught:
        open_notes([NEW])
    assert caught.value.code == "data.read_only"
    backups.unlink()
    assert columns(open_notes([OLD])) == ["id", "text"]


def test_a_full_disk_while_migrating_is_told_and_rolled_back(
    old: Path, open_notes: Opener, texts: Texts
) -> None:
    def fill(db: sqlite_utils.Database) -> None:
        pages = db.execute("PRAGMA page_count").fetchone()[0]
        db.execute(f"PRAGMA max_page_count={pages}")
        db.execute("INSERT INTO notes (text) VALUES (zeroblob(100000))")

    with pytest.raises(StudioError) as caught:
        open_notes([MigrationSet("notes", (make_notes, fill))])
    assert caught.value.code == "disk.full"
    assert texts(open_notes([OLD])) == ["one", "two"]


def test_a_newer_database_is_refused_with_both_versions(old: Path, open_notes: Opener) -> None:
    open_notes([NEW]).close()
    before = old.read_bytes()
    with pytest.raises(StudioError) as caught:
        open_notes([OLD])
    assert caught.value.code == "database.newer"
    assert "its notes part is at version 2, this program knows version 1" in caught.value.what
    assert "Install the newer version" in caught.value.hint
    assert old.read_bytes() == before


def test_a_part_that_this_program_does_not_know_is_newer(old: Path, open_notes: Opener) -> None:
    with pytest.raises(StudioError) as caught:
        open_notes([MigrationSet("pictures", (make_notes,))])
    assert caught.value.code == "database.newer"
    assert "this program knows no such part" in caught.value.what


def test_rebuilding_a_table_does_not_delete_what_refers_to_it(open_notes: Opener) -> None:
    def make_tables(db: sqlite_utils.Database) -> None:
        db.execute("CREATE TABLE parents (id INTEGER PRIMARY KEY, name TEXT)")
        db.execute(
            "CREATE TABLE children (id INTEGER PRIMARY KEY,"
            " parent INTEGER REFERENCES parents (id) ON DELETE CASCADE)"
        )
        db.execute("INSERT INTO parents VALUES (1, 'a')")
        db.execute("INSERT INTO children VALUES (1, 1)")

    def rebuild_parents(db: sqlite_utils.Database) -> None:
        db.table("parents").transform(rename={"name": "title"})

    def lose_parents(db: sqlite_utils.Database) -> None:
        db.execute("DELETE FROM parents")

    database = open_notes([MigrationSet("family", (make_tables, rebuild_parents))])
    db = database.connection()
    assert db.execute("SELECT * FROM children").fetchall() == [(1, 1)]
    assert db.execute("PRAGMA foreign_keys").fetchone() == (1,)
    database.close()
    with pytest.raises(sqlite3.IntegrityError, match="refer to nothing"):
        open_notes([MigrationSet("family", (make_tables, rebuild_parents, lose_parents))])


def test_a_step_that_ends_its_transaction_is_found(open_notes: Opener) -> None:
    def run_script(db: sqlite_utils.Database) -> None:
        db.conn.executescript("CREATE TABLE a (b)")

    with pytest.raises(RuntimeError, match="ended its transaction"):
        open_notes([MigrationSet("script", (run_script,))])


def test_two_sets_of_one_feature_are_a_mistake(open_notes: Opener) -> None:
    with pytest.raises(ValueError, match="same feature"):
        open_notes([OLD, NEW])


def test_migrating_waits_for_nobody_to_use_the_file(
    old: Path, open_notes: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "_LEAVING_S", 0.05)
    first = open_notes([OLD])
    with pytest.raises(StudioError) as caught:
        open_notes([NEW])
    assert caught.value.code == "database.in_use"
    assert columns(first) == ["id", "text"]
    second = open_notes([OLD])  # the same version may share
    first.close()
    second.close()
    assert columns(open_notes([NEW])) == ["id", "text", "stars"]
