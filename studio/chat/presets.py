"""Presets: a name, a system prompt and sampling, from the program and from the person."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from studio.engine.language import Sampling
from studio.errors import StudioError

DEFAULT = "assistant"


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

    Raises:
        StudioError: ``preset.damaged`` for a file that is not one.
    """

    def __init__(self, folders: Iterable[Path]) -> None:
        self._presets: dict[str, Preset] = {}
        for folder in folders:
            for path in sorted(folder.glob("*.json")):
                self._presets[path.stem] = _read(path)

    def list(self) -> list[Preset]:
        """Return every preset, by title."""
        return sorted(self._presets.values(), key=lambda preset: preset.title)

    def get(self, name: str) -> Preset:
        """Return a preset.

        Raises:
            StudioError: ``preset.unknown``.
        """
        if name in self._presets:
            return self._presets[name]
        known = ", ".join(sorted(self._presets))
        raise StudioError(
            "preset.unknown", f"There is no preset “{name}”.", f"Choose one of: {known}."
        )

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
            title=str(data["title"]),
            description=str(data.get("description", "")),
            system=str(data.get("system", "")),
            sampling=_sampling(data.get("sampling", {})),
            suits=tuple(data.get("suits", ())),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise StudioError(
            "preset.damaged",
            f"The preset {path.name} cannot be read.",
            f"Correct or remove the file: {path}",
            str(error),
        ) from error


def _sampling(data: dict[str, Any]) -> Sampling:
    known = {field.name for field in fields(Sampling)}
    if unknown := set(data) - known:
        raise ValueError(f"unknown sampling settings: {', '.join(sorted(unknown))}")
    if "stop" in data:
        data = data | {"stop": tuple(data["stop"])}
    return Sampling(**data)
