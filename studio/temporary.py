"""The parts for conversations that live in memory alone, over the models and settings there are.

They are those of :mod:`studio.assembly` with another database: what belongs to conversations is in
the memory of this process, and no state of the model is kept; the rest is shared.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from studio.assembly import MIGRATIONS, Parts
from studio.chat.keeping import keep
from studio.storage.memory import MemoryDatabase

if TYPE_CHECKING:
    from studio.assembly import Answering
    from studio.chat.conversation import Conversation
    from studio.errors import StudioError


class TemporaryParts(Parts):
    """Gone when they are closed, and all that was said with them. May be used from any thread.

    Args:
        lasting: the parts whose engine, models, presets and settings are used; they are closed
            after these.

    Raises:
        StudioError: ``database.no_full_text``.
    """

    is_temporary = True

    def __init__(self, lasting: Parts) -> None:
        super().__init__(
            lasting.paths, MemoryDatabase(MIGRATIONS), lasting._start, lasting.settings
        )
        self._lasting = lasting
        self._own_lock = threading.Lock()
        self._own: Answering | None = None
        self._is_closed = False

    def keep(self, conversation_id: str) -> Conversation:
        """Copy a conversation to the person's own, where it stays; return it as it is there.

        Raises:
            StudioError: as :func:`studio.chat.keeping.keep`.
        """
        self.conversations.drafts.flush()
        return keep(self.database, self._lasting.database, conversation_id)

    def prepare(self) -> None:
        """Build what answers; there is nothing from before to put in order."""
        self._answering()

    def observe_failures(self, observer: Callable[[StudioError], None]) -> None:
        """Have ``observer`` told of failures, as of those of the lasting parts."""
        self._lasting.observe_failures(observer)

    def look_after(self, recipe: Mapping[str, Any]) -> None:
        """Have the file of a recipe that outlasts these parts learned in the background."""
        self._lasting.file_hashes.look_after(recipe)

    def close(self) -> None:
        """Stop what is written here and forget all; replies elsewhere go on."""
        if self._is_closed:
            return
        self._is_closed = True
        for each in (self._transfers, self._purges, self._background):
            each.close()
        built = self._own
        if built is None:
            self._forget()
            return
        session = built.session
        if session.running_in in self.conversations.ids():
            session.stop()
        # Behind what runs: its last words still go to the database.
        session.lane.executor.submit(self._forget)

    def _forget(self) -> None:
        self.conversations.drafts.close()
        if self._own is not None:
            self._own.session.close()
            self._own.file_hashes.close()
        self.database.close()

    def _tell_failure(self, error: StudioError) -> None:
        self._lasting._tell_failure(error)

    def _answering(self) -> Answering:
        with self._own_lock:
            if self._own is None:
                self._own = self._made()
            return self._own

    def _made(self) -> Answering:
        # With what answers, which the window does not wait for.
        from studio.assembly import hashes_of, overflow_of
        from studio.chat.resume import NoStates
        from studio.chat.session import ChatSession

        lasting = self._lasting._answering()
        states = NoStates()
        session = ChatSession(
            self.conversations,
            lasting.engine,
            lasting.presets,
            states,
            lasting.chooser.choose,
            lambda: overflow_of(self.settings),
            lasting.session.lane,
        )
        hashes = hashes_of(self, self._lasting.database, session, lasting.chooser, lasting.shelf)
        session.observe(hashes.note)
        return replace(lasting, session=session, states=states, file_hashes=hashes)
