"""Compiles llama-cpp-python once, for any processor of its kind, and keeps the wheel.

llama.cpp's own default is code for the very processor that compiles it. Such a build does not run
on an older one, and with AMX and GCC 12 it does not even run where it was made (see
docs/decisions.md). ``CMAKE_ARGS`` in the environment takes the place of what is chosen here, for
example ``-DGGML_CUDA=ON`` for an NVIDIA card.
"""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

_OPTIONS = "-DGGML_NATIVE=OFF"
_DOING = "Compiling the language engine, about five minutes, once"


def folder(
    pip_wheel: Sequence[str], requirement: str, run: Callable[[Sequence[str], str], None]
) -> Path:
    """Return a folder with the engine's wheel, made if it is not there yet.

    Args:
        pip_wheel: the start of a ``pip wheel`` command.
        requirement: the engine with its exact version.
        run: runs a command, saying what is going on; raises when it fails.
    """
    os.environ.setdefault("CMAKE_ARGS", _OPTIONS)
    kept = _cache() / _key(requirement)
    if list(kept.glob("*.whl")):
        return kept
    kept.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=kept.parent, prefix=".making-") as making:
        target = Path(making) / "wheel"
        # pip's own cache does not know with which options a wheel was compiled.
        command = [*pip_wheel, "--no-cache-dir", "--no-deps", "--wheel-dir", str(target)]
        run([*command, requirement], _DOING)
        if kept.exists():
            shutil.rmtree(kept)
        target.rename(kept)
    return kept


def _key(requirement: str) -> str:
    facts = (requirement, os.environ["CMAKE_ARGS"], sys.version_info[:2], platform.machine())
    digest = hashlib.sha256(repr(facts).encode()).hexdigest()[:12]
    return f"engine-{digest}"


def _cache() -> Path:
    if named := os.environ.get("STUDIO_WHEEL_CACHE"):
        return Path(named)
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
    return base / "local-ai-studio" / "wheels"
