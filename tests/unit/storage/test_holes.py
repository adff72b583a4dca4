"""What is read of a table around its holes, where the numbers of rows are noise as well."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import cast

from studio.storage.holes import Holes

LAST_SOUND = 79
NOISE = (3, "row 80")


class Damaged:
    """Rows 1 to 79 are sound, row 80 says that it is row 3, and whatever follows is lost."""

    def execute(self, query: str, values: tuple[int, ...] = ()) -> Iterator[tuple[int, str]]:
        """Answer as SQLite does: it finds where to begin, and looks at each number from there."""
        if not values:
            return iter(())
        low, high = values
        return self._down(low, high) if "DESC" in query else self._up(low, high)

    def _up(self, low: int, high: int) -> Iterator[tuple[int, str]]:
        for number in range(low, min(high, LAST_SOUND) + 1):
            yield number, f"row {number}"
        if high > LAST_SOUND:
            if low <= LAST_SOUND:  # else it begins behind it
                yield NOISE
            raise lost()

    def _down(self, low: int, high: int) -> Iterator[tuple[int, str]]:
        if high > LAST_SOUND:
            raise lost()
        for number in range(high, low - 1, -1):
            yield number, f"row {number}"


def lost() -> sqlite3.DatabaseError:
    error = sqlite3.DatabaseError("database disk image is malformed")
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    return error


def test_a_number_that_is_noise_has_nothing_read_over_and_over() -> None:
    rows = Holes(cast("sqlite3.Connection", Damaged()), "notes", ("text",))
    read = list(rows)
    assert {*read} == {(number, f"row {number}") for number in range(1, LAST_SOUND + 1)}
    assert {*rows.doubtful} == {NOISE}
    assert len(read) < 10 * LAST_SOUND
