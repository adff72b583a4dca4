"""Reads the headers of many models, opening only the files that changed since the last time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from studio.errors import StudioError
from studio.library.gguf import GgufHeader, parts_of, read_header
from studio.library.store import LibraryStore
from studio.paths import is_folder


def read_all(paths: Sequence[Path], store: LibraryStore) -> dict[Path, GgufHeader | StudioError]:
    """Return each file's header, or why it has none; remembers both in the store."""
    known = store.facts()
    read: dict[Path, tuple[str, GgufHeader | StudioError]] = {}
    facts = {}
    for path in paths:
        stamp = _stamp(path)
        remembered = known.pop(path, None)
        if remembered is None or remembered[0] != stamp:
            remembered = read[path] = (stamp, _read(path))
        facts[path] = remembered[1]
    # A file on a disk that is not connected just now is remembered until its folder is back.
    gone = [path for path in known if is_folder(path.parent)]
    store.remember(read, gone)
    return facts


def _read(path: Path) -> GgufHeader | StudioError:
    try:
        return read_header(path)
    except StudioError as error:
        return error


def _stamp(path: Path) -> str:
    """Return what changes when a model's files do: size and time of each part."""
    stamps = []
    for part in parts_of(path):
        try:
            status = part.stat()
            stamps.append(f"{status.st_size}:{status.st_mtime_ns}")
        except OSError as error:
            stamps.append(type(error).__name__)
    return ";".join(stamps)
