"""One exchange: question, model, prompt, reply, all of it saved as it happens.

It goes through these steps, each told to the listener: the question and an empty reply are
stored; the model is loaded if it is not; the history is fitted into its context; the reply is
written token by token; its ending, figures and recipe are stored. Only then is the model's own
memory of the conversation looked after, which saves time but is nothing that could be lost.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from studio.chat import facts
from studio.chat.conversation import Conversation, Failure, Figures, Message, Status
from studio.chat.prompt import Overrides, Prompt, PromptComposer
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
from studio.chat.unsaved import Unsaved
from studio.engine.host import Job
from studio.engine.language import ModelLoaded, ReplyGenerated
from studio.engine.outcome import error_of
from studio.engine.protocol import Done, Event, Failed, Progress, Token
from studio.engine.text import ModelChoice, TextEngine
from studio.errors import StudioError, in_words

Listener = Callable[[TurnEvent], None]
Choose = Callable[[str, bool], ModelChoice]

_POLL_S = 0.25
_STOPPED_CODES = frozenset({"worker.stopped_by_us", "chat.stopped"})


@dataclass(frozen=True, slots=True)
class Wish:
    """What one exchange is to do; without ``text`` the last question is answered anew."""

    conversation_id: str
    text: str | None
    overrides: Overrides
    force: bool


class Exchange:
    """Runs exchanges, one after another. Raises nothing: each ends with an event."""

    def __init__(
        self,
        store: ConversationStore,
        engine: TextEngine,
        composer: PromptComposer,
        states: ResumeStates,
        unsaved: Unsaved,
        choose: Choose,
    ) -> None:
        self._store = store
        self._engine = engine
        self._composer = composer
        self._states = states
        self._unsaved = unsaved
        self._choose = choose

    def run(self, wish: Wish, listener: Listener) -> TurnEvent:
        """Do what is wished; return the last event, which the listener is not told."""
        try:
            self._unsaved.try_again()  # so that an earlier reply is part of this prompt
            conversation = self._store.get(wish.conversation_id)
            choice = self._choose(conversation.model, wish.force)
            question, reply = _open(self._store, conversation, wish.text, choice.name)
            listener(TurnStarted(conversation.id, question, reply))
            return self._answer(conversation, choice, wish, Recorder(self._store, reply), listener)
        except Exception as error:  # noqa: BLE001 - a bug of ours ends the turn with a report
            return TurnFailed(wish.conversation_id, in_words(error))

    def _answer(
        self,
        conversation: Conversation,
        choice: ModelChoice,
        wish: Wish,
        recorder: Recorder,
        listener: Listener,
    ) -> TurnEvent:
        try:
            written = self._write(conversation, choice, wish, recorder, listener)
        except Exception as error:  # noqa: BLE001 - as above, with what had arrived kept
            return self._break_off(recorder, in_words(error))
        result = written.result
        last = self._end(
            recorder,
            "cancelled" if result.stop == "cancelled" else "finished",
            notices=(*written.notes, *facts.notices(written.loaded, written.prompt, result)),
            stop=result.stop,
            figures=facts.figures(result),
            recipe=facts.recipe(choice, written.loaded, written.prompt, result),
        )
        self._states.touch(written.state_file)
        self._states.prune()
        return last

    def _write(
        self,
        conversation: Conversation,
        choice: ModelChoice,
        wish: Wish,
        recorder: Recorder,
        listener: Listener,
    ) -> _Written:
        def loading(share: float) -> None:
            listener(ModelLoading(conversation.id, choice.name, share))

        loaded, notes = self._engine.load(choice, loading)
        prompt = self._composer.compose(conversation, choice.name, loaded, wish.overrides)
        state_file = self._states.file_for(
            conversation.id, loaded, choice.settings, self._engine.identity
        )
        with self._engine.generate(
            prompt.fitted.messages, prompt.sampling, date=prompt.date, state_file=state_file
        ) as job:
            result = _follow(job, conversation.id, recorder, listener)
        return _Written(result, loaded, notes, prompt, state_file)

    def _break_off(self, recorder: Recorder, error: StudioError) -> TurnEvent:
        """End a turn that could not be finished, keeping what had arrived."""
        if error.code in _STOPPED_CODES and self._engine.stopping:
            return self._end(recorder, "cancelled", stop="cancelled")
        return self._end(recorder, "failed", error=error)

    def _end(
        self,
        recorder: Recorder,
        status: Status,
        *,
        error: StudioError | None = None,
        notices: tuple[str, ...] = (),
        stop: str = "",
        figures: Figures | None = None,
        recipe: Mapping[str, Any] | None = None,
    ) -> TurnEvent:
        """Save how a reply ended; what the disk does not take is tried again later."""
        failure = _failure(error) if error else None
        try:
            reply = recorder.finish(
                status, stop=stop, failure=failure, figures=figures, recipe=recipe
            )
        except StudioError as refused:
            self._unsaved.add(recorder)
            unsaved = _unsaved(refused)
            kept = recorder.in_memory(_failure(unsaved))
            return TurnFailed(kept.conversation_id, unsaved, kept)
        if error is not None:
            return TurnFailed(reply.conversation_id, error, reply)
        return TurnFinished(reply.conversation_id, reply, (*notices, *recorder.notices))


@dataclass(frozen=True, slots=True)
class _Written:
    """What came of writing a reply; ``notes`` are sentences worth showing with it."""

    result: ReplyGenerated
    loaded: ModelLoaded
    notes: tuple[str, ...]
    prompt: Prompt
    state_file: str


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


def _failure(error: StudioError) -> Failure:
    return Failure(error.code, error.what, error.hint, error.details)


def _unsaved(error: StudioError) -> StudioError:
    """Return why a reply could not be saved, with what becomes of it."""
    hint = f"{error.hint} The reply is kept while the program is open, and saved once that works."
    return StudioError(error.code, error.what, hint, error.details)
