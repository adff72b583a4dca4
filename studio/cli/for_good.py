"""The terminal's `purge`: what lies in a trash is deleted for good, once the person has said so."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from studio.assembly import Parts
from studio.chat import purging
from studio.chat.presets.preset_file import name_key
from studio.cli.printing import one_line
from studio.errors import StudioError
from studio.library.store import Removal
from studio.library.trash import is_link

_Answer = tuple[dict[str, Any], list[str]]


@dataclass(frozen=True, slots=True)
class _Lying:
    """Something in a trash: what names it in JSON, how people know it, and what deletes it."""

    key: str
    name: str
    delete: Callable[[], object]


def chats(parts: Parts, arguments: argparse.Namespace) -> _Answer:
    """Delete a chat in the trash, or all of them, with all that was said in them.

    Raises:
        StudioError: ``purge.nothing``, ``purge.not_confirmed``, ``conversation.unknown``,
            ``conversation.not_trashed``, or ``chat.busy``.
    """
    kept = parts.conversations

    def delete(key: str) -> None:
        parts.session.purge(key)
        purging.finish(parts.database, key)  # which the window leaves to the background

    found = kept.list(trashed=True) if arguments.all else []
    if arguments.name is not None:
        chat = kept.get(arguments.name)
        if chat.trashed_at is None:
            raise StudioError(
                "conversation.not_trashed",
                f"The chat “{one_line(chat.title) or chat.id}” is not in the trash.",
                f"Move it there first: studio chats remove {chat.id}",
            )
        found = [chat]
    lying = [_Lying(each.id, each.title or each.id, partial(delete, each.id)) for each in found]
    return _purge(lying, arguments, "chats")


def models(parts: Parts, arguments: argparse.Namespace) -> _Answer:
    """Delete the file of a removed model, or of all; one only taken off the list stays off it.

    Raises:
        StudioError: ``purge.nothing``, ``purge.not_confirmed``, ``model.not_in_trash``, or a file
            cannot be deleted.
    """
    shelf = parts.shelf
    found = shelf.trashed() if arguments.all else []
    if arguments.name is not None:
        found = [shelf.removed(arguments.name)]
    lying = [_Lying(each.name, _with_its_file(each), partial(shelf.delete, each)) for each in found]
    return _purge(lying, arguments, "models")


def presets(parts: Parts, arguments: argparse.Namespace) -> _Answer:
    """Delete a preset in the trash, or all of them, with their versions.

    Raises:
        StudioError: ``purge.nothing``, ``purge.not_confirmed``, ``preset.not_trashed``, or a file
            cannot be deleted.
    """
    keeper = parts.preset_keeper
    found = keeper.trashed()
    if arguments.name is not None:
        found = [each for each in found if name_key(each) == name_key(arguments.name)]
        if not found:
            raise StudioError(
                "preset.not_trashed",
                f"No preset “{arguments.name}” lies in the trash.",
                "studio presets list names those that do.",
            )
    lying = [_Lying(each, each, partial(keeper.purge, each)) for each in found]
    return _purge(lying, arguments, "presets")


def _with_its_file(removal: Removal) -> str:
    """Return a model's name, with a word of its file where that is no part of what goes."""
    stays = removal.is_hidden_only or is_link(removal)
    return f"{removal.name} (its file stays)" if stays else removal.name


def _purge(lying: Sequence[_Lying], arguments: argparse.Namespace, kind: str) -> _Answer:
    if (arguments.name is None) is not arguments.all:
        raise StudioError(
            "purge.nothing",
            "It is not said what is to be deleted.",
            f"Name one of them, or write --all for the whole trash. See studio {kind} purge "
            "--help.",
        )
    names = ", ".join(one_line(each.name) for each in lying)
    if lying and not arguments.yes:
        raise StudioError(
            "purge.not_confirmed",
            f"Nothing could bring this back: {names}.",
            "Add --yes to delete it.",
        )
    for each in lying:
        each.delete()
    told = f"Deleted for good: {names}" if lying else "The trash is empty."
    return {"purged": [each.key for each in lying]}, [told]
