"""Marks the places of pictures in a prompt: a marker names a picture by the SHA-256 of its file."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

_MARKER = re.compile(r"<picture:([0-9a-f]{64})>")


@dataclass(frozen=True, slots=True)
class Shown:
    """The place of a picture in a text."""

    sha256: str


def marker(sha256: str) -> str:
    """Return what stands for a picture in a prompt."""
    return f"<picture:{sha256}>"


def named_in(text: str) -> tuple[str, ...]:
    """Return the SHA-256 of each picture that a text names, each once, in order."""
    return tuple(dict.fromkeys(_MARKER.findall(text)))


def pieces(text: str, known: Collection[str]) -> list[str | Shown]:
    """Return a prompt as texts and pictures, in order; unknown markers stay text."""
    found: list[str | Shown] = []
    at = 0
    for match in _MARKER.finditer(text):
        if match[1] not in known:
            continue
        if match.start() > at:
            found.append(text[at : match.start()])
        found.append(Shown(match[1]))
        at = match.end()
    if at < len(text) or not found:
        found.append(text[at:])
    return found
