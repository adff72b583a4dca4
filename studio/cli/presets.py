"""`studio presets`: which there are, what they were, and presets to pass on as files."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from studio.assembly import Parts
from studio.chat.presets import bundle as preset_bundle
from studio.chat.presets.difference import lines_of
from studio.chat.presets.keeper import TakenIn
from studio.chat.presets.preset_file import Preset, to_data, to_text
from studio.cli import for_good, preset_edits
from studio.cli.preset_facts import change_rows, find, name_of
from studio.cli.printing import one_line, write_lines
from studio.errors import StudioError

_Answer = tuple[dict[str, Any], list[str]]


def run(parts: Parts, arguments: argparse.Namespace) -> Any:
    """Do what was asked; return what ``--json`` prints."""
    result, lines = _VERBS[arguments.verb](parts, arguments)
    if not arguments.json:
        write_lines(lines)
    return result


def _list(parts: Parts, _arguments: argparse.Namespace) -> _Answer:
    presets, trash = parts.presets.list(), parts.preset_keeper.trashed()
    rows = [_row(parts, preset) for preset in presets]
    lines = [f"{row['name']:<20} {_kind(row):<18} {one_line(row['description'])}" for row in rows]
    if trash:
        lines.append(f"In the trash: {', '.join(trash)}. Bring one back: studio presets restore")
    return {"presets": rows, "trash": trash}, lines


def _show(parts: Parts, arguments: argparse.Namespace) -> _Answer:
    if arguments.version is None:
        preset = find(parts, arguments.preset)
    else:
        preset = parts.preset_keeper.version(name_of(parts, arguments.preset), arguments.version)
    facts = {"name": preset.name, "version": preset.version, "preset": to_data(preset)}
    return facts, to_text(preset).splitlines()


def _history(parts: Parts, arguments: argparse.Namespace) -> _Answer:
    name = name_of(parts, arguments.preset)
    versions = parts.preset_keeper.history(name)
    rows = [
        {
            "version": version.number,
            "saved_at": version.saved_at.isoformat(),
            "origin": version.origin,
            "restored_from": version.restored_from,
        }
        for version in versions
    ]
    lines = [
        f"{version.number:>4}  {version.saved_at.astimezone():%Y-%m-%d %H:%M}  {version.words}"
        for version in versions
    ]
    return {"preset": name, "versions": rows}, lines


def _diff(parts: Parts, arguments: argparse.Namespace) -> _Answer:
    keeper, name = parts.preset_keeper, name_of(parts, arguments.preset)
    newest = max((version.number for version in keeper.history(name)), default=0)
    newer = newest if arguments.newer is None else arguments.newer
    older = newer - 1 if arguments.older is None else arguments.older
    if arguments.older is None and older < 1:
        return (
            {"preset": name, "from": newer, "to": newer, "changes": []},
            ["There is only one version."],
        )
    changes = keeper.difference(name, older, newer)
    lines = [line for change in changes for line in lines_of(change)]
    facts = {"preset": name, "from": older, "to": newer, "changes": change_rows(changes)}
    return facts, lines or [f"Versions {older} and {newer} are the same."]


def _restore(parts: Parts, arguments: argparse.Namespace) -> _Answer:
    keeper = parts.preset_keeper
    if arguments.version is None:
        back = keeper.undelete(arguments.preset)
        told = f"{back.title} is back from the trash."
    else:
        back = keeper.restore(name_of(parts, arguments.preset), arguments.version)
        told = f"{back.title} is as in version {arguments.version} again; this is version "
        told += f"{back.version}."
    return {"preset": back.name, "version": back.version}, [told]


def _remove(parts: Parts, arguments: argparse.Namespace) -> _Answer:
    gone = parts.preset_keeper.delete(name_of(parts, arguments.preset))
    lines = [
        f"{gone.title} is in the trash.",
        f"Bring it back: studio presets restore {gone.name}",
    ]
    return {"removed": gone.name}, lines


def _export(parts: Parts, arguments: argparse.Namespace) -> _Answer:
    target: Path = arguments.path
    chosen = [find(parts, each) for each in dict.fromkeys(arguments.preset)]
    presets = chosen or [preset for preset in parts.presets.list() if preset.is_own]
    if not presets:
        raise StudioError(
            "export.nothing",
            "You have no presets of your own yet.",
            "Name those to export with --preset.",
        )
    count = preset_bundle.write(target, presets)
    return {"path": str(target), "presets": count}, [f"{_counted(count)} in {target}."]


def _import(parts: Parts, arguments: argparse.Namespace) -> _Answer:
    found = preset_bundle.read(arguments.path)  # all can be read, or none is taken
    if arguments.dry_run:
        titles = [preset.title for preset in found]
        return _taken_in(len(found), TakenIn()), [*titles, "Nothing was taken in."]
    taken = parts.preset_keeper.take_in(found)
    lines = [f"Added {preset.title}: {preset.name}" for preset in taken.added]
    lines += [
        f"{preset.title} named its model by the path of a file, which was left out. "
        f"Choose a model for it with studio presets set {preset.name} model M, or for each chat "
        "with --model."
        for preset in taken.without_model
    ]
    if taken.known:
        lines.append(f"{_counted(taken.known)} here already.")
    return _taken_in(len(found), taken), lines or ["The file holds no presets."]


def _taken_in(found: int, taken: TakenIn) -> dict[str, Any]:
    return {
        "found": found,
        "added": [preset.name for preset in taken.added],
        "skipped": taken.known,
        "without_model": [preset.name for preset in taken.without_model],
    }


def _row(parts: Parts, preset: Preset) -> dict[str, Any]:
    shipped = parts.presets.shipped(preset.name)
    return {
        "name": preset.name,
        "title": preset.title,
        "description": preset.description,
        "version": preset.version,
        "own": preset.is_own and shipped is None,
        "changed": preset.is_own and shipped is not None,
        "model": preset.model,
        "examples": [asdict(example) for example in preset.examples],
    }


def _kind(row: Mapping[str, Any]) -> str:
    if row["own"]:
        return f"yours, version {row['version']}"
    return f"changed, version {row['version']}" if row["changed"] else ""


def _counted(count: int) -> str:
    return "1 preset is" if count == 1 else f"{count:,} presets are"


_VERBS: Mapping[str, Callable[[Parts, argparse.Namespace], _Answer]] = {
    "list": _list,
    "show": _show,
    "history": _history,
    "diff": _diff,
    "make": preset_edits.make,
    "set": preset_edits.put,
    "rename": preset_edits.rename,
    "reset": preset_edits.reset,
    "restore": _restore,
    "remove": _remove,
    "purge": for_good.presets,
    "export": _export,
    "import": _import,
}
