"""Shares the computer's memory between the workers: language, documents and pictures.

Each worker has a seat. Before a load that would not fit, idle workers are parked, the least
recently used first: their process ends, which is the only release of memory that always works.
A load is never forbidden here; what was done, and what may go wrong, is said in words.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from studio.engine.host import Host
from studio.sizes import memory_free, memory_needed
from studio.translation import tr

_LEAVE_S = 10.0


@dataclass(frozen=True, slots=True)
class Memory:
    """Bytes of main memory, and of memory that a graphics card has for itself."""

    ram: int = 0
    gpu: int = 0

    def __add__(self, other: Memory) -> Memory:
        return Memory(self.ram + other.ram, self.gpu + other.gpu)

    def __sub__(self, other: Memory) -> Memory:
        return Memory(self.ram - other.ram, self.gpu - other.gpu)


@dataclass(slots=True)
class _Seat:
    worker: str
    host: Host | None = None
    holds: str = ""
    held: Memory = Memory()
    last_used: float = 0.0
    users: int = 0


class Broker:
    """Starts workers when they are needed and parks them when memory is.

    Args:
        workers: the names of the seats.
        start: makes a started host for a worker.
        free: memory that is free now; no graphics memory where there is no card of that kind.
        reserve_bytes: main memory to leave to other programs.
    """

    def __init__(
        self,
        workers: tuple[str, ...],
        start: Callable[[str], Host],
        free: Callable[[], Memory],
        reserve_bytes: Callable[[], int],
    ) -> None:
        self._start = start
        self._free = free
        self._reserve_bytes = reserve_bytes
        self._seats = {worker: _Seat(worker) for worker in workers}
        self._lock = threading.RLock()
        self._starting = threading.Lock()

    def host(self, worker: str) -> Host:
        """Return the worker's host, started if it was not running.

        Raises:
            StudioError: it could not start.
        """
        seat = self._seats[worker]
        with self._starting:  # apart from the short lock: a start takes a second, a look must not
            host = self.running(worker) or self._start(worker)
            with self._lock:
                if seat.host is not host:
                    self._set_held(seat, "", Memory())
                seat.host = host
                seat.last_used = time.monotonic()
        return host

    def running(self, worker: str) -> Host | None:
        """Return the worker's host if it runs now."""
        with self._lock:
            host = self._seats[worker].host
            return host if host is not None and host.alive else None

    def make_room(self, worker: str, need: Memory) -> tuple[str, ...]:
        """Park idle workers until ``need`` fits beside the reserve; return what was done.

        Only those are parked that hold something of the kind that is missing.
        """
        notes: list[str] = []
        while True:
            with self._lock:
                missing = self._missing(need - self.held(worker))
                seat = self._idlest(worker, missing)
                if seat is None:
                    return (*notes, *_warnings(need, missing))
                notes.append(
                    tr(
                        "Put {model} aside to make room ({size}).",
                        model=seat.holds or seat.worker,
                        size=memory_free(seat.held.ram + seat.held.gpu),
                    )
                )
                host = self._vacated(seat)
            _stop(host)  # apart from the lock: it may take its time, a look must not

    def held(self, worker: str) -> Memory:
        """Return what comes free when the worker loads something else, or is parked."""
        with self._lock:
            seat = self._seats[worker]
            return seat.held if seat.host is not None and seat.host.alive else Memory()

    def set_held(self, worker: str, holds: str, held: Memory) -> None:
        """Note what a worker holds after a load."""
        with self._lock:
            self._set_held(self._seats[worker], holds, held)

    def begin(self, worker: str) -> None:
        """Note that a worker is busy: it will not be parked."""
        with self._lock:
            self._seats[worker].users += 1

    def end(self, worker: str) -> None:
        """Note that a piece of work has ended."""
        with self._lock:
            seat = self._seats[worker]
            seat.users -= 1
            seat.last_used = time.monotonic()

    def park(self, worker: str) -> None:
        """End a worker's process after it has saved what is worth saving."""
        with self._lock:
            host = self._vacated(self._seats[worker])
        _stop(host)

    def close(self) -> None:
        """Park every worker, also one that is just being started."""
        with self._starting:
            for worker in self._seats:
                self.park(worker)

    def _missing(self, more: Memory) -> Memory:
        missing = more + Memory(self._reserve_bytes()) - self._free()
        return Memory(max(0, missing.ram), max(0, missing.gpu))

    def _idlest(self, asking: str, missing: Memory) -> _Seat | None:
        idle = [
            seat
            for seat in self._seats.values()
            if seat.worker != asking
            and seat.host is not None
            and seat.users == 0
            and (min(seat.held.ram, missing.ram) or min(seat.held.gpu, missing.gpu))
        ]
        return min(idle, key=lambda seat: seat.last_used, default=None)

    def _vacated(self, seat: _Seat) -> Host | None:
        """Take the host off its seat."""
        host, seat.host = seat.host, None
        self._set_held(seat, "", Memory())
        return host

    @staticmethod
    def _set_held(seat: _Seat, holds: str, held: Memory) -> None:
        seat.holds, seat.held = holds, held


def _stop(host: Host | None) -> None:
    if host is not None:
        host.stop(_LEAVE_S)


def _warnings(need: Memory, missing: Memory) -> tuple[str, ...]:
    sentences: list[str] = []
    if missing.ram:
        sentences.append(
            tr(
                "Memory is tight: {needed} are needed and {missing} of them are "
                "missing. This computer may become slow.",
                needed=memory_needed(need.ram),
                missing=memory_needed(missing.ram),
            )
        )
    if missing.gpu:
        sentences.append(
            tr(
                "The graphics card is nearly full: {needed} are needed there and "
                "{missing} of them are missing. Put fewer layers on it.",
                needed=memory_needed(need.gpu),
                missing=memory_needed(missing.gpu),
            )
        )
    return tuple(sentences)
