"""A keeper of presets over a program's and a person's folder, for tests that need no other part."""

from __future__ import annotations

import json
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from support.databases import database_with

from studio.chat.presets.keeper import PresetKeeper
from studio.chat.presets.migrations import MIGRATIONS
from studio.chat.presets.presets import Presets
from studio.chat.presets.versions import PresetVersions
from studio.storage.database import Database

SHIPPED = {
    "assistant": {"title": "Assistant", "system": "Be helpful."},
    "brief": {"title": "Brief", "system": "Be brief.", "sampling": {"temperature": 0.2}},
}


@dataclass
class PresetRoom:
    """The folders, and what works on them."""

    program: Path
    person: Path
    versions: PresetVersions

    def keeper(self) -> PresetKeeper:
        """Return a keeper as the next start of the program makes it."""
        presets = Presets([self.program, self.person], self.versions)
        return PresetKeeper(presets, self.versions, self.person)

    def put(self, name: str, content: object) -> Path:
        """Write a file of the person's, as if by hand."""
        path = self.person / f"{name}.json"
        text = content if isinstance(content, str) else json.dumps(content)
        path.write_text(text, "utf-8")
        return path


def preset_database(folder: Path) -> AbstractContextManager[Database]:
    """Open a database with the tables of presets alone, and close it at the end."""
    return database_with(folder, MIGRATIONS)


def preset_room(folder: Path, database: Database) -> PresetRoom:
    """Make the folders, with two presets that come with the program."""
    room = PresetRoom(folder / "program", folder / "person", PresetVersions(database))
    for place in (room.program, room.person):
        place.mkdir()
    for name, content in SHIPPED.items():
        (room.program / f"{name}.json").write_text(json.dumps(content), "utf-8")
    return room
