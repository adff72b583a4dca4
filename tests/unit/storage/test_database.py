"""An open database: its promises, its transactions, its threads and its files' modes."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlite_utils

from studio.errors import StudioError
from studio.storage.connection import require_full_text_search
from studio.storage.database import Database

Opener = Callable[..., Database]
Keep = Callable[..., None]
Texts = Callable[[Database], list[str]]

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no modes")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_connection_keeps_what_was_promised(open_notes: Opener) -> None:
    conn = open_notes().connection().conn
    told = {
        name: conn.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
    }
    assert told == {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 1,
                    "busy_timeout": 10_000}  # fmt: skip


def test_opening_makes_folders_and_loads_no_library_that_it_does_not_need(path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from studio.storage.database import Database\n"
        "Database.open(Path(sys.argv[1]), Path(sys.argv[2]), ()).close()\n"
        "Database.open(Path(sys.argv[1]), Path(sys.argv[2]), ()).close()\n"
        "print([name for name in ('sqlite_utils', 'numpy') if name in sys.modules])"
    )
    command = [sys.executable, "-c", code, str(path), str(path.parent / "backups")]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    assert path.exists()
    assert ran.stdout.strip() == "[]"


@posix
@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_every_file_belongs_to_its_owner_alone(
    open_notes: Opener, keep: Keep, path: Path, backups: Path, umask: int
) -> None:
    before = os.umask(umask)
    try:
        keep(open_notes(), "one")
        open_notes().close()
        files = [file for file in path.parent.rglob("*") if file.is_file()]
        folders = [folder for folder in (path.parent, backups) if folder.is_dir()]
    finally:
        os.umask(before)
    assert {"studio.db", "studio.db-wal", "studio.db-shm"} <= {file.name for file in files}
    assert list(backups.glob("studio-*.db"))
    assert {mode(file) for file in files} == {0o600}
    assert {mode(folder) for folder in folders} == {0o700}


@posix
def test_a_file_that_others_could_read_is_closed_to_them(
    open_notes: Opener, keep: Keep, path: Path
) -> None:
    database = open_notes()
    keep(database, "one")
    companions = [path, path.with_name("studio.db-wal"), path.with_name("studio.db-shm")]
    for file in companions:
        file.chmod(0o644)
    open_notes()
    assert {mode(file) for file in companions} == {0o600}


def test_a_transaction_is_whole_or_nothing(open_notes: Opener, keep: Keep, texts: Texts) -> None:
    database = open_notes()
    keep(database, "one")
    with pytest.raises(sqlite3.IntegrityError), database.transaction() as db:
        db.table("notes").insert_all([{"text": "two"}, {"text": "one"}], batch_size=1)
    assert texts(database) == ["one"]
    assert not database.connection().conn.in_transaction


def test_a_synced_transaction_waits_for_the_disk_and_the_next_does_not(
    open_notes: Opener, keep: Keep, texts: Texts
) -> None:
    database = open_notes()

    def level(db: sqlite_utils.Database) -> int:
        return int(db.execute("PRAGMA synchronous").fetchone()[0])

    normal, full = 1, 2
    with database.transaction(synced=True) as db:
        keep(database, "one")
        assert level(db) == full
    with database.transaction() as db:
        assert level(db) == normal
    with pytest.raises(sqlite3.IntegrityError), database.transaction(synced=True):
        keep(database, "two", "one")
    assert level(database.connection()) == normal
    assert texts(database) == ["one"]


def test_a_part_of_a_transaction_may_fail_by_itself(
    open_notes: Opener, keep: Keep, texts: Texts
) -> None:
    database = open_notes()
    with database.transaction():
        keep(database, "one")
        with pytest.raises(sqlite3.IntegrityError):
            keep(database, "two", "one")
        keep(database, "three")
    assert texts(database) == ["one", "three"]


def test_a_statement_outside_a_transaction_is_kept_at_once(
    open_notes: Opener, texts: Texts
) -> None:
    open_notes().connection().execute("INSERT INTO notes (text) VALUES ('one')")
    assert texts(open_notes()) == ["one"]


def test_reading_sees_one_state_while_others_write(
    open_notes: Opener, keep: Keep, texts: Texts
) -> None:
    reader, writer = open_notes(), open_notes()
    keep(writer, "one")
    with reader.reading():
        assert texts(reader) == ["one"]
        keep(writer, "two")
        assert texts(reader) == ["one"]
    assert texts(reader) == ["one", "two"]


def test_mistakes_of_ours_are_not_put_in_words(open_notes: Opener) -> None:
    database = open_notes()
    with pytest.raises(sqlite3.OperationalError, match="unterminated"), database.reading() as db:
        db.execute("SELECT * FROM notes_index WHERE notes_index MATCH '\"'").fetchall()
    with (
        pytest.raises(sqlite3.OperationalError, match="no such table"),
        database.transaction() as db,
    ):
        db.execute("DELETE FROM missing")


def test_each_thread_has_a_connection_that_ends_with_it(open_notes: Opener, keep: Keep) -> None:
    database = open_notes()
    seen: list[sqlite3.Connection] = [database.connection().conn]

    def write(text: str) -> None:
        keep(database, text)
        seen.append(database.connection().conn)

    threads = [threading.Thread(target=write, args=(f"{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(map(id, seen))) == 5
    assert database.connection().conn is seen[0]
    seen[0].execute("SELECT 1")
    for ended in seen[1:]:
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            ended.execute("SELECT 1")


def test_threads_that_write_at_once_lose_nothing(
    open_notes: Opener, keep: Keep, texts: Texts
) -> None:
    database = open_notes()

    def write(who: int) -> None:
        for n in range(25):
            keep(database, f"{who}-{n}")

    threads = [threading.Thread(target=write, args=(who,)) for who in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(texts(database)) == 100


def test_after_closing_there_are_no_connections(open_notes: Opener) -> None:
    database = open_notes()
    conn = database.connection().conn
    database.close()
    database.close()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        conn.execute("SELECT 1")
    with pytest.raises(RuntimeError, match="closed"):
        database.connection()


def test_closing_leaves_one_file_without_a_log(open_notes: Opener, keep: Keep, path: Path) -> None:
    database = open_notes()
    keep(database, "one")
    database.close()
    assert sorted(file.name for file in path.parent.glob("studio.db*")) == [
        "studio.db", "studio.db-opening.lock", "studio.db-users.lock",
    ]  # fmt: skip


def test_a_full_disk_costs_only_what_was_being_written(
    open_notes: Opener, keep: Keep, texts: Texts
) -> None:
    database = open_notes()
    keep(database, "one")
    conn = database.connection().conn
    pages = conn.execute("PRAGMA page_count").fetchone()[0]
    conn.execute(f"PRAGMA max_page_count={pages + 2}")  # SQLite then answers as on a full disk
    with pytest.raises(StudioError) as caught:
        keep(database, "two", "x" * 100_000)
    assert caught.value.code == "disk.full"
    assert "Free some space" in caught.value.hint
    assert texts(database) == ["one"]
    conn.execute("PRAGMA max_page_count=1000000")
    keep(database, "two")
    assert texts(database) == ["one", "two"]


def test_a_database_that_may_not_be_written_says_so(open_notes: Opener, keep: Keep) -> None:
    database = open_notes()
    database.connection().execute("PRAGMA query_only=1")  # SQLite answers SQLITE_READONLY
    with pytest.raises(StudioError) as caught:
        keep(database, "one")
    assert caught.value.code == "data.read_only"
    assert "--home" in caught.value.hint


def test_a_folder_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    # Modes do not bind an administrator; nobody can make a folder below a file.
    (tmp_path / "file").write_text("")
    with pytest.raises(StudioError) as caught:
        Database.open(tmp_path / "file" / "studio.db", tmp_path / "backups", ())
    assert caught.value.code == "data.read_only"


def test_a_folder_of_the_databases_name_says_so(path: Path, backups: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(StudioError) as caught:
        Database.open(path, backups, ())
    assert caught.value.code == "data.read_only"


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="modes do not bind an administrator"
)
def test_a_folder_without_leave_to_write_says_so(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(StudioError) as caught:
        Database.open(tmp_path / "studio.db", tmp_path / "backups", ())
    tmp_path.chmod(0o700)
    assert caught.value.code == "data.read_only"


def test_a_writer_that_never_ends_is_told_of(open_notes: Opener, keep: Keep) -> None:
    first, second = open_notes(), open_notes()
    second.connection().execute("PRAGMA busy_timeout=50")
    with first.transaction(), pytest.raises(StudioError) as caught:
        keep(second, "two")
    assert caught.value.code == "database.busy"


def test_an_sqlite_without_full_text_search_is_refused() -> None:
    conn = sqlite3.connect(":memory:")
    require_full_text_search(conn)
    conn.execute("CREATE TEMP VIEW pragma_module_list AS SELECT 'rtree' AS name")
    with pytest.raises(StudioError) as caught:
        require_full_text_search(conn)
    conn.close()
    assert caught.value.code == "database.no_full_text"


def test_an_sqlite_without_trigrams_is_refused_for_its_age(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 33, 0))
    conn = sqlite3.connect(":memory:")
    with pytest.raises(StudioError) as caught:
        require_full_text_search(conn)
    conn.close()
    assert caught.value.code == "database.no_full_text"
    assert "too old" in caught.value.what
    assert "3.34" in caught.value.hint
    assert "FTS5" not in str(caught.value)


def test_names_with_odd_characters_are_only_names(tmp_path: Path) -> None:
    folder = tmp_path / "a ?mode=memory #1 %41 é'"
    Database.open(folder / "studio.db", folder / "backups", ()).close()
    assert (folder / "studio.db").stat().st_size > 0
    assert [item.name for item in tmp_path.iterdir()] == [folder.name]


def test_it_tells_its_versions_and_its_health(open_notes: Opener) -> None:
    database = open_notes()
    assert database.versions() == {"notes": 2}
    assert database.damage() == ""
    assert database.notices == ()
