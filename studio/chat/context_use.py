"""Tells what a conversation and its draft fill of a model's context, and what will not fit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from studio.chat import thinking
from studio.chat.conversation import Conversation
from studio.chat.overflow import overflow
from studio.chat.presets.examples import fit_with, with_examples
from studio.chat.presets.model import Taken
from studio.chat.prompt import PromptComposer, date_of, fitted_history, prompt_limit, system_of
from studio.chat.shape import in_force
from studio.engine.language import ChatMessage, Sampling
from studio.engine.text import ModelChoice, TextEngine
from studio.errors import StudioError
from studio.prompting.budget import too_long

_CHARACTERS_PER_TOKEN = 4  # about
_HUGE = 8  # characters for each token of the context: so much never fits, and takes long to count


@dataclass(frozen=True, slots=True)
class ContextUse:
    """How much of the model's context a conversation fills, in tokens; unknown for a limit of 0.

    ``problem`` is what sending the draft would fail with; ``is_estimate`` tells that nothing was
    counted.
    """

    tokens: int
    limit: int
    problem: StudioError | None = None
    is_estimate: bool = False


NOT_KNOWN = ContextUse(0, 0)


def least_tokens(draft: str) -> int:
    """Return about how many tokens a draft takes, without looking at it."""
    return len(draft) // _CHARACTERS_PER_TOKEN


class ContextMeter:
    """Asks the model that is loaded. Its work is done on the thread of the session alone."""

    def __init__(self, engine: TextEngine, composer: PromptComposer) -> None:
        self._engine = engine
        self._composer = composer

    def use(
        self,
        conversation: Conversation,
        draft: str,
        choose: Callable[[str, bool], ModelChoice],
    ) -> ContextUse:
        """Return what a conversation and a draft fill; one without an id is not stored yet.

        Only the model that will answer can count. While that one is not loaded, a draft that
        cannot fit is told nevertheless, and of others nothing is known.
        """
        try:
            taken = self._composer.would_take(conversation.model, conversation.preset, choose, True)
        except StudioError:  # told by the reply that is asked for nevertheless
            return NOT_KNOWN
        loaded = self._engine.loaded
        is_loaded = loaded is not None and taken.choice == self._engine.choice
        context = loaded.context if loaded and is_loaded else taken.choice.settings.context or 0
        sampling = self._sampling(conversation, taken)
        limit = prompt_limit(context, sampling)
        if not is_loaded or len(draft) > _HUGE * context:
            return estimated(draft, context, limit)
        return self._counted(conversation, draft, taken, sampling, context)

    def _sampling(self, conversation: Conversation, taken: Taken) -> Sampling:
        preset = self._composer.preset_of(conversation, taken.choice.name)
        sampling = in_force(conversation.options, preset.sampling)
        return thinking.in_force(conversation.options, sampling)

    def _counted(
        self,
        conversation: Conversation,
        draft: str,
        taken: Taken,
        sampling: Sampling,
        context: int,
    ) -> ContextUse:
        composer, date = self._composer, date_of(conversation)
        preset = composer.preset_of(conversation, taken.choice.name)
        system = system_of(conversation, preset)

        def tokens(some: Sequence[ChatMessage]) -> int:
            return self._engine.count(some, date=date, sampling=sampling).tokens

        messages = composer.history(conversation, system, draft).messages()
        told = with_examples(preset.examples, messages)
        if not told:
            return ContextUse(0, context)
        use = ContextUse(tokens(told), context)
        limit = prompt_limit(context, sampling)
        if use.tokens <= limit:
            return use
        is_sent = bool(draft.strip())
        try:
            _, fitted, forgone = fitted_history(
                lambda number: composer.history(conversation, system, draft, forgone=number),
                lambda told: fit_with(preset.examples, told.messages(), tokens, limit),
            )
        except StudioError as error:
            if error.code != "prompt.too_long":
                raise
            return replace(use, problem=error) if is_sent else use
        if fitted.dropped and composer.overflow_of(conversation) == "stop":
            full = overflow.summary_too_long if forgone else overflow.context_full
            return replace(use, problem=full(fitted.whole, limit)) if is_sent else use
        return replace(use, tokens=fitted.tokens)  # the model sees no more than that


def estimated(draft: str, context: int, limit: int) -> ContextUse:
    """Return that a draft cannot fit, as far as that can be told without a model."""
    tokens = least_tokens(draft)
    if not context or tokens <= limit:
        return NOT_KNOWN
    problem = too_long(tokens, limit, is_estimate=True)
    return ContextUse(tokens, context, problem, is_estimate=True)
