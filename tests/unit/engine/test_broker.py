"""The broker parks whoever is idle before a load, and says so with memory counted as systems do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from studio.engine.broker import Broker, Memory
from studio.engine.host import Host

GB = 1024**3


class FakeHost(Host):
    """A worker without a process: alive until it is stopped; then its memory is free again."""

    def __init__(self, worker: str, machine: Machine) -> None:
        super().__init__(worker, Path("none.log"))
        self._machine = machine
        self._is_there = True

    @property
    def alive(self) -> bool:
        return self._is_there

    def stop(self, grace_s: float = 0.0) -> None:
        self._is_there = False
        self._machine.free += self._machine.held.pop(self.worker, Memory())


class Machine:
    """So much memory is free, and so much is held by each worker."""

    def __init__(self, free: Memory) -> None:
        self.free = free
        self.held: dict[str, Memory] = {}

    def hold(self, broker: Broker, worker: str, holds: str, size: Memory) -> None:
        broker.host(worker)
        broker.set_held(worker, holds, size)
        self.held[worker] = size


@pytest.fixture
def machine() -> Machine:
    return Machine(Memory(ram=2 * GB, gpu=4 * GB))


@pytest.fixture
def broker(machine: Machine) -> Broker:
    def start(worker: str) -> Any:
        return FakeHost(worker, machine)

    return Broker(("llm", "embedding", "diffusion"), start, lambda: machine.free, lambda: GB)


def test_what_fits_changes_nothing(broker: Broker, machine: Machine) -> None:
    machine.hold(broker, "diffusion", "painter", Memory(3 * GB))
    assert broker.make_room("llm", Memory(GB)) == ()
    assert broker.running("diffusion") is not None


def test_an_idle_worker_makes_room(broker: Broker, machine: Machine) -> None:
    machine.hold(broker, "diffusion", "painter", Memory(3 * GB))
    assert broker.make_room("llm", Memory(4 * GB)) == ("Put painter aside to make room (3.0 GB).",)
    assert broker.running("diffusion") is None
    assert broker.held("diffusion") == Memory()


def test_a_busy_worker_stays_and_the_person_is_told(broker: Broker, machine: Machine) -> None:
    machine.hold(broker, "diffusion", "painter", Memory(3 * GB))
    broker.begin("diffusion")
    (note,) = broker.make_room("llm", Memory(4 * GB))
    assert note.startswith("Memory is tight: 4.0 GB are needed and 3.0 GB of them are missing.")
    assert broker.running("diffusion") is not None
    broker.end("diffusion")


def test_what_the_asking_worker_holds_counts_as_free(broker: Broker, machine: Machine) -> None:
    machine.hold(broker, "llm", "tiny", Memory(3 * GB))
    assert broker.make_room("llm", Memory(4 * GB)) == ()


def test_what_a_dead_worker_held_is_free_already(broker: Broker, machine: Machine) -> None:
    machine.hold(broker, "llm", "tiny", Memory(3 * GB))
    broker.host("llm").stop()
    machine.free = Memory(2 * GB)
    assert broker.held("llm") == Memory()
    (note,) = broker.make_room("llm", Memory(4 * GB))
    assert "3.0 GB of them are missing" in note


def test_a_need_on_the_card_takes_nothing_of_the_main_memory(broker: Broker) -> None:
    assert broker.make_room("llm", Memory(ram=GB, gpu=4 * GB)) == ()


def test_the_card_is_counted_for_itself(broker: Broker) -> None:
    (note,) = broker.make_room("llm", Memory(ram=GB, gpu=6 * GB))
    assert note == (
        "The graphics card is nearly full: 6.0 GB are needed there and 2.0 GB of them are "
        "missing. Put fewer layers on it."
    )


def test_only_who_holds_what_is_missing_is_put_aside(broker: Broker, machine: Machine) -> None:
    machine.hold(broker, "embedding", "finder", Memory(ram=3 * GB))
    machine.hold(broker, "diffusion", "painter", Memory(gpu=3 * GB))
    assert broker.make_room("llm", Memory(ram=GB, gpu=6 * GB)) == (
        "Put painter aside to make room (3.0 GB).",
    )
    assert broker.running("embedding") is not None
