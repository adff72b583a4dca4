"""What happens during one exchange, as facts told to whoever listens: window or terminal."""

from __future__ import annotations

from dataclasses import dataclass

from studio.chat.conversation import Message
from studio.errors import StudioError


@dataclass(frozen=True, slots=True)
class TurnStarted:
    """The person's message is stored, and an empty reply beside it."""

    conversation_id: str
    question: Message
    reply: Message


@dataclass(frozen=True, slots=True)
class ModelLoading:
    """The model is being read: ``share`` goes from 0 to 1."""

    conversation_id: str
    model: str
    share: float


@dataclass(frozen=True, slots=True)
class Summarising:
    """The model sums up the ``messages`` oldest ones, which do not fit; ``share`` is 0 to 1."""

    conversation_id: str
    messages: int
    share: float


@dataclass(frozen=True, slots=True)
class ContextFilled:
    """The prompt is made, and is ``tokens`` of the ``limit`` long that the context holds."""

    conversation_id: str
    tokens: int
    limit: int


@dataclass(frozen=True, slots=True)
class PromptReading:
    """The model reads the prompt: ``done`` of ``total`` tokens that are new to it."""

    conversation_id: str
    done: int
    total: int
    seconds_left: float | None


@dataclass(frozen=True, slots=True)
class ReplyGrew:
    """Text was added to the reply; either part may be empty."""

    conversation_id: str
    reply_id: str
    text: str
    reasoning: str = ""


@dataclass(frozen=True, slots=True)
class SavingChanged:
    """The disk does not take the reply that is being written; without ``trouble``, does again.

    Told again with each save that fails.
    """

    conversation_id: str
    reply_id: str
    trouble: StudioError | None


@dataclass(frozen=True, slots=True)
class TurnFinished:
    """The reply is complete or was stopped; ``notices`` are sentences worth showing with it."""

    conversation_id: str
    reply: Message
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TurnFailed:
    """The reply could not be finished. What had arrived is kept in ``reply``.

    Without ``is_saved`` the reply itself may be whole, but ``error`` keeps it from being saved: it
    is lost when the program ends before :class:`ReplySaved` is told.
    """

    conversation_id: str
    error: StudioError
    reply: Message | None = None
    is_saved: bool = True


@dataclass(frozen=True, slots=True)
class ReplySaved:
    """A reply that could not be saved when its turn ended is saved now."""

    conversation_id: str
    reply: Message


TurnEvent = (
    TurnStarted
    | ModelLoading
    | Summarising
    | ContextFilled
    | PromptReading
    | ReplyGrew
    | SavingChanged
    | TurnFinished
    | TurnFailed
    | ReplySaved
)
