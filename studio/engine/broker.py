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


@dataclass(frozen=True, slots=True)
class SeatReport:
    """What one worker holds now, in bytes, and what it is busy with."""

    worker: str
    running: bool
    busy: bool
    holds: str
    bytes_held: int


@dataclass(slots=True)
class _Seat:
    worker: str
    host: Host | None = None
    holds: str = ""
    bytes_held: int = 0
    last_used: float = 0.0
    users: int = 0


class Broker:
    """Starts workers when they are needed and parks them when memory is.

    Args:
        workers: the names of the seats.
        start: makes a started host for a worker.
        free_bytes: memory that is free now.
        reserve_bytes: memory to leave to other programs.
    """

    def __init__(
        self,
        workers: tuple[str, ...],
        start: Callable[[str], Host],
        free_bytes: Callable[[], int],
        reserve_bytes: Callable[[], int],
    ) -> None:
        self._start = start
        self._free_bytes = free_bytes
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
                    self._set_held(seat, "", 0)
                seat.host = host
                seat.last_used = time.monotonic()
        return host

    def running(self, worker: str) -> Host | None:
        """Return the worker's host if it runs now."""
        with self._lock:
            host = self._seats[worker].host
            return host if host is not None and host.alive else None

    def make_room(self, worker: str, need_bytes: int) -> tuple[str, ...]:
        """Park idle workers until ``need_bytes`` fit beside the reserve; return what was done."""
        notes: list[str] = []
        with self._lock:
            own = self._seats[worker].bytes_held
            while self._short_of(need_bytes - own) > 0 and (seat := self._idlest(worker)):
                notes.append(
                    f"Put {seat.holds or seat.worker} aside to make room "
                    f"({memory_free(seat.bytes_held)})."
                )
                self.park(seat.worker)
            missing = self._short_of(need_bytes - own)
        if missing > 0:
            notes.append(
                f"Memory is tight: {memory_needed(need_bytes)} are needed and "
                f"{memory_needed(missing)} of them are missing. This computer may become slow."
            )
        return tuple(notes)

    def set_held(self, worker: str, holds: str, bytes_held: int) -> None:
        """Note what a worker holds after a load."""
        with self._lock:
            self._set_held(self._seats[worker], holds, bytes_held)

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

    def park(self, worker: str, grace_s: float = 10.0) -> None:
        """End a worker's process after it has saved what is worth saving."""
        with self._lock:
            seat = self._seats[worker]
            host, seat.host = seat.host, None
            self._set_held(seat, "", 0)
        if host is not None:
            host.stop(grace_s)

    def close(self) -> None:
        """Park every worker."""
        for worker in self._seats:
            self.park(worker)

    def report(self) -> tuple[SeatReport, ...]:
        """Return what each worker holds."""
        with self._lock:
            return tuple(
                SeatReport(
                    seat.worker,
                    seat.host is not None and seat.host.alive,
                    seat.users > 0,
                    seat.holds,
                    seat.bytes_held,
                )
                for seat in self._seats.values()
            )

    def _short_of(self, need_bytes: int) -> int:
        return need_bytes + self._reserve_bytes() - self._free_bytes()

    def _idlest(self, asking: str) -> _Seat | None:
        idle = [
            seat
            for seat in self._seats.values()
            if seat.worker != asking and seat.host is not None and seat.users == 0
        ]
        return min(idle, key=lambda seat: seat.last_used, default=None)

    @staticmethod
    def _set_held(seat: _Seat, holds: str, bytes_held: int) -> None:
        seat.holds, seat.bytes_held = holds, bytes_held
