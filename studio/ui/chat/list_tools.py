"""Puts together what the list of chats can do beyond listing: find, order, export and import."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Protocol

from studio.ui.chat.conversations.acts import ListActs
from studio.ui.chat.conversations.content_search import ContentSearch
from studio.ui.chat.conversations.folds import FoldKeeper
from studio.ui.chat.conversations.hits import HitOpener
from studio.ui.chat.conversations.many import ManyActs
from studio.ui.chat.conversations.watch import ListWatch
from studio.ui.chat.presets.watch import PresetWatch
from studio.ui.chat.taking_up import TakingUp
from studio.ui.chat.transfer.transfers import ListTransfers

if TYPE_CHECKING:
    from studio.chat.ordering import Ordering
    from studio.chat.presets.presets import Presets
    from studio.chat.search.search import Search
    from studio.chat.session import ChatSession
    from studio.chat.store import ConversationStore
    from studio.chat.transfer.archives import Archives
    from studio.chat.tree import ConversationTree
    from studio.storage.database import Database
    from studio.ui.chat.tab import ChatTab
    from studio.ui.chat.transfer.transfer_work import IsStopped
    from studio.ui.theme import Theme
    from studio.ui.widgets.toast import Toasts


class Sources(Protocol):
    """What all this works on; see :class:`studio.assembly.Parts`."""

    conversations: ConversationStore
    database: Database

    @property
    def archives(self) -> Archives:
        """The conversations as whole values."""

    @property
    def presets(self) -> Presets:
        """The presets there are."""

    @property
    def search(self) -> Search:
        """Finds what was said."""

    @property
    def tree(self) -> ConversationTree:
        """The branches of conversations."""

    @property
    def session(self) -> ChatSession:
        """What holds conversations."""

    def background(self, work: Callable[[], None]) -> None:
        """Run something off the window's thread."""

    def transfer(self, work: Callable[[IsStopped], None]) -> None:
        """Do the same with what takes long."""


def equip(tab: ChatTab, theme: Theme, parts: Sources, toasts: Toasts) -> ContentSearch:
    """Give the list of a Chat room its tools; return the search, whose index is to be kept up."""
    chats, store = tab.list, parts.conversations

    def ordering() -> Ordering:
        # Needed at the first menu, not at the start.
        from studio.chat.ordering import Ordering

        return Ordering(parts.database)

    def show_again(conversation_id: str) -> None:
        tab.begin_new()
        tab.open(conversation_id)

    def is_busy() -> bool:
        return parts.session.running_in is not None

    def leave(trashed: Collection[str]) -> None:
        if parts.session.running_in in trashed:
            parts.session.stop()
        if tab.conversation_id in trashed:
            tab.begin_new()

    ListActs(theme, chats, ordering, toasts.show_words)
    ManyActs(theme, chats, store, ordering, toasts.show_words, leave)
    FoldKeeper(chats, ordering)
    watch = ListWatch(chats, parts.database, is_busy, parts.background)
    taking_up = TakingUp(tab, store, lambda: parts.tree, is_busy, parts.background)
    watch.written.connect(taking_up.look)
    presets = PresetWatch(lambda: parts.presets, tab.choices.load, parts.background, tab)
    watch.written.connect(presets.look)
    ListTransfers(theme, chats, store, lambda: parts.archives, ordering, parts.transfer)
    HitOpener(
        chats,
        store,
        lambda: parts.tree,
        tab.work,
        tab.open,
        show_again,
        lambda: tab.conversation_id,
        lambda: parts.session.running_in,
    )
    return ContentSearch(chats, lambda: parts.search, parts.background)
