"""Names of models in what a stranger wrote: none of them may lead to a file of its own choice."""

from __future__ import annotations

from pathlib import PureWindowsPath
from typing import Any

_NAMES = frozenset({"model", "projector"})
_FILE = "file"


def without_path(model: str) -> str:
    """Return a model's name, or nothing where it has a separator or a drive of any system.

    A name is looked up among the models; a path would be opened wherever it leads.
    """
    is_path = set(model) & set("/\\") or PureWindowsPath(model).drive
    return "" if is_path else model


def without_paths(recipe: dict[str, Any]) -> dict[str, Any]:
    """Return a recipe that names its model at most, and no file, however deep in it."""
    return {key: _harmless(key, value) for key, value in recipe.items() if key != _FILE}


def _harmless(key: str, value: object) -> object:
    if key in _NAMES and not isinstance(value, dict | list):
        return without_path(str(value))
    if isinstance(value, dict):
        return without_paths(value)
    if isinstance(value, list):
        return [_harmless(key, each) for each in value]
    return value
