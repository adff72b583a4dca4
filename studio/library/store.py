"""Remembers models in the database: their names, load settings, header facts, and the trash."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from studio.engine.language import LoadSettings
from studio.errors import StudioError
from studio.library.gguf import GgufHeader
from studio.storage.database import Database
from studio.translation import tr

# Part of what is remembered of a header; a change of GgufHeader makes all be read again.
_FACTS_FORMAT = 2
_HIDE = "UPDATE library_models SET hidden = ? WHERE path = ?"
_KINDS: dict[str, tuple[type, ...]] = {
    "context": (int,),
    "gpu_layers": (int,),
    "threads": (int,),
    "batch": (int,),
    "flash_attention": (bool,),
    "cache_type": (str,),
    "memory_map": (bool,),
    "memory_lock": (bool,),
    "rope_scaling": (str,),
    "rope_frequency_base": (int, float),
    "rope_frequency_scale": (int, float),
    "yarn_original_context": (int,),
    "yarn_extrapolation": (int, float),
    "yarn_attention": (int, float),
    "yarn_beta_fast": (int, float),
    "yarn_beta_slow": (int, float),
    "full_sliding_window": (bool,),
    "seed": (int,),
}


@dataclass(frozen=True, slots=True)
class Removal:
    """A removed model that can be brought back.

    ``files`` are pairs of where a file was and where in the trash it is; none for a model that
    is only hidden, because its file belongs to the program or to another one.
    """

    id: str
    path: Path
    name: str
    files: tuple[tuple[Path, Path], ...]
    size_bytes: int
    removed_at: datetime

    @property
    def is_hidden_only(self) -> bool:
        """Whether the file is still where it was."""
        return not self.files


class LibraryStore:
    """The library's part of the database. Thread-safe."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def names(
        self, wished: Mapping[Path, str], gives_way: Callable[[Path, Path], bool]
    ) -> dict[Path, str]:
        """Return a unique name for each path: the one it had, or else the wished one.

        A wished name that another path has, which is not among these, is taken over when that one
        gives way to the new path, so that a model keeps its name (and its settings) when it is
        moved to another folder, and else gets a number.
        """
        rows = self._rows()
        named = {path: rows[path].name for path in wished if path in rows}
        new = [path for path in wished if path not in rows]
        if not new:
            return named
        with self._database.transaction() as db:
            rows = self._rows()
            for path in new:
                holder = _holder(rows, wished[path])
                if holder and holder != path and holder not in wished and gives_way(holder, path):
                    db.execute(
                        "UPDATE library_models SET path = ? WHERE path = ?",
                        [str(path), str(holder)],
                    )
                    rows[path] = rows.pop(holder)
                elif path not in rows:
                    name = _free_name(wished[path], {row.name.casefold() for row in rows.values()})
                    db.execute(
                        "INSERT INTO library_models (path, name) VALUES (?, ?)", [str(path), name]
                    )
                    rows[path] = _Row(name, False)
        return {path: rows[path].name for path in wished}

    def hidden(self) -> set[Path]:
        """Return the models that were taken off the list."""
        return {path for path, row in self._rows().items() if row.hidden}

    def set_hidden(self, path: Path, hidden: bool) -> None:
        """Take a model off the list, or put it back."""
        with self._database.transaction() as db:
            db.execute(_HIDE, [int(hidden), str(path)])

    def load_settings(self, path: Path) -> LoadSettings:
        """Return how a model is to be loaded."""
        with self._database.reading() as db:
            found = db.execute(
                "SELECT settings FROM library_models WHERE path = ?", [str(path)]
            ).fetchone()
        return _settings(found[0]) if found else LoadSettings()

    def set_load_settings(self, path: Path, settings: LoadSettings) -> None:
        """Keep how a model is to be loaded; only what differs from the defaults is written."""
        standard = asdict(LoadSettings())
        changed = {key: value for key, value in asdict(settings).items() if value != standard[key]}
        with self._database.transaction() as db:
            db.execute(
                "UPDATE library_models SET settings = ? WHERE path = ?",
                [json.dumps(changed), str(path)],
            )

    def facts(self) -> dict[Path, tuple[str, GgufHeader | StudioError]]:
        """Return what is remembered of headers: for each path a stamp of the file, and facts."""
        with self._database.reading() as db:
            rows = db.execute("SELECT path, stamp, facts FROM library_headers").fetchall()
        known = {}
        for path, stamp, text in rows:
            facts = _facts(text)
            if facts is not None:
                known[Path(path)] = (stamp, facts)
        return known

    def remember(
        self, read: Mapping[Path, tuple[str, GgufHeader | StudioError]], gone: Iterable[Path]
    ) -> None:
        """Keep what was read of headers, and forget files that are not there any more."""
        gone = list(gone)
        if not read and not gone:
            return
        with self._database.transaction() as db:
            for path, (stamp, facts) in read.items():
                db.execute(
                    "INSERT OR REPLACE INTO library_headers (path, stamp, facts) VALUES (?, ?, ?)",
                    [str(path), stamp, _facts_text(facts)],
                )
            for path in gone:
                db.execute("DELETE FROM library_headers WHERE path = ?", [str(path)])

    def note_removal(self, removal: Removal) -> None:
        """Enter a removal into the trash; one that only hides its model does so at once.

        In one transaction, for a model that is hidden without a note could not be brought back.
        """
        files = [[str(before), str(now)] for before, now in removal.files]
        with self._database.transaction() as db:
            db.execute(
                "INSERT INTO library_removals VALUES (?, ?, ?, ?, ?, ?)",
                [
                    removal.id,
                    str(removal.path),
                    removal.name,
                    json.dumps(files),
                    removal.size_bytes,
                    removal.removed_at.isoformat(),
                ],
            )
            if removal.is_hidden_only:
                db.execute(_HIDE, [1, str(removal.path)])

    def removals(self) -> list[Removal]:
        """Return what is in the trash, newest first."""
        with self._database.reading() as db:
            rows = db.execute(
                "SELECT id, path, name, files, size_bytes, removed_at FROM library_removals "
                "ORDER BY removed_at DESC, id"
            ).fetchall()
        return [
            Removal(
                id=row[0],
                path=Path(row[1]),
                name=row[2],
                files=tuple((Path(before), Path(now)) for before, now in json.loads(row[3])),
                size_bytes=row[4],
                removed_at=datetime.fromisoformat(row[5]),
            )
            for row in rows
        ]

    def forget_removal(self, removal_id: str, shown: Path | None = None) -> None:
        """Take an entry out of the trash, in one with putting ``shown`` back on the list."""
        with self._database.transaction() as db:
            if shown is not None:
                db.execute(_HIDE, [0, str(shown)])
            db.execute("DELETE FROM library_removals WHERE id = ?", [removal_id])

    def _rows(self) -> dict[Path, _Row]:
        with self._database.reading() as db:
            rows = db.execute("SELECT path, name, hidden FROM library_models").fetchall()
        return {Path(path): _Row(name, bool(hidden)) for path, name, hidden in rows}


