"""The few things around llama.cpp that are not a model: its log, its abort flag, its version."""

from __future__ import annotations

import ctypes
import re
import sys
from collections import deque
from importlib import metadata
from typing import Any

import llama_cpp

_LOG_LINES = 200
_LEVEL_ERROR = 4  # GGML_LOG_LEVEL_ERROR of ggml.h
_OUT_OF_MEMORY = (
    r"(?i)(unable|failed) to allocate|out of ?(device ?)?memory|bad_alloc|larger than max_size"
)


class NativeLog:
    """Starts llama.cpp and keeps its last log lines: they hold the reason when a load fails."""

    def __init__(self) -> None:
        self._lines: deque[str] = deque(maxlen=_LOG_LINES)
        self._errors: deque[str] = deque(maxlen=_LOG_LINES)
        self._partial = ""
        self.callback = llama_cpp.llama_log_callback(self._on_line)
        llama_cpp.llama_log_set(self.callback, ctypes.c_void_p(0))
        llama_cpp.llama_backend_init()

    def clear(self) -> None:
        """Forget what was said before."""
        self._lines.clear()
        self._errors.clear()

    def text(self) -> str:
        """Return the kept lines."""
        return "\n".join(self._lines)

    def last_error(self) -> str:
        """Return the last line of the kind "error", without the function that wrote it."""
        return self._errors[-1].partition(": ")[2] if self._errors else ""

    def out_of_memory(self) -> bool:
        """Tell whether one of the kept lines says that memory did not suffice."""
        return self.search(_OUT_OF_MEMORY) is not None

    def search(self, pattern: str) -> re.Match[str] | None:
        """Return the first match in the kept lines."""
        return re.search(pattern, self.text())

    def _on_line(self, level: int, text: bytes, _data: Any) -> None:
        self._partial += text.decode("utf-8", "replace")
        *lines, self._partial = self._partial.split("\n")
        self._lines.extend(lines)
        if level == _LEVEL_ERROR:
            self._errors.extend(lines)
            sys.stderr.write("".join(f"{line}\n" for line in lines))
            sys.stderr.flush()


class AbortFlag:
    """Interrupts ``llama_decode`` between two nodes of its graph, from another thread.

    llama.cpp asks a C function several hundred times per token whether to go on. A Python function
    there would take the interpreter lock each time, so the C library's ``strlen`` is asked
    instead: of an empty string it answers 0 (go on), of a one-letter string 1 (stop).
    """

    def __init__(self) -> None:
        self._text = ctypes.create_string_buffer(2)
        library = ctypes.CDLL("msvcrt" if sys.platform == "win32" else None)
        self.function = ctypes.cast(library.strlen, llama_cpp.ggml_abort_callback)

    @property
    def data(self) -> ctypes.c_void_p:
        """What llama.cpp passes to :attr:`function`."""
        return ctypes.cast(self._text, ctypes.c_void_p)

    def set(self) -> None:
        """Stop the decode that runs now, and every one after it."""
        self._text[0] = b"\x01"

    def clear(self) -> None:
        """Let decodes run again."""
        self._text[0] = b"\x00"

    @property
    def is_set(self) -> bool:
        """Whether decodes are to stop."""
        return self._text[0] != b"\x00"


def versions() -> dict[str, str]:
    """Return the engine's versions and what this build of it can do."""
    system = llama_cpp.llama_print_system_info().decode("utf-8", "replace")
    return {
        "llama-cpp-python": metadata.version("llama-cpp-python"),
        "numpy": metadata.version("numpy"),
        "gpu": "yes" if llama_cpp.llama_supports_gpu_offload() else "no",
        "system": system.strip(),
    }
