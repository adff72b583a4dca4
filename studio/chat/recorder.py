"""Saves a growing reply, so that a killed program costs at most its last half second.

A power cut can cost more of a reply that is still being written: these saves do not wait for the
disk. Its question and, once it has ended, the whole reply do.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from studio.chat.conversation import Failure, Figures, Message, Status
from studio.chat.store import ConversationStore
from studio.engine.language import Begun
from studio.errors import StudioError
from studio.translation import tr

SAVE_EVERY_S = 0.5

_log = logging.getLogger(__name__)


class Recorder:
    """Collects one reply's text and writes it to the store from time to time.

    A disk that is full or gone does not end the reply: the text stays in memory, each save tries
    again to write it, and :meth:`retry` does after the end.

    Args:
        begun_as: the reply as it was before it is gone on with; ``None`` for a new one.
        told: is told at each save that fails why it did, and ``None`` when one works again.
    """

    def __init__(
        self,
        store: ConversationStore,
        reply: Message,
        begun_as: Message | None = None,
        told: Callable[[StudioError | None], None] = lambda _trouble: None,
    ) -> None:
        self.begun_as = begun_as
        self._store = store
        self._reply = reply
        self._text = [reply.content] if reply.content else []
        self._reasoning = [reply.reasoning] if reply.reasoning else []
        self._unsaved: tuple[list[str], list[str]] = ([], [])
        self._saved_at = time.monotonic()
        self._told = told
        self._first_trouble: StudioError | None = None
        self.trouble: StudioError | None = None  # with the last save
        self._write_ending: partial[Message] | None = None
        self._thinking_since: float | None = None
        self._thought_s = reply.thought_s

    @property
    def question_id(self) -> str:
        """The message that is answered."""
        return self._reply.parent_id or ""

    @property
    def reply_id(self) -> str:
        """The reply's id."""
        return self._reply.id

    @property
    def begun(self) -> Begun | None:
        """What the reply had in it before, when it is gone on with."""
        if not (self._reply.content or self._reply.reasoning):
            return None
        return Begun(self._reply.content, self._reply.reasoning)

    @property
    def before(self) -> Figures | None:
        """The figures of the reply's beginning, when it is gone on with."""
        return self._reply.figures

    @property
    def notices(self) -> tuple[str, ...]:
        """Sentences worth showing with the finished reply."""
        if self._first_trouble is None:
            return ()
        if self._first_trouble.code == "disk.full":
            return (
                tr(
                    "The disk was full while this reply was written. All of the reply is saved now."
                ),
            )
        return (tr("For a while this reply could not be saved. All of it is saved now."),)

    def written(self, text: str) -> str:
        """Return all of the reply, of which ``text`` is what was written now."""
        return (self.begun.text if self.begun else "") + text

    @property
    def adds_nothing(self) -> bool:
        """Whether a reply that is gone on with got no more words."""
        before = self.begun_as
        return before is not None and (before.content.strip(), before.reasoning.strip()) == (
            "".join(self._text).strip(),
            "".join(self._reasoning).strip(),
        )

    def note_model(self, name: str) -> None:
        """Keep which model writes the reply.

        Raises:
            StudioError: it cannot be written.
        """
        if name != self._reply.model:
            self._store.set_reply_model(self._reply.id, name)
            self._reply = replace(self._reply, model=name)

    def add(self, text: str, reasoning: str) -> None:
        """Take a piece of the reply."""
        if reasoning and self._thinking_since is None:
            self._thinking_since = time.monotonic()
        if text:
            self._stop_thinking()
        for kept, unsaved, piece in (
            (self._text, self._unsaved[0], text),
            (self._reasoning, self._unsaved[1], reasoning),
        ):
            if piece:
                kept.append(piece)
                unsaved.append(piece)

    def save_if_due(self) -> None:
        """Write what is unsaved when half a second has passed since the last write."""
        if time.monotonic() - self._saved_at < SAVE_EVERY_S:
            return
        text, reasoning = map("".join, self._unsaved)
        if not (text or reasoning):
            return
        self._saved_at = time.monotonic()
        try:
            self._store.grow_reply(self._reply.id, text, reasoning)
        except StudioError as error:
            _log.info("the reply stays in memory: %s", error)
            self._first_trouble = self._first_trouble or error
            self._note(error)
            return
        self._unsaved = ([], [])
        self._note(None)

    def finish(
        self,
        status: Status,
        *,
        stop: str = "",
        failure: Failure | None = None,
        figures: Figures | None = None,
        recipe: Mapping[str, Any] | None = None,
    ) -> Message:
        """Write the whole reply and how it ended.

        Raises:
            StudioError: it cannot be written; :meth:`in_memory` still has it, and :meth:`retry`
                may be called until it can.
        """
        self._stop_thinking()
        self._write_ending = partial(
            self._store.finish_reply,
            self._reply.id,
            status,
            content="".join(self._text),
            reasoning="".join(self._reasoning),
            thought_s=self._thought_s,
            stop=stop,
            failure=failure,
            figures=figures or self._reply.figures,
            recipe=recipe or self._reply.recipe,
        )
        return self.retry()

    def amend(self, recipe: Mapping[str, Any]) -> None:
        """Have an ending that could not be written yet be written with another recipe."""
        if self._write_ending is not None:
            self._write_ending = partial(self._write_ending, recipe=recipe)

    def leave(self) -> Message:
        """Write a reply that is gone on with as it was before; raises as :meth:`finish`."""
        if (before := self.begun_as) is None:
            raise RuntimeError("the reply was not there before")
        self._text, self._reasoning = [before.content], [before.reasoning]
        self._thinking_since, self._thought_s = None, before.thought_s
        return self.finish(before.status, stop=before.stop, failure=before.failure)

    def retry(self) -> Message:
        """Write again what :meth:`finish` could not write; raises as it does."""
        if self._write_ending is None:
            raise RuntimeError("the reply has not ended yet")
        return self._write_ending()

    def in_memory(self, failure: Failure) -> Message:
        """Return the reply as it would have been saved."""
        return replace(
            self._reply,
            content="".join(self._text),
            reasoning="".join(self._reasoning),
            thought_s=self._thought_s,
            status="failed",
            failure=failure,
        )

    def _note(self, trouble: StudioError | None) -> None:
        before, self.trouble = self.trouble, trouble
        if before is not None or trouble is not None:
            self._told(trouble)

    def _stop_thinking(self) -> None:
        if self._thinking_since is not None:
            spent = time.monotonic() - self._thinking_since
            self._thought_s = (self._thought_s or 0.0) + spent
            self._thinking_since = None
