"""Knows which process writes a reply, so that two programs in one chat leave each other's alone."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from studio.chat import processes
from studio.errors import StudioError
from studio.translation import tr

if TYPE_CHECKING:
    import sqlite_utils

WRITTEN = "SELECT id, writer_pid, writer_started FROM chat_messages WHERE status = 'streaming'"


def being_written() -> dict[str, Any]:
    """Return the columns of a reply that this process writes."""
    pid = os.getpid()
    started = processes.started(pid)
    return {"status": "streaming", "writer_pid": pid, "writer_started": started}


def dead_in(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return which of the replies in :data:`WRITTEN` have a writer that has died."""
    return [
        row["id"]
        for row in rows
        if not processes.is_running(row["writer_pid"], row["writer_started"])
    ]


def close(db: sqlite_utils.Database, replies: Iterable[str]) -> None:
    """Mark replies as cut short, in the transaction of the caller."""
    for message_id in replies:
        db.table("chat_messages").update(message_id, {"status": "interrupted"})


def check_ended(db: sqlite_utils.Database, message_id: str | None) -> None:
    """Make sure that no other process writes a message; one whose writer has died is marked.

    For the transaction of the caller. What this process writes is known to its turnstile, and a
    reply of its own whose end could not be saved yet may be gone on from.

    Raises:
        StudioError: ``chat.busy_elsewhere``.
    """
    rows = [*db.query(f"{WRITTEN} AND id = ?", [message_id])]
    dead = dead_in(rows)
    close(db, dead)
    if not dead and any(row["writer_pid"] != os.getpid() for row in rows):
        raise StudioError(
            "chat.busy_elsewhere",
            tr(
                "Another program is writing a reply in this chat, such as the window or a command "
                "in a terminal."
            ),
            tr("Wait for the end of that reply, then try again."),
        )
