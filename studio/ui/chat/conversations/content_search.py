"""Finds chats by what was said in them, beside their titles, without holding up the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from studio.ui.chat.conversations.conversation_list import ConversationList
from studio.ui.chat.conversations.query import parse_query
from studio.ui.relay import Relay

if TYPE_CHECKING:
    from studio.chat.search.search import Hit, Search

_AT_MOST = 400
_PATIENCE_S = 0.3


class ContentSearch(QObject):
    """Looks, in the background, for what is typed into the list's search field.

    Args:
        chats: shows the titles that match at once, and what is found here when it comes.
        search: asked for in the background only.
        background: runs work off the window's thread, one piece after another.
    """

    def __init__(
        self,
        chats: ConversationList,
        search: Callable[[], Search],
        background: Callable[[Callable[[], None]], object],
    ) -> None:
        super().__init__(chats)
        self._chats = chats
        self._search = search
        self._background = background
        self._wanted = ""
        self._tell = Relay(self).wrap(chats.show_also)
        chats.search.searched.connect(self._on_searched)
        self._on_searched(chats.search.text())  # what was typed before this was here

    def index(self) -> None:
        """Take in, a moment at a time, what was said since; other work goes in between."""
        self._background(self._index)

    def _index(self) -> None:
        if self._search().refresh(patience_s=_PATIENCE_S):
            self.index()

    def _on_searched(self, text: str) -> None:
        self._wanted = words = parse_query(text).words
        if words:
            self._chats.expect_also(words)
            self._background(lambda: self._look(words))

    def _look(self, words: str) -> None:
        if words != self._wanted:
            return  # more was typed since
        found: dict[str, Hit] = {}
        try:
            # Two, for the first may be the title, and what was said stands below that.
            hits = self._search().find(words, _AT_MOST, per_conversation=2, patience_s=_PATIENCE_S)
            for hit in hits:
                known = found.get(hit.conversation_id)
                if known is None or known.message_id is None:
                    found[hit.conversation_id] = hit
        finally:  # whatever failed, which the window tells, the list must not wait for ever
            self._tell(words, found)
