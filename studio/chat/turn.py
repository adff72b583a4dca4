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
class TurnFinished:
    """The reply is complete or was stopped; ``notices`` are sentences worth showing with it."""

    conversation_id: str
    reply: Message
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TurnFailed:
    """The reply could not be finished. What had arrived is kept in ``reply``."""

    conversation_id: str
    error: StudioError
    reply: Message | None = None


TurnEvent = TurnStarted | ModelLoading | PromptReading | ReplyGrew | TurnFinished | TurnFailed
