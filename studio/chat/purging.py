"""Deletes conversations for good, a piece at a time, so that others can write in between.

A conversation is marked first: from then on there is none of its id for anybody. Then its messages
go, and last it goes itself. What a program that ended meanwhile left, the next one deletes.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from studio.errors import StudioError
from studio.translation import tr

if TYPE_CHECKING:
    import sqlite_utils

    from studio.storage.database import Database

PIECE_ROWS = 100
# Taking a text out of the search costs what putting it in did; one text goes whole, however long.
PIECE_CHARACTERS = 20_000
_LEAST_PAUSE_S, _MOST_PAUSE_S = 0.002, 0.05

_MESSAGES = """
SELECT id, length(content) FROM chat_messages
WHERE conversation_id = (SELECT id FROM chat_conversations WHERE id = ? AND purged) LIMIT ?
"""
_ORPHAN = "UPDATE chat_messages SET parent_id = NULL WHERE parent_id IN {ids}"
_DELETE = "DELETE FROM chat_messages WHERE id IN {ids}"
_ATTACHED = "DELETE FROM chat_attachments WHERE message_id IN {ids}"
_IDS = "(SELECT value FROM json_each(?))"


def mark(db: sqlite_utils.Database, conversation_id: str) -> None:
    """Have a conversation be gone for all who read, in the transaction of the caller."""
    db.execute("UPDATE chat_conversations SET purged = 1 WHERE id = ?", [conversation_id])
    db.execute("DELETE FROM chat_removals WHERE conversation_id = ?", [conversation_id])


def finish(
    database: Database, conversation_id: str, must_stop: Callable[[], bool] = lambda: False
) -> None:
    """Delete what there still is of a marked conversation, in as many transactions as it takes.

    Args:
        must_stop: asked between two pieces; what is left then is found by :func:`marked`.

    Raises:
        StudioError: the data cannot be written.
    """
    try:
        while not must_stop():
            began = time.monotonic()
            with database.transaction() as db:
                if not _delete_piece(db, conversation_id):
                    return
            took_s = time.monotonic() - began
            time.sleep(min(max(took_s, _LEAST_PAUSE_S), _MOST_PAUSE_S))
    except StudioError as error:
        later = tr("The chat is off the list; the rest of it is deleted at a later start.")
        hint = f"{error.hint} {later}"
        raise StudioError(error.code, error.what, hint, error.details) from error


def marked(database: Database) -> list[str]:
    """Return the conversations that are gone, though not all of them is deleted yet.

    Raises:
        StudioError: the data cannot be read.
    """
    with database.reading() as db:
        return [row["id"] for row in db.query("SELECT id FROM chat_conversations WHERE purged")]


def _delete_piece(db: sqlite_utils.Database, conversation_id: str) -> bool:
    """Delete some messages, or else the conversation itself; return whether there may be more."""
    room = PIECE_CHARACTERS
    piece: list[str] = []
    messages = db.execute(_MESSAGES, [conversation_id, PIECE_ROWS + 1]).fetchall()
    for key, characters in messages[:PIECE_ROWS]:
        piece.append(key)
        room -= characters
        if room <= 0:
            break
    # Those below them may be in a later piece, and must not point to what is gone.
    for statement in (_ATTACHED, _ORPHAN, _DELETE):
        db.execute(statement.format(ids=_IDS), [json.dumps(piece)])
    if len(piece) < len(messages):
        return True
    db.execute("DELETE FROM chat_conversations WHERE id = ? AND purged", [conversation_id])
    return False
