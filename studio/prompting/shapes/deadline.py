"""The time at which a check gives up, since nobody waits for its end."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

Clock = Callable[[], float]
"""Tells the seconds since some moment, of all time or of this thread's own work."""


class TooLongError(Exception):
    """A check takes longer than anyone waits."""


class Deadline:
    """So many seconds from now.

    Args:
        clock: what tells the time; a busy machine does not use up the seconds of a thread's work.
    """

    def __init__(self, seconds: float, clock: Clock = time.thread_time) -> None:
        self._clock = clock
        self._end = clock() + seconds

    def look(self) -> None:
        """Go on only in time.

        Raises:
            TooLongError: it has passed.
        """
        if self._clock() > self._end:
            raise TooLongError


NEVER = Deadline(math.inf)
