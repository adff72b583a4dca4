"""Tells the composer in which other chat the reply is being written after which it would send."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from studio.errors import StudioError
from studio.ui.chat.conversations.rows import title_of

if TYPE_CHECKING:
    from studio.chat.store import ConversationStore
    from studio.ui.chat.composer.composer import Composer
    from studio.ui.chat.draft import Draft
    from studio.ui.chat.turns import Turns


class Elsewhere(QObject):
    """Looks whenever another chat comes on show, and whenever a reply begins."""

    def __init__(
        self, composer: Composer, store: ConversationStore, draft: Draft, turns: Turns
    ) -> None:
        super().__init__(composer)
        self._composer = composer
        self._store = store
        self._draft = draft
        self._turns = turns
        draft.settled.connect(self.look)
        turns.started.connect(lambda _key: self.look())

    def look(self) -> None:
        """Tell what holds now."""
        running = self._turns.running_in if self._composer.is_running else None
        is_other = running is not None and running != self._draft.conversation_id
        self._composer.set_elsewhere(self._title(running) if running and is_other else "")

    def _title(self, conversation_id: str) -> str:
        try:
            return title_of(self._store.get(conversation_id))
        except StudioError:  # deleted for good, or of another window; then the reply is enough
            return ""
