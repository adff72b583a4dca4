"""Makes a conversation's prompt: which preset, which system text, and how much history fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from studio.chat.conversation import Conversation
from studio.chat.presets import Preset, Presets
from studio.chat.store import ConversationStore
from studio.engine.language import ChatMessage, ModelLoaded, Sampling
from studio.engine.text import TextEngine
from studio.prompting.budget import Fitted, fit
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
    """What goes to the model for one reply."""

    fitted: Fitted
    preset: Preset
    system: str
    sampling: Sampling
    date: str


class PromptComposer:
    """Builds prompts from what is stored, counted with the loaded model's own tokenizer."""

    def __init__(self, store: ConversationStore, engine: TextEngine, presets: Presets) -> None:
        self._store = store
        self._engine = engine
        self._presets = presets

    def preset_of(self, conversation: Conversation, model_name: str) -> Preset:
        """Return the preset of a conversation's next reply."""
        if conversation.preset:
            return self._presets.get(conversation.preset)
        return self._presets.for_model(model_name)

    def compose(
        self,
        conversation: Conversation,
        model_name: str,
        loaded: ModelLoaded,
        overrides: Overrides,
    ) -> Prompt:
        """Fit the branch on show into the context, leaving room for the reply.

        Raises:
            StudioError: ``prompt.too_long`` when not even the last question fits.
        """
        preset = self.preset_of(conversation, model_name)
        system = _system(conversation, preset)
        sampling = overrides.apply(preset.sampling)
        messages = self._messages(conversation, system, "")
        date = _date_of(conversation)

        def tokens(some: Sequence[ChatMessage]) -> int:
            return self._engine.count(some, date=date).tokens

        fitted = fit(messages, tokens, _prompt_limit(loaded.context, sampling))
        return Prompt(fitted, preset, system, sampling, date)

    def use(self, conversation_id: str, draft: str) -> ContextUse | None:
        """Return what a conversation and a draft fill; ``None`` when no model is loaded."""
        loaded = self._engine.loaded
        if loaded is None:
            return None
        conversation = self._store.get(conversation_id)
        preset = self.preset_of(conversation, conversation.model or loaded.name)
        messages = self._messages(conversation, _system(conversation, preset), draft)
        if not messages:
            return ContextUse(0, loaded.context)
        counted = self._engine.count(messages, date=_date_of(conversation))
        return ContextUse(counted.tokens, loaded.context)

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


def _date_of(conversation: Conversation) -> str:
    return conversation.created_at.date().isoformat()


def _system(conversation: Conversation, preset: Preset) -> str:
    return preset.system if conversation.system is None else conversation.system


def _prompt_limit(context: int, sampling: Sampling) -> int:
    """Return how many tokens the prompt may take, leaving room for the reply."""
    room = min(sampling.max_tokens or context // 4, context // 2)
    return context - room
