"""A session: one exchange after another, begun from any thread, run on one, heard when stopped."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from studio.chat import recipes
from studio.chat.certainty import Judged, Told, judge
from studio.chat.conversation import Message
from studio.chat.exchange import Choose, Exchange, Listener, Wish
from studio.chat.kept_prompts import KeptPrompts
from studio.chat.presets import Presets
from studio.chat.prompt import ContextUse, Overrides, PromptComposer
from studio.chat.resume import ResumeStates
from studio.chat.store import ConversationStore
from studio.chat.turn import TurnEvent
from studio.chat.turnstile import Turnstile
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
        self._choose = choose
        self._unsaved = Unsaved()
        self._prompts = KeptPrompts(store.database)
        self._exchange = Exchange(
            store, engine, self._composer, states, self._unsaved, choose, self._prompts
        )
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="chat")
        self._turnstile = Turnstile()
        self._observers: list[Listener] = []

    def observe(self, listener: Listener) -> None:
        """Have every turn's events told to ``listener`` too, for as long as the session lives."""
        self._observers.append(listener)

    @property
    def running_in(self) -> str | None:
        """The conversation whose turn runs now."""
        return self._turnstile.running_in

    def loaded(self) -> ModelLoaded | None:
        """Return what the engine has loaded."""
        return self._engine.loaded

    def would_use(self, model: str) -> str:
        """Return the name of the model that answers when ``model`` is wished for, fit or not.

        Not for the window's thread: it looks at the models' files and at the machine.

        Raises:
            StudioError: there is none; it is what the reply would fail with.
        """
        return self._choose(model, True).name

    def send(
        self,
        conversation_id: str,
        text: str,
        listener: Listener,
        *,
        overrides: Overrides | None = None,
        force: bool = False,
        beside: str | None = None,
    ) -> Future[None]:
        """Ask a question; returns at once, and tells the listener what happens.

        Args:
            beside: the id of the question that this one is another wording of.

        Raises:
            StudioError: ``chat.busy`` or ``prompt.empty``.
        """
        if not text.strip():
            raise error_of(Failed(0, "prompt.empty"))
        wish = Wish(conversation_id, text, overrides or Overrides(), force, beside)
        return self._begin(wish, listener)

    def regenerate(
        self,
        conversation_id: str,
        listener: Listener,
        *,
        force: bool = False,
        question_id: str | None = None,
    ) -> Future[None]:
        """Write a new reply to a question, by default the last, beside the old one.

        Raises:
            StudioError: ``chat.busy`` or ``prompt.empty``.
        """
        if not self._store.branch(conversation_id):
            raise error_of(Failed(0, "prompt.empty"))
        return self._begin(Wish(conversation_id, None, Overrides(), force, question_id), listener)

    def go_on(
        self, conversation_id: str, listener: Listener, *, force: bool = False
    ) -> Future[None]:
        """Go on with the last reply on show where it was cut off.

        Raises:
            StudioError: ``chat.busy``.
        """
        wish = Wish(conversation_id, None, Overrides(), force, goes_on=True)
        return self._begin(wish, listener)

    def repeat(self, reply_id: str, listener: Listener, *, force: bool = False) -> Future[None]:
        """Make a reply again, beside itself: the same model, prompt, settings and seed.

        Whether the text is the same is told with it.

        Raises:
            StudioError: ``message.unknown``, ``chat.busy``, or ``reply.no_recipe``.
        """
        reply = self._store.message(reply_id)
        recipes.check_repeatable(reply)
        if not self.exact_prompt(reply_id):
            raise recipes.no_recipe()
        wish = Wish(reply.conversation_id, None, Overrides(), force, repeats=reply)
        return self._begin(wish, listener)

    def exact_prompt(self, reply_id: str) -> str:
        """Return the text that the model read for a reply; empty when that is not known."""
        return self._prompts.of(reply_id)

    def certainty(self, reply_id: str, told: Told) -> Future[tuple[Judged, ...]]:
        """Ask how sure the model was of each word of a reply; :meth:`stop` ends it early.

        Args:
            told: is given the share that is done, 0 to 1, on another thread.

        Raises:
            StudioError: ``message.unknown`` or ``chat.busy``. The future may hold others, such as
                ``reply.no_recipe``.
        """
        reply = self._store.message(reply_id)
        self._enter(reply.conversation_id)
        return self._executor.submit(self._judge, reply, told)

    def stop(self) -> None:
        """Stop the running turn, in whatever phase it is; what has arrived is kept."""
        if self.running_in is not None:
            self._engine.stop()

    def count(
        self, conversation_id: str, draft: str, listener: Callable[[ContextUse], None]
    ) -> None:
        """Count what the conversation and a draft fill of the context, if a model is loaded."""
        if self.running_in is None and self._engine.loaded is not None:
            counting = self._executor.submit(self._use, conversation_id, draft, listener)
            counting.add_done_callback(_note_failure)

    def purge(self, conversation_id: str) -> None:
        """Delete a conversation in the trash for good, with its messages and its saved state.

        Not for the window's thread: a long conversation takes a while, and so do its states.

        Raises:
            StudioError: as :meth:`ConversationStore.purge`, or ``chat.busy`` while a reply is
                being written in it.
        """
        with self._turnstile.shut(conversation_id):
            self._store.purge(conversation_id)
        self._states.prune()

    def close(self) -> None:
        """Stop, and wait until all is saved."""
        self.stop()
        self._executor.shutdown(wait=True)
        self._unsaved.close()

    def _begin(self, wish: Wish, listener: Listener) -> Future[None]:
        self._enter(wish.conversation_id)
        return self._executor.submit(self._run, wish, listener)

    def _enter(self, conversation_id: str) -> None:
        self._turnstile.enter(conversation_id)
        self._engine.allow()

    def _judge(self, reply: Message, told: Told) -> tuple[Judged, ...]:
        try:
            return judge(self._engine, self._choose, reply, self._prompts.of(reply.id), told)
        finally:
            self._turnstile.leave()

    def _run(self, wish: Wish, listener: Listener) -> None:
        def tell(event: TurnEvent) -> None:
            for each in (listener, *self._observers):
                each(event)

        try:
            last = self._exchange.run(wish, tell)
        finally:
            self._turnstile.leave()
        tell(last)

    def _use(
        self, conversation_id: str, draft: str, listener: Callable[[ContextUse], None]
    ) -> None:
        if self.running_in is None and (use := self._composer.use(conversation_id, draft)):
            listener(use)


def _note_failure(counting: Future[None]) -> None:
    """Log why a draft could not be counted; the meter then stays as it is."""
    if counting.cancelled() or (error := counting.exception()) is None:
        return
    level = logging.INFO if isinstance(error, StudioError) else logging.ERROR
    _log.log(level, "the context could not be counted", exc_info=error)
