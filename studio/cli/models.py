"""`studio models`: what is on the shelf, and whether it fits."""

from __future__ import annotations

import argparse
import os
import re
import shlex
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from studio.assembly import Parts
from studio.cli import for_good, model_settings
from studio.cli.load_words import words
from studio.cli.model_doubts import doubts, kind_doubt
from studio.cli.printing import one_line, tell, write_lines
from studio.errors import StudioError
from studio.library import load_values
from studio.library.arrival import get_starters
from studio.library.projectors import expects_projector
from studio.library.shelf import ShelfModel
from studio.paths import is_there
from studio.sizes import file_size


def run(parts: Parts, arguments: argparse.Namespace) -> Any:
    """Run one of the verbs; return what ``--json`` prints."""
    result, lines = _VERBS[arguments.verb](parts, arguments)
    if not arguments.json:
        write_lines(lines)
    return result


_Answer = tuple[Any, list[str]]


def _list(parts: Parts, arguments: argparse.Namespace) -> _Answer:
    if arguments.trash:
        return _trash(parts)
    models = parts.shelf.list()
    rows = [_row(model) for model in models]
    lines = [_line(model) for model in models]
    lines += [f"{notice}" for notice in parts.shelf.notices]
    if not models:
        lines.append("No model is here yet. Get one: studio models get starter")
    return {"models": rows}, lines


def _trash(parts: Parts) -> _Answer:
    removals = parts.shelf.trashed()
    rows = [
        {
            "name": each.name,
            "path": str(each.path),
            "size_bytes": each.size_bytes,
            "removed_at": each.removed_at.isoformat(),
            "hidden_only": each.is_hidden_only,
        }
        for each in removals
    ]
    lines = [
        f"{one_line(each.name):<40} {each.removed_at.astimezone():%Y-%m-%d %H:%M}  "
        + ("only off the list" if each.is_hidden_only else file_size(each.size_bytes))
        for each in removals
    ]
    return {"models": rows}, lines or ["The trash is empty."]


def _show(parts: Parts, arguments: argparse.Namespace) -> _Answer:
    model = parts.shelf.find(arguments.model)
    header = model.facts()
    settings = parts.chooser.settled(model)
    own = parts.shelf.load_settings(model)
    fit = parts.chooser.fit(model, settings)
    facts = _row(model) | {
        "context": header.context_length,
        "layers": header.block_count,
        "tokenizer": header.tokenizer,
        "has_template": header.chat_template is not None,
        "doubts": doubts(model),
        "settings": asdict(settings),
        "own": load_values.own(own),
        "fit": fit.words,
        "need_bytes": fit.need.total,
    }
    told = [*_told(facts), ("Loaded with", words(settings))]
    told += [("Set for it", model_settings.in_words(own))]
    told += [("But", doubt) for doubt in facts["doubts"]]
    return facts, [f"{title:<16} {value}" for title, value in told if value]


def _told(facts: dict[str, Any]) -> list[tuple[str, str]]:
    return [
        ("Name", facts["name"]),
        ("File", facts["path"]),
        ("Size", file_size(facts["size_bytes"])),
        ("Made for", facts["purpose"]),
        ("Built as", facts["architecture"]),
        ("Precision", facts["quantization"]),
        ("Parameters", f"{facts['parameters']:,}"),
        ("Reads up to", f"{facts['context']:,} tokens"),
        ("Sees pictures", f"through {facts['projector']}" if facts["projector"] else ""),
        ("Chat template", "yes" if facts["has_template"] else "none: it continues text"),
        ("Memory", facts["fit"]),
    ]


def _add(parts: Parts, arguments: argparse.Namespace) -> _Answer:
    if not is_there(arguments.path):
        raise StudioError(
            "model.missing", f"There is no file {arguments.path}.", "Check the path, and try again."
        )
    model = parts.shelf.add(arguments.path, copy=arguments.copy)
    linked = "" if arguments.copy else " It is linked: keep the file where it is."
    added = f"Added {model.name}.{linked if model.path.is_symlink() else ''}"
    found = doubts(model)
    return _row(model) | {"doubts": found}, [added, *found]


def _remove(parts: Parts, arguments: argparse.Namespace) -> _Answer:
    removal = parts.shelf.remove(arguments.model)
    where = "Its file stays where it is" if removal.is_hidden_only else "It is in the trash"
    back = f"Bring it back: studio models restore {_typed(removal.name)}"
    facts = {"removed": removal.name, "freed_bytes": removal.size_bytes}
    return facts, [f"Removed {removal.name}. {where}.", back]


def _restore(parts: Parts, arguments: argparse.Namespace) -> _Answer:
    model = parts.shelf.restore(arguments.model)
    return _row(model), [f"{model.name} is back."]


def _get(parts: Parts, arguments: argparse.Namespace) -> _Answer:
    if arguments.model != "starter":
        raise StudioError(
            "starter.unknown",
            f"Only the starter model can be fetched here, not “{arguments.model}”.",
            "Write: studio models get starter. Other models: studio models add FILE.",
        )
    names = get_starters(parts.shelf, progress=tell)
    return {"models": names}, [f"Here now: {name}" for name in names]


def _fit(parts: Parts, arguments: argparse.Namespace) -> _Answer:
    model = parts.shelf.find(arguments.model)
    settings = parts.chooser.settled(model)
    fit = parts.chooser.fit(model, settings)
    facts = {
        "model": model.name,
        "fits": fit.fits,
        "level": fit.level,
        "words": fit.words,
        "context": settings.context,
        "gpu_layers": settings.gpu_layers,
        "need": asdict(fit.need) | {"total": fit.need.total},
        "free_bytes": fit.free_bytes,
    }
    return facts, [fit.words]


def _typed(name: str) -> str:
    """Return a name as it is typed in a terminal, in quotes where one needs them."""
    if os.name == "nt":  # which knows no single quotes, and no name with double ones
        return name if re.fullmatch(r"[\w.-]+", name) else f'"{name}"'
    return shlex.quote(name)


def _row(model: ShelfModel) -> dict[str, Any]:
    header = model.header
    return {
        "name": model.name,
        "path": str(model.path),
        "origin": model.origin,
        "size_bytes": model.size_bytes,
        "architecture": header.architecture if header else "",
        "quantization": header.quantization if header else "",
        "parameters": header.parameters if header else 0,
        "purpose": header.purpose if header else "",
        "projector": model.projector.name if model.projector else "",
        "problem": model.problem.to_dict() if model.problem else None,
    }


def _line(model: ShelfModel) -> str:
    about = str(model.problem) if model.problem else kind_doubt(model) or model.facts().purpose
    if model.projector:
        about += ", sees pictures"
    elif model.header and expects_projector(model.header):
        about += ", sees pictures once its projector (an mmproj file) lies beside it"
    return f"{model.name:<40} {file_size(model.size_bytes):>10}  {about}"


_VERBS: Mapping[str, Callable[[Parts, argparse.Namespace], _Answer]] = {
    "list": _list,
    "show": _show,
    "add": _add,
    "remove": _remove,
    "restore": _restore,
    "purge": for_good.models,
    "get": _get,
    "fit": _fit,
    "set": model_settings.put,
    "reset": model_settings.reset,
}
