"""Waits for a worker to start, but no longer than a person does."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait

from studio.engine.host import Host

_LOOK_EVERY_S = 0.1


def started(start: Callable[[], Host], stopping: threading.Event) -> Host | None:
    """Return a started host, or ``None`` when Stop was pressed before it was.

    The start then goes on for the next question; where it fails, that one tries it again.

    Args:
        start: starts it; what it raises is raised here.
    """
    executor = ThreadPoolExecutor(1, "start of a worker")
    answer = executor.submit(start)
    try:
        while not wait([answer], _LOOK_EVERY_S).done:
            if stopping.is_set():
                return None
        return answer.result()
    finally:
        executor.shutdown(wait=answer.done())
