"""Has the list of chats show what another program has changed, such as the terminal."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

from studio.errors import StudioError
from studio.storage.database import Database
from studio.ui.chat.conversations.conversation_list import ConversationList
from studio.ui.relay import Relay

_EVERY_MS = 3_000
_FOLLOWED = (
    QEvent.Type.WindowActivate,
    QEvent.Type.WindowDeactivate,
    QEvent.Type.Show,
    QEvent.Type.Hide,
)
_LISTED = """
SELECT id, title, updated_at, trashed_at, purged, folder, tags, pinned, archived
FROM chat_conversations
"""


class ListWatch(QObject):
    """Looks when the window becomes active, and every few seconds while it is.

    To look costs next to nothing: SQLite itself tells whether another connection has written. Of
    those the program has some, such as the one that keeps drafts, so that what is listed is then
    compared in the background. ``written`` tells that one of them has written, whatever it was.

    Args:
        is_busy: whether a reply is being written here; at its end the list is read anyway.
        background: runs work off the window's thread.
    """

    written = Signal()

    def __init__(
        self,
        chats: ConversationList,
        database: Database,
        is_busy: Callable[[], bool],
        background: Callable[[Callable[[], None]], object],
    ) -> None:
        super().__init__(chats)
        self._chats = chats
        self._database = database
        self._is_busy = is_busy
        self._background = background
        self._is_looking = False
        self._readings = 0
        self._version = self._read_version()
        self._listed = self._read_listed()
        self._compared = Relay(self).wrap(self._on_compared)
        chats.listed.connect(self._on_listed)
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self.look)
        chats.installEventFilter(self)
        self._follow_window()

    def look(self) -> None:
        """Read the list again if another program has changed what is in it."""
        if self._is_looking or self._is_busy():
            return
        version = self._read_version()
        if version is not None and version != self._version:
            self._version = version
            self._is_looking = True
            readings = self._readings
            self._background(lambda: self._compared(readings, self._read_listed()))
            self.written.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window as it becomes active and ceases to be."""
        if event.type() in _FOLLOWED:
            self._follow_window()
        return super().eventFilter(watched, event)

    def _follow_window(self) -> None:
        if not (self._chats.isVisible() and self._chats.isActiveWindow()):
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()
            self.look()

    def _on_listed(self) -> None:
        """Know what is listed now; next to the reading of the list this takes no time."""
        self._readings += 1
        self._listed = self._read_listed()

    def _on_compared(self, readings: int, listed: int | None) -> None:
        self._is_looking = False
        if self._is_busy():
            self._version = None  # compared again later
        elif readings == self._readings and listed not in (None, self._listed):
            self._chats.refresh()

    def _read_version(self) -> int | None:
        """Return what is another number after each change by another connection."""
        rows = self._read("PRAGMA data_version")
        return int(rows[0][0]) if rows else None

    def _read_listed(self) -> int | None:
        """Return a number that stands for all that the list shows."""
        rows = self._read(_LISTED)
        return None if rows is None else hash(tuple(rows))

    def _read(self, query: str) -> list[tuple[Any, ...]] | None:
        try:
            return self._database.connection().execute(query).fetchall()
        except (StudioError, sqlite3.Error):  # told by whoever needs more than a look
            return None
