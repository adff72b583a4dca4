"""Brings a database up to date: numbered steps of each feature, each in one transaction.

A step is frozen prose: a function named for its effect that spells out tables and columns and
imports nothing that will change. Its number is its place in the set, so steps are only ever added
at the end. While steps run, foreign keys are not enforced (rebuilding a table would otherwise
delete what refers to it); before each commit they are checked as a whole.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from studio.errors import StudioError
from studio.storage import toolkit
from studio.translation import tr

if TYPE_CHECKING:
    import sqlite_utils

Step = Callable[["sqlite_utils.Database"], None]

TABLE = "_migrations"  # which steps were applied, and when


@dataclass(frozen=True, slots=True)
class MigrationSet:
    """The steps of one feature, oldest first; step 1 is the first.

    ``mends`` have what is left after a repair make sense again, where no foreign key tells how;
    they know only what step 1 has made.
    """

    feature: str
    steps: tuple[Step, ...]
    mends: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class _Numbered:
    feature: str
    number: int
    step: Step

    @property
    def name(self) -> str:
        return getattr(self.step, "__name__", type(self.step).__name__)


def versions(conn: sqlite3.Connection) -> dict[str, int]:
    """Return the number of the last step that each feature's part of the database has had."""
    known = conn.execute("SELECT 1 FROM sqlite_master WHERE name = ?", [TABLE]).fetchone()
    if not known:
        return {}
    return dict(conn.execute(f"SELECT feature, max(number) FROM {TABLE} GROUP BY feature"))


def is_newer(conn: sqlite3.Connection, sets: Sequence[MigrationSet]) -> bool:
    """Return whether a newer program than this one has worked on the database."""
    return bool(_newer_parts(conn, sets))


def refuse_newer(conn: sqlite3.Connection, sets: Sequence[MigrationSet]) -> None:
    """Raise ``StudioError`` ``database.newer``, naming both versions, if it is newer."""
    parts = _newer_parts(conn, sets)
    if not parts:
        return
    told = "; ".join(
        tr(
            "its {feature} part is at version {theirs}, this program knows version {ours}",
            feature=feature,
            theirs=theirs,
            ours=ours,
        )
        if ours
        else tr(
            "its {feature} part is at version {theirs}, this program knows no such part",
            feature=feature,
            theirs=theirs,
        )
        for feature, theirs, ours in parts
    )
    raise StudioError(
        "database.newer",
        tr("Your data was last used by a newer version of Local AI Studio: {told}.", told=told),
        tr("Install the newer version again, or choose another folder with --home."),
    )


def _newer_parts(
    conn: sqlite3.Connection, sets: Sequence[MigrationSet]
) -> list[tuple[str, int, int]]:
    known = {each.feature: len(each.steps) for each in sets}
    return [
        (feature, theirs, known.get(feature, 0))
        for feature, theirs in sorted(versions(conn).items())
        if theirs > known.get(feature, 0)
    ]


def is_pending(conn: sqlite3.Connection, sets: Sequence[MigrationSet]) -> bool:
    """Return whether any step is still to be applied."""
    return any(True for _ in _pending(conn, sets))


def _pending(conn: sqlite3.Connection, sets: Sequence[MigrationSet]) -> Iterator[_Numbered]:
    if len({each.feature for each in sets}) != len(sets):
        raise ValueError("two migration sets have the same feature")
    done = versions(conn)
    for each in sets:
        for number, step in enumerate(each.steps, start=1):
            if number > done.get(each.feature, 0):
                yield _Numbered(each.feature, number, step)


def apply(conn: sqlite3.Connection, sets: Sequence[MigrationSet]) -> None:
    """Apply all pending steps, each once and whole; a step that fails leaves no trace.

    Raises:
        sqlite3.Error: from SQLite, for the caller to word.
        Exception: whatever a step raised, with a note that names it.
    """
    conn.execute(
        f"CREATE TABLE IF NOT EXISTS {TABLE} (feature TEXT NOT NULL, number INTEGER NOT NULL,"
        " name TEXT NOT NULL, applied_at TEXT NOT NULL, PRIMARY KEY (feature, number))"
    )
    db = toolkit.wrap(conn)
    conn.execute("PRAGMA foreign_keys=OFF")
    try:
        for numbered in list(_pending(conn, sets)):
            _apply_one(db, numbered)
    finally:
        conn.execute("PRAGMA foreign_keys=ON")


def _apply_one(db: sqlite_utils.Database, numbered: _Numbered) -> None:
    conn = db.conn
    conn.execute("BEGIN IMMEDIATE")
    try:
        numbered.step(db)
        if not conn.in_transaction:
            raise RuntimeError("it ended its transaction itself (executescript does that)")
        _check_foreign_keys(conn)
        conn.execute(
            f"INSERT INTO {TABLE} VALUES (?, ?, ?, ?)",
            [numbered.feature, numbered.number, numbered.name, datetime.now(UTC).isoformat()],
        )
        conn.execute("COMMIT")
    except BaseException as error:
        if conn.in_transaction:
            conn.execute("ROLLBACK")
        error.add_note(f"in step {numbered.number} of {numbered.feature}: {numbered.name}")
        raise


def _check_foreign_keys(conn: sqlite3.Connection) -> None:
    broken = conn.execute("PRAGMA foreign_key_check").fetchmany(5)
    if broken:
        raise sqlite3.IntegrityError(f"rows refer to nothing: {broken}")
