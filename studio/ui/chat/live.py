"""The reply that is being written now, so that it can be shown again after looking elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from studio.chat.conversation import Message


class LiveReply:
    """Collects a running reply's text ahead of what the store has saved."""

    def __init__(self) -> None:
        self._reply: Message | None = None
        self._text: list[str] = []
        self._reasoning: list[str] = []

    @property
    def conversation_id(self) -> str | None:
        """Where a reply is being written."""
        return self._reply.conversation_id if self._reply else None

    def begin(self, reply: Message) -> None:
        """Take a new reply."""
        self._reply = reply
        self._text, self._reasoning = [], []

    def grow(self, text: str, reasoning: str) -> None:
        """Take a piece of it."""
        self._text.append(text)
        self._reasoning.append(reasoning)

    def end(self) -> None:
        """Forget it: the store has it all."""
        self._reply = None

    def freshened(self, branch: Sequence[Message]) -> list[Message]:
        """Return a branch with the running reply as it is now, not as it was last saved."""
        if self._reply is None:
            return list(branch)
        now = replace(self._reply, content="".join(self._text), reasoning="".join(self._reasoning))
        return [now if message.id == now.id else message for message in branch]