@dataclass(frozen=True, slots=True)
class _Row:
    name: str
    hidden: bool


def _holder(rows: Mapping[Path, _Row], name: str) -> Path | None:
    folded = name.casefold()
    return next((path for path, row in rows.items() if row.name.casefold() == folded), None)


def _free_name(wished: str, taken: set[str]) -> str:
    name, number = wished, 2
    while name.casefold() in taken:
        name, number = f"{wished} ({number})", number + 1
    return name


def _settings(text: str) -> LoadSettings:
    """Read settings, leaving out what this version does not know or that is of the wrong kind."""
    try:
        values = json.loads(text)
    except ValueError:
        return LoadSettings()
    if not isinstance(values, dict):
        return LoadSettings()
    known: dict[str, Any] = {
        key: value
        for key, value in values.items()
        if key in _KINDS
        and isinstance(value, _KINDS[key])
        and (isinstance(value, bool) == (_KINDS[key] == (bool,)))
    }
    return LoadSettings(**known)


def _facts_text(facts: GgufHeader | StudioError) -> str:
    if isinstance(facts, StudioError):
        problem = {
            "code": facts.code,
            "what": facts.what,
            "hint": facts.hint,
            "details": facts.details,
        }
        return json.dumps({"format": _FACTS_FORMAT, "problem": problem, "language": _language()})
    return json.dumps({"format": _FACTS_FORMAT, "header": asdict(facts)})


def _language() -> str:
    return tr("en", "the code of the language of this translation")


def _facts(text: str) -> GgufHeader | StudioError | None:
    """Return remembered facts; ``None`` where another version, or language, worded them."""
    try:
        value = json.loads(text)
        if value["format"] != _FACTS_FORMAT:
            return None
        if "problem" in value:
            is_ours = value.get("language", "en") == _language()
            return StudioError(**value["problem"]) if is_ours else None
        return _header(value["header"])
    except (ValueError, KeyError, TypeError):
        return None


def _header(values: dict[str, Any]) -> GgufHeader | None:
    if set(values) != {field.name for field in fields(GgufHeader)}:
        return None
    metadata = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in values["metadata"].items()
    }
    lists = {key: tuple(value) for key, value in values.items() if isinstance(value, list)}
    return GgufHeader(**{**values, **lists, "metadata": metadata})
