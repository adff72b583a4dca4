"""The tables of presets, step by step; steps that were released are never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.storage.migrate import MigrationSet

if TYPE_CHECKING:
    import sqlite_utils


def create_preset_versions(database: sqlite_utils.Database) -> None:
    """Every content that a preset ever had, numbered from 1; how it came about, and when."""
    database.execute(
        """
        CREATE TABLE preset_versions (
            preset TEXT NOT NULL COLLATE NOCASE,
            number INTEGER NOT NULL,
            saved_at TEXT NOT NULL,
            origin TEXT NOT NULL,
            restored_from INTEGER,
            content TEXT NOT NULL,
            PRIMARY KEY (preset, number)
        ) WITHOUT ROWID
        """
    )


MIGRATIONS = MigrationSet("presets", (create_preset_versions,))
