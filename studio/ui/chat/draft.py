"""Keeps what is half written, and counts how much of the context it fills."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from studio.chat.store import ConversationStore
from studio.errors import StudioError
from studio.ui.chat.composer import Composer
from studio.ui.relay import Relay

if TYPE_CHECKING:
    from studio.chat.prompt import ContextUse
    from studio.chat.session import ChatSession

_KEEP_MS = 500
_COUNT_MS = 300


class Draft(QObject):
    """The text in the composer, on behalf of the conversation on show.

    What the store cannot keep is held here while another conversation is on show: the words of
    the chat that has no message yet (its id is empty), and those the store refused.
    ``failed`` carries a StudioError when it could not be kept or counted.
    """

    failed = Signal(object)

    def __init__(
        self, composer: Composer, store: ConversationStore, session: Callable[[], ChatSession]
    ) -> None:
        super().__init__(composer)
        self._composer = composer
        self._store = store
        self._session = session
        self._relay = Relay(self)
        self._conversation = ""
        self._kept = ""
        self._held: dict[str, str] = {}
        self._keep_timer = QTimer(self, singleShot=True, interval=_KEEP_MS)
        self._keep_timer.timeout.connect(self.keep)
        self._count_timer = QTimer(self, singleShot=True, interval=_COUNT_MS)
        self._count_timer.timeout.connect(self._count)
        composer.edited.connect(self._keep_timer.start)
        composer.edited.connect(self._count_timer.start)

    def show(self, conversation_id: str, text: str) -> None:
        """Keep the draft of the conversation before, then show this one's.

        What is held for this one is newer than ``text``, its draft in the store.
        """
        if not self.keep():
            self._held[self._conversation] = self._composer.text()
        self._conversation = conversation_id
        self._kept = text
        self._composer.set_text(self._held.pop(conversation_id, text))

    @property
    def conversation_id(self) -> str:
        """The conversation on whose behalf the text is kept; empty before its first message."""
        return self._conversation

    def belongs_to(self, conversation_id: str) -> None:
        """Say which conversation the text on show is part of from now on; it has no draft yet."""
        self._conversation = conversation_id
        self._kept = ""
        if held := self._held.pop(conversation_id, ""):  # of a new chat, left for this one
            written = self._composer.text()
            self._composer.set_text(f"{written}\n\n{held}" if written.strip() else held)
        self._keep_timer.start()

    def keep(self) -> bool:
        """Keep the text now; return whether the store has it."""
        self._keep_timer.stop()
        text = self._composer.text()
        if text == self._kept:
            return True
        if not self._conversation:
            return False
        try:
            self._store.set_draft(self._conversation, text)
        except StudioError as error:
            self.failed.emit(error)
            return False
        self._kept = text
        return True

    def count_soon(self) -> None:
        """Count the context anew in a moment."""
        self._count_timer.start()

    def _count(self) -> None:
        if not self._conversation:
            self._composer.set_context(None, None)
            return
        listener = self._relay.wrap(self._on_counted)
        try:
            self._session().count(self._conversation, self._composer.text(), listener)
        except StudioError as error:
            self.failed.emit(error)

    def _on_counted(self, use: ContextUse) -> None:
        self._composer.set_context(use.tokens, use.limit)
