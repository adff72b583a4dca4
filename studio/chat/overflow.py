"""What happens when a conversation outgrows the model's context: stop, roll, or compact."""

from __future__ import annotations

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
            "tokens, and {limit:,} are free. Nothing was sent to the model.",
            tokens=tokens,
            limit=limit,
        ),
        tr(
            "Choose another way for this chat, with the ring beside Send or with "
            "--overflow, and try again. Or begin a new chat, fork this one from an "
            "earlier message, or choose a longer conversation length for the model."
        ),
    )


def left_out(messages: int) -> str:
    """Return the sentence about messages that the model was not shown."""
    return tr(
        "The oldest message no longer fits into the model's context, so the model did not see it.",
        "The %n oldest messages no longer fit into the model's context, so the model did not see "
        "them.",
        messages,
    )
