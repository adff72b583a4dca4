"""Reads the raw header of one GGUF file, trusting nothing that it claims.

The layout (``docs/gguf.md`` of ggml-org/ggml), all numbers in the file's own byte order:

    4 bytes   "GGUF"
    u32       version; 2 and 3 have the same layout
    u64, u64  number of tensors, number of metadata values
    metadata  key, value type, value; strings are a u64 length and UTF-8 bytes
    tensors   name, u32 rank, u64 per dimension, u32 type, u64 offset from the start of the data
    padding   up to a multiple of ``general.alignment``
    data

Every count, length and offset is compared with the size of the file before anything is allocated
or read. Long lists, such as a vocabulary, are walked over without keeping them.
"""

from __future__ import annotations

import stat
import struct
from dataclasses import dataclass
from pathlib import Path

from studio.errors import StudioError
from studio.library import foreign
from studio.library.gguf_tables import (
    ARRAY,
    BOOLEAN,
    REMOVED_TENSOR_TYPES,
    SCALARS,
    STRING,
    TENSOR_TYPES,
    TensorType,
)
from studio.library.gguf_window import DOWNLOAD_AGAIN, MAX_WALKED_STRINGS, Window, shown
from studio.library.reading import reading
from studio.translation import tr

Scalar = int | float | bool | str
Value = Scalar | tuple[Scalar, ...]

MAGIC = b"GGUF"
_MAX_KEY = 65_535
_MAX_STRING = 16 << 20
_MAX_KEPT_ITEMS = 4096
_MAX_NUMBERS = 1 << 32
_MAX_TENSORS = 1 << 17
_MAX_VALUES = 1 << 16
_MAX_RANK = 4
_SMALLEST_VALUE = 8 + 4 + 1
_SMALLEST_TENSOR = 8 + 4 + 8 + 4 + 8


@dataclass(frozen=True, slots=True)
class Tensor:
    """One entry of the tensor table; ``offset`` counts from the start of the data."""

    name: str
    shape: tuple[int, ...]
    type: TensorType
    offset: int
    size_bytes: int

    @property
    def parameters(self) -> int:
        """Return the number of weights."""
        count = 1
        for extent in self.shape:
            count *= extent
        return count


@dataclass(frozen=True, slots=True)
class RawHeader:
    """What one file says of itself.

    ``metadata`` holds single values and short lists; ``lengths`` the length of every list.
    """

    version: int
    byte_order: str
    metadata: dict[str, Value]
    lengths: dict[str, int]
    tensors: tuple[Tensor, ...]
    data_start: int
    file_size: int


def parse(path: Path) -> RawHeader:
    """Read and check the header of one file.

    Raises:
        StudioError: ``model.missing``, ``.is_folder``, ``.unreadable``, ``.empty``, ``.html``,
            ``.lfs_pointer``, ``.other_format``, ``.not_gguf``, ``.unsupported_version``,
            ``.unsupported_type``, ``.truncated`` or ``.damaged``.
    """
    with reading(path):
        _check_is_file(path)
        with path.open("rb") as file:
            return _Parser(Window(file, path.name, path.stat().st_size)).header()


def _check_is_file(path: Path) -> None:
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise StudioError(
            "model.is_folder",
            tr("{name} is a folder, not a model file.", name=path.name),
            tr("Choose the .gguf file in it."),
        )
    if not stat.S_ISREG(mode):  # opening a pipe would wait for ever
        raise StudioError(
            "model.not_gguf",
            tr("{name} is a device or a pipe, not a model file.", name=path.name),
            tr("Choose another file."),
        )


