"""Tells whether the installed engine was built for graphics cards, without loading it.

llama.cpp keeps each kind of device in a shared library of its own beside the rest, so a look into
its folder is enough. Once its worker runs, that one knows better: see :func:`usable`.
"""

from __future__ import annotations

import importlib.util
import os
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from studio.library.hardware import Hardware

_ENGINE = "llama_cpp"
_FOLDER_VARIABLE = "LLAMA_CPP_LIB_PATH"  # where llama-cpp-python looks instead, when it is set
_DEVICE_LIBRARY = re.compile(
    r"(lib)?ggml-(cann|cuda|hip|metal|musa|opencl|sycl|vulkan|webgpu)\b.*\.(so|dylib|dll)\b.*"
)


def engine_folder() -> Path | None:
    """Return the folder of llama.cpp's shared libraries; ``None`` when it is not installed."""
    named = os.environ.get(_FOLDER_VARIABLE)
    if named is not None:
        return Path(named)
    spec = importlib.util.find_spec(_ENGINE)
    places = list(spec.submodule_search_locations or ()) if spec else []
    return Path(places[0]) / "lib" if places else None


def built_for_gpu(folder: Path | None) -> bool:
    """Tell whether a library for graphics cards is among the engine's."""
    if folder is None:
        return False
    try:
        return any(_DEVICE_LIBRARY.fullmatch(entry.name.lower()) for entry in folder.iterdir())
    except OSError:
        return False


def usable(machine: Hardware, versions: Mapping[str, str], folder: Path | None) -> Hardware:
    """Return the machine with graphics cards that the engine cannot use moved aside.

    Args:
        versions: what a running language worker told of itself; empty when none runs.
        folder: where the engine's libraries are, in that case.
    """
    told = versions.get("gpu")
    able = told == "yes" if told else built_for_gpu(folder)
    if able or not machine.gpus:
        return machine
    return replace(machine, gpus=(), unused_gpus=machine.gpus)
