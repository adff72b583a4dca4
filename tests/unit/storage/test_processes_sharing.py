"""Several processes and one database: starting at once, and dying at the worst moment."""

from __future__ import annotations

import contextlib
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from studio.storage.database import Database

Opener = Callable[..., Database]
Keep = Callable[..., None]
Texts = Callable[[Database], list[str]]

PREAMBLE = """
import os, sys, time
from pathlib import Path
from studio.storage import opening
from studio.storage.database import Database
from studio.storage.migrate import MigrationSet

opening._LEAVING_S = 0.1  # shorter than the slow step: who starts meanwhile must wait in line

def make_notes(db):
    db.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE)")

def make_index(db):
    db.execute("CREATE VIRTUAL TABLE notes_index USING fts5 (text)")

def add_a_note_slowly(db):
    with open(sys.argv[1] + ".steps", "a") as file:
        file.write("applied\\n")
    db.execute("INSERT INTO notes (text) VALUES ('from the step')")
    time.sleep(0.3)

def say(text):
    print(text, flush=True)

def open_notes(*more):
    migrations = [MigrationSet("notes", (make_notes, make_index, *more))]
    return Database.open(Path(sys.argv[1]), Path(sys.argv[2]), migrations)
"""


def start(path: Path, backups: Path, code: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", PREAMBLE + code, str(path), str(backups)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def finish(process: subprocess.Popen[str]) -> str:
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    return out


def kill_when_ready(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    process.kill()
    process.communicate(timeout=60)


def test_processes_that_start_at_once_migrate_once(
    path: Path, backups: Path, open_notes: Opener, keep: Keep
) -> None:
    database = open_notes()
    keep(database, "one")
    database.close()
    code = """
database = open_notes(add_a_note_slowly)
say(len(list(database.connection().execute("SELECT * FROM notes"))))
database.close()
"""
    told = [finish(process) for process in [start(path, backups, code) for _ in range(4)]]
    assert told == ["2\n"] * 4
    assert Path(f"{path}.steps").read_text() == "applied\n"
    assert [file.name.split("-")[-1] for file in backups.glob("*.db")] == ["migration.db"]


def test_processes_that_start_at_once_make_one_new_database(path: Path, backups: Path) -> None:
    code = """
database = open_notes(add_a_note_slowly)
with database.transaction() as db:
    db.execute("INSERT INTO notes (text) VALUES (?)", [str(os.getpid())])
database.close()
"""
    for process in [start(path, backups, code) for _ in range(4)]:
        finish(process)
    with contextlib.closing(sqlite3.connect(path)) as conn:
        assert conn.execute("SELECT count(*) FROM notes").fetchone() == (5,)
    assert Path(f"{path}.steps").read_text() == "applied\n"


def test_processes_that_start_at_once_restore_once(
    path: Path, backups: Path, open_notes: Opener, keep: Keep
) -> None:
    database = open_notes()
    keep(database, "one")
    database.close()
    open_notes().close()
    path.write_bytes(b"not a database" * 1000)
    code = """
database = open_notes()
[text] = database.connection().execute("SELECT text FROM notes").fetchone()
say(f"{text} {len(database.notices)}")
database.close()
"""
    told = [finish(process) for process in [start(path, backups, code) for _ in range(4)]]
    assert sorted(told) == ["one 0\n"] * 3 + ["one 2\n"]
    assert len(list(path.parent.glob("studio.damaged-*.db"))) == 1


def test_a_writer_killed_inside_a_transaction_loses_only_that(
    path: Path, backups: Path, open_notes: Opener, keep: Keep, texts: Texts
) -> None:
    code = """
database = open_notes()
for n in range(100):
    database.connection().execute("INSERT INTO notes (text) VALUES (?)", [f"kept {n}"])
with database.transaction() as db:
    for n in range(20_000):  # enough to spill into the log before the commit
        db.execute("INSERT INTO notes (text) VALUES (?)", [f"lost {n} " + "x" * 500])
    say("ready")
    time.sleep(60)
"""
    kill_when_ready(start(path, backups, code))
    other = open_notes()
    assert texts(other) == [f"kept {n}" for n in range(100)]
    assert other.damage() == ""
    assert other.notices == ()
    keep(other, "and on")


def test_a_window_goes_on_when_a_terminal_is_killed_inside_a_transaction(
    path: Path, backups: Path, open_notes: Opener, keep: Keep, texts: Texts
) -> None:
    window = open_notes()
    keep(window, "one")
    code = """
database = open_notes()
with database.transaction() as db:
    db.execute("INSERT INTO notes (text) VALUES ('lost')")
    say("ready")
    time.sleep(60)
"""
    kill_when_ready(start(path, backups, code))
    keep(window, "two")
    assert texts(window) == ["one", "two"]


def test_a_process_killed_while_migrating_leaves_the_old_state(
    path: Path, backups: Path, open_notes: Opener, keep: Keep, texts: Texts
) -> None:
    database = open_notes()
    keep(database, "one")
    database.close()
    code = """
def stuck(db):
    db.execute("DELETE FROM notes")
    say("ready")
    time.sleep(60)
open_notes(stuck)
"""
    kill_when_ready(start(path, backups, code))
    database = open_notes()
    assert texts(database) == ["one"]
    assert database.versions() == {"notes": 2}


def test_a_process_killed_while_restoring_leaves_it_to_the_next(
    path: Path, backups: Path, open_notes: Opener, keep: Keep, texts: Texts
) -> None:
    database = open_notes()
    keep(database, "one")
    database.close()
    open_notes().close()
    path.write_bytes(b"not a database" * 1000)
    code = """
put_aside = opening._put_aside
def die_after(path):
    put_aside(path)
    say("ready")
    time.sleep(60)
opening._put_aside = die_after
open_notes()
"""
    kill_when_ready(start(path, backups, code))
    assert not path.exists()
    database = open_notes()
    assert texts(database) == ["one"]
    assert "was missing" in database.notices[0]
    [aside] = path.parent.glob("studio.damaged-*.db")
    assert aside.read_bytes() == b"not a database" * 1000


@pytest.mark.parametrize("has_backups", [True, False])
def test_a_process_killed_while_carrying_rows_over_leaves_that_to_the_next(
    path: Path, backups: Path, open_notes: Opener, keep: Keep, texts: Texts, has_backups: bool
) -> None:
    database = open_notes()
    keep(database, "one")
    database.close()
    open_notes().close()
    database = open_notes()
    keep(database, "not in the backup")
    database.close()
    if not has_backups:
        for each in backups.glob("*"):
            each.unlink()
    with path.open("r+b") as file:
        file.write(b"not a database")
    code = """
put_aside = opening._put_aside
def die_after(path):
    put_aside(path)
    say("ready")
    time.sleep(60)
opening._put_aside = die_after
open_notes()
"""
    kill_when_ready(start(path, backups, code))
    assert not path.exists()
    database = open_notes()
    assert texts(database) == ["one", "not in the backup"]
    assert "has been mended" in database.notices[0]