class _Parser:
    """Reads the parts of a header in their order."""

    def __init__(self, window: Window) -> None:
        self._window = window

    def header(self) -> RawHeader:
        version = self._opening()
        tensor_count, value_count = self._window.number("Q"), self._window.number("Q")
        self._check_count(value_count, _SMALLEST_VALUE, _MAX_VALUES, tr("settings"))
        self._check_count(tensor_count, _SMALLEST_TENSOR, _MAX_TENSORS, tr("tensors"))
        metadata, lengths = self._metadata(value_count)
        tensors = [self._tensor() for _ in range(tensor_count)]
        alignment = self._alignment(metadata)
        data_start = _padded(self._window.position, alignment)
        self._check_layout(tensors, alignment, data_start)
        return RawHeader(
            version=version,
            byte_order="big" if self._window.order == ">" else "little",
            metadata=metadata,
            lengths=lengths,
            tensors=tuple(tensors),
            data_start=data_start,
            file_size=self._window.size,
        )

    def _opening(self) -> int:
        if self._window.size == 0:
            raise StudioError(
                "model.empty", tr("{name} is empty.", name=self._window.name), tr(DOWNLOAD_AGAIN)
            )
        start = self._window.peek(foreign.SNIFF_BYTES)
        if not start.startswith(MAGIC):
            if self._window.size < len(MAGIC) and MAGIC.startswith(start):
                raise self._window.ended()
            raise foreign.describe(self._window.name, start, self._window.size)
        self._window.skip(len(MAGIC))
        version = self._window.number("I")
        # A version is small, so two empty low bytes mean that the other byte order was meant.
        if version and version & 0xFFFF == 0:
            self._window.order = ">"
            version = int.from_bytes(version.to_bytes(4, "little"), "big")
        self._check_version(version)
        return version

    def _check_version(self, version: int) -> None:
        if version in (2, 3):
            return
        newer = version > 3
        raise StudioError(
            "model.unsupported_version",
            tr(
                "{name} is written in version {version} of the GGUF format; this "
                "program reads versions 2 and 3.",
                name=self._window.name,
                version=version,
            ),
            tr("Update this program.") if newer else tr("Look for a newer file of the same model."),
        )

    def _check_count(self, count: int, smallest: int, limit: int, what: str) -> None:
        if count > limit:
            raise self._window.damaged(
                tr("it claims to hold {count:,} {what}", count=count, what=what)
            )
        if count * smallest > self._window.left():
            raise self._window.ended()

    def _metadata(self, count: int) -> tuple[dict[str, Value], dict[str, int]]:
        values: dict[str, Value] = {}
        lengths: dict[str, int] = {}
        seen = set()
        for _ in range(count):
            key = self._window.text(_MAX_KEY, tr("a setting's name"))
            if key in seen:
                raise self._window.damaged(tr("the setting {name} is there twice", name=shown(key)))
            seen.add(key)
            kind = self._window.number("I")
            if kind == ARRAY:
                lengths[key], kept = self._array(key)
                if kept is not None:
                    values[key] = kept
            else:
                values[key] = self._scalar(kind, key)
        return values, lengths

    def _scalar(self, kind: int, key: str) -> Scalar:
        if kind == STRING:
            return self._window.text(_MAX_STRING, tr("the setting {name}", name=shown(key)))
        (value,) = self._window.numbers(self._letter(kind, key), 1)
        if kind == BOOLEAN and value > 1:
            raise self._window.damaged(
                tr("the setting {name} is neither true nor false", name=shown(key))
            )
        return bool(value) if kind == BOOLEAN else value

    def _letter(self, kind: int, key: str) -> str:
        letter = SCALARS.get(kind)
        if letter is None:
            raise self._window.damaged(
                tr("the setting {name} is of an unknown kind ({kind})", name=shown(key), kind=kind)
            )
        return letter

    def _array(self, key: str) -> tuple[int, tuple[Scalar, ...] | None]:
        kind, count = self._window.number("I"), self._window.number("Q")
        if kind == ARRAY:
            raise self._window.damaged(tr("the setting {name} is a list of lists", name=shown(key)))
        if kind == STRING:
            self._check_count(count, 8, MAX_WALKED_STRINGS, tr("texts in {name}", name=shown(key)))
            self._window.walk_strings(count)
            return count, None
        letter = self._letter(kind, key)
        if count > _MAX_NUMBERS:
            raise self._window.damaged(
                tr("it claims to hold {count:,} numbers in {name}", count=count, name=shown(key))
            )
        if count > _MAX_KEPT_ITEMS:
            self._window.skip(count * struct.calcsize("=" + letter))
            return count, None
        items = self._window.numbers(letter, count)
        return count, tuple(map(bool, items)) if kind == BOOLEAN else items

    def _tensor(self) -> Tensor:
        name = self._window.text(_MAX_KEY, tr("a tensor's name"))
        rank = self._window.number("I")
        if not 1 <= rank <= _MAX_RANK:
            raise self._window.damaged(
                tr("the tensor {name} has {rank:,} dimensions", name=shown(name), rank=rank)
            )
        shape = tuple(self._window.number("Q") for _ in range(rank))
        number = self._window.number("I")
        kind = TENSOR_TYPES.get(number)
        if kind is None:
            raise self._unknown_type(name, number)
        tensor = Tensor(name, shape, kind, self._window.number("Q"), 0)
        parameters = tensor.parameters
        if parameters == 0 or parameters >= 1 << 62 or shape[0] % kind.block:
            raise self._window.damaged(
                tr("the tensor {name} has an impossible shape", name=shown(name))
            )
        size = parameters // kind.block * kind.size
        return Tensor(name, shape, kind, tensor.offset, size)

    def _unknown_type(self, name: str, number: int) -> StudioError:
        if number > 1024:
            return self._window.damaged(
                tr("the tensor {name} is of an impossible kind", name=shown(name))
            )
        removed = number in REMOVED_TENSOR_TYPES
        return StudioError(
            "model.unsupported_type",
            _no_longer(self._window.name, number)
            if removed
            else _not_yet(self._window.name, number),
            tr("Look for a newer file of the same model.")
            if removed
            else tr("Update this program."),
            f"tensor {name}",
        )

    def _alignment(self, metadata: dict[str, Value]) -> int:
        alignment = metadata.get("general.alignment", 32)
        if type(alignment) is not int or not 1 <= alignment <= 1 << 20:
            raise self._window.damaged(tr("its alignment is impossible"))
        if alignment & (alignment - 1):
            raise self._window.damaged(
                tr("its alignment of {alignment:,} is not a power of two", alignment=alignment)
            )
        return alignment

    def _check_layout(self, tensors: list[Tensor], alignment: int, data_start: int) -> None:
        """Refuse data that is not one block after the other, which ggml demands, or not there."""
        names = set()
        expected = 0
        for tensor in tensors:
            if tensor.name in names:
                raise self._window.damaged(
                    tr("the tensor {name} is there twice", name=shown(tensor.name))
                )
            names.add(tensor.name)
            self._check_offset(tensor, expected, data_start)
            expected += _padded(tensor.size_bytes, alignment)
        if not tensors:
            return
        needed = data_start + tensors[-1].offset + tensors[-1].size_bytes
        if needed > 1 << 50:
            raise self._window.damaged(tr("it claims to be {needed:,} bytes long", needed=needed))
        if needed > self._window.size:
            raise self._window.cut(needed)

    def _check_offset(self, tensor: Tensor, expected: int, data_start: int) -> None:
        if tensor.offset == expected:
            return
        name = shown(tensor.name)
        if data_start + tensor.offset + tensor.size_bytes > self._window.size:
            raise self._window.damaged(tr("the tensor {name} lies outside of the file", name=name))
        if tensor.offset < expected:
            raise self._window.damaged(tr("the tensor {name} overlaps another one", name=name))
        raise self._window.damaged(tr("the tensor {name} is not where it should be", name=name))


def _no_longer(name: str, number: int) -> str:
    return tr(
        "{name} stores numbers in a way (type {number}) that this program no longer knows.",
        name=name,
        number=number,
    )


def _not_yet(name: str, number: int) -> str:
    return tr(
        "{name} stores numbers in a way (type {number}) that this program does not know yet.",
        name=name,
        number=number,
    )


def _padded(position: int, alignment: int) -> int:
    return (position + alignment - 1) & -alignment
