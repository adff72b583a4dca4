"""Reads what can be read of a table in a damaged file: from both ends, and around the holes.

A page that is lost takes the rows on it, and whoever comes to it in order comes no further. So a
range of rows is read forwards to the first hole, then backwards from its end to the last one; what
lies between is halved, and each half is read likewise.

A row whose number does not follow on the one before it has lost that number, or the one before has.
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
    """The readable rows of one table. To be iterated over once; the rest is known after that.

    ``doubtful`` are rows out of their order, whose numbers may be those of others.

    ``columns`` are the values of each row in their order; first comes the number of the row where
    the table has such numbers.
    """

    def __init__(self, conn: sqlite3.Connection, table: str, columns: Sequence[str]) -> None:
        self.doubtful: list[Row] = []
        self._is_whole = True
        self._conn = conn
        self._table = quoted(table)
        self._keys = _keys_instead_of_rowid(conn, table)
        self.columns = (*(() if self._keys else ("rowid",)), *columns)
        self._names = ", ".join(map(quoted, self.columns))

    @property
    def is_whole(self) -> bool:
        """Whether the table was read to its end, each row in its place."""
        return self._is_whole and not self.doubtful

    def __iter__(self) -> Iterator[Row]:
        """Yield each row that can be read, in any order; a few may come twice."""
        return self._from_both_ends() if self._keys else self._around_holes()

    def _from_both_ends(self) -> Iterator[Row]:
        for direction in ("ASC", "DESC"):
            order = ", ".join(f"{quoted(key)} {direction}" for key in self._keys)
            reading = self._read(f"ORDER BY {order}", 0)
            yield from reading.rows()
            if reading.is_ended:
                return
            self._is_whole = False

    def _around_holes(self) -> Iterator[Row]:
        ranges = [(1, _LAST_ROW)]
        for _ in range(_PROBES):
            if not ranges:
                return
            low, high = ranges.pop()
            onwards = self._between(low, high, 1)
            yield from onwards.rows()
            if onwards.is_ended:
                continue
            self._is_whole = False
            # A number that is noise may lie outside the range, which must not grow for it.
            low = low if onwards.last is None else max(low, onwards.last + 1)
            back = self._between(low, high, -1)
            yield from back.rows()
            high = min(high, low + _BEYOND_ROWS if back.last is None else back.last - 1)
            if low < high and not back.is_ended:
                middle = (low + high) // 2
                ranges += [(middle + 1, high), (low, middle)]

    def _between(self, low: int, high: int, step: int) -> _Reading:
        direction = "ASC" if step > 0 else "DESC"
        clauses = f"WHERE rowid BETWEEN ? AND ? ORDER BY rowid {direction}"
        return self._read(clauses, step, low, high)

    def _read(self, clauses: str, step: int, *values: int) -> _Reading:
        query = f"SELECT {self._names} FROM {self._table} NOT INDEXED {clauses}"
        return _Reading(self._conn, query, values, step, self.doubtful)


class _Reading:
    """One query. ``last`` is the first value of the last row it gave.

    Args:
        step: 1 where row numbers rise, -1 where they fall, 0 where there are none.
        doubtful: takes the rows whose numbers do not.
    """

    def __init__(
        self,
        conn: sqlite3.Connection,
        query: str,
        values: Sequence[int],
        step: int,
        doubtful: list[Row],
    ) -> None:
        self._conn = conn
        self._query = query
        self._values = values
        self._step = step
        self._doubtful = doubtful
        self.last: Any = None
        self.is_ended = False

    def rows(self) -> Iterator[Row]:
        """Yield the rows until the end, which sets ``is_ended``, or until a hole."""
        try:
            for row in self._conn.execute(self._query, self._values):
                before, self.last = self.last, row[0]
                if self._step and before is not None and (self.last - before) * self._step <= 0:
                    self._doubtful.append(row)
                else:
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
