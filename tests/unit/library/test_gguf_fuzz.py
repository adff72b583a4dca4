"""Whatever bytes a file holds, reading its header ends quickly, and in a header or in words."""

from __future__ import annotations

import functools
import tempfile
import time
import tracemalloc
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from support import tiny_gguf

from studio.errors import StudioError
from studio.library.gguf import read_header

_MOST_BYTES = 32 << 20


@functools.cache
def _sound() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        size = tiny_gguf.Size(embedding=32, feed_forward=32, layers=1)
        path = tiny_gguf.write(Path(folder) / "tiny.gguf", size=size, chat_template="{{ a }}")
        return path.read_bytes()


def _read(data: bytes) -> None:
    """Read a file with these bytes; anything but a header or a StudioError fails the test."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.gguf"
        path.write_bytes(data)
        tracemalloc.start()
        started = time.process_time()
        problem = _problem(path)
        seconds = time.process_time() - started
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert seconds < 1
    assert peak < _MOST_BYTES
    if problem is not None:
        assert problem.code.startswith("model.")
        assert problem.what.endswith(".")
        assert problem.hint


def _problem(path: Path) -> StudioError | None:
    try:
        read_header(path)
    except StudioError as error:
        return error
    return None


# The header of the sound file is about 10,000 bytes long; most damage should hit it.
_PLACE = st.one_of(st.integers(0, 400), st.integers(0, 12_000), st.integers(0, 1 << 20))
_HOSTILE_NUMBER = st.sampled_from(
    [0, 1, 255, 1 << 31, (1 << 32) - 1, 1 << 40, 1 << 60, (1 << 63) - 1, 1 << 63, (1 << 64) - 1]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(_PLACE, st.binary(min_size=1, max_size=9)), min_size=1, max_size=6))
def test_changed_bytes(changes: list[tuple[int, bytes]]) -> None:
    data = bytearray(_sound())
    for place, content in changes:
        place %= len(data)
        data[place : place + len(content)] = content
    _read(bytes(data))


@settings(max_examples=150, deadline=None)
@given(_PLACE, _HOSTILE_NUMBER, st.sampled_from([1, 2, 4, 8]))
def test_hostile_numbers(place: int, number: int, width: int) -> None:
    data = bytearray(_sound())
    place %= len(data)
    data[place : place + width] = (number & (1 << 8 * width) - 1).to_bytes(width, "little")
    _read(bytes(data))


@settings(max_examples=60, deadline=None)
@given(_PLACE, st.binary(max_size=64), st.integers(0, 200))
def test_inserted_and_removed_bytes(place: int, added: bytes, removed: int) -> None:
    data = _sound()
    place %= len(data)
    _read(data[:place] + added + data[place + removed :])


@settings(max_examples=60, deadline=None)
@given(_PLACE)
def test_cut_anywhere(length: int) -> None:
    data = _sound()
    _read(data[: length % len(data)])


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=2000), st.booleans())
def test_any_bytes(data: bytes, begins_well: bool) -> None:
    start = b"GGUF\x03\x00\x00\x00" if begins_well else b""
    _read(start + data)
