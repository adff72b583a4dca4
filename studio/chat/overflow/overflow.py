"""What happens when a conversation outgrows the model's context: stop, roll, or compact."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from studio.chat.conversation import Conversation
from studio.chat.options import OVERFLOWS, Overflow
from studio.errors import StudioError
from studio.translation import tr

SETTING = "chat.overflow"


def overflow_from(value: object) -> Overflow:
    """Return a setting's value; an unknown one, as of a later version, is the usual way."""
    return next((known for known in OVERFLOWS if known == value), "roll")


def in_force(conversation: Conversation | None, usual: Overflow) -> Overflow:
    """Return a conversation's own choice, or else the one of the settings."""
    own = conversation.options.overflow if conversation is not None else None
    return own or usual


def context_full(tokens: int, limit: int) -> StudioError:
    """Return why nothing was sent to the model.

    Args:
        tokens: of the whole prompt.
        limit: tokens that it may have; room for the reply is already taken off.
    """
    return StudioError(
        "prompt.context_full",
        tr(
            "This chat has outgrown the model's context: it takes {tokens:,} "
            "tokens, and {limit:,} are free beside the room for the reply. Nothing was sent to "
            "the model.",
            tokens=tokens,
            limit=limit,
        ),
        tr(
            "Choose another way for this chat with the ring beside Send, and try again. Or begin "
            "a new chat, use “New chat from here” on an earlier message, or choose a longer "
            "conversation length for the model."
        ),
    )


def summary_too_long(tokens: int, limit: int) -> StudioError:
    """Return why nothing was sent to the model, where a summary made room but is too long itself.

    Args:
        tokens: of the whole prompt without it.
        limit: as above.
    """
    return StudioError(
        "prompt.context_full",
        tr(
            "The summary of this chat's oldest messages does not fit into the model's context, and "
            "without it the chat takes {tokens:,} tokens, where {limit:,} are free beside the room "
            "for the reply. Nothing was sent to the model.",
            tokens=tokens,
            limit=limit,
        ),
        tr(
            "Shorten the summary in the chat, or choose a longer conversation length for the model."
        ),
    )


def summary_left_out() -> str:
    """Return the sentence about a summary that the model was not told."""
    return tr(
        "Together with the summary of the oldest messages this message does not fit into the "
        "model's context, so the model did not see the summary. Shorten it in the chat, or choose "
        "a longer conversation length for the model."
    )


def left_out_of(recipe: Mapping[str, Any]) -> tuple[int, int]:
    """Return how many messages the model was told nothing of, and how many in a summary.

    Args:
        recipe: of a reply; it may come from an import and hold anything.
    """
    reads_from, summarised = (recipe.get(key, 0) for key in ("reads_from", "summarised"))
    if type(reads_from) is not int or type(summarised) is not int or summarised < 0:
        return 0, 0
    return max(0, reads_from - summarised), summarised


def left_out(messages: int, summarised: int = 0) -> str:
    """Return the sentence about messages that the model was not shown; empty without any.

    Args:
        summarised: older ones that it was told by a summary.
    """
    if messages <= 0:
        return ""
    if summarised:
        return tr(
            "The message after the summary no longer fits into the model's context, so the model "
            "did not see it.",
            "The %n messages after the summary no longer fit into the model's context, so the "
            "model did not see them.",
            messages,
        )
    return tr(
        "The oldest message no longer fits into the model's context, so the model did not see it.",
        "The %n oldest messages no longer fit into the model's context, so the model did not see "
        "them.",
        messages,
    )
