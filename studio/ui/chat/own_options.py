"""What the chat on show does differently from its preset and the settings: shown and kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from studio.chat.options import Options
from studio.ui.chat.choices import Choices
from studio.ui.chat.work_area import WorkArea

if TYPE_CHECKING:
    from studio.chat.conversation import Conversation
    from studio.chat.presets.preset_file import Preset
    from studio.chat.store import ConversationStore


class OwnOptions(QObject):
    """The options of each chat: stored with it, or held for a new one until its first message.

    ``shown`` carries the preset in force whenever a chat, which may be another one, is on show.
    """

    shown = Signal(object)

    def __init__(self, work: WorkArea, store: ConversationStore, choices: Choices) -> None:
        super().__init__(work)
        self._banner = work.banner
        self._store = store
        self._choices = choices
        self.conversation_id = ""
        choices.shown.append(self._on_shown)

    def now(self) -> Options:
        """Return those of the chat on show; where they cannot be read, that is told."""
        return self._banner.tried(lambda: self.of(self.conversation_id), Options())

    def of(self, conversation_id: str) -> Options:
        """Return those of a chat, or with an empty id those of the new one.

        Raises:
            StudioError: they cannot be read.
        """
        if not conversation_id:
            return self._choices.options
        # What is on show may be older than what is stored.
        return self._store.get(conversation_id).options

    def change(self, **values: Any) -> None:
        """Give options of the chat on show other values; where they cannot be kept, that is told.

        Args:
            values: by the names of the attributes of :class:`Options`.
        """
        key = self.conversation_id
        self._banner.tried(lambda: self.keep(key, replace(self.of(key), **values)), None)

    def keep(self, conversation_id: str, options: Options) -> None:
        """Keep all options of a chat, or with an empty id those of the new one.

        Raises:
            StudioError: they cannot be kept, such as on a full disk.
        """
        if conversation_id:
            self._store.set_options(conversation_id, options)
        else:
            self._choices.options = options

    def _on_shown(self, conversation: Conversation | None, preset: Preset) -> None:
        self.conversation_id = conversation.id if conversation else ""
        if conversation is not None:
            self._choices.options = Options()  # those of a new chat begin with it
        self.shown.emit(preset)
