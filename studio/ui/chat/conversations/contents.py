"""Which chats the list shows: all but the archived, these alone, or what a search has found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studio.chat.conversation import Conversation
from studio.chat.store import ConversationStore
from studio.ui.chat.conversations.found import Found
from studio.ui.chat.conversations.query import Query

if TYPE_CHECKING:
    from studio.chat.search.search import Hit


@dataclass(frozen=True, slots=True)
class Contents:
    """What is to be listed. ``found`` is the search that it answers; ``None`` for none.

    ``archived_count`` is not known, ``None``, while something is searched for.
    """

    conversations: list[Conversation]
    found: Found | None
    archived_count: int | None


@dataclass(slots=True)
class ListContents:
    """Reads the store. ``shows_archive`` chooses the archived chats while nothing is searched."""

    store: ConversationStore
    shows_archive: bool = False
    _words: str = ""
    _hits: Mapping[str, Hit] = field(default_factory=dict)

    def take(self, words: str, hits: Mapping[str, Hit]) -> None:
        """Show what was found in messages, too, while just these words are searched for."""
        self._words, self._hits = words, hits

    def read(self, query: Query) -> Contents:
        """Return what is to be shown.

        Raises:
            StudioError: the data cannot be read.
        """
        hits = self._hits if self._words == query.words else {}
        chats = self.store.list(matching=query.words, also=hits.keys())
        if query:
            kept = [each for each in chats if query.allows(each.tags)]
            return Contents(kept, Found(query.words, hits, query.tags), None)
        archived = [each for each in chats if each.archived]
        self.shows_archive = self.shows_archive and bool(archived)
        listed = archived if self.shows_archive else [each for each in chats if not each.archived]
        return Contents(listed, None, len(archived))
