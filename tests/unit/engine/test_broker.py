"""The broker parks whoever is idle before a load, and says so with memory counted as systems do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from studio.engine.broker import Broker
from studio.engine.host import Host

GB = 1024**3


class FakeHost(Host):
    """A worker without a process: alive until it is stopped; then its memory is free again."""

    def __init__(self, worker: str, memory: Memory) -> None:
        super().__init__(worker, Path("none.log"))
        self._memory = memory
        self._is_there = True

    @property
    def alive(self) -> bool:
        return self._is_there

    def stop(self, grace_s: float = 0.0) -> None:
        self._is_there = False
        self._memory.free += self._memory.held.pop(self.worker, 0)


class Memory:
    """So many bytes are free, and so many are held by each worker."""

    def __init__(self, free: int) -> None:
        self.free = free
        self.held: dict[str, int] = {}

    def hold(self, broker: Broker, worker: str, holds: str, size: int) -> None:
        broker.host(worker)
        broker.set_held(worker, holds, size)
        self.held[worker] = size


@pytest.fixture
def memory() -> Memory:
    return Memory(free=2 * GB)


@pytest.fixture
def broker(memory: Memory) -> Broker:
    def start(worker: str) -> Any:
        return FakeHost(worker, memory)

    return Broker(("llm", "diffusion"), start, lambda: memory.free, lambda: GB)


def test_what_fits_changes_nothing(broker: Broker, memory: Memory) -> None:
    memory.hold(broker, "diffusion", "painter", 3 * GB)
    assert broker.make_room("llm", GB) == ()
    assert broker.running("diffusion") is not None


def test_an_idle_worker_makes_room(broker: Broker, memory: Memory) -> None:
    memory.hold(broker, "diffusion", "painter", 3 * GB)
    assert broker.make_room("llm", 4 * GB) == ("Put painter aside to make room (3.0 GB).",)
    assert broker.running("diffusion") is None


def test_a_busy_worker_stays_and_the_person_is_told(broker: Broker, memory: Memory) -> None:
    memory.hold(broker, "diffusion", "painter", 3 * GB)
    broker.begin("diffusion")
    (note,) = broker.make_room("llm", 4 * GB)
    assert note.startswith("Memory is tight: 4.0 GB are needed and 3.0 GB of them are missing.")
    assert broker.running("diffusion") is not None
    broker.end("diffusion")


def test_what_the_asking_worker_holds_counts_as_free(broker: Broker, memory: Memory) -> None:
    memory.hold(broker, "llm", "tiny", 3 * GB)
    assert broker.make_room("llm", 4 * GB) == ()
