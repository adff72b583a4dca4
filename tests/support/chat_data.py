"""A database with the tables of conversations alone, for tests that need no other part."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

from support.databases import database_with

from studio.chat.migrations import MIGRATIONS
from studio.storage.database import Database


def chat_database(folder: Path) -> AbstractContextManager[Database]:
    """Open it in a folder, made if need be, and close it at the end."""
    return database_with(folder, MIGRATIONS)
