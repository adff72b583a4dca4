"""What the tables of Documents have in common: how paths, words and times stand in them."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.errors import StudioError
from studio.translation import tr

if TYPE_CHECKING:
    import sqlite_utils

    from studio.storage.database import Database

Dropped = dict[str, list[int]]  # ids of chunks that went, by index
Row = dict[str, Any]

IN = "IN (SELECT value FROM json_each(?))"

_LEAST_PAUSE_S, _MOST_PAUSE_S = 0.002, 0.05
_LONE_SURROGATES = re.compile("[\ud800-\udfff]")


@contextlib.contextmanager
def writing(database: Database, *, synced: bool = False) -> Iterator[sqlite_utils.Database]:
    """Do all of a block or nothing of it; what is deleted in it is overwritten with zeros.

    Raises:
        StudioError: as :meth:`~studio.storage.database.Database.transaction`.
    """
    with database.transaction(synced=synced) as db:
        db.execute("PRAGMA secure_delete=ON").fetchall()  # of this connection, from now on
        yield db


def let_others_write(began: float) -> None:
    """Pause between two transactions of a long deletion, about as long as the last one took.

    Args:
        began: when that was, by ``time.monotonic``.
    """
    time.sleep(min(max(time.monotonic() - began, _LEAST_PAUSE_S), _MOST_PAUSE_S))


def one(db: sqlite_utils.Database, query: str, values: list[object]) -> Row | None:
    """Return the first row, if there is one."""
    return next(iter(db.query(query, values)), None)


def new_id() -> str:
    """Return an id that no other thing has, here or on another machine: 16 of hexadecimal."""
    return secrets.token_hex(8)


def now() -> str:
    """Return the time as it stands in the tables."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def path_bytes(path: Path) -> bytes:
    """Return a path as the system knows it, whatever its name is made of."""
    return os.fsencode(path)


def path_of(kept: bytes) -> Path:
    """Return the path that these bytes stand for."""
    return Path(os.fsdecode(kept))


def storable(text: str) -> str:
    """Return a text of the same length that SQLite takes: half a character becomes U+FFFD."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return _LONE_SURROGATES.sub("\ufffd", text)
    return text


def shown(path: Path) -> str:
    """Return a path in words that can be printed, for sentences and for sorting."""
    return os.fsencode(path).decode("utf-8", "replace")


def check_collection(db: sqlite_utils.Database, collection: str) -> None:
    """Raise ``StudioError`` ``documents.no_collection`` if it is not there, or in the trash."""
    query = "SELECT 1 FROM doc_collections WHERE id = ? AND removed_at IS NULL"
    if not db.execute(query, [collection]).fetchone():
        raise StudioError(
            "documents.no_collection",
            tr("This collection is not there any more."),
            tr("Choose another one, or bring it back from the trash."),
        )


def check_source(db: sqlite_utils.Database, collection: str, source: str) -> None:
    """Raise ``StudioError`` ``documents.no_source`` unless a collection has it."""
    query = "SELECT 1 FROM doc_sources WHERE id = ? AND collection = ? AND NOT removed"
    if not db.execute(query, [source, collection]).fetchone():
        raise no_source()


def no_source() -> StudioError:
    """Return the words for a source that is not there any more."""
    return StudioError(
        "documents.no_source",
        tr("This folder, file or text is not in the collection any more."),
        tr("Open the collection again to see what is in it."),
    )


def note_change(db: sqlite_utils.Database, index_id: str) -> None:
    """Raise an index's generation; it comes from the clock.

    So a state that is reached after an older database was restored is not taken for one from
    before, of which somebody still has a cache.
    """
    db.execute(
        "UPDATE doc_indexes SET generation = max(generation + 1, ?) WHERE id = ?",
        [time.time_ns(), index_id],
    )
