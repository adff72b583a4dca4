"""The left side of the Chat room: the chats, or in their place those in the trash."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QStackedWidget

from studio.chat.conversation import Conversation
from studio.chat.store import ConversationStore
from studio.errors import StudioError
from studio.translation import mark, tr
from studio.ui.chat.choices import Background
from studio.ui.chat.conversations.conversation_list import ConversationList
from studio.ui.chat.conversations.days import age_words, exact_words, local_now
from studio.ui.chat.conversations.rows import title_of
from studio.ui.relay import Relay
from studio.ui.theme import Theme
from studio.ui.widgets.trash_pane import TrashPane
from studio.ui.widgets.trash_rows import TrashItem

_LOSS = mark("Every message in it goes.")


class ChatSide(QStackedWidget):
    """Holds the list and the trash; ``told`` carries a sentence about what was done.

    ``purge`` deletes a conversation in the trash for good, with all that was kept for it, which
    takes a while: ``background`` runs it off the window's thread, if there is one.
    """

    told = Signal(str)

    def __init__(
        self,
        theme: Theme,
        store: ConversationStore,
        purge: Callable[[str], object],
        background: Background | None = None,
        now: Callable[[], datetime] = local_now,
    ) -> None:
        super().__init__()
        self._store = store
        self._delete_for_good = purge
        self._background = background
        self._relay = Relay(self)
        self._leaving: set[str] = set()
        self._now = now
        self.list = ConversationList(theme, store, now, load=False)
        self.trash = TrashPane(
            theme, tr("Trash"), tr("Chats"), "chat_trash", Qt.TextElideMode.ElideRight
        )
        self.addWidget(self.list)
        self.addWidget(self.trash)
        self.list.listed.connect(self._on_listed)
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
        try:
            title = title_of(self._store.get(conversation_id))
            self._store.restore(conversation_id)
        except StudioError as error:
            self._tell(error)
            return
        self.trash.banner.hide()
        self.list.refresh()
        self.told.emit(tr("“{title}” is among your chats again.", title=title))

    def _purge(self, conversation_id: str) -> None:
        self._leaving.add(conversation_id)
        self.trash.banner.hide()
        self._read()
        tell = self._relay.wrap(self._on_purged)

        def delete() -> None:
            refusal: StudioError | None = None
            try:
                self._delete_for_good(conversation_id)
            except StudioError as error:
                refusal = error
            finally:
                tell(conversation_id, refusal)

        if self._background is None:
            delete()
        else:
            self._background(delete)

    def _on_purged(self, conversation_id: str, refusal: StudioError | None) -> None:
        self._leaving.discard(conversation_id)
        if refusal is None:
            self._on_listed()
        else:
            self._tell(refusal)

    def _tell(self, error: StudioError) -> None:
        """Show why something in the trash was not done, and what lies there now."""
        self._on_listed()
        is_here = self.currentWidget() is self.trash
        banner = self.trash.banner if is_here else self.list.banner
        banner.show_error(error)

    def _on_listed(self) -> None:
        """Show what the trash has by now; an empty one gives way to the chats."""
        if self.currentWidget() is not self.trash:
            self._count()
        elif self._read() == 0 and not self._leaving:
            self._give_way()

    def _give_way(self) -> None:
        """Show the chats again, and take the keyboard focus along if it was in the trash."""
        focused = QApplication.focusWidget()
        if focused is not None and self.trash.isAncestorOf(focused):
            self.show_list()
        else:
            self.setCurrentWidget(self.list)

    def _read(self) -> int | None:
        """Read the trash again; return how much of it stays, if it could be read."""
        try:
            trashed = self._store.list(trashed=True)
        except StudioError as error:
            self.trash.banner.show_error(error)
            return None
        found = [each for each in trashed if each.id not in self._leaving]
        self.trash.set_items([self._item(conversation) for conversation in found])
        self.list.trash.tell(len(found))
        return len(found)

    def _count(self) -> None:
        try:
            number = self._store.trashed_count()
        except StudioError as error:
            self.list.banner.show_error(error)
            return
        self.list.trash.tell(max(0, number - len(self._leaving)))

    def _item(self, conversation: Conversation) -> TrashItem:
        now, moment = self._now(), _trashed_at(conversation)
        about = tr("In the trash since {moment}", moment=exact_words(moment, now))
        return TrashItem(
            conversation.id, title_of(conversation), age_words(moment, now), about, tr(_LOSS)
        )


def _trashed_at(conversation: Conversation) -> datetime:
    return conversation.trashed_at or conversation.updated_at
