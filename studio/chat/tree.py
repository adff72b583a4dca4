"""Branches of a conversation: beside one another, on show, forked, removed and brought back."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from studio.chat.conversation import Conversation, Message
from studio.chat.reader import ConversationReader
from studio.chat.store import message_row, new_id
from studio.chat.transfer.archive import ArchivedMessage, with_fresh_ids
from studio.chat.transfer.archives import Archives
from studio.chat.turnstile import busy
from studio.errors import StudioError
from studio.translation import tr

if TYPE_CHECKING:
    from studio.storage.database import Database

_BELOW = """
WITH RECURSIVE below(id, depth) AS (
    SELECT ?, 0
    UNION ALL
    SELECT chat_messages.id, depth + 1 FROM chat_messages JOIN below ON parent_id = below.id
)
"""
_NEWEST_LEAF = f"""{_BELOW}
SELECT id FROM chat_messages JOIN below USING (id)
WHERE NOT EXISTS (SELECT 1 FROM chat_messages AS child WHERE child.parent_id = below.id)
ORDER BY created_at DESC, chat_messages.rowid DESC LIMIT 1
"""
_SUBTREE = (
    f"{_BELOW} SELECT chat_messages.* FROM chat_messages JOIN below USING (id) ORDER BY depth"
)
_PROMPTS = f"""{_BELOW}
SELECT chat_prompts.* FROM chat_prompts JOIN below ON message_id = below.id
"""
_DELETE_SUBTREE = f"{_BELOW} DELETE FROM chat_messages WHERE id IN (SELECT id FROM below)"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message stands among those beside it: ``number`` of ``count``, counted from 1.

    ``before`` and ``after`` are its neighbours' ids; ``None`` at either end.
    """

    number: int
    count: int
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Removal:
    """Messages that were taken out of a conversation, and can be put back."""

    id: str
    conversation_id: str
    count: int


