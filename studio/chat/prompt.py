"""Makes a conversation's prompt: which preset, which system text, and how much history fits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace

from studio.chat.conversation import Conversation
from studio.chat.preset_examples import fit_with, with_examples
from studio.chat.presets import Preset, Presets
from studio.chat.store import ConversationStore
from studio.engine.language import Begun, ChatMessage, ModelLoaded, Sampling
from studio.engine.text import ModelChoice, TextEngine
from studio.errors import StudioError
from studio.prompting.budget import Fitted
from studio.prompting.messages import StoredTurn, for_model


@dataclass(frozen=True, slots=True)
class ContextUse:
    """How much of the model's context a conversation fills, in tokens."""

    tokens: int
    limit: int


@dataclass(frozen=True, slots=True)
class Overrides:
    """What one turn does differently from its preset; ``None`` leaves a value as it is."""

    temperature: float | None = None
    max_tokens: int | None = None
    seed: int | None = None

    def apply(self, sampling: Sampling) -> Sampling:
        """Return the sampling with these values in place."""
        wanted = {key: value for key, value in asdict(self).items() if value is not None}
        return replace(sampling, **wanted)


@dataclass(frozen=True, slots=True)
class Prompt:
    """What goes to the model for one reply; ``notes`` are sentences worth showing with it."""

    fitted: Fitted
    preset: Preset
    system: str
    sampling: Sampling
    date: str
    notes: tuple[str, ...] = ()


_GONE = frozenset({"model.unknown", "model.missing", "model.none_here"})


class PromptComposer:
    """Builds prompts from what is stored, counted with the loaded model's own tokenizer."""

    def __init__(self, store: ConversationStore, engine: TextEngine, presets: Presets) -> None:
        self._store = store
        self._engine = engine
        self._presets = presets
        self._passed_over: dict[str, str] = {}

    def preset_of(self, conversation: Conversation, model_name: str) -> Preset:
        """Return the preset of a conversation's next reply."""
        return self._presets.in_force(conversation.preset, model_name)

    def choose(
        self,
        conversation: Conversation,
        choose: Callable[[str, bool], ModelChoice],
        force: bool,
    ) -> ModelChoice:
        """Return the model of the next reply: the conversation's, its preset's, or the default.

        A model that the preset prefers but that is gone is passed over; the prompt's notes tell so.

        Raises:
            StudioError: from ``choose``, or as :meth:`Presets.get`.
        """
        preferred = self._preferred(conversation)
        self._passed_over.pop(conversation.id, None)
        if preferred:
            try:
                return choose(preferred, force)
            except StudioError as error:
                if error.code not in _GONE:
                    raise
                self._passed_over[conversation.id] = preferred
        return choose(conversation.model, force)

    def compose(
        self,
        conversation: Conversation,
        model_name: str,
        loaded: ModelLoaded,
        overrides: Overrides,
        begun: Begun | None = None,
    ) -> Prompt:
        """Fit the branch on show into the context, leaving room for the reply.

        Args:
            begun: what of the reply is written already; it counts as a part of the prompt.

        Raises:
            StudioError: ``prompt.too_long`` when not even the last question fits.
        """
        preset = self.preset_of(conversation, model_name)
        system = _system(conversation, preset)
        sampling = overrides.apply(preset.sampling)
        messages = self._messages(conversation, system, "")
        date = _date_of(conversation)

        def tokens(some: Sequence[ChatMessage]) -> int:
            return self._engine.count(some, date=date, begun=begun).tokens

        limit = _prompt_limit(loaded.context, sampling)
        fitted = fit_with(preset.examples, messages, tokens, limit)
        notes = _model_notes(preset, self._passed_over.get(conversation.id), model_name)
        return Prompt(fitted, preset, system, sampling, date, notes)

    def use(self, conversation_id: str, draft: str) -> ContextUse | None:
        """Return what a conversation and a draft fill; ``None`` when no model is loaded."""
        loaded = self._engine.loaded
        if loaded is None:
            return None
        conversation = self._store.get(conversation_id)
        preset = self.preset_of(conversation, conversation.model or loaded.name)
        messages = with_examples(
            preset.examples, self._messages(conversation, _system(conversation, preset), draft)
        )
        if not messages:
            return ContextUse(0, loaded.context)
        counted = self._engine.count(messages, date=_date_of(conversation))
        return ContextUse(counted.tokens, loaded.context)

    def _preferred(self, conversation: Conversation) -> str:
        """Return the model that the chosen preset prefers, if none was chosen for itself."""
        if conversation.model or not conversation.preset:
            return ""
        return self._presets.get(conversation.preset).model

    def _messages(
        self, conversation: Conversation, system: str, draft: str
    ) -> tuple[ChatMessage, ...]:
        turns = [
            StoredTurn(
                message.role,
                message.content,
                message.reasoning,
                failed=message.status == "failed",
            )
            for message in self._store.branch(conversation.id)
            if message.status != "streaming"
        ]
        if draft:
            turns.append(StoredTurn("user", draft))
        return for_model(system, turns)


def _model_notes(preset: Preset, passed_over: str | None, model_name: str) -> tuple[str, ...]:
    if passed_over is None:
        return ()
    return (
        f"The preset “{preset.title}” asks for the model {passed_over}, which is not here; "
        f"{model_name} answered instead.",
    )


def _date_of(conversation: Conversation) -> str:
    return conversation.created_at.date().isoformat()


def _system(conversation: Conversation, preset: Preset) -> str:
    return preset.system if conversation.system is None else conversation.system


def _prompt_limit(context: int, sampling: Sampling) -> int:
    """Return how many tokens the prompt may take, leaving room for the reply."""
    room = min(sampling.max_tokens or context // 4, context // 2)
    return context - room
