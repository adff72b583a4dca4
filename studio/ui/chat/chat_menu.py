"""The menu of a chat in the list: what can be done with it, and the keys that do the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from studio.chat.conversation import Conversation
from studio.ui.chat.list_sections import Folder

_MOST = 40
_WIDEST = 36


class ChatMenu(QMenu):
    """Asks, for the chat or folder it was opened for, for what was chosen.

    Each signal carries the conversation, or the name of the folder, and what is wanted. Until
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
    folding_requested = Signal(str)
    folder_renaming_requested = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("conversation_menu")
        self.setAccessibleName("Chat")
        self.setToolTipsVisible(True)
        self._folders: Callable[[], Sequence[str]] | None = None
        self._is_exporting = False
        self._submenus: list[QMenu] = []

    def offer_order(self, folders: Callable[[], Sequence[str]]) -> None:
        """Offer pins, folders, tags and the archive, too."""
        self._folders = folders

    def offer_export(self) -> None:
        """Offer to export, too."""
        self._is_exporting = True

    def show_chat(self, chat: Conversation) -> None:
        """Hold what can be done with a chat."""
        self._empty()
        self._add("Rename", lambda: self.renaming_requested.emit(chat), "F2")
        if self._folders is not None:
            pin = "Unpin" if chat.pinned else "Pin"
            self._add(pin, lambda: self.pinning_requested.emit(chat, not chat.pinned))
            self._add_folders(chat, self._folders())
            self._add("Tags…", lambda: self.tagging_requested.emit(chat))
        self.addSeparator()
        if self._is_exporting:
            self._add("Export…", lambda: self.export_requested.emit(chat))
        if self._folders is not None:
            words = "Bring back" if chat.archived else "Archive"
            self._add(words, lambda: self.archiving_requested.emit(chat, not chat.archived))
        self._add("Move to trash", lambda: self.removal_requested.emit(chat), "Del")

    def show_folder(self, folder: Folder) -> None:
        """Hold what can be done with a folder."""
        self._empty()
        words = "Unfold" if folder.is_folded else "Fold"
        self._add(words, lambda: self.folding_requested.emit(folder.name), "Return")
        if self._folders is not None:
            self._add("Rename folder…", lambda: self.folder_renaming_requested.emit(folder.name))

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

    def _add_folders(self, chat: Conversation, folders: Sequence[str]) -> None:
        menu = QMenu("Move to folder", self)
        menu.setObjectName("folder_menu")
        menu.setAccessibleName("Move to folder")
        group = QActionGroup(menu)
        for name in ["", *folders[:_MOST]]:
            words = name if len(name) <= _WIDEST else f"{name[: _WIDEST - 1]}…"
            action = menu.addAction(words.replace("&", "&&") if name else "No folder")
            action.setCheckable(True)
            action.setChecked(chat.folder == name)
            action.triggered.connect(lambda _on, name=name: self.moving_requested.emit(chat, name))
            group.addAction(action)
        menu.addSeparator()
        menu.addAction("New folder…").triggered.connect(
            lambda: self.new_folder_requested.emit(chat)
        )
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
