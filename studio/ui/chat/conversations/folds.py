"""Remembers which folders of the list of chats are folded, beyond the end of the program."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from studio.ui.chat.conversations.conversation_list import ConversationList

if TYPE_CHECKING:
    from studio.chat.ordering import Ordering

_ACT = "fold"


class FoldKeeper(QObject):
    """Folds what was folded when the program ended, and keeps what the person folds from now on.

    Args:
        ordering: asked for once at the start, then whenever a folder is turned.
    """

    def __init__(self, chats: ConversationList, ordering: Callable[[], Ordering]) -> None:
        super().__init__(chats)
        self._chats = chats
        self._ordering = ordering
        folded = chats.trouble.tried(_ACT, lambda: ordering().folded())
        if folded:
            chats.list.rows.folded = folded
            chats.refresh()
        chats.list.folder_turned.connect(self._on_turned)

    def _on_turned(self, name: str) -> None:
        is_folded = name in self._chats.list.rows.folded
        self._chats.trouble.tried(_ACT, lambda: self._kept(name, is_folded))

    def _kept(self, name: str, is_folded: bool) -> bool:
        self._ordering().fold(name, folded=is_folded)
        return True
