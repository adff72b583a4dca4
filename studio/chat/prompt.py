"""Makes a conversation's prompt: which preset, which system text, and how much history fits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace

from studio.chat import overflow, thinking
from studio.chat.attached_turns import AttachedTurns
from studio.chat.attachments import Attachments
from studio.chat.conversation import Conversation
from studio.chat.history import History, history_of
from studio.chat.options import Overflow
from studio.chat.preset_examples import fit_with, with_examples
from studio.chat.preset_model import Taken, model_gone, take
from studio.chat.presets import Preset, Presets
from studio.chat.shape import in_force
from studio.chat.store import ConversationStore
from studio.chat.summaries import Summaries
from studio.engine.language import Begun, ChatMessage, ModelLoaded, Sampling
from studio.engine.text import ModelChoice, TextEngine
from studio.errors import StudioError
from studio.prompting.budget import Fitted


@dataclass(frozen=True, slots=True)
class ContextUse:
    """How much of the model's context a conversation fills, in tokens; unknown for a limit of 0."""

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

    def notes(self, _sampling: Sampling) -> tuple[str, ...]:
        """Return sentences worth showing with the reply."""
        return ()


@dataclass(frozen=True, slots=True)
class Prompt:
    """What goes to the model for one reply; ``notes`` are sentences worth showing with it.

    Of the messages on the branch, ``summarised`` are told by a summary, and ``reads_from`` precede
    the first that is told word for word.
    """

    fitted: Fitted
    preset: Preset
    system: str
    sampling: Sampling
    date: str
    notes: tuple[str, ...] = ()
    summarised: int = 0
    reads_from: int = 0

    @property
    def left_out(self) -> int:
        """How many messages the model is told nothing of."""
        return self.reads_from - self.summarised


NOT_KNOWN = ContextUse(0, 0)


class PromptComposer:
    """Builds prompts from what is stored, counted with the loaded model's own tokenizer."""

    def __init__(
        self,
        store: ConversationStore,
        engine: TextEngine,
        presets: Presets,
        usual_overflow: Callable[[], Overflow] = lambda: "roll",
    ) -> None:
        self._store = store
        self.usual_overflow = usual_overflow
        self.summaries = Summaries(store.database)
        self._engine = engine
        self._presets = presets
        self._passed_over: dict[str, str] = {}
        self.attached = AttachedTurns(Attachments(store.database), engine)

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
        try:
            taken = self.would_take(conversation.model, conversation.preset, choose, force)
        except StudioError:
            self._engine.drop_replaced()  # such as a broken file in the place of the loaded one
            raise
        self._passed_over[conversation.id] = taken.passed_over
        return taken.choice

    def would_take(
        self, model: str, preset: str, choose: Callable[[str, bool], ModelChoice], force: bool
    ) -> Taken:
        """Return what :meth:`choose` does for a conversation with this model and this preset."""
        return take(self._presets, model, preset, choose, force)

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
            StudioError: ``prompt.too_long`` when not even the last question fits;
                ``picture.no_projector`` when that has a picture and the model cannot see;
                ``shape.invalid`` when no reply can be held to what is asked for;
                ``prompt.context_full`` when the history does not fit and nothing is to be left out.
        """
        preset = self.preset_of(conversation, model_name)
        system = system_of(conversation, preset)
        sampling = in_force(conversation.options, overrides.apply(preset.sampling))
        sampling = thinking.in_force(conversation.options, sampling)
        history = self.history(conversation, system)
        date = date_of(conversation)

        def tokens(some: Sequence[ChatMessage]) -> int:
            return self._engine.count(some, date=date, begun=begun, sampling=sampling).tokens

        limit = prompt_limit(loaded.context, sampling)
        fitted = fit_with(preset.examples, history.messages(), tokens, limit)
        if fitted.dropped and self.overflow_of(conversation) == "stop":
            raise overflow.context_full(fitted.whole, limit)
        notes = _model_notes(preset, self._passed_over.get(conversation.id), model_name)
        notes += self.attached.notes(self._store.branch(conversation.id))
        notes += overrides.notes(preset.sampling)
        reads_from = history.reads_from(fitted.dropped)
        return Prompt(fitted, preset, system, sampling, date, notes, history.skipped, reads_from)

    def use(
        self, conversation_id: str, draft: str, choose: Callable[[str, bool], ModelChoice]
    ) -> ContextUse:
        """Return what a conversation and a draft fill.

        Only the model that will answer can tell; :data:`NOT_KNOWN` while that one is not loaded.
        """
        conversation = self._store.get(conversation_id)
        try:
            taken = self.would_take(conversation.model, conversation.preset, choose, True)
        except StudioError:  # told by the reply that is asked for nevertheless
            return NOT_KNOWN
        loaded = self._engine.loaded
        if loaded is None or taken.choice != self._engine.choice:
            return NOT_KNOWN
        preset = self.preset_of(conversation, taken.choice.name)
        messages = with_examples(
            preset.examples,
            self.history(conversation, system_of(conversation, preset), draft).messages(),
        )
        if not messages:
            return ContextUse(0, loaded.context)
        sampling = thinking.in_force(conversation.options, preset.sampling)
        counted = self._engine.count(messages, date=date_of(conversation), sampling=sampling)
        return ContextUse(counted.tokens, loaded.context)

    def overflow_of(self, conversation: Conversation) -> Overflow:
        """Return what happens when a conversation outgrows the context."""
        return overflow.in_force(conversation, self.usual_overflow())

    def history(self, conversation: Conversation, system: str, draft: str = "") -> History:
        """Return what the loaded model is told of the branch on show, with nothing left out.

        A model without a template is told no summary: it would take it for a text to go on with.
        """
        branch = self._store.branch(conversation.id)
        told = [message for message in branch if message.status != "streaming"]
        loaded = self._engine.loaded
        knows_roles = loaded is not None and loaded.has_template
        return history_of(
            system,
            told,
            self.attached.contents(told),
            self.summaries.on(told) if knows_roles else (),
            draft and self.attached.draft(conversation.id, draft),
        )


def _model_notes(preset: Preset, passed_over: str | None, model_name: str) -> tuple[str, ...]:
    return (str(model_gone(preset, passed_over, model_name)),) if passed_over else ()


def date_of(conversation: Conversation) -> str:
    """Return the date that prompts may mention; it never changes, so that they only grow."""
    return conversation.created_at.date().isoformat()


def system_of(conversation: Conversation, preset: Preset) -> str:
    """Return the system text in force."""
    return preset.system if conversation.system is None else conversation.system


def prompt_limit(context: int, sampling: Sampling) -> int:
    """Return how many tokens the prompt may take, leaving room for the reply."""
    room = min(sampling.max_tokens or context // 4, context // 2)
    return context - room
