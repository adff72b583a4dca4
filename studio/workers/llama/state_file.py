"""The model's memory of a conversation as a file, which only ever saves time."""

from __future__ import annotations

import ctypes
import logging
import os
import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import llama_cpp

from studio.workers.llama.readings import Readings, Run

SEQUENCE = 0
_WORTH_SAVING_TOKENS = 32
_RUN = struct.Struct("<3I")
_TRAILER = struct.Struct("<I4s")
_TRAILER_MAGIC = b"READ"

_log = logging.getLogger(__name__)


class KeptState:
    """Where one context's memory is kept, and what of it is there already.

    Args:
        readings: the batches in which the cache was read; they lie in the file behind the memory.
    """

    def __init__(self, handle: Any, readings: Readings) -> None:
        self.path = ""
        self._handle = handle
        self._readings = readings
        self._tokens: list[int] = []

    def forget(self) -> None:
        """Take nothing for kept any longer."""
        self._tokens = []

    def save(self, tokens: list[int]) -> tuple[int, int]:
        """Write the memory in place of an earlier one, if it has a file and is worth it.

        Returns:
            Tokens and bytes written; zeros when there was nothing to save.
        """
        if not self.path or len(tokens) < _WORTH_SAVING_TOKENS or tokens == self._tokens:
            return 0, 0
        target = Path(self.path)
        partial = target.with_name(f"{target.name}.{os.getpid()}.part")
        try:
            size_bytes = _written(self._handle, tokens, partial)
            with partial.open("ab") as file:
                size_bytes += file.write(_packed(self._readings.runs()))
            partial.chmod(0o600)
            partial.replace(target)
        except OSError as error:  # it only saves time: the prompt is read again instead
            _log.warning("the conversation's state could not be saved: %s", error)
            return 0, 0
        self._tokens = list(tokens)
        return len(tokens), size_bytes

    def load(self, path: str, most: int) -> list[int]:
        """Read a memory into an empty context; return its tokens, none when it does not fit."""
        array = (ctypes.c_int32 * most)()
        count = ctypes.c_size_t(0)
        size = llama_cpp.llama_state_seq_load_file(
            self._handle, path.encode(), SEQUENCE, array, most, ctypes.byref(count)
        )
        found = list(array[: count.value]) if size else []
        self._tokens = list(found)
        self._readings.put(_unpacked(Path(path)) if found else (), len(found))
        return found


def _packed(runs: Sequence[Run]) -> bytes:
    """Return what is written behind llama.cpp's own part, which it does not look at."""
    data = b"".join(_RUN.pack(*run) for run in runs)
    return data + _TRAILER.pack(len(runs), _TRAILER_MAGIC)


def _unpacked(path: Path) -> tuple[Run, ...]:
    """Return what :func:`_packed` has written; nothing from a file that has none."""
    try:
        with path.open("rb") as file:
            end = file.seek(-_TRAILER.size, os.SEEK_END)
            count, magic = _TRAILER.unpack(file.read(_TRAILER.size))
            if magic != _TRAILER_MAGIC or count * _RUN.size > end:
                return ()
            file.seek(end - count * _RUN.size)
            return tuple(_RUN.iter_unpack(file.read(count * _RUN.size)))
    except OSError as error:  # pruned just now; it was only good for making a reply again
        _log.info("how a conversation's state was read is not known: %s", error)
        return ()


def _written(handle: Any, tokens: list[int], target: Path) -> int:
    """Write the cache and its tokens to a file; return its size in bytes."""
    array = (ctypes.c_int32 * len(tokens))(*tokens)
    written = llama_cpp.llama_state_seq_save_file(
        handle, str(target).encode(), SEQUENCE, array, len(tokens)
    )
    if not written:
        target.unlink(missing_ok=True)
        raise OSError(f"llama.cpp did not write {target}")
    return int(written)


def stored_tokens(path: Path) -> list[int]:
    """Return the tokens of a state file: magic, version, count, then one int32 each.

    The layout is that of ``llama_state_seq_save_file``; reading it here spares loading a state
    that is of no use. A file that is not one gives no tokens, and the prompt is read instead.
    """
    header = struct.Struct("<III")
    try:
        with path.open("rb") as file:
            start = file.read(header.size)
            if len(start) < header.size:
                return []
            magic, _version, count = header.unpack(start)
            data = file.read(4 * min(count, 1 << 24))
    except FileNotFoundError:
        return []  # never saved; or pruned just now, by this program or another
    except OSError as error:  # it would only save time
        _log.info("the conversation's state could not be read: %s", error)
        return []
    if magic != llama_cpp.LLAMA_STATE_SEQ_MAGIC or len(data) < 4 * count:
        return []
    return list(struct.unpack(f"<{count}i", data))
