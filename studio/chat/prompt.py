"""Makes a conversation's prompt: which preset, which system text, and how much history fits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace

from studio.chat import thinking
from studio.chat.attachments.attachments import Attachments
from studio.chat.attachments.turns import AttachedTurns
from studio.chat.conversation import Conversation, Message
from studio.chat.options import Overflow
from studio.chat.overflow import overflow
from studio.chat.overflow.history import History, history_of
from studio.chat.overflow.summaries import Summaries
from studio.chat.presets.examples import fit_with
from studio.chat.presets.model import Taken, model_gone, take
from studio.chat.presets.presets import Preset, Presets
from studio.chat.shape import in_force
from studio.chat.store import ConversationStore
from studio.engine.language import Begun, ChatMessage, ModelLoaded, Sampling
from studio.engine.text import ModelChoice, TextEngine
from studio.errors import StudioError
from studio.prompting.budget import Fitted


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
    the first that is told word for word. ``forgone`` summaries were too long to be told.
    """

    fitted: Fitted
    preset: Preset
    system: str
    sampling: Sampling
    date: str
    notes: tuple[str, ...] = ()
    summarised: int = 0
    reads_from: int = 0
    forgone: int = 0

    @property
    def left_out(self) -> int:
        """How many messages the model is told nothing of."""
        return self.reads_from - self.summarised


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
        question_id: str = "",
    ) -> Prompt:
        """Fit what was said into the context, leaving room for the reply.

        A summary with which not even the last question would fit is left out, and a note tells so.

        Args:
            begun: what of the reply is written already; it counts as a part of the prompt.
            question_id: what is answered, wherever it stands; by default the end of what is on
                show, which another program can change at any moment.

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
        date = date_of(conversation)

        def tokens(some: Sequence[ChatMessage]) -> int:
            return self._engine.count(some, date=date, begun=begun, sampling=sampling).tokens

        limit = prompt_limit(loaded.context, sampling)
        history, fitted, forgone = fitted_history(
            lambda number: self.history(
                conversation, system, question_id=question_id, forgone=number
            ),
            lambda told: fit_with(preset.examples, told.messages(), tokens, limit),
        )
        if fitted.dropped and self.overflow_of(conversation) == "stop":
            full = overflow.summary_too_long if forgone else overflow.context_full
            raise full(fitted.whole, limit)
        notes = _model_notes(preset, self._passed_over.get(conversation.id), model_name)
        notes += self.attached.notes(self._branch(conversation, question_id))
        notes += overrides.notes(preset.sampling)
        notes += (overflow.summary_left_out(),) if forgone else ()
        reads_from = history.reads_from(fitted.dropped)
        return Prompt(
            fitted, preset, system, sampling, date, notes, history.skipped, reads_from, forgone
        )

    def overflow_of(self, conversation: Conversation) -> Overflow:
        """Return what happens when a conversation outgrows the context."""
        return overflow.in_force(conversation, self.usual_overflow())

    def history(
        self,
        conversation: Conversation,
        system: str,
        draft: str = "",
        *,
        question_id: str = "",
        forgone: int = 0,
    ) -> History:
        """Return what the loaded model is told, with nothing left out.

        A model without a template is told no summary: it would take it for a text to go on with.

        Args:
            draft: what is being written after it.
            question_id: what it ends with; by default the end of what is on show.
            forgone: how many of the latest summaries are passed over.
        """
        branch = self._branch(conversation, question_id)
        told = [message for message in branch if message.status != "streaming"]
        loaded = self._engine.loaded
        knows_roles = loaded is not None and loaded.has_template
        summaries = self.summaries.on(told) if knows_roles else []
        return history_of(
            system,
            told,
            self.attached.contents(told),
            summaries[: max(0, len(summaries) - forgone)],
            draft and self.attached.draft(conversation.id, draft),
        )

    def _branch(self, conversation: Conversation, end: str) -> list[Message]:
        if end:
            return self._store.branch_to(end)
        return self._store.branch(conversation.id) if conversation.id else []


def fitted_history(
    history: Callable[[int], History], fit: Callable[[History], Fitted]
) -> tuple[History, Fitted, int]:
    """Return what fits, and how many of the latest summaries had to be passed over for it.

    Raises:
        StudioError: as ``fit``, once there is no summary that could be passed over.
    """
    forgone = 0
    while True:
        told = history(forgone)
        try:
            return told, fit(told), forgone
        except StudioError as error:
            if error.code != "prompt.too_long" or told.summary is None:
                raise
        forgone += 1


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
