"""What can happen when a chat outgrows the model's context, in words."""

from __future__ import annotations

from studio.chat.options import Overflow
from studio.translation import mark, tr

TITLES: dict[Overflow, str] = {
    "stop": mark("Stop and ask"),
    "roll": mark("Leave out the oldest messages"),
    "compact": mark("Summarise the oldest messages"),
}
_ABOUT: dict[Overflow, str] = {
    "stop": mark("Nothing is sent to the model until you choose what to do."),
    "roll": mark("The model no longer sees them. They stay in the chat."),
    "compact": mark("The model writes a summary of them and reads that instead. They stay too."),
}


def title(overflow: Overflow) -> str:
    """Return what happens, in a few words."""
    return tr(TITLES[overflow])


def about(overflow: Overflow) -> str:
    """Return the same in a sentence."""
    return tr(_ABOUT[overflow])
