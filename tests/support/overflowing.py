"""Chats that outgrow a small context, and what their replies were told.

The starter model reads some eighty tokens a second: it goes as far as its test needs. A tiny model
goes all the way.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path
from typing import NamedTuple

from support.exchanges import turn

from studio.assembly import Parts
from studio.chat.conversation import Message
from studio.chat.options import Options, Overflow
from studio.chat.prompt import Overrides
from studio.chat.turn import TurnEvent

SYSTEM = "You are a helpful assistant. Answer in one short sentence."
SHORT = Overrides(temperature=0.0, max_tokens=8)
FRIENDS = ("Anna in Oslo", "Ben in Rome", "Clara in Paris", "David in Lima", "Eva in Cairo")
QUESTIONS = [
    f"Question number {number}: what would you say to my friend {friend}?"
    for number, friend in enumerate(islice(cycle(FRIENDS), 20))
]


class Small(NamedTuple):
    """A data folder whose model ``name`` sees ``context`` tokens, about ``fits`` exchanges."""

    parts: Parts
    name: str
    context: int
    fits: int


def put_starter(home: Path, model: Path) -> None:
    """Put the starter model into a data folder, as ``starter``."""
    (home / "models").mkdir(parents=True, exist_ok=True)
    (home / "models" / "starter.gguf").symlink_to(model)


def see(parts: Parts, name: str, context: int) -> None:
    """Have a model see so many tokens from here on."""
    entry = parts.shelf.find(name)
    parts.shelf.set_load_settings(
        entry, replace(parts.shelf.load_settings(entry), context=context, threads=2)
    )


def chat(small: Small, overflow: Overflow | None) -> str:
    """Begin a chat and return its id."""
    made = small.parts.conversations.create(model=small.name)
    small.parts.conversations.set_system(made.id, SYSTEM)
    small.parts.conversations.set_options(made.id, Options(overflow=overflow))
    return made.id


def talk(small: Small, key: str, questions: list[str]) -> list[list[TurnEvent]]:
    """Have the questions answered; return the events of each turn."""
    return [turn(small.parts, key, question, SHORT) for question in questions]


def replies_of(parts: Parts, key: str) -> list[Message]:
    """Return the replies of a chat."""
    return [each for each in parts.conversations.branch(key) if each.role == "assistant"]
