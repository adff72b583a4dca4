"""The table of comparisons, step by step; steps that were released are never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.storage.migrate import MigrationSet

if TYPE_CHECKING:
    import sqlite_utils


def create_comparisons(database: sqlite_utils.Database) -> None:
    """One prompt, two replies as JSON with all that made them, and which of them was better."""
    database.execute(
        """
        CREATE TABLE chat_comparisons (
            id TEXT PRIMARY KEY,
            created_at TEXT NOT NULL,
            prompt TEXT NOT NULL,
            blind INTEGER NOT NULL DEFAULT 0,
            vote TEXT NOT NULL DEFAULT '',
            voted_at TEXT,
            left_side TEXT NOT NULL,
            right_side TEXT NOT NULL,
            writer_pid INTEGER,
            writer_started REAL
        )
        """
    )


MIGRATIONS = MigrationSet("comparisons", (create_comparisons,))
