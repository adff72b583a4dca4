"""Other words for messages while they are written: here, and in the drafts if there are any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.chat.drafts import DraftKey
from studio.ui.chat.rows import Wording

if TYPE_CHECKING:
    from studio.chat.conversation import Message
    from studio.chat.drafts import Drafts


class UnsavedWordings:
    """Knows the wording of each message that has one, also those of an earlier run."""

    def __init__(self) -> None:
        self._drafts: Drafts | None = None
        self._wordings: dict[str, Wording] = {}
        self._keys: dict[str, DraftKey] = {}
        self._recalled: dict[str, dict[str, str]] = {}

    def keep_in(self, drafts: Drafts) -> None:
        """Keep wordings there from now on."""
        self._drafts = drafts

    def get(self, message_id: str) -> Wording | None:
        """Return the wording of a message that is or was on show."""
        return self._wordings.get(message_id)

    def of(self, message: Message) -> Wording | None:
        """Return the wording of a message, if one is half written.

        Raises:
            StudioError: those of its conversation cannot be read.
        """
        if message.id not in self._wordings:
            text = self._of_conversation(message.conversation_id).pop(message.id, None)
            if text is not None:
                return self._begin(message, text)
        return self._wordings.get(message.id)

    def begin(self, message: Message) -> Wording:
        """Return the wording of a message, made from what it says if there is none."""
        return self._wordings.get(message.id) or self._begin(message, message.content)

    def note(self, message: Message) -> None:
        """Keep a wording as it is now; one that says what the message says needs no keeping."""
        text = self._wordings[message.id].text
        if self._drafts is not None:
            self._drafts.note(self._keys[message.id], None if text == message.content else text)

    def drop(self, message_id: str) -> None:
        """Forget a wording, because it was given up or has become a message."""
        if self._wordings.pop(message_id, None) is not None and self._drafts is not None:
            self._drafts.note(self._keys[message_id], None)

    def _begin(self, message: Message, text: str) -> Wording:
        self._keys[message.id] = DraftKey(message.conversation_id, message.id)
        wording = self._wordings[message.id] = Wording(text, message.role == "user")
        return wording

    def _of_conversation(self, conversation_id: str) -> dict[str, str]:
        """Return what an earlier run has left; read once, since all others are known here."""
        if self._drafts is None:
            return {}
        if conversation_id not in self._recalled:
            self._recalled[conversation_id] = self._drafts.wordings(conversation_id)
        return self._recalled[conversation_id]
