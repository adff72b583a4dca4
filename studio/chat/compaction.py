"""Makes room in a model's context: the model itself sums up the oldest part of a conversation.

What is summed up are whole exchanges, so many that the next few turns fit without doing it again:
as long as a summary stays, prompts only grow at their end. The newest exchange is always told word
for word. A part that the model cannot read in one go is summed up in steps, each of which holds the
one before; every step is kept, so that nothing is done twice.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

from studio.chat import facts
from studio.chat.conversation import Conversation
from studio.chat.overflow.history import History
from studio.chat.overflow.summaries import Summary
from studio.chat.presets.examples import with_examples
from studio.chat.prompt import Overrides, Prompt, PromptComposer, date_of, prompt_limit, system_of
from studio.engine.language import (
    Begun,
    ChatMessage,
    Generate,
    ModelLoaded,
    ReplyGenerated,
    Sampling,
)
from studio.engine.outcome import error_of
from studio.engine.protocol import Done, Failed, Progress, Token
from studio.engine.text import ModelChoice, TextEngine
from studio.errors import StudioError
from studio.prompting import summary as wording
from studio.prompting.budget import first_true
from studio.prompting.messages import beginnings, for_model
from studio.translation import tr

if TYPE_CHECKING:
    from studio.chat.presets.presets import Preset

Asked = Future[Summary]
Choose = Callable[[str, bool], ModelChoice]
Told = Callable[[int, float], None]
"""Is told of how many messages the summary is being written, and which share of it is done."""

_log = logging.getLogger(__name__)
_LEAST_TOKENS, _MOST_TOKENS, _SHARE = 32, 400, 8
_FENCE_TOKENS = 32
_THOUGHT_TOKENS = 512
_SHORTEST_TURN = 80
_CHARACTERS_PER_TOKEN = 4  # about; the engine joins tokens that come in quick succession
_READING = 0.5  # of the work is reading what is summed up
_STEADY = Sampling(temperature=0.2, top_p=0.9, repeat_penalty=1.1, seed=0)


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation and the model that is loaded for its next reply.

    ``question_id`` is what is answered, and empty for the end of what is on show.
    """

    conversation: Conversation
    choice: ModelChoice
    loaded: ModelLoaded
    overrides: Overrides = field(default_factory=Overrides)
    begun: Begun | None = None
    question_id: str = ""


