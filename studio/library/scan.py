"""Finds model files in folders: follows links once, and skips what is not finished or not first."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from studio.library.gguf import part_number, parts_of
from studio.paths import is_folder
from studio.translation import tr

Origin = Literal["own", "shipped", "extra"]

_DEEPEST = 12
_MOST_FOLDERS = 20_000


@dataclass(frozen=True, slots=True)
class Found:
    """A model file and whose folder it was found in."""

    path: Path
    origin: Origin


@dataclass(slots=True)
class Scan:
    """What was found; ``notices`` are sentences about folders that could not be looked into."""

    found: list[Found] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


def scan(folders: Iterable[tuple[Path, Origin]]) -> Scan:
    """Look for models in folders and all folders in them.

    A file that is reached on several ways is found once, by the first of them.
    """
    result = Scan()
    seen_files: set[Path] = set()
    seen_folders: set[tuple[int, int]] = set()
    for folder, origin in folders:
        if not is_folder(folder):
            if origin == "extra":
                result.notices.append(
                    tr(
                        "The folder {folder} is not there, so its models are not listed.",
                        folder=folder,
                    )
                )
            continue
        for path in _models(folder, seen_folders, result.notices):
            real = Path(os.path.realpath(path))
            if real not in seen_files:
                seen_files.add(real)
                result.found.append(Found(path, origin))
    return result


def is_model(path: Path) -> bool:
    """Tell by its name whether a file is a model, or a part of one."""
    return path.suffix.lower() == ".gguf"


def _models(top: Path, seen: set[tuple[int, int]], notices: list[str]) -> Iterator[Path]:
    waiting = [(top, 0)]
    while waiting:
        folder, depth = waiting.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name.casefold())
            status = folder.stat()
        except OSError as error:
            notices.append(
                tr(
                    "The folder {folder} cannot be opened: {reason}.",
                    folder=folder,
                    reason=error.strerror or error,
                )
            )
            continue
        identity = (status.st_dev, status.st_ino)
        # The same folder again, through a link that leads back or from another listed folder.
        if identity in seen or len(seen) >= _MOST_FOLDERS:
            continue
        seen.add(identity)
        for entry in entries:
            if entry.name.startswith("."):
                continue
            path = folder / entry.name
            if _is_folder(entry):
                if depth < _DEEPEST:
                    waiting.append((path, depth + 1))
            elif is_model(path) and _is_listed(path):
                yield path


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads round in a circle
        return False


def _is_listed(path: Path) -> bool:
    """Tell whether a file stands for its model: of a split one, the first part that is there."""
    number = part_number(path)
    return number <= 1 or not any(part.exists() for part in parts_of(path)[: number - 1])
