"""Reads what can be read of a table in a damaged file: from both ends, and around the holes.

A page that is lost takes the rows on it, and whoever comes to it in order comes no further. So a
range of rows is read forwards to the first hole, then backwards from its end to the last one; what
lies between is halved, and each half is read likewise.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from studio.storage.failures import is_damage

_LAST_ROW = (1 << 63) - 1
_BEYOND_ROWS = 1 << 10  # how far it looks for rows where the end of the table is lost
_PROBES = 1 << 14

Row = tuple[Any, ...]


def quoted(name: str) -> str:
    """Return a name as SQL takes it."""
    return '"' + name.replace('"', '""') + '"'


class Holes:
    """The readable rows of one table. To be iterated over once; ``is_whole`` is known after that.

    ``columns`` are the values of each row in their order; first comes the number of the row where
    the table has such numbers.
    """

    def __init__(self, conn: sqlite3.Connection, table: str, columns: Sequence[str]) -> None:
        self.is_whole = True
        self._conn = conn
        self._table = quoted(table)
        self._keys = _keys_instead_of_rowid(conn, table)
        self.columns = (*(() if self._keys else ("rowid",)), *columns)
        self._names = ", ".join(map(quoted, self.columns))

    def __iter__(self) -> Iterator[Row]:
        """Yield each row that can be read, in any order; a few may come twice."""
        return self._from_both_ends() if self._keys else self._around_holes()

    def _from_both_ends(self) -> Iterator[Row]:
        for direction in ("ASC", "DESC"):
            order = ", ".join(f"{quoted(key)} {direction}" for key in self._keys)
            reading = self._read(f"ORDER BY {order}")
            yield from reading.rows()
            if reading.is_ended:
                return
            self.is_whole = False

    def _around_holes(self) -> Iterator[Row]:
        ranges = [(1, _LAST_ROW)]
        for _ in range(_PROBES):
            if not ranges:
                return
            low, high = ranges.pop()
            onwards = self._between(low, high, "ASC")
            yield from onwards.rows()
            if onwards.is_ended:
                continue
            self.is_whole = False
            low = low if onwards.last is None else onwards.last + 1
            back = self._between(low, high, "DESC")
            yield from back.rows()
            high = min(high, low + _BEYOND_ROWS) if back.last is None else back.last - 1
            if low < high and not back.is_ended:
                middle = (low + high) // 2
                ranges += [(middle + 1, high), (low, middle)]

    def _between(self, low: int, high: int, direction: str) -> _Reading:
        return self._read(f"WHERE rowid BETWEEN ? AND ? ORDER BY rowid {direction}", low, high)

    def _read(self, clauses: str, *values: int) -> _Reading:
        query = f"SELECT {self._names} FROM {self._table} NOT INDEXED {clauses}"
        return _Reading(self._conn, query, values)


class _Reading:
    """One query. ``last`` is the first value of the last row it gave."""

    def __init__(self, conn: sqlite3.Connection, query: str, values: Sequence[int]) -> None:
        self._conn = conn
        self._query = query
        self._values = values
        self.last: Any = None
        self.is_ended = False

    def rows(self) -> Iterator[Row]:
        """Yield the rows until the end, which sets ``is_ended``, or until a hole."""
        try:
            for row in self._conn.execute(self._query, self._values):
                self.last = row[0]
                yield row
        except sqlite3.Error as error:
            if not is_damage(error):
                raise
        else:
            self.is_ended = True


def _keys_instead_of_rowid(conn: sqlite3.Connection, table: str) -> tuple[str, ...]:
    """Return the columns that order a table made WITHOUT ROWID; none for any other."""
    try:
        conn.execute(f"SELECT rowid FROM {quoted(table)} LIMIT 0")
    except sqlite3.OperationalError:
        columns = conn.execute(f"PRAGMA table_info({quoted(table)})")
        keys = sorted((column[5], column[1]) for column in columns if column[5])
        return tuple(name for _, name in keys)
    return ()
