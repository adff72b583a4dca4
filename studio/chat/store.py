"""Keeps conversations and their messages in the database, also while a reply is being written."""

from __future__ import annotations

import json
import os
import secrets
import time
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from studio.chat import processes
from studio.chat.conversation import Conversation, Failure, Figures, Message, Role, Status
from studio.chat.reader import ConversationReader
from studio.errors import StudioError

_TITLE_CHARACTERS = 60


class ConversationStore(ConversationReader):
    """Conversations in the person's database. Every method may be called from any thread."""

    def create(self, *, model: str = "", preset: str = "") -> Conversation:
        """Begin an empty conversation."""
        now = _now()
        row = {
            "id": new_id(),
            "created_at": now,
            "updated_at": now,
            "model": model,
            "preset": preset,
        }
        with self._database.transaction() as connection:
            connection.table("chat_conversations").insert(row)
        return self.get(row["id"])

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

    def trashed_count(self) -> int:
        """Return how many conversations lie in the trash."""
        query = "SELECT COUNT(*) AS number FROM chat_conversations WHERE trashed_at IS NOT NULL"
        return int(self._rows(query)[0]["number"])

    def restore(self, conversation_id: str) -> None:
        """Take a conversation out of the trash."""
        self._change(conversation_id, trashed_at=None)

    def purge(self, conversation_id: str) -> None:
        """Delete a conversation in the trash for good, with all its messages.

        Raises:
            StudioError: ``conversation.unknown``; ``conversation.not_trashed``, so that nothing is
                deleted that could not be looked at in the trash first.
        """
        with self._database.transaction(synced=True) as connection:
            if self.get(conversation_id).trashed_at is None:
                raise StudioError(
                    "conversation.not_trashed",
                    "This conversation is not in the trash.",
                    "Move it to the trash first.",
                )
            connection.table("chat_conversations").delete(conversation_id)

    def discard_if_empty(self, conversation_id: str) -> None:
        """Forget a conversation in which nothing was ever said."""
        with self._database.transaction() as connection:
            connection.execute(
                "DELETE FROM chat_conversations WHERE id = :id AND NOT EXISTS"
                " (SELECT 1 FROM chat_messages WHERE conversation_id = :id)",
                {"id": conversation_id},
            )

    def ask(
        self, conversation_id: str, text: str, model: str, *, beside: str | None = None
    ) -> tuple[Message, Message]:
        """Add a question and an empty reply to it; both become the branch on show.

        The draft becomes the question in one step: whatever happens, one of them is there.

        Args:
            beside: the question that this one is another wording of; by default it follows what is
                on show.
        """
        with self._database.transaction(synced=True) as connection:
            conversation = self.get(conversation_id)
            parent = self.message(beside).parent_id if beside else conversation.leaf_id
            question = message_row(conversation_id, parent, "user", text)
            connection.table("chat_messages").insert(question)
            connection.table("chat_conversations").update(
                conversation_id, {"title": conversation.title or title_from(text), "draft": ""}
            )
            return self.message(question["id"]), self.begin_reply(question["id"], model)

    def begin_reply(self, question_id: str, model: str) -> Message:
        """Add an empty reply to a question, beside those that are there."""
        with self._database.transaction(synced=True) as connection:
            question = self.message(question_id)
            reply = message_row(question.conversation_id, question_id, "assistant", "")
            reply |= {"model": model, **_being_written()}
            connection.table("chat_messages").insert(reply)
            connection.table("chat_conversations").update(
                question.conversation_id, {"leaf_id": reply["id"], "updated_at": _now()}
            )
            return self.message(reply["id"])

    def go_on(self, reply_id: str) -> Message:
        """Have a reply that had ended be written again, from its end."""
        with self._database.transaction(synced=True) as connection:
            self.message(reply_id)
            connection.table("chat_messages").update(reply_id, _being_written() | {"error": ""})
            return self.message(reply_id)

    def set_reply_model(self, reply_id: str, model: str) -> None:
        """Note which model writes a reply, once that is settled."""
        with self._database.transaction() as connection:
            self.message(reply_id)
            connection.table("chat_messages").update(reply_id, {"model": model})

    def grow_reply(self, reply_id: str, text: str, reasoning: str) -> None:
        """Append to a reply that is being written.

        Not synced, unlike its question and its ending: when the power fails, what the system had
        not yet put on the disk by itself is lost.
        """
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
        """Close a reply with its whole text, its ending and its figures.

        Raises:
            StudioError: ``message.unknown`` when its conversation was deleted meanwhile.
        """
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
        with self._database.transaction(synced=True) as connection:
            self.message(reply_id)
            connection.table("chat_messages").update(reply_id, changes)
            return self.message(reply_id)

    def close_interrupted(self) -> int:
        """Mark replies whose writer has died; return how many. Other programs' replies go on."""
        rows = self._rows(
            "SELECT id, writer_pid, writer_started FROM chat_messages WHERE status = 'streaming'"
        )
        dead = [
            row["id"]
            for row in rows
            if not processes.is_running(row["writer_pid"], row["writer_started"])
        ]
        if dead:
            with self._database.transaction() as connection:
                for message_id in dead:
                    connection.table("chat_messages").update(message_id, {"status": "interrupted"})
        return len(dead)

    def _change(self, conversation_id: str, **changes: object) -> Conversation:
        with self._database.transaction() as connection:
            self.get(conversation_id)
            connection.table("chat_conversations").update(conversation_id, changes)
            return self.get(conversation_id)


def _being_written() -> dict[str, Any]:
    pid = os.getpid()
    started = processes.started(pid)
    return {"status": "streaming", "writer_pid": pid, "writer_started": started}


def message_row(
    conversation_id: str, parent_id: str | None, role: Role, content: str
) -> dict[str, Any]:
    """Return the row of a new, finished message, under an id of its own."""
    return {
        "id": new_id(),
        "conversation_id": conversation_id,
        "parent_id": parent_id,
        "role": role,
        "content": content,
        "created_at": _now(),
        "status": "finished",
    }


def new_id() -> str:
    """Return an id that sorts by time and can be typed: 9 + 7 characters of hexadecimal."""
    return f"{time.time_ns() // 1_000_000 // 16:09x}{secrets.token_hex(4)[:7]}"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")


def title_from(text: str) -> str:
    """Return the beginning of a text as a title."""
    first = " ".join(text.split())
    if len(first) <= _TITLE_CHARACTERS:
        return first
    return first[:_TITLE_CHARACTERS].rsplit(" ", 1)[0].rstrip(" .…") + "…"
