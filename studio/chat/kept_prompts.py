"""Keeps the exact text that each reply was made from, so that it can be shown and repeated."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.storage.database import Database


class KeptPrompts:
    """Prompts by the reply they led to, compressed: each holds all that was said before it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, reply_id: str, prompt: str) -> None:
        """Keep a reply's prompt in place of an earlier one.

        Raises:
            StudioError: it cannot be written.
        """
        row = {"message_id": reply_id, "text": zlib.compress(prompt.encode())}
        with self._database.transaction() as connection:
            connection.table("chat_prompts").insert(row, replace=True)

    def of(self, reply_id: str) -> str:
        """Return the prompt of a reply; empty when it is not known, as with imported ones."""
        query = "SELECT text FROM chat_prompts WHERE message_id = ?"
        with self._database.reading() as connection:
            for row in connection.query(query, [reply_id]):
                return zlib.decompress(row["text"]).decode()
        return ""
