"""Tells which architectures the installed engine knows, without loading it.

llama.cpp has the names of its architectures in a table of its library, and nothing that tells them.
Linkers let a text that ends like another one lie in that one's tail, so a name counts as known when
it ends a text of the library. An unknown one may be taken for known in this way, which costs
nothing: the engine has the last word when it loads.
"""

from __future__ import annotations

import functools
import mmap
import re
from pathlib import Path

from studio.library.offload import engine_folder

_LIBRARY = re.compile(r"(lib)?llama\.(so|dylib|dll)", re.IGNORECASE)
_SURELY_KNOWN = ("llama", "falcon", "gemma3")  # else this library is not built as it should be


def engine_knows(architecture: str) -> bool:
    """Return whether the installed engine knows an architecture; also where nobody can tell."""
    library = _library(engine_folder())
    if library is None:
        return True
    try:
        modified_ns = library.stat().st_mtime_ns
        can_tell = all(_has(library, modified_ns, name) for name in _SURELY_KNOWN)
        return not can_tell or _has(library, modified_ns, architecture)
    except (OSError, ValueError):  # one that cannot be read, or is empty
        return True


def _library(folder: Path | None) -> Path | None:
    try:
        files = sorted(folder.iterdir()) if folder else []
    except OSError:
        return None
    return next((file for file in files if _LIBRARY.fullmatch(file.name)), None)


@functools.lru_cache(maxsize=256)
def _has(library: Path, _modified_ns: int, name: str) -> bool:
    """Tell whether a text of the library ends in this name."""
    wanted = name.encode("utf-8", "replace") + b"\0"
    with (
        library.open("rb") as file,
        mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content,
    ):
        return content.find(wanted) >= 0
