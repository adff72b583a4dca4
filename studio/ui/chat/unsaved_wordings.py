"""Other words for messages and summaries while they are written: here, and in the drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.chat.conversation import Message
from studio.chat.drafts import DraftKey
from studio.ui.chat.messages.rows import Wording

if TYPE_CHECKING:
    from studio.chat.drafts import Drafts
    from studio.chat.overflow.summaries import Summary

    Said = Message | Summary


class UnsavedWordings:
    """Knows the wording of each message or summary that has one, also those of an earlier run."""

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

    def of(self, said: Said) -> Wording | None:
        """Return the wording of what is said, if one is half written.

        Raises:
            StudioError: those of its conversation cannot be read.
        """
        if said.id not in self._wordings:
            text = self._of_conversation(said.conversation_id).pop(said.id, None)
            if text is not None:
                return self._begin(said, text)
        return self._wordings.get(said.id)

    def begin(self, said: Said) -> Wording:
        """Return the wording of what is said, made from its own words if there is none."""
        return self._wordings.get(said.id) or self._begin(said, _words_of(said))

    def note(self, said: Said) -> None:
        """Keep a wording as it is now; one that is what was said already needs no keeping."""
        text = self._wordings[said.id].text
        if self._drafts is not None:
            self._drafts.note(self._keys[said.id], None if text == _words_of(said) else text)

    def drop(self, said_id: str) -> None:
        """Forget a wording, because it was given up or has been kept."""
        if self._wordings.pop(said_id, None) is not None and self._drafts is not None:
            self._drafts.note(self._keys[said_id], None)

    def _begin(self, said: Said, text: str) -> Wording:
        self._keys[said.id] = DraftKey(said.conversation_id, said.id)
        is_person = isinstance(said, Message) and said.role == "user"
        wording = self._wordings[said.id] = Wording(text, is_person)
        return wording

    def _of_conversation(self, conversation_id: str) -> dict[str, str]:
        """Return what an earlier run has left; read once, since all others are known here."""
        if self._drafts is None:
            return {}
        if conversation_id not in self._recalled:
            self._recalled[conversation_id] = self._drafts.wordings(conversation_id)
        return self._recalled[conversation_id]


def _words_of(said: Said) -> str:
    return said.content if isinstance(said, Message) else said.text
