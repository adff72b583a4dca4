"""How sure the model was of each word of a reply: asked of the model itself, afterwards."""

from __future__ import annotations

import math
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.chat import recipes
from studio.engine.outcome import error_of
from studio.engine.protocol import Done, Failed, Progress, Token
from studio.errors import StudioError
from studio.translation import tr

if TYPE_CHECKING:
    from studio.chat.conversation import Message
    from studio.chat.exchange import Choose
    from studio.engine.text import TextEngine

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
    choose: Choose,
    reply: Message,
    prompt: str,
    told: Told,
    show: Callable[[str], None] = lambda _prompt: None,
) -> tuple[Judged, ...]:
    """Return the pieces of a reply with their probabilities; together they are its text.

    The probabilities are the model's own, before temperature and the other settings.

    Args:
        prompt: the exact text that the reply followed.
        told: is given the share that is done, 0 to 1.
        show: has the loaded model see the pictures that the prompt names.

    Raises:
        StudioError: ``reply.no_recipe``; the model cannot be loaded; ``chat.stopped``.
    """
    if not prompt or not reply.content:
        raise recipes.no_recipe()
    choice = choose(recipes.model_of(reply), False, recipes.load_settings(reply))
    engine.load(choice, lambda _share: None)
    show(prompt)
    pieces: list[Judged] = []
    with engine.score(prompt, reply.content, reply.reasoning) as job:
        for event in job.events():
            if isinstance(event, Failed):
                raise error_of(event)
            if isinstance(event, Done) and event.cancelled:
                raise StudioError("chat.stopped", tr("Stopped before the end."), tr("Ask again."))
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
