"""The model's memory of a conversation as a file, which only ever saves time."""

from __future__ import annotations

import ctypes
import logging
import os
import struct
from pathlib import Path
from typing import Any

import llama_cpp

SEQUENCE = 0

_log = logging.getLogger(__name__)


def write(handle: Any, tokens: list[int], target: Path) -> int:
    """Write a context's memory in place of an earlier one; return its size in bytes, or 0."""
    partial = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        size_bytes = _written(handle, tokens, partial)
        partial.chmod(0o600)
        partial.replace(target)
    except OSError as error:  # it only saves time: the prompt is read again instead
        _log.warning("the conversation's state could not be saved: %s", error)
        return 0
    return size_bytes


def read(handle: Any, path: str, most: int) -> list[int]:
    """Read a memory into an empty context; return its tokens, none when it does not fit."""
    array = (ctypes.c_int32 * most)()
    count = ctypes.c_size_t(0)
    size = llama_cpp.llama_state_seq_load_file(
        handle, path.encode(), SEQUENCE, array, most, ctypes.byref(count)
    )
    return list(array[: count.value]) if size else []


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
