"""Keeps conversations and their messages in the database, also while a reply is being written."""

from __future__ import annotations

import json
import os
import secrets
import time
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache
from typing import Any

from studio.chat.conversation import Conversation, Failure, Figures, Message, Role, Status
from studio.errors import StudioError
from studio.storage.database import Database

Conversations = list[Conversation]
Messages = list[Message]

_TITLE_CHARACTERS = 60

# A branch is walked from its leaf to its root; the tree of one conversation is a few thousand rows.
_BRANCH = """
WITH RECURSIVE branch(id, depth) AS (
    SELECT :leaf, 0
    UNION ALL
    SELECT parent_id, depth + 1 FROM chat_messages JOIN branch USING (id)
    WHERE parent_id IS NOT NULL
)
SELECT chat_messages.* FROM chat_messages JOIN branch USING (id) ORDER BY depth DESC
"""


class ConversationStore:
    """Conversations in the person's database. Every method may be called from any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, *, model: str = "", preset: str = "") -> Conversation:
        """Begin an empty conversation."""
        now = _now()
        row = {
            "id": _new_id(),
            "created_at": now,
            "updated_at": now,
            "model": model,
            "preset": preset,
        }
        with self._database.transaction() as connection:
            connection.table("chat_conversations").insert(row)
        return self.get(row["id"])

    def list(self, *, matching: str = "", trashed: bool = False) -> Conversations:
        """Return conversations whose title contains ``matching``, newest first."""
        rows = self._database.connection().query(
            f"""
            SELECT * FROM chat_conversations
            WHERE trashed_at IS {"NOT NULL" if trashed else "NULL"}
            ORDER BY updated_at DESC
            """
        )
        wanted = matching.strip().casefold()  # SQLite's lower() knows only ASCII
        return [_conversation(row) for row in rows if wanted in row["title"].casefold()]

    def get(self, conversation_id: str) -> Conversation:
        """Return one conversation.

        Raises:
            StudioError: ``conversation.unknown``.
        """
        rows = self._database.connection().query(
            "SELECT * FROM chat_conversations WHERE id = ?", [conversation_id]
        )
        for row in rows:
            return _conversation(row)
        raise StudioError(
            "conversation.unknown",
            f"There is no conversation “{conversation_id}”.",
            "Leave the option out to begin a new one.",
        )

    def rename(self, conversation_id: str, title: str) -> Conversation:
        """Give a conversation a title."""
        return self._change(conversation_id, title=" ".join(title.split()))

    def set_model(self, conversation_id: str, model: str) -> Conversation:
        """Choose the model for the next replies."""
        return self._change(conversation_id, model=model)

    def set_preset(self, conversation_id: str, preset: str) -> Conversation:
        """Choose the preset for the next replies."""
        return self._change(conversation_id, preset=preset)

    def set_system(self, conversation_id: str, system: str | None) -> Conversation:
        """Set a system prompt of its own; ``None`` goes back to the preset's."""
        return self._change(conversation_id, system=system)

    def set_draft(self, conversation_id: str, draft: str) -> None:
        """Keep what is written but not sent."""
        self._change(conversation_id, draft=draft)

    def trash(self, conversation_id: str) -> None:
        """Move a conversation to the trash."""
        self._change(conversation_id, trashed_at=_now())

    def restore(self, conversation_id: str) -> None:
        """Take a conversation out of the trash."""
        self._change(conversation_id, trashed_at=None)

    def discard_if_empty(self, conversation_id: str) -> None:
        """Forget a conversation in which nothing was ever said."""
        with self._database.transaction() as connection:
            connection.execute(
                "DELETE FROM chat_conversations WHERE id = :id AND NOT EXISTS"
                " (SELECT 1 FROM chat_messages WHERE conversation_id = :id)",
                {"id": conversation_id},
            )

    def branch(self, conversation_id: str) -> Messages:
        """Return the messages on show, from the first to the last."""
        leaf = self.get(conversation_id).leaf_id
        if leaf is None:
            return []
        return [_message(row) for row in self._database.connection().query(_BRANCH, {"leaf": leaf})]

    def message(self, message_id: str) -> Message:
        """Return one message.

        Raises:
            StudioError: ``message.unknown``.
        """
        rows = self._database.connection().query(
            "SELECT * FROM chat_messages WHERE id = ?", [message_id]
        )
        for row in rows:
            return _message(row)
        raise StudioError(
            "message.unknown", f"There is no message “{message_id}”.", "Reload the conversation."
        )

    def ask(self, conversation_id: str, text: str, model: str) -> tuple[Message, Message]:
        """Add a question and an empty reply to it; both become the branch on show."""
        conversation = self.get(conversation_id)
        question = _message_row(conversation_id, conversation.leaf_id, "user", text)
        title = conversation.title or _title_from(text)
        with self._database.transaction() as connection:
            connection.table("chat_messages").insert(question)
            connection.table("chat_conversations").update(
                conversation_id, {"title": title, "draft": ""}
            )
        return self.message(question["id"]), self.begin_reply(question["id"], model)

    def begin_reply(self, question_id: str, model: str) -> Message:
        """Add an empty reply to a question, beside those that are there."""
        question = self.message(question_id)
        reply = _message_row(question.conversation_id, question_id, "assistant", "") | {
            "status": "streaming",
            "model": model,
            "writer_pid": os.getpid(),
            "writer_started": _process_started(os.getpid()),
        }
        with self._database.transaction() as connection:
            connection.table("chat_messages").insert(reply)
            connection.table("chat_conversations").update(
                question.conversation_id, {"leaf_id": reply["id"], "updated_at": _now()}
            )
        return self.message(reply["id"])

    def grow_reply(self, reply_id: str, text: str, reasoning: str) -> None:
        """Append to a reply that is being written."""
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE chat_messages SET content = content || ?, reasoning = reasoning || ?"
                " WHERE id = ?",
                [text, reasoning, reply_id],
            )

    def finish_reply(
        self,
        reply_id: str,
        status: Status,
        *,
        content: str,
        reasoning: str,
        thought_s: float | None = None,
        stop: str = "",
        failure: Failure | None = None,
        figures: Figures | None = None,
        recipe: Mapping[str, Any] | None = None,
    ) -> Message:
        """Close a reply with its whole text, its ending and its figures."""
        changes = {
            "status": status,
            "content": content,
            "reasoning": reasoning,
            "thought_s": thought_s,
            "stop": stop,
            "error": json.dumps(asdict(failure)) if failure else "",
            "figures": json.dumps(asdict(figures)) if figures else None,
            "recipe": json.dumps(dict(recipe or {})),
            "writer_pid": None,
            "writer_started": None,
        }
        with self._database.transaction() as connection:
            connection.table("chat_messages").update(reply_id, changes)
        return self.message(reply_id)

    def close_interrupted(self) -> int:
        """Mark replies whose writer has died; return how many. Other programs' replies go on."""
        query = (
            "SELECT id, writer_pid, writer_started FROM chat_messages WHERE status = 'streaming'"
        )
        with self._database.reading() as connection:
            rows = list(connection.query(query))
        dead = [
            row["id"] for row in rows if not _is_alive(row["writer_pid"], row["writer_started"])
        ]
        if dead:
            with self._database.transaction() as connection:
                for message_id in dead:
                    connection.table("chat_messages").update(message_id, {"status": "interrupted"})
        return len(dead)

    def _change(self, conversation_id: str, **changes: object) -> Conversation:
        self.get(conversation_id)
        with self._database.transaction() as connection:
            connection.table("chat_conversations").update(conversation_id, changes)
        return self.get(conversation_id)


