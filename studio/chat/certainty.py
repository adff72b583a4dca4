"""How sure the model was of each word of a reply: asked of the model itself, afterwards."""

from __future__ import annotations

import math
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from studio.chat import recipes
from studio.engine.outcome import error_of
from studio.engine.protocol import Done, Failed, Progress, Token
from studio.errors import StudioError

if TYPE_CHECKING:
    from studio.chat.conversation import Message
    from studio.engine.text import ModelChoice, TextEngine

Told = Callable[[float], None]
Asked = Future[tuple["Judged", ...]]


@dataclass(frozen=True, slots=True)
class Alternative:
    """A piece of text that might have stood there, and its probability, 0 to 1."""

    text: str
    probability: float


@dataclass(frozen=True, slots=True)
class Judged:
    """A piece of a reply, how likely it was (0 to 1), and the likeliest pieces at its place."""

    text: str
    probability: float
    alternatives: tuple[Alternative, ...]


def judge(
    engine: TextEngine,
    choose: Callable[[str, bool], ModelChoice],
    reply: Message,
    prompt: str,
    told: Told,
) -> tuple[Judged, ...]:
    """Return the pieces of a reply with their probabilities; together they are its text.

    The probabilities are the model's own, before temperature and the other settings.

    Args:
        prompt: the exact text that the reply followed.
        told: is given the share that is done, 0 to 1.

    Raises:
        StudioError: ``reply.no_recipe``; the model cannot be loaded; ``chat.stopped``.
    """
    if not prompt or not reply.content:
        raise recipes.no_recipe()
    choice = choose(recipes.model_of(reply), False)
    engine.load(replace(choice, settings=recipes.load_settings(reply)), lambda _share: None)
    pieces: list[Judged] = []
    with engine.score(prompt, reply.content, reply.reasoning) as job:
        for event in job.events():
            if isinstance(event, Failed):
                raise error_of(event)
            if isinstance(event, Done) and event.cancelled:
                raise StudioError("chat.stopped", "Stopped before the end.", "Ask again.")
            if isinstance(event, Progress):
                told(event.done / event.total)
            elif isinstance(event, Token):
                pieces.append(_judged(event))
    return tuple(pieces)


def _judged(token: Token) -> Judged:
    alternatives = tuple(
        Alternative(each.text, math.exp(each.logprob)) for each in token.alternatives
    )
    return Judged(token.text, math.exp(token.logprob or 0.0), alternatives)
