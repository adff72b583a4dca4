"""A clock for tests: time passes when they say so."""

from __future__ import annotations


class Clock:
    """Stands still until it is moved; calling it tells the time in seconds."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now
