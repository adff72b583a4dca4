"""Carries all rows that can still be read out of a damaged database into a sound one.

Damage is seldom everywhere: most often a few pages are lost, and an index whose pages are lost
costs no row at all. The order is: a copy of the damaged file, so that itself is left as it is; the
tables as the program makes them, in the newest good backup or in a new file; what each table of the
copy still gives, read without its indexes and from both ends around what cannot be read; what
refers to lost rows; and at the end what each feature mends of its own. A table that can be read to
its end replaces the backup's, another one is laid over it.
"""

from __future__ import annotations

import contextlib
import logging
import shutil
import sqlite3
import struct
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from studio.paths import make_private_file, sync_file
from studio.storage import migrate, toolkit
from studio.storage.connection import companions
from studio.storage.failures import is_damage
from studio.storage.holes import Holes, quoted
from studio.storage.integrity import damage_at_rest

_ROUNDS = 20  # what is left out may itself be referred to
_SHADOWS = ("data", "idx", "content", "docsize", "config")  # of a full-text index
_HEADER = struct.Struct(">16sHBBBBBB12I20xII")
_MAGIC = b"SQLite format 3\0"
_USUAL_PAGE = 4096

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What came of it: rows that were carried over, and whether nothing at all was missing."""

    rows: int
    is_whole: bool


def salvage(
    damaged: Path, target: Path, backup: Path | None, sets: Sequence[migrate.MigrationSet]
) -> Salvaged | None:
    """Make ``target`` a sound database from ``backup`` and what ``damaged`` still gives.

    Full-text indexes over a table are built anew from it.

    Args:
        damaged: a file that nobody has open, perhaps with its log beside it. It is not changed.
        target: is made anew.
        backup: a sound database to lay the rows over; ``None`` for an empty one.

    Returns:
        ``None`` when nothing could be read; ``target`` may then be there, and is of no use.

    Raises:
        sqlite3.Error, OSError: a file cannot be copied or written.
    """
    copy = target.with_name(target.name + "-copy")
    try:
        _begin(copy, target, damaged, backup)
        if not _is_made_readable(copy):
            return None
        with (
            contextlib.closing(_reader(copy)) as old,
            contextlib.closing(_writer(target)) as new,
        ):
            if not _is_alike(old, new, sets):
                return None
            done = _Salvage(old, new, sets).run()
        if not done.rows or damage_at_rest(target):
            return None
        sync_file(target)
        return done
    finally:
        for left in (copy, *companions(copy), *companions(target)):
            left.unlink(missing_ok=True)


class _Salvage:
    def __init__(
        self,
        old: sqlite3.Connection,
        new: sqlite3.Connection,
        sets: Sequence[migrate.MigrationSet],
    ) -> None:
        self._old = old
        self._new = new
        self._sets = sets
        self._done = Salvaged(0, True)

    def run(self) -> Salvaged:
        new = self._new
        new.execute("BEGIN")
        triggers = _schema(new, "type = 'trigger'")
        for name, _ in triggers:  # the rows come as they are; nothing is to follow from them
            new.execute(f"DROP TRIGGER {quoted(name)}")
        for table in _tables(new):
            self._carry(table)
        self._settle_references()
        self._mend()
        for _, sql in triggers:
            new.execute(sql)
        for name, _ in _schema(new, "sql LIKE 'CREATE VIRTUAL TABLE%fts5%content=%'"):
            new.execute(f"INSERT INTO {quoted(name)} ({quoted(name)}) VALUES ('rebuild')")
        new.execute("COMMIT")
        return self._done

    def _carry(self, table: str) -> None:
        columns = _columns(self._new, table)
        if not set(columns) <= set(_columns(self._old, table)):
            self._lack(f"{table} is not in it")
            return
        self._new.execute("SAVEPOINT table_alone")
        held = self._new.execute(f"DELETE FROM {quoted(table)}").rowcount
        rows = Holes(self._old, table, columns)
        carried = self._insert(table, rows)
        is_whole = self._is_whole(table, rows, carried)
        if held and not is_whole:  # the backup's rows come back, below those of the file
            self._new.execute("ROLLBACK TO table_alone")
            rows = Holes(self._old, table, columns)
            carried = self._insert(table, rows)
        self._new.execute("RELEASE table_alone")
        self._done = replace(self._done, rows=self._done.rows + carried)
        if not is_whole:
            self._lack(f"{table} was read in part, {carried} rows")

    def _is_whole(self, table: str, rows: Holes, carried: int) -> bool:
        """Tell whether a table holds all that it was given: noise can make two keys the same."""
        (there,) = self._new.execute(f"SELECT count(*) FROM {quoted(table)}").fetchone()
        return rows.is_whole and int(there) >= carried

    def _insert(self, table: str, rows: Holes) -> int:
        """Put in what is read, each row over one of its number; the doubtful ones over none."""
        names = ", ".join(map(quoted, rows.columns))
        marks = ", ".join("?" * len(rows.columns))
        into = f"INTO {quoted(table)} ({names}) VALUES ({marks})"
        carried = 0
        for row in rows:
            try:
                self._new.execute(f"INSERT OR REPLACE {into}", row)
                carried += 1
            except sqlite3.IntegrityError as error:  # noise in the place of a value
                self._lack(f"a row of {table} makes no sense: {error}")
        for row in rows.doubtful:
            carried += self._new.execute(f"INSERT OR IGNORE {into}", row).rowcount
        return carried

    def _settle_references(self) -> None:
        """Have nothing refer to lost rows: cut such a reference, or leave its row out."""
        for _ in range(_ROUNDS):
            found = self._new.execute("PRAGMA foreign_key_check").fetchall()
            if not found:
                return
            for table, number in sorted({(row[0], row[3]) for row in found}):
                self._settle(table, number)
        raise sqlite3.IntegrityError("rows refer to nothing")

    def _settle(self, table: str, number: int) -> None:
        name = quoted(table)
        keys = self._new.execute(f"PRAGMA foreign_key_list({name})").fetchall()
        [(parent, column, theirs)] = [key[2:5] for key in keys if key[0] == number]
        needed = {row[1] for row in self._new.execute(f"PRAGMA table_info({name})") if row[3]}
        ours, theirs = quoted(column), quoted(theirs)
        cut = f"DELETE FROM {name}" if column in needed else f"UPDATE {name} SET {ours} = NULL"
        known = f"SELECT {theirs} FROM {quoted(parent)} WHERE {theirs} IS NOT NULL"
        count = self._new.execute(f"{cut} WHERE {ours} NOT IN ({known})").rowcount
        self._lack(f"{count} rows of {table} refer to lost ones of {parent}")

    def _mend(self) -> None:
        """Have each feature see to what only it knows of its rows."""
        made, db = migrate.versions(self._new), toolkit.wrap(self._new)
        for each in self._sets:
            for mend in each.mends if each.feature in made else ():
                mend(db)

    def _lack(self, what: str) -> None:
        log.info("damaged data: %s", what)
        self._done = replace(self._done, is_whole=False)


def _begin(copy: Path, target: Path, damaged: Path, backup: Path | None) -> None:
    """Copy the damaged file with its log, and the backup as the ground of the new one."""
    log_of_changes = companions(damaged)[0]
    copies = [(damaged, copy), (log_of_changes, companions(copy)[0]), (backup, target)]
    for old, new in copies:
        new.unlink(missing_ok=True)
        if old is not None and old.exists():
            make_private_file(new)
            shutil.copyfile(old, new)
    for stale in (companions(copy)[1], *companions(target)):
        stale.unlink(missing_ok=True)
    make_private_file(target)


def _is_made_readable(copy: Path) -> bool:
    """Give a file the header that the program's databases have; tell whether it is worth reading.

    What a header says beyond the size of the pages matters to writers only.
    """
    size = copy.stat().st_size
    with copy.open("r+b") as file:
        header = file.read(_HEADER.size)
        if len(header) < _HEADER.size:
            return False
        page, _, _, reserved, *payload = _HEADER.unpack(header)[1:8]
        if payload != [64, 32, 32] or (page != 1 and (page < 512 or page & (page - 1))):
            page, reserved = _USUAL_PAGE, 0
        # Source: https://sqlite.org/fileformat2.html#the_database_header
        pages = size // (1 << 16 if page == 1 else page)
        values = (1, pages, 0, 0, 1, 4, 0, 0, 1, 0, 0, 0, 1, 0)
        file.seek(0)
        file.write(_HEADER.pack(_MAGIC, page, 2, 2, reserved, 64, 32, 32, *values))
    return True


def _reader(copy: Path) -> sqlite3.Connection:
    conn = sqlite3.connect(copy, isolation_level=None)
    conn.text_factory = lambda content: content.decode(errors="replace")
    conn.execute("PRAGMA writable_schema=ON")  # goes on where a table's entry is not sound
    conn.execute("PRAGMA cell_size_check=ON")
    conn.execute("PRAGMA query_only=ON")
    return conn


def _writer(target: Path) -> sqlite3.Connection:
    conn = sqlite3.connect(target, isolation_level=None)
    conn.execute("PRAGMA journal_mode=MEMORY")  # a file that is not finished is thrown away
    conn.execute("PRAGMA synchronous=OFF")  # synced once, when whole
    conn.execute("PRAGMA foreign_keys=OFF")
    return conn


def _is_alike(
    old: sqlite3.Connection, new: sqlite3.Connection, sets: Sequence[migrate.MigrationSet]
) -> bool:
    """Bring ``new`` to the version of ``old``; tell whether that could be done."""
    known = {each.feature: len(each.steps) for each in sets}
    try:
        old.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error as error:
        if is_damage(error):
            return False
        raise
    theirs = _versions(old, known)
    mine = migrate.versions(new)
    if any(number > known.get(feature, 0) for feature, number in theirs.items()):
        return False
    if any(number > theirs.get(feature, 0) for feature, number in mine.items()):
        return False
    migrate.apply(
        new, [replace(each, steps=each.steps[: theirs.get(each.feature, 0)]) for each in sets]
    )
    return True


def _versions(old: sqlite3.Connection, known: dict[str, int]) -> dict[str, int]:
    """Return the versions of a damaged file; those of this program where they are lost."""
    try:
        return migrate.versions(old) or known
    except sqlite3.Error as error:
        if is_damage(error):
            return known
        raise


def _schema(conn: sqlite3.Connection, which: str) -> list[tuple[str, str]]:
    return conn.execute(f"SELECT name, sql FROM sqlite_master WHERE {which}").fetchall()


def _tables(conn: sqlite3.Connection) -> list[str]:
    """Return the tables that hold rows of their own."""
    made = _schema(conn, "type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'")
    indexes = [name for name, sql in made if sql.startswith("CREATE VIRTUAL")]
    other = {f"{index}_{part}" for index in indexes for part in _SHADOWS}
    return [name for name, _ in made if name not in {*indexes, *other, migrate.TABLE}]


def _columns(conn: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in conn.execute(f"PRAGMA table_info({quoted(table)})")]
