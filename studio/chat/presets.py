"""Presets: a name, a system prompt and sampling, from the program and from the person."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from studio.engine.language import Sampling
from studio.errors import StudioError

DEFAULT = "assistant"

_WHOLE = ("seed", "max_tokens")


@dataclass(frozen=True, slots=True)
class Preset:
    """How replies are to be. ``suits`` lists beginnings of model names it is made for."""

    name: str
    title: str
    description: str
    system: str
    sampling: Sampling
    suits: tuple[str, ...] = ()


class Presets:
    """Presets from several folders; a later folder replaces a preset of the same name.

    A file that is no preset is left out, and :attr:`warnings` says why.
    """

    def __init__(self, folders: Iterable[Path]) -> None:
        self._presets: dict[str, Preset] = {}
        self._damaged: dict[str, StudioError] = {}
        for folder in folders:
            for path in sorted(folder.glob("*.json")):
                try:
                    self._presets[path.stem] = _read(path)
                except StudioError as error:
                    self._damaged[path.stem] = error

    @property
    def warnings(self) -> tuple[str, ...]:
        """Sentences about files that could not be read as presets."""
        return tuple(str(error) for error in self._damaged.values())

    def list(self) -> list[Preset]:
        """Return every preset, by title."""
        return sorted(self._presets.values(), key=lambda preset: preset.title)

    def get(self, name: str) -> Preset:
        """Return a preset.

        Raises:
            StudioError: ``preset.unknown``, or ``preset.damaged`` when its file is no preset and
                no earlier folder has one of its name.
        """
        if name in self._presets:
            return self._presets[name]
        if name in self._damaged:
            raise self._damaged[name]
        import difflib  # needed here alone, and the window's start should not wait for it

        near = difflib.get_close_matches(name.casefold(), self._presets, n=3, cutoff=0.5)
        meant = f"Did you mean {' or '.join(near)}?" if near else ""
        known = f"Choose one of: {', '.join(sorted(self._presets))}."
        raise StudioError("preset.unknown", f"There is no preset “{name}”.", meant or known)

    def for_model(self, model_name: str) -> Preset:
        """Return the preset made for a model, or the default one."""
        plain = model_name.lower().replace("_", "-").replace(" ", "-")
        for preset in self._presets.values():
            if any(plain.startswith(start) for start in preset.suits):
                return preset
        return self.get(DEFAULT)


def _read(path: Path) -> Preset:
    try:
        data = json.loads(path.read_text("utf-8"))
        return Preset(
            name=path.stem,
            title=_text(data["title"]),
            description=_text(data.get("description", "")),
            system=_text(data.get("system", "")),
            sampling=_sampling(data.get("sampling", {})),
            suits=_texts(data.get("suits", [])),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise StudioError(
            "preset.damaged",
            f"The preset {path.name} cannot be read.",
            f"Correct or remove the file: {path}",
            f"{type(error).__name__}: {error}",
        ) from error


def _sampling(data: dict[str, Any]) -> Sampling:
    known = {field.name for field in fields(Sampling)}
    if unknown := set(data) - known:
        raise ValueError(f"unknown sampling settings: {', '.join(sorted(unknown))}")
    default = Sampling()
    return Sampling(**{key: _value(key, data[key], getattr(default, key)) for key in data})


def _value(key: str, value: Any, default: object) -> Any:
    """Return a value, checked to be of the kind that its default is."""
    if key == "stop":
        return _texts(value)
    if value is None and default is None:
        return None
    if isinstance(default, float):
        good = type(value) in (int, float) and math.isfinite(value)
    elif isinstance(default, int) or key in _WHOLE:
        good = type(value) is int
    else:
        good = isinstance(value, str)
    if not good:
        raise TypeError(f"{key} cannot be {value!r}")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError(f"{value!r} is no list of texts")
    return tuple(_text(each) for each in value)
