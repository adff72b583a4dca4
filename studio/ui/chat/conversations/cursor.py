"""Keeps the cursor of the list of chats where it was while rows come and go."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex

from studio.ui.chat.conversations.rows import ConversationRows
from studio.ui.chat.conversations.view import ConversationView


class Cursor:
    """Where the cursor and the page of a list are, taken before its rows change."""

    def __init__(self, view: ConversationView, rows: ConversationRows) -> None:
        self._view = view
        self._rows = rows
        self._chat = view.conversation()
        self._folder = view.folder()
        self._chosen = [chat.id for chat in view.chosen()]
        self._row = view.currentIndex().row()
        self._place = view.verticalScrollBar().value()

    def put_back(self) -> None:
        """Have the cursor on its row again, or on the one now in its place."""
        if self._chat is not None:
            put_cursor(self._view, self._kept(self._rows.index_of(self._chat.id)))
        elif self._folder is not None:
            put_cursor(self._view, self._kept(self._rows.folder_index(self._folder.name)))
        self._view.choose(self._chosen)
        self._view.verticalScrollBar().setValue(self._place)

    def _kept(self, found: QModelIndex) -> QModelIndex:
        if found.isValid():
            return found
        row = min(self._row, self._rows.rowCount() - 1)
        below = self._rows.neighbour(row, 1)
        return below if below.isValid() else self._rows.neighbour(row, -1)


def put_cursor(view: ConversationView, index: QModelIndex) -> None:
    """Move the cursor without scrolling to it."""
    automatic = view.hasAutoScroll()
    view.setAutoScroll(False)
    view.go_to(index)
    view.setAutoScroll(automatic)
