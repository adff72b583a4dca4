"""Writes GGUF headers byte by byte, right or wrong in any chosen place."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field

UINT8, INT32, UINT32, FLOAT32, BOOL, STRING, ARRAY, UINT64 = 0, 5, 4, 6, 7, 8, 9, 10
_LETTERS = {UINT8: "B", INT32: "i", UINT32: "I", FLOAT32: "f", BOOL: "?", UINT64: "Q"}


@dataclass
class TensorEntry:
    """One line of the tensor table; 32 values of 4 bytes unless told otherwise."""

    name: str
    shape: tuple[int, ...] = (32,)
    type: int = 0
    offset: int = 0


@dataclass
class Draft:
    """A GGUF file in the making. Counts are right unless they are set.

    ``values`` are entries as :func:`value` and its relatives make them.
    """

    values: list[bytes] = field(default_factory=list)
    tensors: list[TensorEntry] = field(default_factory=list)
    data: bytes = b""
    version: int = 3
    order: str = "<"
    tensor_count: int | None = None
    value_count: int | None = None

    def build(self) -> bytes:
        """Return the bytes of the file."""
        tensors = len(self.tensors) if self.tensor_count is None else self.tensor_count
        values = len(self.values) if self.value_count is None else self.value_count
        parts = [b"GGUF", struct.pack(f"{self.order}IQQ", self.version, tensors, values)]
        parts += self.values
        parts += [self._entry(tensor) for tensor in self.tensors]
        head = b"".join(parts)
        return head + bytes(-len(head) % 32) + self.data

    def _entry(self, tensor: TensorEntry) -> bytes:
        rank = len(tensor.shape)
        numbers = struct.pack(f"{self.order}I{rank}Q", rank, *tensor.shape)
        return (
            text(tensor.name, self.order)
            + numbers
            + struct.pack(f"{self.order}IQ", tensor.type, tensor.offset)
        )


def text(content: str, order: str = "<") -> bytes:
    """Return a length and the bytes of a text."""
    data = content.encode()
    return struct.pack(f"{order}Q", len(data)) + data


def value(key: str, kind: int, content: str | int | float | bool, order: str = "<") -> bytes:
    """Return a metadata entry with one value."""
    head = text(key, order) + struct.pack(f"{order}I", kind)
    if isinstance(content, str):
        return head + text(content, order)
    return head + struct.pack(order + _LETTERS[kind], content)


def array(key: str, kind: int, items: Sequence[str | int | float | bool]) -> bytes:
    """Return a metadata entry with a list."""
    head = text(key) + struct.pack("<IIQ", ARRAY, kind, len(items))
    if kind == STRING:
        return head + b"".join(text(str(item)) for item in items)
    return head + struct.pack(f"<{len(items)}{_LETTERS[kind]}", *items)


def architecture(name: str = "llama", order: str = "<") -> bytes:
    """Return the one entry that no model goes without."""
    return value("general.architecture", STRING, name, order)


def small(**changes: object) -> Draft:
    """Return a draft of a sound file with two tensors, changed as told."""
    draft = Draft(
        values=[architecture()],
        tensors=[TensorEntry("a"), TensorEntry("b", offset=128)],
        data=bytes(256),
    )
    for name, content in changes.items():
        setattr(draft, name, content)
    return draft
