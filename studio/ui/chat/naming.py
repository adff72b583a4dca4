"""Shows the titles that the model gives to chats, and asks for another one from the list's menu."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from studio.errors import StudioError, in_words
from studio.translation import tr
from studio.ui.chat.conversations.rows import title_of
from studio.ui.relay import Relay

if TYPE_CHECKING:
    from studio.chat.conversation import Conversation
    from studio.chat.session import ChatSession
    from studio.chat.store import ConversationStore
    from studio.ui.chat.conversations.conversation_list import ConversationList
    from studio.ui.widgets.toast import Toasts


class Naming(QObject):
    """Has new chats named while ``is_wanted`` says so.

    Args:
        session: asked for at once.
        store: takes a title back.
    """

    def __init__(
        self,
        chats: ConversationList,
        store: ConversationStore,
        session: Callable[[], ChatSession],
        toasts: Toasts,
        is_wanted: Callable[[], bool],
    ) -> None:
        super().__init__(chats)
        self._chats = chats
        self._store = store
        self._session = session
        self._toasts = toasts
        self._relay = Relay(self)
        titles = session().titles
        titles.want(is_wanted)
        titles.observe(self._relay.wrap(lambda _key: chats.refresh()))
        chats.list.menu.offer_more(tr("Name it anew"), self.name_anew)

    def name_anew(self, chat: Conversation) -> None:
        """Have the model make another title of a chat; it comes when it is found."""
        told = self._relay.wrap(self._on_named)
        try:
            naming = self._session().name_anew(chat.id)
        except StudioError as error:
            self._chats.banner.show_error(error)
            return
        self._toasts.show_words(tr("Looking for a title…"))
        naming.add_done_callback(
            lambda done: None if done.cancelled() else told(chat, done.exception())
        )

    def _on_named(self, before: Conversation, error: Exception | None) -> None:
        if error is not None:
            self._toasts.dismiss()
            self._chats.banner.show_error(in_words(error))
            return
        self._chats.refresh()
        named = self._chats.trouble.tried("rename", lambda: self._store.get(before.id))
        if named is None:
            return
        words = tr("Named “{title}”.", title=title_of(named))
        self._toasts.show_words(words, lambda: self._take_back(before))

    def _take_back(self, before: Conversation) -> None:
        self._chats.trouble.tried("rename", lambda: self._store.put_title(before))
        self._chats.refresh()
