"""Fits a conversation into a model's context by leaving out its oldest exchanges."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from studio.engine.language import ChatMessage
from studio.errors import StudioError
from studio.translation import tr


@dataclass(frozen=True, slots=True)
class Fitted:
    """A conversation that fits.

    Attributes:
        messages: what the model will see.
        dropped: messages left out; they were the oldest after the system text, without a gap.
        tokens: the size of the prompt.
        whole: the size that it would have with nothing left out.
    """

    messages: tuple[ChatMessage, ...]
    dropped: int
    tokens: int
    whole: int = field(default=0, compare=False)


def fit(
    messages: Sequence[ChatMessage],
    count: Callable[[Sequence[ChatMessage]], int],
    limit: int,
) -> Fitted:
    """Return the conversation with as many of its newest exchanges as ``limit`` tokens allow.

    An exchange is a user turn with all that answers it, and is kept or left out as a whole. The
    system text and the last user turn always stay. Long conversations give up some exchanges more
    than they must, so that the next turns begin with the same prompt and the model need not read
    it all again.

    Args:
        count: tokens of a prompt; asked as seldom as possible.
        limit: tokens that the prompt may have; room for the reply is already taken off.

    Raises:
        StudioError: ``prompt.too_long`` when even the last turn alone does not fit.
    """
    given = tuple(messages)
    tokens = count(given)
    if tokens <= limit:
        return Fitted(given, 0, tokens, tokens)
    cuts = _cuts(given)
    counted: dict[int, int] = {}

    def fits(cut: int) -> bool:
        counted[cut] = count(_without(given, cuts[cut]))
        return counted[cut] <= limit

    fewest = first_true(fits, len(cuts))
    if fewest is None:
        raise too_long(min(counted.values(), default=tokens), limit)
    chosen = _rounded_up(fewest, len(cuts))
    kept = _without(given, cuts[chosen])
    size = counted[chosen] if chosen in counted else count(kept)
    return Fitted(kept, len(given) - len(kept), size, tokens)


def _cuts(messages: tuple[ChatMessage, ...]) -> list[int]:
    """Return the places where the conversation may begin instead, oldest first."""
    start = _system_size(messages)
    users = [place for place, message in enumerate(messages) if message.role == "user"]
    return [place for place in users if place > start]


def _system_size(messages: tuple[ChatMessage, ...]) -> int:
    for place, message in enumerate(messages):
        if message.role != "system":
            return place
    return len(messages)


def _without(messages: tuple[ChatMessage, ...], cut: int) -> tuple[ChatMessage, ...]:
    return messages[: _system_size(messages)] + messages[cut:]


def first_true(test: Callable[[int], bool], size: int) -> int | None:
    """Return the first of 0..size-1 that passes, all after it passing too; None if none does."""
    low, high = 0, size
    while low < high:
        middle = (low + high) // 2
        if test(middle):
            high = middle
        else:
            low = middle + 1
    return low if low < size else None


def _rounded_up(cut: int, cuts: int) -> int:
    """Return a cut at or after ``cut`` that stays the same while the conversation grows."""
    dropped, kept = cut + 1, cuts - 1 - cut
    step = 1
    while step * 2 <= kept // 4:
        step *= 2
    return -(-dropped // step) * step - 1


def too_long(tokens: int, limit: int, *, is_estimate: bool = False) -> StudioError:
    """Return why a message cannot be sent.

    Args:
        tokens: of the message with all that cannot be left out.
        limit: as for :func:`fit`.
        is_estimate: the tokens were not counted.
    """
    if is_estimate:
        what = tr(
            "This message takes about {tokens:,} tokens, and {limit:,} are free beside the room "
            "for the reply.",
            tokens=tokens,
            limit=limit,
        )
    else:
        what = tr(
            "This message with its instructions takes {tokens:,} tokens, and {limit:,} are free "
            "beside the room for the reply.",
            tokens=tokens,
            limit=limit,
        )
    return StudioError(
        "prompt.too_long",
        what,
        tr("Shorten the message, or choose a longer conversation length for the model."),
    )
