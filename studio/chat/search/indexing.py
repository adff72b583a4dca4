"""Brings the search's index up to date, a slice at a time, so that others can write in between.

A slice is read and folded first and written then: only writing it holds others up. What has changed
between the two is left for a later slice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from studio.chat.search.folding import fold
from studio.storage.database import Database

if TYPE_CHECKING:
    import sqlite_utils

SLICE_ROWS = 100
# Writing takes a millisecond for some thousand characters, most of it in SQLite's trigrams. One
# text is written whole, however long it is.
SLICE_CHARACTERS = 20_000

_TEXTS = {
    "title": "SELECT id AS conversation_id, title AS text, NULL AS role, created_at"
    " FROM chat_conversations WHERE id = ?",
    "message": "SELECT conversation_id, content AS text, role, created_at"
    " FROM chat_messages WHERE id = ? AND status <> 'streaming'",
}


@dataclass(frozen=True, slots=True)
class Noted:
    """A text that waits to be indexed: as it was read, ``None`` when it is no more, and folded."""

    kind: str
    key: str
    row: dict[str, Any] | None
    folded: str


def text_of(db: sqlite_utils.Database, kind: str, key: str) -> dict[str, Any] | None:
    """Return a title or message: ``conversation_id``, ``text``, ``role`` and ``created_at``."""
    return next(db.query(_TEXTS[kind], [key]), None)


def moment(text: str) -> datetime:
    """Return a time of the database; one without a time zone is taken as UTC."""
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def waiting(db: sqlite_utils.Database) -> int:
    """Return how many texts have changed since they were indexed."""
    return int(db.execute("SELECT count(*) FROM chat_search_dirty").fetchone()[0])


def take_slice(database: Database) -> list[Noted]:
    """Return the newest texts that wait, folded; nothing is locked meanwhile.

    Raises:
        StudioError: the data cannot be read.
    """
    with database.reading() as db:
        read = list(_read(db))
    return [
        Noted(kind, key, row, fold(row["text"]).strip() if row else "") for kind, key, row in read
    ]


def write_slice(db: sqlite_utils.Database, texts: list[Noted]) -> None:
    """Put texts into the index, in the transaction of the caller."""
    for each in texts:
        if text_of(db, each.kind, each.key) != each.row:
            continue
        place = [each.kind, each.key]
        note = "DELETE FROM chat_search_dirty WHERE kind = ? AND key = ?"
        if not db.execute(note, place).rowcount:
            continue  # another program was faster
        db.execute("DELETE FROM chat_search_rows WHERE kind = ? AND key = ?", place)
        if each.row is not None and each.folded:
            created = moment(each.row["created_at"]).timestamp()
            db.execute(
                "INSERT INTO chat_search_rows (kind, key, conversation_id, created, folded)"
                " VALUES (?, ?, ?, ?, ?)",
                [*place, each.row["conversation_id"], created, each.folded],
            )


def _read(db: sqlite_utils.Database) -> Iterator[tuple[str, str, dict[str, Any] | None]]:
    noted = db.execute(
        "SELECT kind, key FROM chat_search_dirty ORDER BY kind DESC, key DESC LIMIT ?",
        [SLICE_ROWS],
    ).fetchall()
    room = SLICE_CHARACTERS
    for kind, key in noted:
        row = text_of(db, kind, key)
        yield kind, key, row
        room -= len(row["text"]) if row else 0
        if room <= 0:
            break
