"""The broker parks whoever is idle before a load, and says so with memory counted as systems do."""

from __future__ import annotations

import threading

import pytest
from support.fake_host import FakeHost

from studio.engine.broker import Broker, Memory

GB = 1024**3


class Machine:
    """So much memory is free, and so much is held by each worker."""

    def __init__(self, free: Memory) -> None:
        self.free = free
        self.held: dict[str, Memory] = {}

    def start(self, worker: str) -> FakeHost:
        return FakeHost(worker, stopped=lambda: self._release(worker))

    def _release(self, worker: str) -> None:
        self.free += self.held.pop(worker, Memory())

    def hold(self, broker: Broker, worker: str, holds: str, size: Memory) -> None:
        broker.host(worker)
        broker.set_held(worker, holds, size)
        self.held[worker] = size


@pytest.fixture
def machine() -> Machine:
    return Machine(Memory(ram=2 * GB, gpu=4 * GB))


@pytest.fixture
def broker(machine: Machine) -> Broker:
    workers = ("llm", "embedding", "diffusion")
    return Broker(workers, machine.start, lambda: machine.free, lambda: GB)


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


def test_three_kinds_work_at_once_until_memory_asks_for_one(
    broker: Broker, machine: Machine
) -> None:
    machine.free = Memory(ram=10 * GB)
    names = ("llm", "embedding", "diffusion")
    for worker in names:
        assert broker.make_room(worker, Memory(2 * GB)) == ()
        machine.hold(broker, worker, f"model of {worker}", Memory(2 * GB))
        machine.free -= Memory(2 * GB)
        broker.begin(worker)
    hosts = [broker.running(worker) for worker in names]
    assert [host.worker for host in hosts if host is not None] == list(names)
    broker.end("embedding")
    assert broker.make_room("llm", Memory(6 * GB)) == (
        "Put model of embedding aside to make room (2.0 GB).",
    )
    assert broker.running("embedding") is None, "the one that was idle"
    assert [broker.running("llm"), broker.running("diffusion")] == [hosts[0], hosts[2]]
    broker.host("embedding")
    assert broker.running("embedding") not in (None, hosts[1]), "it starts anew when it is needed"
    broker.close()
    assert [broker.running(worker) for worker in names] == [None, None, None]


def test_a_look_need_not_wait_for_a_worker_that_leaves() -> None:
    leaves, may_leave = threading.Event(), threading.Event()
    free = [Memory()]

    def stopped() -> None:
        leaves.set()
        may_leave.wait(20)
        free[0] = Memory(ram=4 * GB)

    def start(worker: str) -> FakeHost:
        return FakeHost(worker, stopped=stopped)

    broker = Broker(("llm", "diffusion"), start, lambda: free[0], lambda: 0)
    broker.host("diffusion")
    broker.set_held("diffusion", "painter", Memory(4 * GB))
    parking = threading.Thread(target=broker.make_room, args=("llm", Memory(4 * GB)))
    parking.start()
    assert leaves.wait(20)
    looked: list[object] = []
    look = threading.Thread(target=lambda: looked.append(broker.running("diffusion")))
    look.start()
    look.join(5)
    assert looked == [None]
    may_leave.set()
    for thread in (parking, look):
        thread.join(20)