def _conversation(row: Mapping[str, Any]) -> Conversation:
    times = {key: _time(row[key]) for key in ("created_at", "updated_at")}
    trashed = row["trashed_at"]
    return Conversation(
        id=row["id"],
        title=row["title"],
        model=row["model"],
        preset=row["preset"],
        system=row["system"],
        draft=row["draft"],
        leaf_id=row["leaf_id"],
        trashed_at=_time(trashed) if trashed else None,
        **times,
    )


def _message(row: Mapping[str, Any]) -> Message:
    figures = json.loads(row["figures"]) if row["figures"] else None
    return Message(
        id=row["id"],
        conversation_id=row["conversation_id"],
        parent_id=row["parent_id"],
        role=row["role"],
        content=row["content"],
        created_at=_time(row["created_at"]),
        reasoning=row["reasoning"],
        thought_s=row["thought_s"],
        status=row["status"],
        stop=row["stop"],
        failure=Failure(**json.loads(row["error"])) if row["error"] else None,
        model=row["model"],
        figures=Figures(**figures) if figures else None,
        recipe=json.loads(row["recipe"]),
    )


def _message_row(
    conversation_id: str, parent_id: str | None, role: Role, content: str
) -> dict[str, Any]:
    return {
        "id": _new_id(),
        "conversation_id": conversation_id,
        "parent_id": parent_id,
        "role": role,
        "content": content,
        "created_at": _now(),
        "status": "finished",
    }


def _new_id() -> str:
    """Return an id that sorts by time and can be typed: 9 + 7 characters of hexadecimal."""
    return f"{time.time_ns() // 1_000_000 // 16:09x}{secrets.token_hex(4)[:7]}"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _title_from(text: str) -> str:
    first = " ".join(text.split())
    if len(first) <= _TITLE_CHARACTERS:
        return first
    return first[:_TITLE_CHARACTERS].rsplit(" ", 1)[0].rstrip(" .…") + "…"


@cache
def _process_started(pid: int) -> float:
    import psutil  # only who writes or looks after replies needs it, and it is slow to import

    return psutil.Process(pid).create_time()


def _is_alive(pid: int | None, started: float | None) -> bool:
    """Tell whether a writer still runs; its start time guards against a reused process id."""
    if pid is None or started is None:
        return False
    import psutil  # as above

    try:
        return abs(psutil.Process(pid).create_time() - started) < 1.0
    except psutil.NoSuchProcess:
        return False
    except psutil.AccessDenied:
        return True
