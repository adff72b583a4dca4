"""Copies of the part of a model's memory that cannot be cut, to go back to."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Any

import llama_cpp

_MAX_CHECKPOINTS = 4


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The uncuttable part of the memory, after ``position`` tokens."""

    position: int
    data: bytes


class Checkpoints:
    """The last few of one context's sequence."""

    def __init__(self, handle: Any, sequence: int) -> None:
        self._handle = handle
        self._sequence = sequence
        self._kept: list[Checkpoint] = []

    def clear(self) -> None:
        """Forget all."""
        self._kept = []

    def forget_after(self, position: int) -> None:
        """Forget those of what is no longer in the memory."""
        self._kept = [each for each in self._kept if each.position <= position]

    def before(self, position: int) -> list[Checkpoint]:
        """Return those that hold nothing behind a position, the latest first."""
        return [each for each in reversed(self._kept) if each.position <= position]

    def take(self, position: int) -> None:
        """Copy the memory as it is after ``position`` tokens."""
        flags = llama_cpp.LLAMA_STATE_SEQ_FLAGS_PARTIAL_ONLY
        size = llama_cpp.llama_state_seq_get_size_ext(self._handle, self._sequence, flags)
        buffer = (ctypes.c_uint8 * size)()
        written = llama_cpp.llama_state_seq_get_data_ext(
            self._handle, buffer, size, self._sequence, flags
        )
        if written:
            self._kept.append(Checkpoint(position, bytes(buffer)[:written]))
            del self._kept[:-_MAX_CHECKPOINTS]

    def restore(self, checkpoint: Checkpoint) -> bool:
        """Put a copy back; what came later is still to be removed. Tell whether it worked."""
        flags = llama_cpp.LLAMA_STATE_SEQ_FLAGS_PARTIAL_ONLY
        size = len(checkpoint.data)
        buffer = (ctypes.c_uint8 * size).from_buffer_copy(checkpoint.data)
        read = llama_cpp.llama_state_seq_set_data_ext(
            self._handle, buffer, size, self._sequence, flags
        )
        return bool(read == size)
