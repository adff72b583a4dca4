"""Keeps what the model has written in place of the oldest part of a conversation.

A summary stands for all messages from the first one up to a certain one, and so holds wherever that
one is on the branch. The messages themselves stay as they are: without the summary, the model reads
them again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from studio.chat.conversation import Message
from studio.chat.store import new_id
from studio.errors import StudioError
from studio.translation import tr

if TYPE_CHECKING:
    from studio.storage.database import Database


MOST_CHARACTERS = 20_000  # about ten times what a model writes


@dataclass(frozen=True, slots=True)
class Summary:
    """A text in place of all messages up to ``upto_message_id``, that one included.

    ``model`` wrote it, and ``recipe`` tells how.
    """

    id: str
    conversation_id: str
    upto_message_id: str
    text: str
    created_at: datetime
    model: str = ""
    recipe: dict[str, Any] = field(default_factory=dict)


class Summaries:
    """The summaries in the person's database. May be used from any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, conversation_id: str) -> list[Summary]:
        """Return the summaries of all branches of a conversation, the oldest first."""
        query = "SELECT * FROM chat_summaries WHERE conversation_id = ? ORDER BY created_at, rowid"
        with self._database.reading() as connection:
            return [_summary(row) for row in connection.query(query, [conversation_id])]

    def on(self, branch: Sequence[Message]) -> list[Summary]:
        """Return those that hold on a branch; the last one is in force, and says what all do."""
        if not branch:
            return []
        places = {message.id: number for number, message in enumerate(branch)}
        found = [
            each for each in self.of(branch[0].conversation_id) if each.upto_message_id in places
        ]
        return sorted(found, key=lambda each: places[each.upto_message_id])

    def add(
        self,
        conversation_id: str,
        upto_message_id: str,
        text: str,
        *,
        model: str = "",
        recipe: Mapping[str, Any] | None = None,
    ) -> Summary:
        """Keep a summary; one that is too long is cut off.

        Raises:
            StudioError: it cannot be written.
        """
        now = datetime.now(UTC)
        text = text[:MOST_CHARACTERS]
        made = Summary(
            new_id(), conversation_id, upto_message_id, text, now, model, dict(recipe or {})
        )
        self.put([made])
        return made

    def put(self, summaries: Iterable[Summary]) -> None:
        """Keep summaries as they are, such as those that were taken away.

        Raises:
            StudioError: they cannot be written.
        """
        with self._database.transaction(synced=True) as connection:
            connection.table("chat_summaries").insert_all(
                (summary_row(each) for each in summaries), replace=True
            )

    def rewrite(self, summary_id: str, text: str) -> Summary:
        """Give a summary other words; return it as it was.

        Raises:
            StudioError: ``summary.unknown``; ``prompt.empty`` without words; ``summary.too_long``;
                or they cannot be written.
        """
        if not text.strip():
            raise StudioError(
                "prompt.empty",
                tr("There is nothing in it."),
                tr("Write something, or use the whole text again."),
            )
        if len(text) > MOST_CHARACTERS:
            raise StudioError(
                "summary.too_long",
                tr(
                    "A summary has up to {most:,} characters, and this one has {count:,}.",
                    most=MOST_CHARACTERS,
                    count=len(text),
                ),
                tr("Shorten it, or use the whole text again."),
            )
        with self._database.transaction(synced=True) as connection:
            found = connection.query("SELECT * FROM chat_summaries WHERE id = ?", [summary_id])
            before = next((_summary(row) for row in found), None)
            if before is None:
                raise StudioError(
                    "summary.unknown",
                    tr("This summary is no longer there."),
                    tr("The model reads the whole text again, so there is nothing to reword."),
                )
            connection.execute(
                "UPDATE chat_summaries SET text = ? WHERE id = ?", [text, summary_id]
            )
        return before

    def remove(self, summary_id: str) -> None:
        """Let what one summary stands for be read again; those before it stay.

        Raises:
            StudioError: it cannot be deleted.
        """
        with self._database.transaction(synced=True) as connection:
            connection.execute("DELETE FROM chat_summaries WHERE id = ?", [summary_id])

    def take_away(self, branch: Sequence[Message]) -> list[Summary]:
        """Let the whole text of a branch be read again; return what :meth:`put` brings back.

        Raises:
            StudioError: they cannot be deleted.
        """
        with self._database.transaction(synced=True) as connection:
            found = self.on(branch)
            for each in found:
                connection.execute("DELETE FROM chat_summaries WHERE id = ?", [each.id])
            return found


def summary_row(summary: Summary) -> dict[str, Any]:
    """Return a summary as it is in the database."""
    return {
        "id": summary.id,
        "conversation_id": summary.conversation_id,
        "upto_message_id": summary.upto_message_id,
        "text": summary.text,
        "created_at": summary.created_at.astimezone(UTC).isoformat(timespec="microseconds"),
        "model": summary.model,
        "recipe": json.dumps(summary.recipe),
    }


def _summary(row: Mapping[str, Any]) -> Summary:
    return Summary(
        row["id"],
        row["conversation_id"],
        row["upto_message_id"],
        row["text"],
        datetime.fromisoformat(row["created_at"]),
        row["model"],
        json.loads(row["recipe"]),
    )
