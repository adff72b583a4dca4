"""Runs work off the thread that asks for it, one piece after another, until it is closed."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, TypeVar

from studio.errors import StudioError, in_words

_T = TypeVar("_T")

_log = logging.getLogger(__name__)


class Background:
    """One thread for work. May be used from any thread, also from its own.

    Args:
        name: of the thread.
        failed: told, on that thread, what work has raised; faults of ours as ``program.bug``.
    """

    def __init__(self, name: str, failed: Callable[[StudioError], None]) -> None:
        self._failed = failed
        self._executor = ThreadPoolExecutor(1, thread_name_prefix=name)
        self._lock = threading.Lock()
        self._is_closing = False

    @property
    def is_closing(self) -> bool:
        """Whether nothing new is begun any more; what runs long must then stop."""
        return self._is_closing

    def run(self, work: Callable[[], None]) -> None:
        """Run something after what was given before, or drop it when this is being closed."""
        with self._lock:  # the executor refuses work, with a fault of ours, once it is shut down
            if self._is_closing:
                return
            future = self._executor.submit(work)
        future.add_done_callback(self._note_failure)

    def begin_close(self) -> None:
        """Drop what has not begun, and let what runs know."""
        with self._lock:
            self._is_closing = True
        self._executor.shutdown(wait=False, cancel_futures=True)

    def close(self) -> None:
        """Do the same, and wait for what runs."""
        self.begin_close()
        self._executor.shutdown(wait=True)

    def _note_failure(self, done: Future[None]) -> None:
        if done.cancelled() or (error := done.exception()) is None:
            return
        told = in_words(error)
        _log.error("in the background: %s", told, exc_info=error)
        self._failed(told)


class Flag:
    """Raised on one thread, looked at on another; nobody waits for it."""

    def __init__(self) -> None:
        self._is_set = False

    def set(self) -> None:
        """Raise it."""
        self._is_set = True

    def clear(self) -> None:
        """Lower it."""
        self._is_set = False

    def is_set(self) -> bool:
        """Tell whether it is raised."""
        return self._is_set


class Answer(Generic[_T]):
    """A value that the window gives to a thread in the background, which waits for it."""

    def __init__(self) -> None:
        self._given = threading.Event()
        self._values: list[_T] = []

    def give(self, value: _T) -> None:
        """Give the value."""
        self._values.append(value)
        self._given.set()

    def wait(self, look: Callable[[], object], every_s: float) -> _T:
        """Return the value once it is there; ``look`` is called meanwhile, and may raise."""
        while not self._given.wait(every_s):
            look()
        look()
        return self._values[0]
