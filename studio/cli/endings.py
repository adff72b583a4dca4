"""How a command ends that could not be done to its end: refused, interrupted, or no longer read."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any

from studio.errors import StudioError

INTERRUPTED, TERMINATED, NOT_READ = 130, 143, 141  # 128 and the signal, as shells have it


class RefusedError(StudioError):
    """A failure with what is known all the same: ``beside`` stands beside it in the JSON."""

    def __init__(self, error: StudioError, beside: Mapping[str, Any]) -> None:
        super().__init__(error.code, error.what, error.hint, error.details)
        self.beside = dict(beside)


class InterruptedByPersonError(Exception):
    """The person stopped a command that has a result as far as it went."""

    def __init__(self, result: Mapping[str, Any], status: int) -> None:
        super().__init__("interrupted")
        self.result = dict(result)
        self.status = status


class Terminated(KeyboardInterrupt):
    """Another program asked this one to end."""


@contextmanager
def heeding_signals() -> Iterator[None]:
    """Take a request to end, or the end of the terminal, as what Ctrl-C is."""

    def end(_number: int, _frame: FrameType | None) -> None:
        raise Terminated

    names = ("SIGTERM", "SIGHUP")
    usual = {
        number: signal.signal(number, end)
        for name in names
        if (number := getattr(signal, name, None)) is not None
    }
    try:
        yield
    finally:
        for number, handler in usual.items():
            signal.signal(number, handler)


def status_of(interrupt: KeyboardInterrupt) -> int:
    """Return the exit status that tells by what a command was ended."""
    return TERMINATED if isinstance(interrupt, Terminated) else INTERRUPTED


def stop_writing() -> None:
    """Let go of standard output, whose reader has gone: Python would complain of it at its end."""
    if sys.stdout is None:
        return
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
