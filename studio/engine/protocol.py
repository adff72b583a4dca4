"""What the application and its workers say to each other, and how it travels.

A message is a small frozen dataclass registered with :func:`message`. On the wire it is one frame:

    4 bytes   length of the JSON part, big endian
    4 bytes   length of the binary part, big endian
    n bytes   JSON, UTF-8; an object carries its class name under ``"$"``
    m bytes   every ``bytes`` value of the message, one after the other

Nothing is unpickled, so a worker that went wrong cannot run code in the window. A request has an
``id``; every event that answers it carries the same ``id``; ``Done`` or ``Failed`` is the last.
"""

from __future__ import annotations

import dataclasses
import json
import struct
from typing import IO, Any, TypeVar

_HEADER = struct.Struct(">II")
_MAX_JSON = 256 << 20
_MAX_BINARY = 1 << 30

_registry: dict[str, type[Any]] = {}
_T = TypeVar("_T")


class ProtocolError(Exception):
    """A frame that no version of this program would send."""


def message(cls: type[_T]) -> type[_T]:
    """Register a frozen dataclass so that it may travel between processes."""
    if cls.__name__ in _registry:
        raise ValueError(f"two messages are named {cls.__name__}")
    _registry[cls.__name__] = cls
    return cls


@message
@dataclasses.dataclass(frozen=True, slots=True)
class Request:
    """Base of what a worker can be asked; ``id`` is given by the host."""

    id: int


@message
@dataclasses.dataclass(frozen=True, slots=True)
class Cancel:
    """Stop the request with this id; what was done so far is reported and kept."""

    id: int


@message
@dataclasses.dataclass(frozen=True, slots=True)
class Shutdown:
    """Finish: save what is worth saving and leave."""


@message
@dataclasses.dataclass(frozen=True, slots=True)
class Ready:
    """The worker's first word: its imports worked; ``versions`` names its libraries."""

    versions: dict[str, str]


@message
@dataclasses.dataclass(frozen=True, slots=True)
class Progress:
    """How far a phase has come: ``done`` of ``total`` in the phase's own unit."""

    id: int
    phase: str
    done: float
    total: float
    seconds_left: float | None = None


@message
@dataclasses.dataclass(frozen=True, slots=True)
class Alternative:
    """A token that might have been chosen, with its natural-log probability."""

    text: str
    logprob: float


@message
@dataclasses.dataclass(frozen=True, slots=True)
class Token:
    """A piece of a reply: whole characters, possibly of several tokens.

    ``channel`` is ``"text"``, ``"reasoning"`` or ``"tool"``. ``alternatives`` is empty unless
    probabilities were asked for.
    """

    id: int
    text: str
    channel: str = "text"
    logprob: float | None = None
    alternatives: tuple[Alternative, ...] = ()


@message
@dataclasses.dataclass(frozen=True, slots=True)
class Preview:
    """A picture on its way: an encoded image after ``step`` of ``steps``."""

    id: int
    step: int
    steps: int
    image: bytes


@message
@dataclasses.dataclass(frozen=True, slots=True)
class Batch:
    """``rows`` vectors of ``width`` values, row after row; ``dtype`` as numpy names it."""

    id: int
    rows: int
    width: int
    values: bytes
    dtype: str = "float32"


@message
@dataclasses.dataclass(frozen=True, slots=True)
class Part:
    """A piece of a result that would be too large as one: a message of its own."""

    id: int
    value: Any


@message
@dataclasses.dataclass(frozen=True, slots=True)
class Done:
    """The request ended as asked, or was cancelled when ``cancelled`` is true."""

    id: int
    result: Any = None
    cancelled: bool = False


@message
@dataclasses.dataclass(frozen=True, slots=True)
class Failed:
    """The request could not be done: a stable ``code`` and the ``facts`` for its sentence."""

    id: int
    code: str
    facts: dict[str, str | int | float | bool | None] = dataclasses.field(default_factory=dict)


Event = Progress | Token | Preview | Batch | Part | Done | Failed


def encode(value: Any) -> bytes:
    """Return the frame of a message."""
    binary: list[bytes] = []
    text = json.dumps(_to_plain(value, binary), separators=(",", ":")).encode()
    return b"".join((_HEADER.pack(len(text), sum(map(len, binary))), text, *binary))


def decode(text: bytes, binary: bytes = b"") -> Any:
    """Return the message of a frame's two parts.

    Raises:
        ProtocolError: not a message that this program knows.
    """
    try:
        return _from_plain(json.loads(text), memoryview(binary))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ProtocolError(f"unreadable message: {error}") from error


def write(stream: IO[bytes], value: Any) -> None:
    """Send a message at once. The caller holds the stream's lock."""
    stream.write(encode(value))
    stream.flush()


def read(stream: IO[bytes]) -> Any | None:
    """Return the next message, or ``None`` when the other side has closed.

    Raises:
        ProtocolError: the bytes are not a frame.
    """
    header = stream.read(_HEADER.size)
    if len(header) < _HEADER.size:
        return None
    text_size, binary_size = _HEADER.unpack(header)
    if text_size > _MAX_JSON or binary_size > _MAX_BINARY:
        raise ProtocolError(f"frame of {text_size} + {binary_size} bytes")
    text, binary = stream.read(text_size), stream.read(binary_size)
    if len(text) < text_size or len(binary) < binary_size:
        return None
    return decode(text, binary)


def _to_plain(value: Any, binary: list[bytes]) -> Any:
    if isinstance(value, bytes):
        start = sum(map(len, binary))
        binary.append(value)
        return {"$": "bytes", "start": start, "size": len(value)}
    if isinstance(value, list | tuple):
        return [_to_plain(item, binary) for item in value]
    if isinstance(value, dict):
        return {"$": "dict", "of": {key: _to_plain(item, binary) for key, item in value.items()}}
    if dataclasses.is_dataclass(value):
        name = type(value).__name__
        if _registry.get(name) is not type(value):
            raise ProtocolError(f"{name} is not a message")
        fields = {
            field.name: _to_plain(getattr(value, field.name), binary)
            for field in dataclasses.fields(value)
        }
        return {"$": name, **fields}
    return value


def _from_plain(value: Any, binary: memoryview) -> Any:
    if isinstance(value, list):
        return tuple(_from_plain(item, binary) for item in value)
    if not isinstance(value, dict):
        return value
    name = value["$"]
    if name == "bytes":
        return bytes(binary[value["start"] : value["start"] + value["size"]])
    if name == "dict":
        return {key: _from_plain(item, binary) for key, item in value["of"].items()}
    fields = {key: _from_plain(item, binary) for key, item in value.items() if key != "$"}
    return _registry[name](**fields)
