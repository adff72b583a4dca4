"""A worker without a process, which answers as a test wants it to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from studio.engine.host import Host, Job
from studio.engine.protocol import Done, Failed, Request

Answer = Callable[[Request], Done | Failed]


def no_answer(request: Request) -> Failed:
    """Refuse a request; no test should be surprised by silence."""
    raise AssertionError(f"this worker was not expected to be asked: {request}")


class FakeHost(Host):
    """Alive until it is stopped, or until a test clears ``is_there``.

    Args:
        worker: its name.
        answer: gives the only event of each request.
        stopped: called when it is stopped.
    """

    def __init__(
        self,
        worker: str = "llm",
        answer: Answer = no_answer,
        stopped: Callable[[], object] = lambda: None,
    ) -> None:
        super().__init__(worker, Path("none.log"))
        self.is_there = True
        self._answer = answer
        self._stopped = stopped

    @property
    def alive(self) -> bool:
        return self.is_there

    def submit(self, request: Request) -> Job:
        job = Job(self, request)
        job.deliver(self._answer(request))
        return job

    def stop(self, grace_s: float = 0.0) -> None:
        self.is_there = False
        self._stopped()
