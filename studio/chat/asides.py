"""What is asked of a conversation's model beside its turns: counts, certainty, summaries."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from studio.chat import compaction
from studio.chat.certainty import Judged, Told, judge
from studio.chat.context_use import NOT_KNOWN, ContextMeter, ContextUse, estimated, least_tokens
from studio.chat.conversation import Conversation, Message
from studio.chat.exchange import Choose
from studio.chat.kept_prompts import KeptPrompts
from studio.chat.lane import Lane
from studio.chat.options import Overflow
from studio.chat.overflow.summaries import Summaries, Summary
from studio.chat.prompt import PromptComposer
from studio.chat.store import ConversationStore
from studio.chat.titles import TitleMaker
from studio.chat.turnstile import busy
from studio.engine.text import TextEngine
from studio.errors import StudioError

_LEAST_CONTEXT = 256  # tokens; hardly a model is loaded with so few

_T = TypeVar("_T")

_log = logging.getLogger(__name__)


class Asides:
    """Runs what is asked on one thread, each thing after the one before.

    Args:
        lane: that thread, where another session over the same engine has it already.
    """

    def __init__(
        self,
        store: ConversationStore,
        engine: TextEngine,
        composer: PromptComposer,
        choose: Choose,
        lane: Lane | None = None,
    ) -> None:
        self._store = store
        self._engine = engine
        self._composer = composer
        self._choose = choose
        self._prompts = KeptPrompts(store.database)
        self.lane = lane or Lane()
        self._owns_lane = lane is None
        self._executor, self._turnstile = self.lane.executor, self.lane.turnstile
        self.titles = TitleMaker(store, engine, composer, lambda: self.lane.is_wanted)

    @property
    def running_in(self) -> str | None:
        """The conversation whose turn runs now."""
        return self._turnstile.running_in

    def end_reply(self) -> None:
        """End the reply that is being written and keep it; what is wanted after it is begun."""
        if self.running_in is not None:
            self._engine.end_reply()

    def usual_overflow(self) -> Overflow:
        """Return what happens when a chat without its own choice outgrows the context."""
        return self._composer.usual_overflow()

    @property
    def summaries(self) -> Summaries:
        """What stands for the oldest parts of conversations."""
        return self._composer.summaries

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
        return self._aside(reply.conversation_id, lambda: self._judge(reply, told))

    def summarise(self, conversation_id: str, told: compaction.Told) -> Future[Summary]:
        """Have the oldest part of a conversation summed up now; :meth:`stop` ends it early.

        Raises:
            StudioError: ``conversation.unknown`` or ``chat.busy``. The future may hold others, as
                :meth:`studio.chat.compaction.Compactor.summarise`.
        """
        conversation = self._store.get(conversation_id)
        compactor = compaction.Compactor(self._engine, self._composer)
        return self._aside(
            conversation_id, lambda: compactor.summarise(conversation, self._choose, told)
        )

    def name_anew(self, conversation_id: str) -> Future[Conversation]:
        """Have the loaded model make another title of a conversation; a turn goes first.

        Raises:
            StudioError: ``chat.busy``. The future may hold others, as :meth:`TitleMaker.make`.
        """
        if self.lane.is_wanted:
            raise busy()
        self._engine.allow()
        return self._executor.submit(self.titles.make, conversation_id, self._choose)

    def count(
        self,
        conversation_id: str,
        draft: str,
        listener: Callable[[ContextUse], None],
        unmade: Conversation | None = None,
    ) -> None:
        """Count what the conversation and a draft fill of the context of the model that answers.

        Args:
            listener: is always told: while a reply is being written, at least that a huge draft
                cannot fit; what could not be counted is not known.
            unmade: with an empty id, the conversation that the draft would open.
        """

        def use() -> ContextUse:
            conversation = unmade or self._store.get(conversation_id)
            if self.running_in is not None:  # nothing else can be asked of the model
                return self._estimate(conversation, draft)
            return ContextMeter(self._engine, self._composer).use(conversation, draft, self._choose)

        if self._engine.loaded is None and least_tokens(draft) < _LEAST_CONTEXT:
            listener(NOT_KNOWN)
        elif self.running_in is not None:
            _tell(listener, use)
        else:
            counting = self._executor.submit(_tell, listener, use)
            counting.add_done_callback(_note_fault)

    def _enter(self, conversation_id: str) -> None:
        self._turnstile.enter(conversation_id)
        self._engine.allow()

    def _aside(self, conversation_id: str, work: Callable[[], _T]) -> Future[_T]:
        """Do something else with the model, in place of a turn."""

        def run() -> _T:
            try:
                return work()
            finally:
                self._engine.allow()  # a Stop was for this alone
                self._turnstile.leave()
                self.lane.tell_free()

        self._enter(conversation_id)
        return self._executor.submit(run)

    def _judge(self, reply: Message, told: Told) -> tuple[Judged, ...]:
        prompt, show = self._prompts.of(reply.id), self._composer.attached.show_again
        return judge(self._engine, self._choose, reply, prompt, told, show)

    def _estimate(self, conversation: Conversation, draft: str) -> ContextUse:
        loaded, choice = self._engine.loaded, self._engine.choice
        if loaded is None or choice is None or conversation.model not in ("", choice.name):
            return NOT_KNOWN
        return estimated(draft, loaded.context, loaded.context)


def _tell(listener: Callable[[ContextUse], None], use: Callable[[], ContextUse]) -> None:
    """Tell what a draft fills, and log why that could not be counted."""
    told = NOT_KNOWN
    try:
        told = use()
    except StudioError:
        _log.info("the context could not be counted", exc_info=True)
    finally:
        listener(told)


def _note_fault(counting: Future[None]) -> None:
    if not counting.cancelled() and (error := counting.exception()) is not None:
        _log.error("the context could not be counted", exc_info=error)