class ConversationTree:
    """Works on the messages of conversations as trees. May be used from any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._reader = ConversationReader(database)
        self._archives = Archives(database)

    def places(self, conversation_id: str) -> dict[str, Place]:
        """Return the place of each message that has others beside it."""
        query = (
            "SELECT id, parent_id FROM chat_messages WHERE conversation_id = ?"
            " ORDER BY created_at, rowid"
        )
        families: defaultdict[str | None, list[str]] = defaultdict(list)
        with self._database.reading() as connection:
            for row in connection.query(query, [conversation_id]):
                families[row["parent_id"]].append(row["id"])
        return {
            key: Place(
                number + 1,
                len(family),
                family[number - 1] if number else None,
                family[number + 1] if number + 1 < len(family) else None,
            )
            for family in families.values()
            if len(family) > 1
            for number, key in enumerate(family)
        }

    def show(self, message_id: str) -> None:
        """Bring the newest branch through a message on show.

        Raises:
            StudioError: ``message.unknown``.
        """
        with self._database.transaction() as connection:
            message = self._reader.message(message_id)
            (leaf,) = connection.execute(_NEWEST_LEAF, [message_id]).fetchone()
            _show_leaf(connection, message.conversation_id, leaf)

    def show_end(self, message_id: str) -> None:
        """Bring the branch that ends with a message on show: what follows it stays beside it."""
        with self._database.transaction() as connection:
            message = self._reader.message(message_id)
            _show_leaf(connection, message.conversation_id, message_id)

    def rewrite(self, reply_id: str, text: str) -> Message:
        """Put the person's own wording of a reply beside it, on show.

        Raises:
            StudioError: ``message.unknown``; ``prompt.empty`` without words; ``message.no_reply``
                for the person's message, which is asked anew instead.
        """
        if not text.strip():
            raise StudioError(
                "prompt.empty",
                tr("There is nothing in it."),
                tr("Write something, or remove the reply."),
            )
        with self._database.transaction(synced=True) as connection:
            reply = self._reader.message(reply_id)
            if reply.role != "assistant":
                raise StudioError(
                    "message.no_reply",
                    tr("This is a message of yours, not a reply."),
                    tr("Send it again with other words."),
                )
            if reply.status == "streaming":
                raise busy()
            row = message_row(reply.conversation_id, reply.parent_id, "assistant", text)
            row |= {"model": reply.model, "recipe": json.dumps({"edited_from": reply.id})}
            connection.table("chat_messages").insert(row)
            _show_leaf(connection, reply.conversation_id, row["id"])
            return self._reader.message(row["id"])

    def fork(self, message_id: str) -> Conversation:
        """Begin a new conversation with all that was said up to a message.

        Raises:
            StudioError: ``message.unknown``.
        """
        with self._database.transaction(synced=True):
            message = self._reader.message(message_id)
            whole = self._archives.take(message.conversation_id)
            by_id = {each.id: each for each in whole.messages}
            path = []
            at: str | None = message_id
            while at is not None:
                path.append(by_id[at])
                at = by_id[at].parent_id
            kept = {each.id for each in path}
            part = replace(
                whole,
                attachments=tuple(a for a in whole.attachments if a.message_id in kept),
                summaries=tuple(s for s in whole.summaries if s.upto_message_id in kept),
                title=tr("{title} (copy)", title=whole.title) if whole.title else "",
                updated_at=datetime.now(UTC),
                messages=tuple(reversed(path)),
                leaf_id=message_id,
                queue=(),
                draft="",
                pinned=False,
                archived=False,
            )
            copy = self._archives.put(with_fresh_ids(part, new_id))
            self._copy_prompts(part.messages, self._reader.branch(copy.id))
            return copy

    def remove(self, message_id: str) -> Removal:
        """Take a message out, with all that was said after it on any branch.

        What stood beside it comes on show, or else what came before it.

        Raises:
            StudioError: ``message.unknown``; ``chat.busy`` while a reply in it is being written.
        """
        with self._database.transaction(synced=True) as connection:
            message = self._reader.message(message_id)
            place = self.places(message.conversation_id).get(message_id)
            rows = [*connection.query(_SUBTREE, [message_id])]
            if any(row["status"] == "streaming" for row in rows):
                raise busy()
            conversation = self._reader.get(message.conversation_id)
            removal = Removal(new_id(), conversation.id, len(rows))
            connection.table("chat_removals").insert(
                {
                    "id": removal.id,
                    "conversation_id": conversation.id,
                    "removed_at": datetime.now(UTC).isoformat(timespec="microseconds"),
                    "leaf_id": conversation.leaf_id,
                    "messages": json.dumps(rows),
                    "prompts": json.dumps(_prompts(connection, message_id)),
                }
            )
            # All at once: that no message loses its parent is looked at when a statement ends.
            connection.execute(_DELETE_SUBTREE, [message_id])
            if conversation.leaf_id in {row["id"] for row in rows}:
                beside = place and (place.before or place.after)
                leaf = message.parent_id
                if beside:
                    (leaf,) = connection.execute(_NEWEST_LEAF, [beside]).fetchone()
                _show_leaf(connection, conversation.id, leaf)
            return removal

    def put_back(self, removal_id: str) -> str:
        """Undo a removal; return the id of its conversation.

        What was on show then is so again, or else the newest of what was put back.

        Raises:
            StudioError: ``removal.unknown``; ``removal.no_place`` when what it answered was
                removed meanwhile, too; ``chat.busy`` while a reply is being written anywhere in
                the conversation, since that would be off the branch on show.
        """
        with self._database.transaction(synced=True) as connection:
            removals = [*connection.query("SELECT * FROM chat_removals WHERE id = ?", [removal_id])]
            if not removals:
                raise StudioError(
                    "removal.unknown",
                    tr("These messages were put back already, or deleted for good."),
                    tr("Reload the conversation."),
                )
            if _is_written_in(connection, removals[0]["conversation_id"]):
                raise busy()
            rows: list[dict[str, Any]] = json.loads(removals[0]["messages"])
            parent = rows[0]["parent_id"]
            if parent is not None and not _has(connection, parent):
                raise StudioError(
                    "removal.no_place",
                    tr("What these messages answered was removed, too."),
                    tr("Bring that back first."),
                )
            connection.table("chat_messages").insert_all(rows)
            connection.table("chat_prompts").insert_all(
                {"message_id": key, "text": b64decode(text)}
                for key, text in json.loads(removals[0]["prompts"]).items()
            )
            leaf = removals[0]["leaf_id"]
            if leaf is None or not _has(connection, leaf):  # removed as well since then
                (leaf,) = connection.execute(_NEWEST_LEAF, [rows[0]["id"]]).fetchone()
            _show_leaf(connection, removals[0]["conversation_id"], leaf)
            connection.table("chat_removals").delete(removal_id)
            return str(removals[0]["conversation_id"])

    def forget_removals(self, before: datetime) -> int:
        """Delete for good what was removed before a moment; return how many removals those were."""
        with self._database.transaction() as connection:
            moment = before.astimezone(UTC).isoformat(timespec="microseconds")
            gone = connection.execute("DELETE FROM chat_removals WHERE removed_at < ?", [moment])
            return int(gone.rowcount)

    def _copy_prompts(self, messages: Sequence[ArchivedMessage], copies: Sequence[Message]) -> None:
        query = "INSERT INTO chat_prompts SELECT ?, text FROM chat_prompts WHERE message_id = ?"
        with self._database.transaction() as connection:
            for message, copy in zip(messages, copies, strict=True):
                connection.execute(query, [copy.id, message.id])


def _show_leaf(connection: Any, conversation_id: str, leaf_id: str | None) -> None:
    connection.table("chat_conversations").update(conversation_id, {"leaf_id": leaf_id})


def _has(connection: Any, message_id: str) -> bool:
    query = "SELECT 1 FROM chat_messages WHERE id = ?"
    return bool([*connection.query(query, [message_id])])


def _is_written_in(connection: Any, conversation_id: str) -> bool:
    query = "SELECT 1 FROM chat_messages WHERE conversation_id = ? AND status = 'streaming'"
    return bool([*connection.query(query, [conversation_id])])


def _prompts(connection: Any, message_id: str) -> dict[str, str]:
    """Return the kept prompts of a message and of all below it, in base 64."""
    return {
        row["message_id"]: b64encode(row["text"]).decode()
        for row in connection.query(_PROMPTS, [message_id])
    }
