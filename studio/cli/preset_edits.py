"""`studio presets make`, `set`, `rename` and `reset`: presets as a person wants them."""

from __future__ import annotations

import argparse
from typing import Any

from studio.assembly import Parts
from studio.chat.presets import bundle as preset_bundle
from studio.chat.presets.difference import difference, lines_of
from studio.chat.presets.preset_file import Preset, to_data
from studio.chat.presets.typed import with_content, with_value
from studio.cli.given import read_standard_input
from studio.cli.preset_facts import change_rows, find
from studio.errors import StudioError
from studio.library.shelf import lasting_name

_Answer = tuple[dict[str, Any], list[str]]


def make(parts: Parts, arguments: argparse.Namespace) -> _Answer:
    """Begin a preset of one's own, empty or like another.

    Raises:
        StudioError: ``preset.unknown``, or as :meth:`PresetKeeper.create`.
    """
    like = find(parts, arguments.like) if arguments.like else None
    made = parts.preset_keeper.create(arguments.title, like)
    lines = [
        f"Added {made.title}: {made.name}",
        f"Change it: studio presets set {made.name} KEY VALUE",
    ]
    return _facts(made), lines


def put(parts: Parts, arguments: argparse.Namespace) -> _Answer:
    """Change one value of a preset, or with ``--file`` all that it says.

    Raises:
        StudioError: ``preset.nothing``, ``preset.not_one``, ``preset.unknown``, ``preset.no_key``,
            ``preset.invalid``, or as :meth:`PresetKeeper.save`.
    """
    before = find(parts, arguments.preset)
    is_unclear = arguments.value is None if arguments.file is None else arguments.key is not None
    if is_unclear:
        raise StudioError(
            "preset.nothing",
            "It is not said what is to change.",
            "Give a KEY and its VALUE, or a --file. See studio presets set --help.",
        )
    if arguments.file is None:
        return _saved(parts, before, with_value(before, arguments.key, _value(parts, arguments)))
    found = preset_bundle.read(arguments.file)
    if len(found) != 1:
        raise StudioError(
            "preset.not_one",
            f"{arguments.file.name} holds {len(found):,} presets, not one.",
            "Take them all in with studio presets import, or name a file with one.",
        )
    return _saved(parts, before, with_content(before, found[0]))


def rename(parts: Parts, arguments: argparse.Namespace) -> _Answer:
    """Give a preset another title; chats that use it go on with it.

    Raises:
        StudioError: ``preset.unknown``, or as :meth:`PresetKeeper.rename`.
    """
    before = find(parts, arguments.preset)
    after = parts.preset_keeper.rename(before.name, arguments.title)
    return _told(before, after)


def reset(parts: Parts, arguments: argparse.Namespace) -> _Answer:
    """Put a preset back to how it came with the program.

    Raises:
        StudioError: ``preset.unknown``, ``preset.not_shipped``, or as :meth:`PresetKeeper.reset`.
    """
    before = find(parts, arguments.preset)
    return _told(before, parts.preset_keeper.reset(before.name))


def _value(parts: Parts, arguments: argparse.Namespace) -> str:
    value: str = arguments.value
    if value == "-":
        return read_standard_input()
    if arguments.key == "model" and value:
        return lasting_name(parts.shelf, value)
    return value


def _saved(parts: Parts, before: Preset, after: Preset) -> _Answer:
    return _told(before, parts.preset_keeper.save(after))


def _told(before: Preset, after: Preset) -> _Answer:
    changes = difference(before, after)
    lines = [line for change in changes for line in lines_of(change)]
    told = f"{after.title} is now version {after.version}." if changes else "Nothing changed."
    return _facts(after) | {"changes": change_rows(changes)}, [told, *lines]


def _facts(preset: Preset) -> dict[str, Any]:
    return {"name": preset.name, "version": preset.version, "preset": to_data(preset)}
