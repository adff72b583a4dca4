"""A session: one exchange after another, begun from any thread, run on one, heard when stopped."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from studio.chat.exchange import Choose, Exchange, Listener, Wish
from studio.chat.presets import Presets
from studio.chat.prompt import ContextUse, Overrides, PromptComposer
from studio.chat.resume import ResumeStates
from studio.chat.store import ConversationStore
from studio.chat.turn import TurnEvent
from studio.chat.unsaved import Unsaved
from studio.engine.language import ModelLoaded
from studio.engine.outcome import error_of
from studio.engine.protocol import Failed
from studio.engine.text import TextEngine
from studio.errors import StudioError

_log = logging.getLogger(__name__)


class ChatSession:
    """Runs turns one at a time, on a thread of its own.

    Args:
        choose: finds the model for a name; with ``True`` also one that may not fit in memory.
    """

    def __init__(
        self,
        store: ConversationStore,
        engine: TextEngine,
        presets: Presets,
        states: ResumeStates,
        choose: Choose,
    ) -> None:
        self._store = store
        self._engine = engine
        self._composer = PromptComposer(store, engine, presets)
        self._states = states
        self._unsaved = Unsaved()
        self._exchange = Exchange(store, engine, self._composer, states, self._unsaved, choose)
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="chat")
        self._lock = threading.Lock()
        self._running_in: str | None = None
        self._observers: list[Listener] = []

    def observe(self, listener: Listener) -> None:
        """Have every turn's events told to ``listener`` too, for as long as the session lives."""
        self._observers.append(listener)

    @property
    def running_in(self) -> str | None:
        """The conversation whose turn runs now."""
        return self._running_in

    def loaded(self) -> ModelLoaded | None:
        """Return what the engine has loaded."""
        return self._engine.loaded

    def send(
        self,
        conversation_id: str,
        text: str,
        listener: Listener,
        *,
        overrides: Overrides | None = None,
        force: bool = False,
    ) -> Future[None]:
        """Ask a question; returns at once, and tells the listener what happens.

        Raises:
            StudioError: ``chat.busy`` or ``prompt.empty``.
        """
        if not text.strip():
            raise error_of(Failed(0, "prompt.empty"))
        return self._begin(Wish(conversation_id, text, overrides or Overrides(), force), listener)

    def regenerate(
        self, conversation_id: str, listener: Listener, *, force: bool = False
    ) -> Future[None]:
        """Write a new reply to the last question, beside the old one.

        Raises:
            StudioError: ``chat.busy`` or ``prompt.empty``.
        """
        if not self._store.branch(conversation_id):
            raise error_of(Failed(0, "prompt.empty"))
        return self._begin(Wish(conversation_id, None, Overrides(), force), listener)

    def stop(self) -> None:
        """Stop the running turn, in whatever phase it is; what has arrived is kept."""
        if self._running_in is not None:
            self._engine.stop()

    def count(
        self, conversation_id: str, draft: str, listener: Callable[[ContextUse], None]
    ) -> None:
        """Count what the conversation and a draft fill of the context, if a model is loaded."""
        if self._running_in is None and self._engine.loaded is not None:
            counting = self._executor.submit(self._use, conversation_id, draft, listener)
            counting.add_done_callback(_note_failure)

    def purge(self, conversation_id: str) -> None:
        """Delete a conversation in the trash for good, with its messages and its saved state.

        Raises:
            StudioError: as :meth:`ConversationStore.purge`, or ``chat.busy`` while a reply is
                being written in it.
        """
        with self._lock:
            if self._running_in == conversation_id:
                raise _busy()
            self._store.purge(conversation_id)
        self._states.prune()

    def close(self) -> None:
        """Stop, and wait until all is saved."""
        self.stop()
        self._executor.shutdown(wait=True)
        self._unsaved.close()

    def _begin(self, wish: Wish, listener: Listener) -> Future[None]:
        with self._lock:
            if self._running_in is not None:
                raise _busy()
            self._running_in = wish.conversation_id
            self._engine.allow()
        return self._executor.submit(self._run, wish, listener)

    def _run(self, wish: Wish, listener: Listener) -> None:
        def tell(event: TurnEvent) -> None:
            for each in (listener, *self._observers):
                each(event)

        try:
            last = self._exchange.run(wish, tell)
        finally:
            self._running_in = None
        tell(last)

    def _use(
        self, conversation_id: str, draft: str, listener: Callable[[ContextUse], None]
    ) -> None:
        if self._running_in is None and (use := self._composer.use(conversation_id, draft)):
            listener(use)


def _busy() -> StudioError:
    return StudioError(
        "chat.busy", "A reply is being written.", "Wait for it to finish, or stop it first."
    )


def _note_failure(counting: Future[None]) -> None:
    """Log why a draft could not be counted; the meter then stays as it is."""
    if counting.cancelled() or (error := counting.exception()) is None:
        return
    level = logging.INFO if isinstance(error, StudioError) else logging.ERROR
    _log.log(level, "the context could not be counted", exc_info=error)
