"""What is said of a reply that the disk does not take, while it is written and afterwards."""

from __future__ import annotations

from dataclasses import replace

from studio.chat.conversation import Failure, Message
from studio.chat.turn import TurnFailed
from studio.chat.unsaved import UNSAVED, not_saved
from studio.errors import StudioError
from studio.translation import tr


def is_unsaved(reply: Message) -> bool:
    """Return whether a reply is in memory alone."""
    return reply.failure is not None and reply.failure.code == UNSAVED


def being_unsaved(trouble: StudioError | None) -> str:
    """Return what to say below a reply that is being written; nothing if it is saved."""
    if trouble is None:
        return ""
    told = not_saved(trouble)
    return " ".join(
        (
            tr("This reply is not being saved at the moment. {reason}", reason=trouble.what),
            told.hint,
            tr("It is saved by itself as soon as that works."),
        )
    )


def kept_open(event: TurnFailed, reply: Message) -> tuple[TurnFailed, Message]:
    """Return the failure of a reply that is kept for as long as the window is open, and it."""
    error = event.error
    hint = " ".join(
        (
            error.hint,
            tr("The reply is kept while the program is open, and saved by itself once that works."),
        )
    )
    kept = StudioError(error.code, error.what, hint, error.details)
    failure = Failure(UNSAVED, kept.what, kept.hint, kept.details)
    reply = replace(reply, failure=failure)
    return replace(event, error=kept, reply=reply), reply
