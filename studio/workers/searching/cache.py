"""The files in which an index outlives the worker, and the proof that they are what was written.

A cache is a folder with one ``manifest`` and the files that it names. The manifest's first line is
the SHA-256 of all after it: JSON with the index's stamp and, for each file, its size and CRC-32.
Files have new names at each writing and the manifest is replaced last, so that whoever is killed in
the middle leaves the cache of before. Whatever does not agree is stale: the cache can always be
made again.
"""

from __future__ import annotations

import json
import math
import secrets
import zlib
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

VERSION = 1
_MANIFEST = "manifest"
_BLOCK = 1 << 20
_ALIGNED = 64  # bytes, at which each array of a file begins


class StaleError(Exception):
    """A cache that does not hold what it should, with the reason for the log."""


def write(
    folder: Path, facts: Mapping[str, Any], files: Mapping[str, Callable[[Path], None]]
) -> int:
    """Replace the cache in ``folder`` and return its size in bytes.

    Args:
        facts: what to remember of the index; JSON.
        files: for each kind of file, what writes it to the path given.

    Raises:
        OSError: the disk is full, or the folder may not be written; the cache of before stands.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # the person's words can be guessed
    mark = secrets.token_hex(8)
    named: dict[str, dict[str, Any]] = {}
    try:
        for kind, write_to in files.items():
            path = folder / f"{kind}-{mark}"
            write_to(path)
            named[kind] = {"name": path.name, "size": path.stat().st_size, "crc": _crc(path)}
        body = json.dumps({"version": VERSION, "facts": dict(facts), "files": named}).encode()
        manifest = folder / f"{_MANIFEST}-{mark}"
        manifest.write_bytes(b"\n".join((sha256(body).hexdigest().encode(), body)))
        manifest.replace(folder / _MANIFEST)
    except BaseException:
        _sweep(folder, lambda name: name.endswith(mark))
        raise
    sweep(folder)
    return sum(int(file["size"]) for file in named.values())


def read(folder: Path) -> tuple[dict[str, Any], dict[str, Path]]:
    """Return the facts and the paths of a cache, all of its bytes checked.

    Raises:
        StaleError: it is missing, damaged or of another version.
    """
    manifest = _manifest(folder)
    if manifest.get("version") != VERSION:
        raise StaleError("the cache is of another version")
    paths = {}
    for kind, file in manifest["files"].items():
        path = folder / file["name"]
        try:
            whole = path.stat().st_size == file["size"] and _crc(path) == file["crc"]
        except OSError as error:
            raise StaleError(f"{kind} cannot be read: {error}") from error
        if not whole:
            raise StaleError(f"{kind} is damaged")
        paths[kind] = path
    return manifest["facts"], paths


def sweep(folder: Path) -> None:
    """Delete what the manifest does not name: files of before, and of writings that were killed."""
    try:
        named = {file["name"] for file in _manifest(folder)["files"].values()}
    except StaleError:
        named = set()
    _sweep(folder, lambda name: name != _MANIFEST and name not in named)


def write_arrays(path: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write arrays to one file: a line of JSON with types, shapes and offsets, then their bytes."""
    table: dict[str, dict[str, Any]] = {}
    offset = 0
    for name, array in arrays.items():
        table[name] = {"dtype": array.dtype.str, "shape": array.shape, "offset": offset}
        offset += math.ceil(array.nbytes / _ALIGNED) * _ALIGNED
    head = json.dumps(table).encode()
    start = math.ceil((len(head) + 1) / _ALIGNED) * _ALIGNED
    with path.open("wb") as file:
        file.write(head.ljust(start - 1) + b"\n")
        for array in arrays.values():
            file.write(np.ascontiguousarray(array).data)
            file.write(bytes(-array.nbytes % _ALIGNED))


def map_arrays(path: Path) -> dict[str, NDArray[Any]]:
    """Return the arrays of a file, read from it as they are needed."""
    with path.open("rb") as file:
        head = file.readline()
    return {
        name: _map(path, np.dtype(array["dtype"]), array["shape"], len(head) + array["offset"])
        for name, array in json.loads(head).items()
    }


def _map(path: Path, dtype: np.dtype[Any], shape: list[int], offset: int) -> NDArray[Any]:
    if 0 in shape:  # there is nothing that could be mapped
        return np.empty(shape, dtype)
    return np.memmap(path, dtype, "r", offset, tuple(shape))


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        told, _, body = (folder / _MANIFEST).read_bytes().partition(b"\n")
    except FileNotFoundError as error:
        raise StaleError("there is no cache yet") from error
    except OSError as error:
        raise StaleError(f"the manifest cannot be read: {error}") from error
    if told != sha256(body).hexdigest().encode():
        raise StaleError("the manifest is damaged")
    manifest: dict[str, Any] = json.loads(body)
    return manifest


def _crc(path: Path) -> int:
    crc = 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            crc = zlib.crc32(block, crc)
    return crc


def _sweep(folder: Path, is_left_over: Callable[[str], bool]) -> None:
    for path in list(folder.iterdir()):
        if is_left_over(path.name):
            try:
                path.unlink()
            except PermissionError:  # Windows keeps a file that is mapped; the next sweep takes it
                continue
