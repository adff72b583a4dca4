"""One exchange: question, model, prompt, reply, all of it saved as it happens.

It goes through these steps, each told to the listener: the question and an empty reply are
stored; the model is chosen, and loaded if it is not; the history is fitted into its context; the
reply is written token by token; its ending, figures and recipe are stored. Whatever fails after
the first step becomes the ending of that reply, beside its question. Only then is the model's own
memory of the conversation looked after, which saves time but is nothing that could be lost, and
the reply compared with the shape that was asked for.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Protocol

from studio.chat import facts, recipes
from studio.chat.attachments.files import AttachedFile
from studio.chat.compaction import Compactor, Talk
from studio.chat.conversation import Conversation, Failure, Figures, Message, Status
from studio.chat.going_on import last_reply
from studio.chat.kept_prompts import KeptPrompts
from studio.chat.prompt import Overrides, PromptComposer
from studio.chat.recorder import Recorder
from studio.chat.resume import ResumeStates
from studio.chat.shape import without_verdict
from studio.chat.store import ConversationStore
from studio.chat.turn import (
    ContextFilled,
    ModelLoading,
    PromptReading,
    ReplyGrew,
    SavingChanged,
    Summarising,
    TurnEvent,
    TurnFailed,
    TurnFinished,
    TurnStarted,
)
from studio.chat.unsaved import UNSAVED, Unsaved, not_saved
from studio.chat.verdicts import judged
from studio.engine.host import Job
from studio.engine.language import Generate, LoadSettings, ModelLoaded, ReplyGenerated
from studio.engine.outcome import error_of
from studio.engine.protocol import Done, Event, Failed, Progress, Token
from studio.engine.text import ModelChoice, TextEngine
from studio.errors import StudioError, in_words
from studio.translation import mark, tr

Listener = Callable[[TurnEvent], None]

_POLL_S = 0.25
_log = logging.getLogger(__name__)
_STOPPED_CODES = frozenset({"worker.stopped_by_us", "chat.stopped"})
_NO_MORE = mark("The model had nothing to add.")
_NOTHING_ADDED = {
    "end": _NO_MORE,
    "stop_string": _NO_MORE,
    "context": mark(
        "The context is full, so nothing could be added. Start a new chat, or raise Conversation "
        "length in Settings, Models."
    ),
}


class Choose(Protocol):
    """Finds the model for a name, and how to load it."""

    def __call__(
        self, name: str, force: bool, settings: LoadSettings | None = None, /
    ) -> ModelChoice:
        """Return a choice, with the memory that it needs.

        Args:
            force: also one that may not fit in memory.
            settings: load it just so; by default as the person wants it now.
        """


@dataclass(frozen=True, slots=True)
class Wish:
    """What one exchange is to do; without ``text`` a question is answered anew.

    Attributes:
        force: load a model also where it may not fit in memory.
        beside: with a text, the question that it is another wording of, or ``None`` for the end of
            what is on show; without one, the question to answer.
        again: it answers what the exchange before it in the same turn has asked.
        goes_on: go on with the last reply on show instead.
        queued: the id of the message in the queue that the text is, if it comes from there.
        repeats: a reply to make again, beside itself, from all that is known of how it was made.
        is_draft: the text is the conversation's draft, which waits no longer.
        files: what is attached to the text, besides what waits with the draft.
    """

    conversation_id: str
    text: str | None
    overrides: Overrides
    force: bool
    beside: str | None = None
    goes_on: bool = False
    repeats: Message | None = None
    queued: str = ""
    again: bool = False
    is_draft: bool = False
    files: Sequence[AttachedFile] = ()

    def after(self, last: TurnEvent) -> Wish:
        """Return the wish with what it needs to know of the exchange before it."""
        reply = last.reply if isinstance(last, TurnFinished | TurnFailed) else None
        return replace(self, beside=reply.parent_id) if self.again and reply else self


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
        prompts: KeptPrompts,
    ) -> None:
        self._prompts = prompts
        self._store = store
        self._engine = engine
        self._composer = composer
        self._compactor = Compactor(engine, composer)
        self._states = states
        self._unsaved = unsaved
        self._choose = choose

    def run(self, wish: Wish, listener: Listener) -> TurnEvent:
        """Do what is wished; return the last event, which the listener is not told."""
        try:
            self._unsaved.try_again()  # so that an earlier reply is part of this prompt
            conversation = self._store.get(wish.conversation_id)
            before = last_reply(self._store, conversation) if wish.goes_on else None
            question, reply = _open(self._store, conversation, wish, before)
            listener(TurnStarted(conversation.id, question, reply))
            recorder = _recorder(self._store, reply, before, listener)
            with self._unsaved.watching(recorder, listener):
                return self._answer(conversation, wish, recorder, listener)
        except Exception as error:  # noqa: BLE001 - a bug of ours ends the turn with a report
            return TurnFailed(wish.conversation_id, in_words(error))

    def _answer(
        self,
        conversation: Conversation,
        wish: Wish,
        recorder: Recorder,
        listener: Listener,
    ) -> TurnEvent:
        try:
            write = self._write if wish.repeats is None else self._repeat
            written = write(conversation, wish, recorder, listener)
        except Exception as error:  # noqa: BLE001 - as above, with what had arrived kept
            return self._break_off(recorder, in_words(error))
        result = written.result
        adds_nothing = recorder.adds_nothing
        if adds_nothing:
            last = self._leave(recorder, result.stop)
        else:
            last = self._end(
                recorder,
                "cancelled" if result.stop == "cancelled" else "finished",
                notices=written.notices,
                stop=result.stop,
                figures=facts.figures(result, recorder.before),
                recipe=without_verdict(written.recipe),
            )
        self._look_after(recorder, written)
        if adds_nothing:
            return last
        return judged(last, self._store, recorder, written.recipe, result)

    def _look_after(self, recorder: Recorder, written: _Written) -> None:
        """Keep what explains a stored reply, and what makes the next one quicker."""
        try:
            if recorder.begun is None:  # else it is the prompt of the beginning that explains it
                self._prompts.keep(recorder.reply_id, written.result.prompt)
        except StudioError as error:  # such as a full disk, which the reply itself tells of
            _log.info("the prompt of a reply is not kept: %s", error)
        self._states.touch(written.state_file)
        self._states.prune()

    def _load(
        self,
        conversation_id: str,
        choice: ModelChoice,
        recorder: Recorder,
        listener: Listener,
    ) -> tuple[ModelLoaded, tuple[str, ...]]:
        def loading(share: float) -> None:
            listener(ModelLoading(conversation_id, choice.name, share))

        recorder.note_model(choice.name)
        return self._engine.load(choice, loading)

    def _write(
        self, conversation: Conversation, wish: Wish, recorder: Recorder, listener: Listener
    ) -> _Written:
        if (reply := recorder.begun_as) is not None and reply.model:
            conversation = replace(conversation, model=reply.model)  # in the words of its writer
        choice = self._composer.choose(conversation, self._choose, wish.force)
        attached = self._composer.attached
        attached.check(recorder.question_id, choice)
        loaded, notes = self._load(conversation.id, choice, recorder, listener)
        begun = recorder.begun

        def summarising(messages: int, share: float) -> None:
            listener(Summarising(conversation.id, messages, share))

        question_id = recorder.question_id
        talk = Talk(conversation, choice, loaded, wish.overrides, begun, question_id)
        prompt = self._compactor.compose(talk, summarising)
        listener(ContextFilled(conversation.id, prompt.fitted.tokens, loaded.context))
        state_file = self._states.file_for(
            conversation.id, loaded, choice.settings, self._engine.identity
        )
        messages = tuple(prompt.fitted.messages)
        request = Generate(0, messages, prompt.sampling, "", prompt.date, state_file, begun=begun)
        with self._engine.generate(request) as job:
            result = _follow(job, conversation.id, recorder, listener)
        return _Written(
            result,
            (*notes, *facts.notices(loaded, prompt, result)),
            facts.recipe(choice, loaded, prompt, result, self._engine)
            | attached.recipe(self._store.branch_to(question_id), choice)
            | ({"continued": True} if begun else {}),
            state_file,
        )

    def _repeat(
        self, conversation: Conversation, wish: Wish, recorder: Recorder, listener: Listener
    ) -> _Written:
        """Make a reply again: the same prompt to the letter, read anew, and the same seed."""
        first = wish.repeats
        prompt = self._prompts.of(first.id) if first else ""
        if first is None or not prompt:
            raise recipes.no_recipe()
        name, settings = recipes.model_of(first), recipes.load_settings(first)
        choice = self._choose(name, wish.force, settings)
        loaded, notes = self._load(conversation.id, choice, recorder, listener)
        self._composer.attached.show_again(prompt)
        sampling, read_in = recipes.sampling_again(first), recipes.read_in(first)
        request = Generate(0, (), sampling, reuse=False, prompt=prompt, read_in=read_in)
        with self._engine.generate(request) as job:
            result = recipes.ended_as(first, _follow(job, conversation.id, recorder, listener))
        now = facts.maker(loaded, self._engine)
        told = recipes.comparison(
            first,
            result.text,
            result.reasoning,
            stop=result.stop,
            maker=now,
            batches=result.read_in,
        )
        return _Written(result, (*notes, told), first.recipe | now | {"repeats": first.id}, "")

    def _break_off(self, recorder: Recorder, error: StudioError) -> TurnEvent:
        """End a turn that could not be finished, keeping what had arrived."""
        if error.code in _STOPPED_CODES and self._engine.stopping:
            if recorder.adds_nothing:
                return self._leave(recorder, "cancelled")
            return self._end(recorder, "cancelled", stop="cancelled")
        if (reply := recorder.begun_as) is not None:  # what it was before, it still is
            return self._end(recorder, reply.status, stop=reply.stop, error=error)
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
        failure = _failure(error) if error and status == "failed" else None
        finish = partial(
            recorder.finish, status, stop=stop, failure=failure, figures=figures, recipe=recipe
        )
        return self._ended(recorder, finish, error, notices)

    def _leave(self, recorder: Recorder, stop: str) -> TurnEvent:
        """Leave a reply to which nothing was added as it was, and say why nothing was."""
        told = _NOTHING_ADDED.get(stop)
        return self._ended(recorder, recorder.leave, None, (tr(told),) if told else ())

    def _ended(
        self,
        recorder: Recorder,
        finish: Callable[[], Message],
        error: StudioError | None,
        notices: tuple[str, ...],
    ) -> TurnEvent:
        try:
            reply = finish()
        except StudioError as refused:
            self._unsaved.add(recorder)
            unsaved = not_saved(refused)
            kept = recorder.in_memory(replace(_failure(unsaved), code=UNSAVED))
            return TurnFailed(kept.conversation_id, unsaved, kept, is_saved=False)
        if error is not None:
            return TurnFailed(reply.conversation_id, error, reply)
        return TurnFinished(reply.conversation_id, reply, (*notices, *recorder.notices))


@dataclass(frozen=True, slots=True)
class _Written:
    """What came of writing a reply; ``notices`` are sentences worth showing with it."""

    result: ReplyGenerated
    notices: tuple[str, ...]
    recipe: Mapping[str, Any]
    state_file: str


def _open(
    store: ConversationStore, conversation: Conversation, wish: Wish, before: Message | None
) -> tuple[Message, Message]:
    """Store the question, if it is new, and an empty reply by the model that is wished for."""
    if wish.text is not None:
        return store.ask(
            conversation.id,
            wish.text,
            conversation.model,
            beside=wish.beside,
            queued=wish.queued,
            is_draft=wish.is_draft,
            files=wish.files,
        )
    if wish.repeats is not None and wish.repeats.parent_id is not None:
        question = store.message(wish.repeats.parent_id)
        return question, store.begin_reply(question.id, wish.repeats.model)
    if before is not None and before.parent_id is not None:
        return store.message(before.parent_id), store.go_on(before.id)
    if wish.beside is None:
        raise StudioError(
            "prompt.no_question",
            tr("There is no question here that could be answered again."),
            tr("Write a message to go on from here."),
        )
    return store.message(wish.beside), store.begin_reply(wish.beside, conversation.model)


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


def _recorder(
    store: ConversationStore, reply: Message, before: Message | None, listener: Listener
) -> Recorder:
    def told(trouble: StudioError | None) -> None:
        listener(SavingChanged(reply.conversation_id, reply.id, trouble))

    return Recorder(store, reply, begun_as=before, told=told)
