"""The left side of the Chat room: the chats, or in their place those in the trash."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget

from studio.chat.conversation import Conversation
from studio.chat.store import ConversationStore
from studio.errors import StudioError
from studio.ui.chat.conversation_days import age_words, exact_words, local_now
from studio.ui.chat.conversation_list import ConversationList
from studio.ui.chat.conversation_rows import title_of
from studio.ui.theme import Theme
from studio.ui.widgets.trash_pane import TrashPane
from studio.ui.widgets.trash_rows import TrashItem

_LOSS = "Every message in it goes."


class ChatSide(QStackedWidget):
    """Holds the list and the trash; ``told`` carries a sentence about what was done.

    ``purge`` deletes a conversation in the trash for good, with all that was kept for it.
    """

    told = Signal(str)

    def __init__(
        self,
        theme: Theme,
        store: ConversationStore,
        purge: Callable[[str], object],
        now: Callable[[], datetime] = local_now,
    ) -> None:
        super().__init__()
        self._store = store
        self._delete_for_good = purge
        self._now = now
        self.list = ConversationList(theme, store, now, load=False)
        self.trash = TrashPane(theme, "Trash", "Chats", "chat_trash", Qt.TextElideMode.ElideRight)
        self.addWidget(self.list)
        self.addWidget(self.trash)
        self.list.listed.connect(self._count)
        self.list.trash_requested.connect(self.show_trash)
        self.trash.left.connect(self.show_list)
        self.trash.restored.connect(self._restore)
        self.trash.deleted.connect(self._purge)

    def focus_search(self) -> None:
        """Begin a search among the chats."""
        self.setCurrentWidget(self.list)
        self.list.focus_search()

    def show_trash(self) -> None:
        """Show what is in the trash in place of the chats."""
        self.trash.banner.hide()
        self._read()
        self.setCurrentWidget(self.trash)
        self.trash.focus_list()

    def show_list(self) -> None:
        """Show the chats again."""
        self.setCurrentWidget(self.list)
        self.list.list.setFocus()

    def _restore(self, conversation_id: str) -> None:
        title = self._title(conversation_id)
        if self._done(lambda: self._store.restore(conversation_id)):
            self.told.emit(f"“{title}” is among your chats again.")

    def _purge(self, conversation_id: str) -> None:
        self._done(lambda: self._delete_for_good(conversation_id))

    def _done(self, act: Callable[[], object]) -> bool:
        """Act and read the trash again; return whether it could be done."""
        try:
            act()
        except StudioError as error:
            self.trash.banner.show_error(error)
            return False
        self.trash.banner.hide()
        self.list.refresh()
        if not self._read():
            self.show_list()
        return True

    def _read(self) -> list[Conversation]:
        found = self._trashed()
        self.trash.set_items([self._item(conversation) for conversation in found])
        return found

    def _count(self) -> None:
        self.list.trash.tell(len(self._trashed()))

    def _trashed(self) -> list[Conversation]:
        try:
            found = self._store.list(trashed=True)
        except StudioError as error:
            self.trash.banner.show_error(error)
            return []
        return sorted(found, key=_trashed_at, reverse=True)

    def _item(self, conversation: Conversation) -> TrashItem:
        now, moment = self._now(), _trashed_at(conversation)
        about = f"In the trash since {exact_words(moment, now)}"
        return TrashItem(
            conversation.id, title_of(conversation), age_words(moment, now), about, _LOSS
        )

    def _title(self, conversation_id: str) -> str:
        found = (each for each in self._trashed() if each.id == conversation_id)
        return next((title_of(each) for each in found), "")


def _trashed_at(conversation: Conversation) -> datetime:
    return conversation.trashed_at or conversation.updated_at