class Compactor:
    """Composes prompts, with a summary in place of what does not fit where that is wanted."""

    def __init__(self, engine: TextEngine, composer: PromptComposer) -> None:
        self._engine = engine
        self._composer = composer

    def compose(self, talk: Talk, told: Told) -> Prompt:
        """Return the prompt of the next reply, as :meth:`PromptComposer.compose` does.

        Where the oldest part cannot be summed up, it is left out, and the notes tell why.

        Raises:
            StudioError: as there; ``chat.stopped``; or that the engine has gone meanwhile.
        """
        prompt = self._composed(talk)
        conversation = talk.conversation
        if not prompt.fitted.dropped or self._composer.overflow_of(conversation) != "compact":
            return prompt
        if prompt.forgone:  # another summary would build on the one that has no room
            return prompt
        try:
            made = self._make_room(talk, told)
        except StudioError as error:
            if self._engine.stopping or self._engine.loaded is None:
                raise
            _log.info("the oldest messages are not summed up: %s", error)
            why = tr("The oldest messages could not be summarised. {reason}", reason=error.what)
            return replace(prompt, notes=(*prompt.notes, why))
        if made is None:
            return prompt
        prompt = self._composed(talk)
        return replace(prompt, notes=(*prompt.notes, _summarised(prompt.summarised)))

    def summarise(self, conversation: Conversation, choose: Choose, told: Told) -> Summary:
        """Sum up the oldest part now, also while there is room.

        Raises:
            StudioError: ``summary.nothing`` without an older part; ``summary.base_model``;
                ``summary.empty``; ``summary.no_room``; ``chat.stopped``; or what the engine
                failed with.
        """
        choice = self._composer.choose(conversation, choose, False)
        loaded, _ = self._engine.load(choice, lambda _share: told(0, 0.0))
        made = self._make_room(Talk(conversation, choice, loaded), told)
        if made is None:
            raise StudioError(
                "summary.nothing",
                tr("There is no older part to summarise: the newest exchange stays as it is."),
                tr("Go on with the chat first."),
            )
        return made

    def _composed(self, talk: Talk) -> Prompt:
        return self._composer.compose(
            talk.conversation,
            talk.choice.name,
            talk.loaded,
            talk.overrides,
            talk.begun,
            talk.question_id,
        )

    def _make_room(self, talk: Talk, told: Told) -> Summary | None:
        if not talk.loaded.has_template:
            raise StudioError(
                "summary.base_model",
                tr("A base model goes on with a text and cannot be asked for a summary."),
                tr("Choose a model that chats."),
            )
        preset = self._composer.preset_of(talk.conversation, talk.choice.name)
        system = system_of(talk.conversation, preset)
        history = self._composer.history(talk.conversation, system, question_id=talk.question_id)
        end = self._end_of_the_old(talk, history, preset)
        return _Steps(self._engine, self._composer, talk, history, told).write(end) if end else None

    def _end_of_the_old(self, talk: Talk, history: History, preset: Preset) -> int:
        """Return how many of the history's turns are to be summed up; 0 for none."""
        plain = for_model(history.system, history.turns)
        head = len(plain) - len(starts := beginnings(history.turns))
        cuts = [n for n, message in enumerate(plain[head:]) if n and message.role == "user"]
        if not cuts:
            return 0
        sampling = talk.overrides.apply(preset.sampling)
        limit = prompt_limit(talk.loaded.context, sampling) - _allowance(talk) - _FENCE_TOKENS
        date = date_of(talk.conversation)

        def fits(number: int, room: int) -> bool:
            kept = with_examples(preset.examples, (*plain[:head], *plain[head + cuts[number] :]))
            return self._engine.count(kept, date=date, begun=talk.begun).tokens <= room

        newest = len(cuts) - 2  # so that the exchange before the last question stays
        wanted = first_true(lambda number: fits(number, limit // 2), len(cuts))
        chosen = len(cuts) - 1 if wanted is None else wanted
        if 0 <= newest < chosen and fits(newest, limit):
            chosen = newest
        return starts[cuts[chosen]]


class _Steps:
    """Writes the summary of a history's first turns, in as many steps as it takes."""

    def __init__(
        self,
        engine: TextEngine,
        composer: PromptComposer,
        talk: Talk,
        history: History,
        told: Told,
    ) -> None:
        self._engine = engine
        self._composer = composer
        self._talk = talk
        self._history = history
        self._told = told
        self._tokens = _allowance(talk)

    def write(self, end: int) -> Summary | None:
        """Sum up the first ``end`` turns; return the last summary."""
        made = self._history.summary
        at, whole = 0, self._history.skipped + end
        self._told(whole, 0.0)
        while at < end:
            upto, prompt = self._next(made.text if made else "", at, end)
            begun = at / end
            text, result = self._write(prompt, whole, begun, (upto - at) / end)
            made = self._keep(text, result, upto, made)
            at = upto
        return made

    def _next(self, earlier: str, at: int, end: int) -> tuple[int, tuple[ChatMessage, ...]]:
        """Return up to which turn the model can read in one go, and the prompt for it.

        Raises:
            StudioError: ``summary.no_room`` when it is not even one.
        """
        places = [*_exchanges(self._history, at, end), end]
        room = self._talk.loaded.context - self._reply_tokens()

        def prompt(number: int, longest: int | None = None) -> tuple[ChatMessage, ...]:
            turns = for_model("", self._history.turns[at : places[number]])
            return wording.request(earlier, turns, self._tokens, longest)

        def is_too_long(number: int) -> bool:
            return self._count(prompt(number)) > room

        beyond = first_true(is_too_long, len(places))
        fitting = len(places) if beyond is None else beyond
        if fitting:
            return places[fitting - 1], prompt(fitting - 1)
        longest = max(len(turn.content) for turn in self._history.turns[at : places[0]])
        while longest > _SHORTEST_TURN:
            longest //= 2
            if self._count(shortened := prompt(0, longest)) <= room:
                return places[0], shortened
        shortest = prompt(0, _SHORTEST_TURN)
        if self._count(shortest) + _LEAST_TOKENS > self._talk.loaded.context:
            raise _no_room(earlier)
        return places[0], shortest

    def _count(self, messages: Sequence[ChatMessage]) -> int:
        return self._engine.count(messages, date=date_of(self._talk.conversation)).tokens

    def _reply_tokens(self) -> int:
        """Return the tokens that a summary may take, and thinking about it."""
        thought = min(_THOUGHT_TOKENS, self._talk.loaded.context // 4)
        return self._tokens + (thought if self._talk.loaded.reasoning else 0)

    def _write(
        self, prompt: tuple[ChatMessage, ...], whole: int, begun: float, share: float
    ) -> tuple[str, ReplyGenerated]:
        sampling = replace(_STEADY, max_tokens=self._reply_tokens())
        written = 0
        date = date_of(self._talk.conversation)
        with self._engine.generate(Generate(0, prompt, sampling, date=date)) as job:
            for event in job.events():
                if isinstance(event, Failed):
                    raise error_of(event)
                if isinstance(event, Progress) and event.total:
                    self._told(whole, begun + share * _READING * event.done / event.total)
                if isinstance(event, Token):
                    written += max(1, len(event.text) // _CHARACTERS_PER_TOKEN)
                    done = min(1.0, written / self._reply_tokens())
                    self._told(whole, begun + share * (_READING + (1 - _READING) * done))
                if isinstance(event, Done) and isinstance(event.result, ReplyGenerated):
                    return _text_of(event.result), event.result
        raise _stopped()

    def _keep(
        self, text: str, result: ReplyGenerated, upto: int, before: Summary | None
    ) -> Summary:
        talk = self._talk
        recipe: dict[str, Any] = facts.maker(talk.loaded, self._engine) | {
            "load": asdict(talk.choice.settings) | {"context": talk.loaded.context},
            "sampling": asdict(replace(_STEADY, max_tokens=self._reply_tokens(), seed=result.seed)),
            "messages": self._history.skipped + upto,
            "builds_on": before is not None,
            "prompt_tokens": result.prompt_tokens,
            "tokens": result.tokens,
        }
        return self._composer.summaries.add(
            talk.conversation.id,
            self._history.ids[upto - 1],
            text,
            model=talk.choice.name,
            recipe=recipe,
        )


def _exchanges(history: History, at: int, end: int) -> list[int]:
    """Return where exchanges begin between two turns, both left out."""
    starts = beginnings(history.turns)
    return [n for n in starts if at < n < end and history.turns[n].role == "user"]


def _text_of(result: ReplyGenerated) -> str:
    if result.stop == "cancelled":
        raise _stopped()
    text = wording.tidied(result.text, is_cut=result.stop in ("max_tokens", "context"))
    if not text:
        raise StudioError(
            "summary.empty",
            tr("The model wrote nothing."),
            tr("Try again, or choose another model for it."),
        )
    return text


def _allowance(talk: Talk) -> int:
    """Return how long a summary may be, in tokens."""
    return min(_MOST_TOKENS, max(_LEAST_TOKENS, talk.loaded.context // _SHARE))


def _no_room(earlier: str) -> StudioError:
    """Return why there is no reading what is to be summed up.

    Args:
        earlier: the summary of what was said before it, which is told along.
    """
    if not earlier.strip():
        return StudioError(
            "summary.no_room",
            tr("The model's context is too short to read the oldest messages for a summary."),
            tr("Choose a longer conversation length for the model."),
        )
    return StudioError(
        "summary.no_room",
        tr(
            "The summary that this chat has is so long that the model cannot read it together "
            "with the messages after it."
        ),
        tr(
            "Shorten the summary in the chat, or choose a longer conversation length for the model."
        ),
    )


def _stopped() -> StudioError:
    return StudioError(
        "chat.stopped", tr("Stopped while the oldest messages were summarised."), tr("Send again.")
    )


def _summarised(messages: int) -> str:
    return tr(
        "The model read the oldest message as a summary.",
        "The model read the %n oldest messages as a summary.",
        messages,
    )
