"""Tells the person of a fault of ours, instead of leaving it in a terminal that nobody sees."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from types import TracebackType

from studio.errors import StudioError, in_words

_log = logging.getLogger(__name__)


class Mishaps:
    """Takes what no code has caught, from any thread, until it is closed.

    Args:
        tell: called with what happened in words, on whatever thread it happened.
    """

    def __init__(self, tell: Callable[[StudioError], None]) -> None:
        self._tell = tell
        self._hooks = (sys.excepthook, threading.excepthook)
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception

    def close(self) -> None:
        """Leave uncaught exceptions to Python again."""
        sys.excepthook, threading.excepthook = self._hooks

    def _on_exception(
        self,
        kind: type[BaseException],
        error: BaseException,
        traceback: TracebackType | None,
    ) -> None:
        if not isinstance(error, Exception):  # Ctrl+C and exits are wanted
            self._hooks[0](kind, error, traceback)
            return
        told = in_words(error)
        _log.error("not caught: %s", told, exc_info=(kind, error, traceback))
        self._tell(told)

    def _on_thread_exception(self, raised: threading.ExceptHookArgs) -> None:
        if isinstance(raised.exc_value, Exception):
            self._on_exception(raised.exc_type, raised.exc_value, raised.exc_traceback)
        else:  # the end of one thread is silent, unlike that of the program
            self._hooks[1](raised)
