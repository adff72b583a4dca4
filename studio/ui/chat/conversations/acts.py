"""Does what is chosen in the menu of a chat: pins, folders, tags, and the archive."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from studio.chat.conversation import Conversation
from studio.errors import StudioError
from studio.translation import tr
from studio.ui.chat.conversations.conversation_list import ConversationList
from studio.ui.chat.conversations.dialogs import name_dialog, tags_dialog
from studio.ui.chat.conversations.rows import title_of
from studio.ui.theme import Theme

if TYPE_CHECKING:
    from studio.chat.ordering import Ordering

Told = Callable[[str, Callable[[], object]], object]
_ACT = "order"


class ListActs(QObject):
    """Changes where chats stand.

    Args:
        chats: the list; its menu asks for all this, and its banner tells what is refused.
        ordering: asked for at need.
        told: gets a sentence about what was done, and what undoes it.
    """

    def __init__(
        self, theme: Theme, chats: ConversationList, ordering: Callable[[], Ordering], told: Told
    ) -> None:
        super().__init__(chats)
        self._theme = theme
        self._chats = chats
        self._ordering = ordering
        self._told = told
        menu = chats.list.menu
        menu.offer_order(self._folders)
        menu.pinning_requested.connect(self.pin)
        menu.moving_requested.connect(self.move)
        menu.archiving_requested.connect(self.archive)
        menu.tagging_requested.connect(self.ask_tags)
        menu.new_folder_requested.connect(self.ask_folder)
        menu.folder_renaming_requested.connect(self.ask_name)

    def pin(self, chat: Conversation, pinned: bool) -> None:
        """Keep a chat on top, or no longer."""
        self._do(lambda: self._ordering().pin(chat.id, pinned=pinned))

    def archive(self, chat: Conversation, archived: bool) -> None:
        """Put a chat into the archive, or bring it back."""
        title = title_of(chat)
        if archived:
            words = tr("Archived “{title}”.", title=title)
        else:
            words = tr("Brought back “{title}”.", title=title)
        self._do(
            lambda: self._ordering().archive(chat.id, archived=archived),
            words,
            lambda: self._ordering().archive(chat.id, archived=not archived),
        )

    def move(self, chat: Conversation, folder: str) -> None:
        """Put a chat into a folder; "" for none."""
        if folder == chat.folder:
            return
        title = title_of(chat)
        if folder:
            words = tr("Moved “{title}” into “{folder}”.", title=title, folder=folder)
        else:
            words = tr("Moved “{title}” out of “{folder}”.", title=title, folder=chat.folder)
        self._do(
            lambda: self._ordering().move(chat.id, folder),
            words,
            lambda: self._ordering().move(chat.id, chat.folder),
        )

    def ask_folder(self, chat: Conversation) -> None:
        """Ask for the name of a new folder, and put a chat into it."""

        def put(name: str) -> None:
            self._ordering().move(chat.id, name)
            self._chats.refresh()

        name_dialog(self._theme, self._chats.window(), tr("New folder"), "", put).open()

    def ask_name(self, folder: str) -> None:
        """Ask for another name of a folder."""

        def rename(name: str) -> None:
            self._ordering().rename_folder(folder, name)
            rows = self._chats.list.rows
            if folder in rows.folded:
                rows.folded = rows.folded - {folder} | {" ".join(name.split())}
            self._chats.refresh()

        name_dialog(self._theme, self._chats.window(), tr("Rename folder"), folder, rename).open()

    def ask_tags(self, chat: Conversation) -> None:
        """Ask for the tags of a chat."""

        def tag(tags: Sequence[str]) -> None:
            self._ordering().tag(chat.id, tags)
            self._chats.refresh()

        known = self._chats.trouble.tried(_ACT, lambda: self._ordering().tags())
        if known is not None:
            tags_dialog(self._theme, self._chats.window(), chat.tags, known, tag).open()

    def _do(
        self,
        act: Callable[[], object],
        words: str = "",
        undo: Callable[[], object] | None = None,
    ) -> None:
        if self._chats.trouble.tried(_ACT, lambda: (act(),)) is None:
            return
        self._chats.refresh()
        if undo is not None:
            self._told(words, lambda: self._do(undo))

    def _folders(self) -> Sequence[str]:
        try:
            return self._ordering().folders()
        except StudioError as error:  # the menu opens without them
            self._chats.banner.show_error(error)
            return ()
