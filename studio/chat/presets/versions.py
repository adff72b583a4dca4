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

from studio.chat.presets.preset_file import Preset, content, from_content, name_key
from studio.errors import StudioError
from studio.storage.database import Database
from studio.translation import mark, tr

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
    PROGRAM: mark("Came with the program"),
    FILE: mark("Changed outside the program"),
    SAVED: mark("Saved"),
    RESET: mark("Put back to what came with the program"),
    IMPORTED: mark("Imported"),
}
_ALL = "SELECT preset, number, saved_at, origin, restored_from FROM preset_versions"
_NEWEST = (
    "SELECT preset, max(number) AS number, content FROM preset_versions GROUP BY preset"
    # SQLite takes the bare columns from the row of the maximum.
)


@dataclass(frozen=True, slots=True)
class _Newest:
    """A preset's newest version; ``stored_as`` is how its history spells the name."""

    stored_as: str
    number: int
    content: str


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
            return tr("Restored from version {number}", number=self.restored_from)
        return tr(_WORDS[self.origin]) if self.origin in _WORDS else tr("Changed")


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
                        newest[name_key(preset.name)] = _add(connection, preset, origin, newest)
        return [replace(preset, version=newest[name_key(preset.name)].number) for preset in given]

    def add(self, preset: Preset, origin: str, restored_from: int | None = None) -> int:
        """Keep a content as the newest version, unless it is that already; return its number.

        Raises:
            StudioError: the database cannot be written.
        """
        with self._database.transaction(synced=True) as connection:
            newest = self._newest()
            if not _differs(preset, newest):
                return newest[name_key(preset.name)].number
            return _add(connection, preset, origin, newest, restored_from).number

    def list(self, name: str) -> list[Version]:
        """Return a preset's versions, the newest first."""
        stored_as = self._stored_as(name)
        with self._database.reading() as connection:
            rows = connection.query(f"{_ALL} WHERE preset = ? ORDER BY number DESC", [stored_as])
            return [_version(row) for row in rows]

    def get(self, name: str, number: int) -> Preset:
        """Return a preset as it was.

        Raises:
            StudioError: ``preset.no_version``, or ``preset.invalid`` when a newer program wrote it.
        """
        stored_as = self._stored_as(name)
        with self._database.reading() as connection:
            found = connection.execute(
                "SELECT content FROM preset_versions WHERE preset = ? AND number = ?",
                [stored_as, number],
            ).fetchone()
        if found is None:
            raise StudioError(
                "preset.no_version",
                tr("The preset “{name}” has no version {number}.", name=name, number=number),
                tr("See which there are: studio presets history, or the history in its editor."),
            )
        return from_content(name, str(found[0]), version=number, is_own=True)

    def forget(self, name: str) -> None:
        """Delete a preset's whole history for good."""
        stored_as = self._stored_as(name)
        with self._database.transaction(synced=True) as connection:
            connection.execute("DELETE FROM preset_versions WHERE preset = ?", [stored_as])

    def _stored_as(self, name: str) -> str:
        """Return how a preset's history spells its name: the file may be spelled anew since."""
        found = self._newest().get(name_key(name))
        return found.stored_as if found else name

    def _newest(self) -> dict[str, _Newest]:
        newest: dict[str, _Newest] = {}
        with self._database.reading() as connection:
            for row in connection.query(_NEWEST):
                each = _Newest(str(row["preset"]), int(row["number"]), str(row["content"]))
                key = name_key(each.stored_as)
                if key not in newest or newest[key].number < each.number:
                    newest[key] = each
        return newest


def _differs(preset: Preset, newest: dict[str, _Newest]) -> bool:
    found = newest.get(name_key(preset.name))
    return found is None or found.content != content(preset)


def _add(
    connection: sqlite_utils.Database,
    preset: Preset,
    origin: str,
    newest: dict[str, _Newest],
    restored_from: int | None = None,
) -> _Newest:
    before = newest.get(name_key(preset.name), _Newest(preset.name, 0, ""))
    added = _Newest(before.stored_as, before.number + 1, content(preset))
    connection.execute(
        "INSERT INTO preset_versions VALUES (?, ?, ?, ?, ?, ?)",
        [
            added.stored_as,
            added.number,
            datetime.now(UTC).isoformat(timespec="microseconds"),
            origin,
            restored_from,
            added.content,
        ],
    )
    return added


def _version(row: dict[str, Any]) -> Version:
    return Version(
        row["preset"],
        row["number"],
        datetime.fromisoformat(row["saved_at"]),
        row["origin"],
        row["restored_from"],
    )
