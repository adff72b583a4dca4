"""Words the next step of an error for a terminal, where there are no pages and buttons."""

from __future__ import annotations

from studio.errors import StudioError

_INSTEAD = {
    "memory.would_not_fit": (
        "Set a shorter conversation length (studio settings set models.context NUMBER), "
        "or add --force to load it anyway."
    ),
    "prompt.context_full": (
        "Choose another way with --overflow roll or --overflow compact. Or begin a new chat, or "
        "set a longer conversation length (studio settings set models.context NUMBER)."
    ),
    "prompt.too_long": (
        "Shorten the message, or set a longer conversation length "
        "(studio settings set models.context NUMBER)."
    ),
    "model.none_here": "Write: studio models get starter, or studio models add FILE.",
}
_BESIDE = {
    "model.unknown": "Here: studio models list, or studio models add FILE.",
    "conversation.unknown": "Without --conversation a new one begins.",
    "worker.never_started": "studio doctor names what is missing.",
}


def in_terminal(error: StudioError) -> StudioError:
    """Return the error with the step that can be taken in a terminal."""
    hint = _INSTEAD.get(error.code, error.hint)
    hint = " ".join(filter(None, (hint, _BESIDE.get(error.code))))
    return StudioError(error.code, error.what, hint, error.details)
