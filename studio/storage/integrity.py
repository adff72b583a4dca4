"""Finds out whether a database file is sound, in bounded time where it must be quick.

A full check reads every page: about half a second for 700 MB that the system has cached, far more
from a slow disk. At start it is therefore interrupted after a moment, and "nothing bad found so
far" counts as sound. What it did not reach is read in full by the check of the daily backup, which
runs beside the program; damage found there leaves a mark, and the next start checks without limit.
"""

from __future__ import annotations

import contextlib
import re
import sqlite3
import struct
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from studio.storage.connection import connect, connect_still
from studio.storage.failures import is_damage

START_SECONDS = 0.15
_REPEAT_S = 0.001

Opener = Callable[[Path], sqlite3.Connection]

_HEADER = struct.Struct(">16sHBBBBBB")
_MAGIC = b"SQLite format 3\0"
# A row that breaks a rule of its table is not a damaged file; quick_check reports both.
_ROW_PROBLEM = re.compile(
    r"(NULL value in|CHECK constraint failed in|(NUMERIC|TEXT|non-\w+) value in) "
)


def damage(path: Path, *, seconds: float | None) -> str:
    """Return what is wrong with a database in use, or ``""``; stop looking after ``seconds``.

    An empty file is a sound, empty database.

    Raises:
        sqlite3.Error, OSError: the file cannot be read just now, which says nothing about it.
    """
    return _header_damage(path) or _page_damage(path, connect, seconds)


def damage_at_rest(path: Path) -> str:
    """Like :func:`damage`, of a file that nobody writes and that has no log, read in full."""
    return _header_damage(path) or _page_damage(path, connect_still, None)


def _header_damage(path: Path) -> str:
    """Check what SQLite would not call damage but take as another kind of file."""
    with path.open("rb") as file:
        header = file.read(_HEADER.size)
    if not header:
        return ""
    if len(header) < _HEADER.size:
        return f"the file ends after {len(header)} bytes"
    magic, page, writes, reads, _reserved, *payload = _HEADER.unpack(header)
    if magic != _MAGIC:
        return "it does not start like a database"
    # Sources: https://sqlite.org/fileformat2.html#the_database_header
    if page != 1 and (page < 512 or page & (page - 1)):
        return f"its header claims pages of {page} bytes"
    if writes not in (1, 2) or reads not in (1, 2) or payload != [64, 32, 32]:
        return "its header holds values that no version of SQLite writes"
    return ""


def _page_damage(path: Path, opener: Opener, seconds: float | None) -> str:
    try:
        with contextlib.closing(opener(path)) as conn, _interrupted_after(conn, seconds):
            found = [row[0] for row in conn.execute("PRAGMA quick_check(20)")]
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT:
            return ""
        if is_damage(error):
            return str(error)
        raise
    structural = [line for line in found if line != "ok" and not _ROW_PROBLEM.match(line)]
    return "\n".join(structural)


@contextlib.contextmanager
def _interrupted_after(conn: sqlite3.Connection, seconds: float | None) -> Iterator[None]:
    if seconds is None:
        yield
        return
    done = threading.Event()

    def watch() -> None:
        # SQLite forgets an interrupt that comes between two statements, so it is repeated.
        is_done = done.wait(seconds)
        while not is_done:
            conn.interrupt()
            is_done = done.wait(_REPEAT_S)

    watcher = threading.Thread(target=watch, name="integrity time limit")
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()  # a late interrupt must not reach a closed connection
