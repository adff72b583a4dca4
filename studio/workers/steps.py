"""Thins out progress: telling it must not cost more than the work it tells of."""

from __future__ import annotations

import time
from collections.abc import Callable

_SHARE = 0.01
_SECONDS = 0.05


class Steps:
    """Lets a share pass when it has grown by 1 % and 50 ms have gone by; the whole always, once.

    Args:
        clock: seconds since any moment.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._share = -1.0
        self._at = float("-inf")

    def is_due(self, share: float) -> bool:
        """Tell whether this share, from 0 to 1, is worth telling; it then counts as told."""
        now = self._clock()
        if share >= 1:
            due = self._share < 1
        else:
            due = share - self._share >= _SHARE and now - self._at >= _SECONDS
        if due:
            self._share, self._at = share, now
        return due
