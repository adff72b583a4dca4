"""`studio models set` and `reset`: how one model is loaded, whatever holds for the others."""

from __future__ import annotations

import argparse
from typing import Any

from studio.assembly import Parts
from studio.engine.language import LoadSettings
from studio.library import load_values
from studio.library.shelf import ShelfModel

_Answer = tuple[dict[str, Any], list[str]]


def put(parts: Parts, arguments: argparse.Namespace) -> _Answer:
    """Change one load setting of a model; raises as :func:`studio.library.load_values.put`."""
    return _told(*load_values.put(parts.shelf, arguments.model, arguments.key, arguments.value))


def reset(parts: Parts, arguments: argparse.Namespace) -> _Answer:
    """Put one load setting of a model back to its default, or all of them; raises likewise."""
    return _told(*load_values.put_back(parts.shelf, arguments.model, arguments.key or ""))


def in_words(settings: LoadSettings) -> str:
    """Return what of a model's load settings is its own; empty when nothing is."""
    own = load_values.own(settings)
    return ", ".join(f"{key} {load_values.typed(value)}" for key, value in own.items())


def _told(model: ShelfModel, settings: LoadSettings) -> _Answer:
    facts = {"model": model.name, "own": load_values.own(settings)}
    if words := in_words(settings):
        return facts, [f"{model.name} has settings of its own: {words}"]
    return facts, [f"{model.name} has no settings of its own."]
