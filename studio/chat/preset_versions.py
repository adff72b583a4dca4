"""Keeps every content that a preset ever had, numbered, so that a reply can name the one it had.

A preset's file is what holds now; this is its history. Whatever is found to differ from the newest
version becomes a new one, whether it was saved here, written by hand, or came with an update of
the program. So a change that was broken off between file and history is whole at the next look.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from studio.chat.preset_file import Preset, content, from_content
from studio.errors import StudioError
from studio.storage.database import Database

if TYPE_CHECKING:
    import sqlite_utils

PROGRAM, FILE, SAVED, RESTORED, RESET, IMPORTED = (
    "program",
    "file",
    "saved",
    "restored",
    "reset",
    "imported",
)
_WORDS = {
    PROGRAM: "Came with the program",
    FILE: "Changed outside the program",
    SAVED: "Saved",
    RESET: "Put back to what came with the program",
    IMPORTED: "Imported",
}
_ALL = "SELECT preset, number, saved_at, origin, restored_from FROM preset_versions"
_NEWEST = (
    "SELECT preset, max(number) AS number, content FROM preset_versions GROUP BY preset"
    # SQLite takes the bare columns from the row of the maximum.
)


@dataclass(frozen=True, slots=True)
class Version:
    """One version, without its content; ``origin`` tells how it came about."""

    preset: str
    number: int
    saved_at: datetime
    origin: str
    restored_from: int | None

    @property
    def words(self) -> str:
        """How it came about, such as “Saved”."""
        if self.restored_from is not None:
            return f"Restored from version {self.restored_from}"
        return _WORDS.get(self.origin, "Changed")


class PresetVersions:
    """The history of all presets. Every method may be called from any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def numbered(self, presets: Iterable[Preset]) -> list[Preset]:
        """Return presets with the numbers of their versions; what is new is kept first.

        Raises:
            StudioError: the database cannot be read or written.
        """
        given = list(presets)
        newest = self._newest()
        if any(_differs(preset, newest) for preset in given):
            with self._database.transaction() as connection:
                newest = self._newest()  # another process may have kept it meanwhile
                for preset in given:
                    if _differs(preset, newest):
                        origin = FILE if preset.is_own else PROGRAM
                        number = _add(connection, preset, origin, None)
                        newest[preset.name.casefold()] = (number, content(preset))
        return [replace(preset, version=newest[preset.name.casefold()][0]) for preset in given]

    def add(self, preset: Preset, origin: str, restored_from: int | None = None) -> int:
        """Keep a content as the newest version, unless it is that already; return its number.

        Raises:
            StudioError: the database cannot be written.
        """
        with self._database.transaction(synced=True) as connection:
            newest = self._newest()
            if not _differs(preset, newest):
                return newest[preset.name.casefold()][0]
            return _add(connection, preset, origin, restored_from)

    def list(self, name: str) -> list[Version]:
        """Return a preset's versions, the newest first."""
        with self._database.reading() as connection:
            rows = connection.query(f"{_ALL} WHERE preset = ? ORDER BY number DESC", [name])
            return [_version(row) for row in rows]

    def get(self, name: str, number: int) -> Preset:
        """Return a preset as it was.

        Raises:
            StudioError: ``preset.no_version``, or ``preset.invalid`` when a newer program wrote it.
        """
        with self._database.reading() as connection:
            found = connection.execute(
                "SELECT content FROM preset_versions WHERE preset = ? AND number = ?",
                [name, number],
            ).fetchone()
        if found is None:
            raise StudioError(
                "preset.no_version",
                f"The preset “{name}” has no version {number}.",
                "See which there are: studio presets history, or the history in its editor.",
            )
        return from_content(name, str(found[0]), version=number, is_own=True)

    def forget(self, name: str) -> None:
        """Delete a preset's whole history for good."""
        with self._database.transaction(synced=True) as connection:
            connection.execute("DELETE FROM preset_versions WHERE preset = ?", [name])

    def _newest(self) -> dict[str, tuple[int, str]]:
        with self._database.reading() as connection:
            return {
                str(row["preset"]).casefold(): (int(row["number"]), str(row["content"]))
                for row in connection.query(_NEWEST)
            }


def _differs(preset: Preset, newest: dict[str, tuple[int, str]]) -> bool:
    return newest.get(preset.name.casefold(), (0, ""))[1] != content(preset)


def _add(
    connection: sqlite_utils.Database, preset: Preset, origin: str, restored_from: int | None
) -> int:
    number = connection.execute(
        "SELECT coalesce(max(number), 0) + 1 FROM preset_versions WHERE preset = ?", [preset.name]
    ).fetchone()[0]
    connection.execute(
        "INSERT INTO preset_versions VALUES (?, ?, ?, ?, ?, ?)",
        [
            preset.name,
            number,
            datetime.now(UTC).isoformat(timespec="microseconds"),
            origin,
            restored_from,
            content(preset),
        ],
    )
    return int(number)


def _version(row: dict[str, Any]) -> Version:
    return Version(
        row["preset"],
        row["number"],
        datetime.fromisoformat(row["saved_at"]),
        row["origin"],
        row["restored_from"],
    )
