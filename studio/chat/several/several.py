"""Several replies to one question: each with a seed of its own, and none forced to be the same."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace

from studio.chat.conversation import Message
from studio.chat.exchange import Wish
from studio.chat.prompt import Overrides
from studio.chat.several.agreement import Agreement, agreement
from studio.engine.language import Sampling
from studio.errors import StudioError
from studio.translation import tr

Asked = Future[None]

LEAST, MOST, USUAL = 2, 8, 3
VARIED = 0.7  # as in Wang et al. 2022, arXiv:2203.11171
_SEEDS = 2**32 - 1  # to llama.cpp the number itself means: draw one


@dataclass(frozen=True, slots=True)
class Varied(Overrides):
    """One of several replies: with the seed after the one before, and a temperature above 0.

    Attributes:
        given: what is asked for besides; its temperature is above 0 or unset.
        number: its place among them, from 0.
        drawn: where the seeds begin when nothing else says so.
    """

    given: Overrides = field(default_factory=Overrides)
    number: int = 0
    drawn: int = 0

    def apply(self, sampling: Sampling) -> Sampling:
        """Return the sampling of this reply."""
        wanted = self.given.apply(sampling)
        first = self.drawn if wanted.seed is None else wanted.seed
        return replace(
            wanted,
            seed=(first + self.number) % _SEEDS,
            temperature=wanted.temperature if wanted.temperature > 0 else VARIED,
        )

    def notes(self, sampling: Sampling) -> tuple[str, ...]:
        """Tell that the temperature was raised."""
        if self.given.apply(sampling).temperature > 0:
            return ()
        return (
            tr(
                "At the temperature 0 all replies would be the same, so they are written at "
                "{temperature}.",
                temperature=VARIED,
            ),
        )


def varied(count: int, given: Overrides | None = None) -> list[Varied]:
    """Return what each of several replies does differently.

    Raises:
        StudioError: ``several.count``.
    """
    if not LEAST <= count <= MOST:
        raise StudioError(
            "several.count",
            tr("{count} replies cannot be written at once.", count=count),
            tr("Ask for {least} to {most}.", least=LEAST, most=MOST),
        )
    drawn = secrets.randbelow(_SEEDS)
    return [Varied(given=given or Overrides(), number=n, drawn=drawn) for n in range(count)]


def wishes(
    question: Message, count: int, given: Overrides | None = None, *, force: bool = False
) -> list[Wish]:
    """Return what has several new replies to a question written, each beside the others.

    Raises:
        StudioError: ``several.count``.
    """
    key = question.conversation_id
    return [Wish(key, None, each, force, question.id) for each in varied(count, given)]


def agreement_of(replies: Sequence[Message]) -> Agreement:
    """Return how far replies agree; those that are not whole do not count."""
    return agreement([each.content if is_whole(each) else None for each in replies])


def is_whole(reply: Message) -> bool:
    """Tell whether a reply came to its own end."""
    return reply.status == "finished" and reply.stop not in ("max_tokens", "context")
