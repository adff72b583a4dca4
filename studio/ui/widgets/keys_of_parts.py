"""The keys that work where the focus is, for the page of help; those of the window are commands."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from studio.translation import mark

MENU_KEYS = "Shift+F10"  # not every system turns it into the menu of what has the focus
_IS_MAC = sys.platform == "darwin"


@dataclass(frozen=True, slots=True)
class KeysOfPart:
    """A part of the window, and what its keys do: words and keys, both in English."""

    part: str
    keys: tuple[tuple[str, str], ...]


KEYS_OF_PARTS = (
    KeysOfPart(
        mark("While writing a message"),
        (
            (mark("Begin a new line"), "Shift+Return"),
            (mark("Insert a saved prompt, in an empty message"), "/"),
        ),
    ),
    KeysOfPart(
        mark("In a message of the conversation"),
        (
            (mark("Copy"), "Ctrl+C"),
            (mark("Edit"), "F2"),
            (mark("Show the version before"), "Alt+Left"),
            (mark("Show the next version"), "Alt+Right"),
            (mark("Delete with all that follows"), "Ctrl+Backspace" if _IS_MAC else "Ctrl+Del"),
            (mark("Open its menu"), MENU_KEYS),
        ),
    ),
    KeysOfPart(
        mark("In a list"),
        (
            (mark("Open"), "Return"),
            (mark("Rename"), "F2"),
            (mark("Move to trash"), "Del"),
            (mark("Open its menu"), MENU_KEYS),
        ),
    ),
)
