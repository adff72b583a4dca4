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
    "model.not_prepared": "Put its settings back, and try again: studio models reset NAME",
    "settings.cache_needs_attention": (
        "Write: studio models set NAME flash_attention auto, or studio models set NAME "
        "cache_type f16"
    ),
}
_BESIDE = {
    "model.unknown": "Here: studio models list, or studio models add FILE.",
    "conversation.unknown": "studio chats list names every chat, with --trash the removed ones.",
    "worker.never_started": "studio doctor names what is missing.",
}
# What in a sentence names a part of the window, and what does the same here.
WORDS = {
    "Correct it under Shape of replies, or choose free text there.": (
        "Correct it and give it again with --schema or --grammar, or add --free-text."
    ),
    "Start a new chat, or raise Conversation length in Settings, Models.": (
        "Start a new chat, or set a longer conversation length (studio settings set "
        "models.context NUMBER)."
    ),
    "Add it in the Models room, and write the reply again.": (
        "Add it with studio models add FILE, and write the reply again."
    ),
    "Rename the chat yourself: choose it in the list and press F2.": (
        "Name it yourself: studio chats title ID TITLE"
    ),
    "Reload the conversation.": "studio chats show ID tells what is in a chat.",
    "It is in the trash: bring it back in “Edit presets”, or choose another.": (
        "It is in the trash: bring it back with studio presets restore, or choose another."
    ),
    "Correct it in the model's settings.": "Correct it: studio models set NAME KEY VALUE",
    "In the model's settings, choose a batch": "With studio models set, choose a batch",
}


def in_terminal(error: StudioError) -> StudioError:
    """Return the error with the step that can be taken in a terminal."""
    hint = worded(_INSTEAD.get(error.code, error.hint))
    hint = " ".join(filter(None, (hint, _BESIDE.get(error.code))))
    return StudioError(error.code, error.what, hint, error.details)


def worded(text: str) -> str:
    """Return a text in which what is there in the window alone is named as it is here."""
    for there, here in WORDS.items():
        text = text.replace(there, here)
    return text
