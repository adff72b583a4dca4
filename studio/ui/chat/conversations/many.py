"""Does with several chats at once what their menu offers: folder, archive, export, trash."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from studio.chat.conversation import Conversation
from studio.errors import StudioError
from studio.translation import tr
from studio.ui.chat.conversations.acts import Told
from studio.ui.chat.conversations.conversation_list import ConversationList
from studio.ui.chat.conversations.dialogs import name_dialog
from studio.ui.theme import Theme

if TYPE_CHECKING:
    from studio.chat.ordering import Ordering
    from studio.chat.store import ConversationStore

Chats = Sequence[Conversation]
Act = Callable[[Conversation], object]


class ManyActs(QObject):
    """Changes where several chats stand. What fails at one of them is told; the others stay done.

    Args:
        chats: the list; its menu asks for all this.
        ordering: asked for at need.
        told: gets a sentence about what was done, and what undoes it.
        leave: called with the ids of chats that go to the trash, before they do.
    """

    def __init__(
        self,
        theme: Theme,
        chats: ConversationList,
        store: ConversationStore,
        ordering: Callable[[], Ordering],
        told: Told,
        leave: Callable[[Collection[str]], object],
    ) -> None:
        super().__init__(chats)
        self._theme = theme
        self._chats = chats
        self._store = store
        self._ordering = ordering
        self._told = told
        self._leave = leave
        menu = chats.list.menu
        menu.many_moving_requested.connect(self.move)
        menu.many_archiving_requested.connect(self.archive)
        menu.many_removal_requested.connect(self.trash)
        menu.new_folder_for_many_requested.connect(self.ask_folder)

    def move(self, chats: Chats, folder: str) -> None:
        """Put chats into a folder; "" for none."""
        self._do(
            [chat for chat in chats if chat.folder != folder],
            lambda chat: self._ordering().move(chat.id, folder),
            lambda chat: self._ordering().move(chat.id, chat.folder),
            lambda count: _moved(count, folder),
        )

    def ask_folder(self, chats: Chats) -> None:
        """Ask for the name of a new folder, and put chats into it."""

        def put(name: str) -> None:
            try:
                for chat in chats:
                    self._ordering().move(chat.id, name)
            finally:  # those before one that is refused are there
                self._chats.refresh()

        name_dialog(self._theme, self._chats.window(), tr("New folder"), "", put).open()

    def archive(self, chats: Chats, archived: bool) -> None:
        """Put chats into the archive, or bring them back."""
        self._do(
            [chat for chat in chats if chat.archived is not archived],
            lambda chat: self._ordering().archive(chat.id, archived=archived),
            lambda chat: self._ordering().archive(chat.id, archived=not archived),
            lambda count: _archived(count) if archived else _brought_back(count),
        )

    def trash(self, chats: Chats) -> None:
        """Move chats to the trash."""
        self._leave({chat.id for chat in chats})
        self._do(
            chats,
            lambda chat: self._store.trash(chat.id),
            lambda chat: self._store.restore(chat.id),
            _trashed,
        )

    def _do(self, chats: Chats, act: Act, undo: Act, words: Callable[[int], str]) -> None:
        done = self._done(chats, act)
        if done:
            self._told(words(len(done)), lambda: self._done(done, undo))

    def _done(self, chats: Chats, act: Act) -> list[Conversation]:
        """Act on each chat until one is refused; return those that it was done to."""
        done: list[Conversation] = []
        refusal: StudioError | None = None
        for chat in chats:
            try:
                act(chat)
            except StudioError as error:
                refusal = error
                break
            done.append(chat)
        self._chats.refresh()
        if refusal is not None:
            self._chats.banner.show_error(refusal)
        return done


def _moved(count: int, folder: str) -> str:
    if folder:
        return tr(
            "Moved 1 chat into “{folder}”.",
            "Moved %n chats into “{folder}”.",
            count,
            folder=folder,
        )
    return tr("Moved 1 chat out of its folder.", "Moved %n chats out of their folders.", count)


def _archived(count: int) -> str:
    return tr("Archived 1 chat.", "Archived %n chats.", count)


def _brought_back(count: int) -> str:
    return tr("Brought back 1 chat.", "Brought back %n chats.", count)


def _trashed(count: int) -> str:
    return tr("Moved 1 chat to the trash.", "Moved %n chats to the trash.", count)
