"""Keeps conversations and their messages in the database, also while a reply is being written."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from studio.chat import queue, writers
from studio.chat.attachments import attachments
from studio.chat.attachments.files import AttachedFile
from studio.chat.conversation import Conversation, Failure, Figures, Message, Role, Status
from studio.chat.drafts import Drafts
from studio.chat.options import Options
from studio.chat.trash import ConversationTrash

_TITLE_CHARACTERS = 60


class ConversationStore(ConversationTrash):
    """Conversations in the person's database. Every method may be called from any thread."""

    @cached_property
    def drafts(self) -> Drafts:
        """What is typed and not yet sent."""
        return Drafts(self, lambda key, text: self.set_draft(key, text))

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
        """Give a conversation a title of the person's own; an empty one is made anew."""
        title = " ".join(title.split())
        return self._change(conversation_id, title=title, title_by="person" if title else "")

    def put_title(self, before: Conversation) -> Conversation:
        """Give a conversation back the title that it had, whoever made that."""
        return self._change(before.id, title=before.title, title_by=before.title_by)

    def set_model(self, conversation_id: str, model: str) -> Conversation:
        """Choose the model for the next replies."""
        return self._change(conversation_id, model=model)

    def set_preset(self, conversation_id: str, preset: str) -> Conversation:
        """Choose the preset for the next replies."""
        return self._change(conversation_id, preset=preset)

    def set_system(self, conversation_id: str, system: str | None) -> Conversation:
        """Set a system prompt of its own; ``None`` goes back to the preset's."""
        return self._change(conversation_id, system=system)

    def set_options(self, conversation_id: str, options: Options) -> Conversation:
        """Choose what the next replies do differently from the preset."""
        return self._change(conversation_id, options=options.to_json())

    def set_draft(self, conversation_id: str, draft: str) -> None:
        """Keep what is written but not sent."""
        self._change(conversation_id, draft=draft)

    def discard_if_empty(self, conversation_id: str) -> bool:
        """Forget a conversation in which nothing was ever said; return whether it was one.

        What was attached for its first message is attached to that of a new chat.
        """
        with self._database.transaction() as connection:
            attachments.put_aside(connection, conversation_id)
            found = connection.execute(
                "DELETE FROM chat_conversations WHERE id = :id AND NOT EXISTS"
                " (SELECT 1 FROM chat_messages WHERE conversation_id = :id)"
                " AND NOT EXISTS (SELECT 1 FROM chat_queue WHERE conversation_id = :id)",
                {"id": conversation_id},
            )
            return found.rowcount > 0

    def ask(
        self,
        conversation_id: str,
        text: str,
        model: str,
        *,
        beside: str | None = None,
        queued: str = "",
        is_draft: bool = False,
        files: Sequence[AttachedFile] = (),
    ) -> tuple[Message, Message]:
        """Add a question and an empty reply to it; both become the branch on show.

        What is attached to a question has another wording of it, too.

        Args:
            beside: the question that this one is another wording of; by default it follows what is
                on show.
            queued: the message in the queue that this is.
            is_draft: it is the draft, which becomes the question with what waits for it in one
                step: whatever happens, one of them is there. Any other question leaves both alone.
            files: what is attached to it besides.

        Raises:
            StudioError: ``queue.gone`` when it is no longer there; ``chat.busy_elsewhere`` where
                another program is writing what it would follow.
        """
        with self._database.transaction(synced=True) as connection:
            conversation = self.get(conversation_id)
            parent = self.message(beside).parent_id if beside else self.end_of(conversation_id)
            writers.check_ended(connection, parent)
            question = message_row(conversation_id, parent, "user", text)
            key = question["id"]
            connection.table("chat_messages").insert(question)
            if queued:
                queue.take(connection, queued, key)
            if beside:
                attachments.hand_on(connection, beside, key)
            changes = {"title": conversation.title or title_from(text)}
            if is_draft:
                attachments.claim(connection, conversation_id, key)
                changes["draft"] = ""
            for place, file in enumerate(files):
                attachments.put(connection, conversation_id, key, place, file)
            connection.table("chat_conversations").update(conversation_id, changes)
            return self.message(key), self.begin_reply(key, model)

    def begin_reply(self, question_id: str, model: str) -> Message:
        """Add an empty reply to a question, beside those that are there."""
        with self._database.transaction(synced=True) as connection:
            question = self.message(question_id)
            reply = message_row(question.conversation_id, question_id, "assistant", "")
            reply |= {"model": model, **writers.being_written()}
            connection.table("chat_messages").insert(reply)
            connection.table("chat_conversations").update(
                question.conversation_id, {"leaf_id": reply["id"], "updated_at": _now()}
            )
            return self.message(reply["id"])

    def go_on(self, reply_id: str) -> Message:
        """Have a reply that had ended be written again, from its end.

        Raises:
            StudioError: ``chat.busy_elsewhere`` while another program writes it.
        """
        with self._database.transaction(synced=True) as connection:
            self.message(reply_id)
            writers.check_ended(connection, reply_id)
            changes = writers.being_written() | {"error": ""}
            connection.table("chat_messages").update(reply_id, changes)
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
        dead = writers.dead_in(self._rows(writers.WRITTEN))
        if dead:
            with self._database.transaction() as connection:
                writers.close(connection, dead)
        return len(dead)


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
