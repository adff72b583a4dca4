"""The tables of the model library, step by step; steps that were released are never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.storage.migrate import MigrationSet

if TYPE_CHECKING:
    import sqlite_utils


def create_models_and_removals(database: sqlite_utils.Database) -> None:
    """Names and settings of models by their path, what their headers said, and the trash."""
    database.execute(
        """
        CREATE TABLE library_models (
            path TEXT PRIMARY KEY,
            name TEXT NOT NULL UNIQUE COLLATE NOCASE,
            hidden INTEGER NOT NULL DEFAULT 0,
            settings TEXT NOT NULL DEFAULT '{}'
        )
        """
    )
    database.execute(
        """
        CREATE TABLE library_headers (
            path TEXT PRIMARY KEY,
            stamp TEXT NOT NULL,
            facts TEXT NOT NULL
        )
        """
    )
    database.execute(
        """
        CREATE TABLE library_removals (
            id TEXT PRIMARY KEY,
            path TEXT NOT NULL,
            name TEXT NOT NULL,
            files TEXT NOT NULL,
            size_bytes INTEGER NOT NULL,
            removed_at TEXT NOT NULL
        )
        """
    )


def add_fingerprints(database: sqlite_utils.Database) -> None:
    """The SHA-256 of model files, as they were when they were read."""
    database.execute(
        """
        CREATE TABLE library_fingerprints (
            path TEXT PRIMARY KEY,
            stamp TEXT NOT NULL,
            sha256 TEXT NOT NULL
        ) WITHOUT ROWID
        """
    )


MIGRATIONS = MigrationSet("library", (create_models_and_removals, add_fingerprints))
