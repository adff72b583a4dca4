"""Keeps conversations in order: folders, tags, pins and the archive."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

from studio.chat.reader import ConversationReader
from studio.errors import StudioError
from studio.translation import tr

if TYPE_CHECKING:
    from studio.chat.conversation import Conversation
    from studio.storage.database import Database

_NAME_CHARACTERS = 60


class Ordering:
    """Changes where conversations stand. May be used from any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._reader = ConversationReader(database)

    def pin(self, conversation_id: str, *, pinned: bool) -> Conversation:
        """Keep a conversation at the top of the list, or no longer."""
        return self._change(conversation_id, pinned=pinned)

    def archive(self, conversation_id: str, *, archived: bool) -> Conversation:
        """Take a conversation out of the list without trashing it, or bring it back."""
        return self._change(conversation_id, archived=archived)

    def move(self, conversation_id: str, folder: str) -> Conversation:
        """Put a conversation into a folder, which exists while something is in it; "" for none.

        Raises:
            StudioError: ``conversation.unknown``; ``name.too_long``.
        """
        return self._change(conversation_id, folder=_name(folder))

    def tag(self, conversation_id: str, tags: Iterable[str]) -> Conversation:
        """Give a conversation exactly these tags; the same twice in other letters counts once.

        Raises:
            StudioError: ``conversation.unknown``; ``name.too_long``.
        """
        wanted = {name.casefold(): name for tag in tags if (name := _name(tag))}
        return self._change(conversation_id, tags=json.dumps(sorted(wanted.values())))

    def rename_folder(self, folder: str, name: str) -> int:
        """Give a folder another name, or join it to the one of that name; return how many moved."""
        with self._database.transaction() as connection:
            moved = connection.execute(
                "UPDATE chat_conversations SET folder = ? WHERE folder = ?", [_name(name), folder]
            )
            connection.execute(
                "UPDATE OR REPLACE chat_folded SET folder = ? WHERE folder = ?",
                [_name(name), folder],
            )
            return int(moved.rowcount)

    def folders(self) -> list[str]:
        """Return the names of all folders that something is in, by name."""
        return self._names("SELECT DISTINCT folder AS name FROM chat_conversations")

    def fold(self, folder: str, *, folded: bool) -> None:
        """Remember whether what is in a folder is folded away.

        Raises:
            StudioError: the data cannot be written.
        """
        with self._database.transaction() as connection:
            connection.execute(
                "DELETE FROM chat_folded WHERE folder = ? OR folder NOT IN"
                " (SELECT folder FROM chat_conversations)",
                [folder],
            )
            if folded:
                connection.execute("INSERT INTO chat_folded (folder) VALUES (?)", [folder])

    def folded(self) -> set[str]:
        """Return the folders that are folded away.

        Raises:
            StudioError: the data cannot be read.
        """
        with self._database.reading() as connection:
            return {row["folder"] for row in connection.query("SELECT folder FROM chat_folded")}

    def tags(self) -> list[str]:
        """Return all tags in use, by name."""
        return self._names("SELECT DISTINCT value AS name FROM chat_conversations, json_each(tags)")

    def _names(self, query: str) -> list[str]:
        kept = f"{query} WHERE trashed_at IS NULL"
        with self._database.reading() as connection:
            names = [row["name"] for row in connection.query(kept)]
        return sorted(filter(None, names), key=str.casefold)

    def _change(self, conversation_id: str, **changes: object) -> Conversation:
        with self._database.transaction() as connection:
            self._reader.get(conversation_id)
            connection.table("chat_conversations").update(conversation_id, changes)
            return self._reader.get(conversation_id)


def _name(text: str) -> str:
    name = " ".join(text.split())
    if len(name) > _NAME_CHARACTERS:
        raise StudioError(
            "name.too_long",
            tr(
                "A name may have at most {most} characters; this one has {count}.",
                most=_NAME_CHARACTERS,
                count=len(name),
            ),
            tr("Choose a shorter one."),
        )
    return name
