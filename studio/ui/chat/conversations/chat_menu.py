"""The menu of a chat in the list: what can be done with it, and the keys that do the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from studio.chat.conversation import Conversation
from studio.translation import tr
from studio.ui.chat.conversations.sections import Folder

_MOST = 40
_WIDEST = 36


class ChatMenu(QMenu):
    """Asks, for the chat or folder it was opened for, for what was chosen.

    Each signal carries the conversation or several, or a folder's name, and what is wanted. Until
    :meth:`offer_order` there is only renaming and the trash.
    """

    renaming_requested = Signal(object)
    removal_requested = Signal(object)
    pinning_requested = Signal(object, bool)
    moving_requested = Signal(object, str)
    new_folder_requested = Signal(object)
    tagging_requested = Signal(object)
    archiving_requested = Signal(object, bool)
    export_requested = Signal(object)
    many_moving_requested = Signal(list, str)
    new_folder_for_many_requested = Signal(list)
    many_archiving_requested = Signal(list, bool)
    many_export_requested = Signal(list)
    many_removal_requested = Signal(list)
    folding_requested = Signal(str)
    folder_renaming_requested = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("conversation_menu")
        self.setAccessibleName(tr("Chat"))
        self.setToolTipsVisible(True)
        self._folders: Callable[[], Sequence[str]] | None = None
        self._is_exporting = False
        self._more: list[tuple[str, Callable[[Conversation], object]]] = []
        self._submenus: list[QMenu] = []

    def offer_order(self, folders: Callable[[], Sequence[str]]) -> None:
        """Offer pins, folders, tags and the archive, too."""
        self._folders = folders

    def offer_export(self) -> None:
        """Offer to export, too."""
        self._is_exporting = True

    def offer_more(self, words: str, act: Callable[[Conversation], object]) -> None:
        """Offer to do something else with a chat."""
        self._more.append((words, act))

    def show_chat(self, chat: Conversation) -> None:
        """Hold what can be done with a chat."""
        self._empty()
        self._add(tr("Rename"), lambda: self.renaming_requested.emit(chat), "F2")
        for words, act in self._more:
            self._add(words, partial(act, chat))
        if self._folders is not None:
            pin = tr("Unpin") if chat.pinned else tr("Pin")
            self._add(pin, lambda: self.pinning_requested.emit(chat, not chat.pinned))
            self._add_folders(
                chat.folder,
                self._folders(),
                lambda name: self.moving_requested.emit(chat, name),
                lambda: self.new_folder_requested.emit(chat),
            )
            self._add(tr("Tags…"), lambda: self.tagging_requested.emit(chat))
        self.addSeparator()
        if self._is_exporting:
            self._add(tr("Export…"), lambda: self.export_requested.emit(chat))
        if self._folders is not None:
            words = tr("Bring back") if chat.archived else tr("Archive", "an act")
            self._add(words, lambda: self.archiving_requested.emit(chat, not chat.archived))
        self._add(tr("Move to trash"), lambda: self.removal_requested.emit(chat), "Del")

    def show_chats(self, chats: Sequence[Conversation]) -> None:
        """Hold what can be done with several chats at once."""
        self._empty()
        every = list(chats)
        if self._folders is not None:
            folders = {chat.folder for chat in chats}
            self._add_folders(
                folders.pop() if len(folders) == 1 else None,
                self._folders(),
                lambda name: self.many_moving_requested.emit(every, name),
                lambda: self.new_folder_for_many_requested.emit(every),
            )
        if self._is_exporting:
            self._add(tr("Export…"), lambda: self.many_export_requested.emit(every))
        if self._folders is not None:
            archives = not all(chat.archived for chat in chats)
            words = tr("Archive", "an act") if archives else tr("Bring back")
            self._add(words, lambda: self.many_archiving_requested.emit(every, archives))
        self._add(tr("Move to trash"), lambda: self.many_removal_requested.emit(every), "Del")

    def show_folder(self, folder: Folder) -> None:
        """Hold what can be done with a folder."""
        self._empty()
        words = tr("Unfold") if folder.is_folded else tr("Fold")
        self._add(words, lambda: self.folding_requested.emit(folder.name), "Return")
        if self._folders is not None:
            self._add(
                tr("Rename folder…"), lambda: self.folder_renaming_requested.emit(folder.name)
            )

    def action(self, words: str) -> QAction:
        """Return the line that says this.

        Raises:
            LookupError: there is none.
        """
        for menu in (self, *self._submenus):
            for action in menu.actions():
                if action.text().partition("\t")[0] == words:
                    return action
        raise LookupError(words)

    def _add_folders(
        self,
        current: str | None,
        folders: Sequence[str],
        move: Callable[[str], object],
        ask: Callable[[], object],
    ) -> None:
        menu = QMenu(tr("Move to folder"), self)
        menu.setObjectName("folder_menu")
        menu.setAccessibleName(tr("Move to folder"))
        group = QActionGroup(menu)
        for name in ["", *folders[:_MOST]]:
            words = name if len(name) <= _WIDEST else f"{name[: _WIDEST - 1]}…"
            action = menu.addAction(words.replace("&", "&&") if name else tr("No folder"))
            action.setCheckable(True)
            action.setChecked(current == name)
            action.triggered.connect(lambda _on, name=name: move(name))
            group.addAction(action)
        menu.addSeparator()
        menu.addAction(tr("New folder…")).triggered.connect(lambda: ask())
        self._submenus.append(menu)
        self.addMenu(menu)

    def _add(self, words: str, act: Callable[[], object], key: str = "") -> None:
        keys = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
        self.addAction(f"{words}\t{keys}" if keys else words).triggered.connect(lambda: act())

    def _empty(self) -> None:
        self.clear()
        for menu in self._submenus:
            menu.deleteLater()
        self._submenus.clear()
