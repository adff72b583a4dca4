"""What a reply was made with, read back from what was kept, so that it can be made again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, TypeVar

from studio.chat.conversation import Message
from studio.engine.language import LoadSettings, Sampling
from studio.errors import StudioError

_T = TypeVar("_T", LoadSettings, Sampling)
_SHOWN_WORDS = 8


def model_of(reply: Message) -> str:
    """Return the name of the model that wrote a reply.

    Raises:
        StudioError: ``reply.no_recipe``.
    """
    name = reply.recipe.get("model")
    if not isinstance(name, str) or not name:
        raise no_recipe()
    return name


def check_repeatable(reply: Message) -> None:
    """Refuse what was not written in one go from one prompt.

    Raises:
        StudioError: ``reply.continued`` or ``reply.no_recipe``.
    """
    model_of(reply)
    if reply.recipe.get("continued"):
        raise StudioError(
            "reply.continued",
            "This reply was written in two parts.",
            "Only one that was written in one go can be made again; ask for another reply instead.",
        )


def load_settings(reply: Message) -> LoadSettings:
    """Return how the model was loaded when it wrote a reply.

    Raises:
        StudioError: ``reply.no_recipe``.
    """
    return _read(LoadSettings, reply.recipe.get("load"))


def sampling(reply: Message) -> Sampling:
    """Return how a reply's tokens were chosen, its seed included.

    Raises:
        StudioError: ``reply.no_recipe``.
    """
    return _read(Sampling, reply.recipe.get("sampling"))


def no_recipe() -> StudioError:
    """Return the error of a reply of which it is not known how it was made."""
    return StudioError(
        "reply.no_recipe",
        "It is not known how this reply was made.",
        "Ask for another reply instead; that of a reply which was imported or edited is not kept.",
    )


def comparison(first: Message, text: str, reasoning: str) -> str:
    """Return in words whether a reply that was made again is the same."""
    before, after = _words(first.reasoning, first.content), _words(reasoning, text)
    if (first.content, first.reasoning) == (text, reasoning):
        return "The same text as before, to the letter."
    if before == after:
        return "The same words as before; only blanks differ."
    same = 0
    while same < min(len(before), len(after)) and before[same] == after[same]:
        same += 1
    there = " ".join(before[same : same + _SHOWN_WORDS]) or "the end"
    here = " ".join(after[same : same + _SHOWN_WORDS]) or "the end"
    return (
        f"The same up to word {same}, then “{here}” where the first one has “{there}”. Another "
        "version of the engine or another processor rounds differently."
    )


def _words(reasoning: str, text: str) -> list[str]:
    return f"{reasoning} {text}".split()


def _read(kind: type[_T], data: object) -> _T:
    """Return settings from a recipe; those that this version does not know are left out."""
    if not isinstance(data, Mapping):
        raise no_recipe()
    known: dict[str, Any] = {
        field.name: tuple(value) if isinstance(value := data[field.name], list) else value
        for field in fields(kind)
        if field.name in data
    }
    try:
        return kind(**known)
    except TypeError as error:
        raise no_recipe() from error
