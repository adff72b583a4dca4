"""The worker's end of the pipe: a Stop is heard whenever it comes, and an end is an end."""

from __future__ import annotations

import io
import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

from studio.engine import protocol
from studio.engine.language import Count
from studio.engine.protocol import Cancel, Shutdown
from studio.workers.serve import Channel
from studio.workers.signals import outlive_signals

PATIENCE_S = 20.0
NOBODYS = 99  # no request has this number


class Wire:
    """A channel with its reader thread, and the window's end of its pipe."""

    def __init__(self) -> None:
        inner, outer = os.pipe()
        self.source: IO[bytes] = os.fdopen(inner, "rb")
        self.window: IO[bytes] = os.fdopen(outer, "wb")
        self.flag = threading.Event()
        self.channel = Channel(self.source, io.BytesIO(), self.flag)
        self.reader = threading.Thread(target=self.channel.listen)

    def say(self, *messages: object) -> None:
        for message in messages:
            protocol.write(self.window, message)

    def hang_up(self) -> None:
        """Close the window's end, and wait until all before it was heard."""
        self.window.close()
        self.reader.join(PATIENCE_S)
        assert not self.reader.is_alive()


@pytest.fixture
def wire() -> Iterator[Wire]:
    made = Wire()
    yield made
    if not made.window.closed:
        made.window.close()
    if made.reader.is_alive():
        made.reader.join(PATIENCE_S)
    made.source.close()


def wait_until_all_is_heard(wire: Wire) -> None:
    """Wait until what was said so far was taken in, which is one by one."""
    wire.say(Cancel(NOBODYS))
    deadline = time.monotonic() + PATIENCE_S
    while not wire.channel.cancelled(NOBODYS):
        assert time.monotonic() < deadline, "the Stop was not heard"
        time.sleep(0.001)


def test_a_stop_that_came_before_its_turn_raises_the_flag(wire: Wire) -> None:
    wire.reader.start()
    wire.say(Count(1, ()), Count(2, ()), Count(3, ()), Cancel(2))
    first = wire.channel.next()
    wait_until_all_is_heard(wire)
    assert first is not None
    assert (first.id, wire.flag.is_set()) == (1, False)
    second = wire.channel.next()
    assert second is not None
    assert (second.id, wire.flag.is_set()) == (2, True)
    third = wire.channel.next()
    assert third is not None
    assert (third.id, wire.flag.is_set()) == (3, False)


def test_a_stop_during_its_turn_raises_the_flag(wire: Wire) -> None:
    wire.reader.start()
    wire.say(Count(1, ()))
    assert wire.channel.next() is not None
    assert not wire.flag.is_set()
    wire.say(Cancel(1))
    assert wire.flag.wait(PATIENCE_S), "the window is still there; only the Stop can raise it"
    assert wire.channel.cancelled(1)


@pytest.mark.parametrize("farewell", [b"", protocol.encode(Shutdown()), b"\x00\x00"])
def test_an_end_stops_what_runs_and_lets_the_worker_leave(farewell: bytes, wire: Wire) -> None:
    wire.reader.start()
    wire.say(Count(1, ()))
    assert wire.channel.next() is not None
    wire.window.write(farewell)
    wire.hang_up()
    assert wire.flag.is_set()
    assert wire.channel.cancelled(1)
    assert wire.channel.next() is None


def test_nonsense_from_the_window_lets_the_worker_leave(
    wire: Wire, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    told: list[type[BaseException] | None] = []
    monkeypatch.setattr(threading, "excepthook", lambda what: told.append(what.exc_type))
    wire.reader.start()
    wire.window.write(b"GET / HTTP/1.1\r\n\r\n")
    wire.hang_up()
    assert told == [protocol.ProtocolError]
    assert wire.channel.next() is None


class GoneOnWindows(io.BytesIO):
    """A pipe whose other end is closed, as Windows has it."""

    def write(self, _data: object) -> int:
        raise OSError(22, "Invalid argument")


def test_a_window_that_is_gone_is_told_the_same_on_every_system() -> None:
    channel = Channel(io.BytesIO(), GoneOnWindows(), threading.Event())
    with pytest.raises(BrokenPipeError):
        channel.send(Cancel(1))


def test_what_a_signal_means_is_left_to_the_program_that_started_the_worker() -> None:
    names = [name for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {name: signal.getsignal(getattr(signal, name)) for name in names}
    try:
        outlive_signals()
        for name in names:
            signal.raise_signal(getattr(signal, name))
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)
