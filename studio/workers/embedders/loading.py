"""Loads whatever embedder lies at a path."""

from __future__ import annotations

import os
from pathlib import Path

from studio.workers.embedders.embedder import Embedder
from studio.workers.embedders.folder import read_folder
from studio.workers.serve import RefusedError

_GGUF = ".gguf"


def load(path: Path, device: str) -> Embedder:
    """Return the embedder of a sentence-transformers folder or of a GGUF file.

    Only the library that it needs is imported: each takes seconds.

    Raises:
        RefusedError: it is not there, damaged, of another kind, or a pickle.
    """
    if path.is_dir():
        return _load_folder(path, device)
    if not path.is_file():
        raise RefusedError("embedder.missing", path=str(path))
    if path.suffix.lower() != _GGUF:
        raise RefusedError("embedder.other_kind", kind=path.suffix)
    from studio.workers.embedders.gguf import GgufEmbedder  # llama.cpp
    from studio.workers.llama.native import NativeLog

    return GgufEmbedder(path, NativeLog())


def _load_folder(path: Path, wanted: str) -> Embedder:
    folder = read_folder(path)
    # Threads that spin while they wait for one that another program keeps from running make it all
    # three times slower; without that they cost 2 %. Heard when OpenMP is loaded, which torch does.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    import torch

    from studio.workers.embedders.device import choose, use_physical_cores
    from studio.workers.embedders.plain import PlainEmbedder, is_simple

    use_physical_cores(torch)
    device, dtype = choose(torch, wanted)
    if is_simple(folder):
        return PlainEmbedder(folder, device, dtype)
    from studio.workers.embedders.library import LibraryEmbedder  # seconds

    return LibraryEmbedder(folder, device, dtype)
