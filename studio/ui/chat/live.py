"""The reply that is being written now, so that it can be shown again after looking elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from time import monotonic

from studio.chat.conversation import Message


class LiveReply:
    """Collects a running reply's text ahead of what the store has saved."""

    def __init__(self) -> None:
        self._reply: Message | None = None
        self._unsaved: dict[str, Message] = {}
        self._text: list[str] = []
        self._reasoning: list[str] = []
        self._thinking_since: float | None = None
        self._thought_before_s: float | None = None
        self._thought_s: float | None = None

    @property
    def conversation_id(self) -> str | None:
        """Where a reply is being written."""
        return self._reply.conversation_id if self._reply else None

    def begin(self, reply: Message) -> None:
        """Take a reply, new or gone on with."""
        self._reply = reply
        self._text, self._reasoning = [reply.content], [reply.reasoning]
        self._thinking_since = None
        self._thought_before_s = reply.thought_s
        self._thought_s = reply.thought_s if reply.content else None

    def grow(self, text: str, reasoning: str) -> None:
        """Take a piece of it."""
        if self._thinking_since is None and reasoning and not any(self._text):
            self._thinking_since = monotonic()
        if self._thought_s is None and text.strip():
            self._thought_s = self._thought()
        self._text.append(text)
        self._reasoning.append(reasoning)

    def end(self) -> None:
        """Forget it: the store has it all."""
        self._reply = None

    def keep(self, reply: Message) -> None:
        """Take a whole reply that the store does not have yet."""
        self._unsaved[reply.id] = reply

    def let_go(self, reply_id: str) -> None:
        """Forget it: the store has it now."""
        self._unsaved.pop(reply_id, None)

    def freshened(self, branch: Sequence[Message]) -> list[Message]:
        """Return a branch with replies as they are now, not as they were last saved."""
        branch = [self._unsaved.get(message.id, message) for message in branch]
        if self._reply is None:
            return branch
        now = replace(
            self._reply,
            content="".join(self._text),
            reasoning="".join(self._reasoning),
            thought_s=self._thought(),
        )
        return [now if message.id == now.id else message for message in branch]

    def _thought(self) -> float | None:
        """Return the seconds of reasoning up to the first word, or up to now."""
        if self._thought_s is not None:
            return self._thought_s
        if self._thinking_since is None:
            return self._thought_before_s
        return (self._thought_before_s or 0.0) + monotonic() - self._thinking_since
