"""Starts workers, and waits for that no longer than a person does."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

import psutil

from studio.engine.host import Host
from studio.engine.worker_logs import log_file

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


def start_worker(worker: str, logs: Path) -> Host:
    """Start a worker, with a log of its last words in the folder ``logs``.

    Raises:
        StudioError: ``worker.never_started``.
    """
    host = Host(worker, log_file(logs, worker, psutil.pid_exists))
    host.start()
    return host
