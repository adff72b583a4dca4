"""Finds the reply that can be gone on with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.errors import StudioError
from studio.translation import tr

if TYPE_CHECKING:
    from studio.chat.conversation import Conversation, Message
    from studio.chat.store import ConversationStore

_CUT_OFF_STOPS = ("max_tokens", "context")
_CUT_OFF_STATES = ("cancelled", "interrupted", "failed")


def last_reply(store: ConversationStore, conversation: Conversation) -> Message:
    """Return the last reply on show, as it is before it is gone on with.

    Raises:
        StudioError: ``reply.none_to_go_on_with``.
    """
    branch = store.branch(conversation.id)
    last = branch[-1] if branch else None
    if last is None or last.role != "assistant" or not last.parent_id or not _has_words(last):
        raise StudioError(
            "reply.none_to_go_on_with",
            tr("There is no reply here that could be gone on with."),
            tr("Ask for a new one."),
        )
    return last


def was_cut_off(message: Message) -> bool:
    """Tell whether a reply has words and ended before its own end."""
    if message.role == "user" or not _has_words(message):
        return False
    return message.stop in _CUT_OFF_STOPS or message.status in _CUT_OFF_STATES


def _has_words(reply: Message) -> bool:
    return bool(reply.content or reply.reasoning)
