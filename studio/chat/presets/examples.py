"""Puts a preset's examples before a conversation, as if they had been said; they always stay."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from studio.chat.presets.preset_file import Example
from studio.engine.language import ChatMessage
from studio.errors import StudioError
from studio.prompting.budget import Fitted, fit
from studio.translation import tr


def with_examples(
    examples: Sequence[Example], messages: Sequence[ChatMessage]
) -> tuple[ChatMessage, ...]:
    """Return a prompt's messages with the examples behind the system text."""
    start = 0
    while start < len(messages) and messages[start].role == "system":
        start += 1
    told = [
        ChatMessage(role, text)
        for example in examples
        for role, text in (("user", example.user), ("assistant", example.assistant))
    ]
    return (*messages[:start], *told, *messages[start:])


def fit_with(
    examples: Sequence[Example],
    messages: Sequence[ChatMessage],
    count: Callable[[Sequence[ChatMessage]], int],
    limit: int,
) -> Fitted:
    """Fit a conversation as :func:`studio.prompting.budget.fit` does, the examples counted in.

    Like the system text they are never left out: history goes before them.

    Raises:
        StudioError: ``prompt.too_long`` when not even the last question fits beside them.
    """
    try:
        fitted = fit(messages, lambda some: count(with_examples(examples, some)), limit)
    except StudioError as error:
        if error.code != "prompt.too_long" or not examples:
            raise
        hint = tr(
            "Shorten the message, or choose a preset with fewer examples or a longer "
            "conversation length."
        )
        raise StudioError(error.code, error.what, hint) from error
    return replace(fitted, messages=with_examples(examples, fitted.messages))
