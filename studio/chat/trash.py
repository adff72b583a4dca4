"""The trash of the conversations: moved there, taken out again, or deleted for good."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from studio.chat import purging
from studio.chat.conversation import Conversation
from studio.chat.reader import ConversationReader
from studio.errors import StudioError
from studio.storage.database import Database
from studio.translation import tr


class ConversationTrash(ConversationReader):
    """Conversations that can be thrown away. Every method may be called from any thread.

    Args:
        finish_purge: deletes the messages of a conversation that is gone, as
            :func:`studio.chat.purging.finish`, at once or soon; by default at once.
    """

    def __init__(
        self, database: Database, finish_purge: Callable[[str], None] | None = None
    ) -> None:
        super().__init__(database)
        self._finish_purge = finish_purge or (lambda key: purging.finish(database, key))

    def trash(self, conversation_id: str) -> None:
        """Move a conversation to the trash."""
        moment = datetime.now(UTC).isoformat(timespec="microseconds")
        self._change(conversation_id, trashed_at=moment)

    def trashed_count(self) -> int:
        """Return how many conversations lie in the trash."""
        query = (
            "SELECT COUNT(*) AS number FROM chat_conversations"
            " WHERE trashed_at IS NOT NULL AND NOT purged"
        )
        return int(self._rows(query)[0]["number"])

    def restore(self, conversation_id: str) -> None:
        """Take a conversation out of the trash."""
        self._change(conversation_id, trashed_at=None)

    def purge(self, conversation_id: str) -> None:
        """Delete a conversation in the trash for good, with all its messages.

        It is gone at once for all who read; its messages go a few at a time.

        Raises:
            StudioError: ``conversation.unknown``; ``conversation.not_trashed``, so that nothing is
                deleted that could not be looked at in the trash first.
        """
        with self._database.transaction(synced=True) as connection:
            if self.get(conversation_id).trashed_at is None:
                raise StudioError(
                    "conversation.not_trashed",
                    tr("This conversation is not in the trash."),
                    tr("Move it to the trash first."),
                )
            purging.mark(connection, conversation_id)
        self._finish_purge(conversation_id)

    def _change(self, conversation_id: str, **changes: object) -> Conversation:
        with self._database.transaction() as connection:
            self.get(conversation_id)
            connection.table("chat_conversations").update(conversation_id, changes)
            return self.get(conversation_id)
