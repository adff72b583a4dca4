"""One exchange after another: question, model, prompt, reply, all of it saved as it happens.

A turn goes through these steps, each told to the listener: the question and an empty reply are
stored; the model is loaded if it is not; the history is fitted into its context; the reply is
written token by token; its ending, figures and recipe are stored. Stop is heard in every step.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from studio.chat import facts
from studio.chat.conversation import Conversation, Failure, Message, Status
from studio.chat.presets import Presets
from studio.chat.prompt import ContextUse, Overrides, PromptComposer
from studio.chat.recorder import Recorder
from studio.chat.resume import ResumeStates
from studio.chat.store import ConversationStore
from studio.chat.turn import (
    ModelLoading,
    PromptReading,
    ReplyGrew,
    TurnEvent,
    TurnFailed,
    TurnFinished,
    TurnStarted,
)
from studio.engine.host import Job
from studio.engine.language import ModelLoaded, ReplyGenerated
from studio.engine.outcome import error_of
from studio.engine.protocol import Done, Event, Failed, Progress, Token
from studio.engine.text import ModelChoice, TextEngine
from studio.errors import StudioError, in_words

Listener = Callable[[TurnEvent], None]

_POLL_S = 0.25
_STOPPED_CODES = frozenset({"worker.stopped_by_us", "chat.stopped"})

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
        choose: Callable[[str, bool], ModelChoice],
    ) -> None:
        self._store = store
        self._engine = engine
        self._composer = PromptComposer(store, engine, presets)
        self._states = states
        self._choose = choose
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
        return self._begin(conversation_id, text, listener, overrides or Overrides(), force)

    def regenerate(
        self, conversation_id: str, listener: Listener, *, force: bool = False
    ) -> Future[None]:
        """Write a new reply to the last question, beside the old one.

        Raises:
            StudioError: ``chat.busy`` or ``prompt.empty``.
        """
        if not self._store.branch(conversation_id):
            raise error_of(Failed(0, "prompt.empty"))
        return self._begin(conversation_id, None, listener, Overrides(), force)

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

    def close(self) -> None:
        """Stop, and wait until all is saved."""
        self.stop()
        self._executor.shutdown(wait=True)

    def _begin(
        self,
        conversation_id: str,
        text: str | None,
        listener: Listener,
        overrides: Overrides,
        force: bool,
    ) -> Future[None]:
        tell = self._teller(listener)
        with self._lock:
            if self._running_in is not None:
                raise StudioError(
                    "chat.busy",
                    "A reply is being written.",
                    "Wait for it to finish, or stop it first.",
                )
            self._running_in = conversation_id
            self._engine.allow()
        return self._executor.submit(self._run, conversation_id, text, tell, overrides, force)

    def _teller(self, listener: Listener) -> Listener:
        def tell(event: TurnEvent) -> None:
            for each in (listener, *self._observers):
                each(event)

        return tell

    def _run(
        self,
        conversation_id: str,
        text: str | None,
        listener: Listener,
        overrides: Overrides,
        force: bool,
    ) -> None:
        try:
            last = self._turn(conversation_id, text, listener, overrides, force)
        except Exception as error:  # noqa: BLE001 - a bug of ours ends the turn with a report
            last = TurnFailed(conversation_id, in_words(error))
        finally:
            self._running_in = None
        listener(last)

    def _turn(
        self,
        conversation_id: str,
        text: str | None,
        listener: Listener,
        overrides: Overrides,
        force: bool,
    ) -> TurnEvent:
        conversation = self._store.get(conversation_id)
        choice = self._choose(conversation.model, force)
        question, reply = _open(self._store, conversation, text, choice.name)
        listener(TurnStarted(conversation_id, question, reply))
        recorder = Recorder(self._store, reply)
        try:
            return self._reply(conversation, choice, recorder, listener, overrides)
        except Exception as error:  # noqa: BLE001 - as above, with what had arrived kept
            return self._close(recorder, conversation_id, in_words(error))

    def _reply(
        self,
        conversation: Conversation,
        choice: ModelChoice,
        recorder: Recorder,
        listener: Listener,
        overrides: Overrides,
    ) -> TurnEvent:
        def loading(share: float) -> None:
            listener(ModelLoading(conversation.id, choice.name, share))

        loaded, notes = self._engine.load(choice, loading)
        prompt = self._composer.compose(conversation, choice.name, loaded, overrides)
        state_file = self._states.file_for(
            conversation.id, loaded, choice.settings, self._engine.identity
        )
        with self._engine.generate(
            prompt.fitted.messages, prompt.sampling, date=prompt.date, state_file=state_file
        ) as job:
            result = _follow(job, conversation.id, recorder, listener)
        self._states.touch(state_file)
        self._states.prune()
        message = recorder.finish(
            "cancelled" if result.stop == "cancelled" else "finished",
            stop=result.stop,
            figures=facts.figures(result),
            recipe=facts.recipe(choice, loaded, prompt, result),
        )
        sentences = (*notes, *facts.notices(loaded, prompt, result))
        return TurnFinished(conversation.id, message, sentences)

    def _use(
        self, conversation_id: str, draft: str, listener: Callable[[ContextUse], None]
    ) -> None:
        if self._running_in is None and (use := self._composer.use(conversation_id, draft)):
            listener(use)

    def _close(self, recorder: Recorder, conversation_id: str, error: StudioError) -> TurnEvent:
        """End a turn that could not be finished, keeping what had arrived."""
        stopped = error.code in _STOPPED_CODES and self._engine.stopping
        status: Status = "cancelled" if stopped else "failed"
        try:
            reply = recorder.finish(
                status,
                stop="cancelled" if stopped else "",
                failure=None if stopped else _failure(error),
            )
        except StudioError as unsaved:
            return TurnFailed(conversation_id, unsaved, recorder.in_memory(_failure(unsaved)))
        if stopped:
            return TurnFinished(conversation_id, reply)
        return TurnFailed(conversation_id, error, reply)


def _open(
    store: ConversationStore, conversation: Conversation, text: str | None, model: str
) -> tuple[Message, Message]:
    if text is not None:
        return store.ask(conversation.id, text, model)
    question = next(
        message for message in reversed(store.branch(conversation.id)) if message.role == "user"
    )
    return question, store.begin_reply(question.id, model)


def _follow(
    job: Job, conversation_id: str, recorder: Recorder, listener: Listener
) -> ReplyGenerated:
    while True:
        event = job.next(_POLL_S)
        recorder.save_if_due()
        if isinstance(event, Failed):
            raise error_of(event)
        if isinstance(event, Done) and isinstance(event.result, ReplyGenerated):
            return event.result
        if event is not None:
            _pass_on(event, conversation_id, recorder, listener)


def _pass_on(event: Event, conversation_id: str, recorder: Recorder, listener: Listener) -> None:
    if isinstance(event, Progress):
        listener(
            PromptReading(conversation_id, int(event.done), int(event.total), event.seconds_left)
        )
    elif isinstance(event, Token):
        reasoning = event.text if event.channel == "reasoning" else ""
        text = "" if reasoning else event.text
        recorder.add(text, reasoning)
        recorder.save_if_due()
        listener(ReplyGrew(conversation_id, recorder.reply_id, text, reasoning))


def _note_failure(counting: Future[None]) -> None:
    """Log why a draft could not be counted; the meter then stays as it is."""
    if counting.cancelled() or (error := counting.exception()) is None:
        return
    level = logging.INFO if isinstance(error, StudioError) else logging.ERROR
    _log.log(level, "the context could not be counted", exc_info=error)


def _failure(error: StudioError) -> Failure:
    return Failure(error.code, error.what, error.hint, error.details)
