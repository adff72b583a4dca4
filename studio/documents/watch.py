"""Notices while the program runs that files of the collections came, changed or went.

It looks again and again at names, sizes and times, as a sync does, and so often that this takes a
small share of one core: ten thousand files are looked at in an eighth of a second. Unlike what
systems offer for it, that works alike everywhere, on network drives too, and has no limit.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from studio.background import Background
from studio.documents.scan import Rules, Scan, walk
from studio.documents.sources import Source
from studio.errors import StudioError

SETTLED_S = 2.0  # without a further change before it is told
MOST_WAIT_S = 30.0  # a file that is written all the time does not hide the others for ever
SHARE = 0.02  # of one core, at most
LEAST_S, MOST_S = 2.0, 120.0


@dataclass(slots=True)
class _Seen:
    """How a source was at the last look.

    ``told_of`` is the state that was last told; ``changing_since`` is when the state first
    differed from that, ``still_since`` when it was first as it is.
    """

    state: int
    told_of: int
    changing_since: float
    still_since: float


class Looker:
    """Tells at each look which sources have changed and settled. For one thread.

    Args:
        clock: seconds, in any count that only rises.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._seen: dict[str, _Seen] = {}

    @property
    def is_unsettled(self) -> bool:
        """Whether a change was seen that is not told yet."""
        return any(each.state != each.told_of for each in self._seen.values())

    def look(
        self,
        sources: Sequence[Source],
        rules: Rules,
        must_stop: Callable[[], bool] = lambda: False,
    ) -> list[Source]:
        """Return the sources that have changed since the last time, and settled.

        How a source is when it is first seen counts as told.
        """
        changed = []
        for source in sources:
            state = fingerprint(source, rules, must_stop)
            if must_stop():
                return []
            if self._is_settled(source.id, state):
                changed.append(source)
        there = {source.id for source in sources}
        self._seen = {key: seen for key, seen in self._seen.items() if key in there}
        return changed

    def _is_settled(self, key: str, state: int) -> bool:
        now = self._clock()
        seen = self._seen.get(key)
        if seen is None:
            self._seen[key] = _Seen(state, state, now, now)
            return False
        if state != seen.state:
            if seen.state == seen.told_of:
                seen.changing_since = now
            seen.state, seen.still_since = state, now
        is_still = now - seen.still_since >= SETTLED_S
        if seen.state == seen.told_of or not (is_still or now - seen.changing_since >= MOST_WAIT_S):
            return False
        seen.told_of = seen.state
        return True


class Watch:
    """Looks at the sources on a thread of its own, from :meth:`start` to :meth:`close`.

    Start it before the sync of a program's start: what is changed after its first look is told.

    Args:
        sources: those to look at, asked at each look.
        rules: as for a sync, likewise.
        told: gets a source that has changed, on that thread; a sync then finds out what.
        failed: gets what one of these raised, before the next look, which comes nevertheless.
    """

    def __init__(
        self,
        sources: Callable[[], Sequence[Source]],
        rules: Callable[[], Rules],
        told: Callable[[Source], None],
        failed: Callable[[StudioError], None],
    ) -> None:
        self._sources = sources
        self._rules = rules
        self._told = told
        self._looker = Looker()
        self._closing = threading.Event()
        self._background = Background("watch documents", failed)

    def start(self) -> None:
        """Begin to look."""
        self._background.run(self._look_for_ever)

    def close(self) -> None:
        """Look no more; what runs comes to an end first."""
        self._closing.set()
        self._background.close()

    def _look_for_ever(self) -> None:
        """Look once, wait, and have this called again; what a look raises is told meanwhile."""
        began = time.thread_time()
        try:
            self._look()
        finally:
            self._closing.wait(pause_s(time.thread_time() - began, self._looker.is_unsettled))
            self._background.run(self._look_for_ever)

    def _look(self) -> None:
        changed = self._looker.look(self._sources(), self._rules(), self._closing.is_set)
        for source in changed:
            self._told(source)


def pause_s(took_s: float, is_unsettled: bool) -> float:
    """Return how long to wait after a look that took so many seconds of a core."""
    if is_unsettled:  # soon, to see it settle
        return min(max(took_s * 4, SETTLED_S / 2), MOST_S)
    return min(max(took_s / SHARE, LEAST_S), MOST_S)


def fingerprint(source: Source, rules: Rules, must_stop: Callable[[], bool] = lambda: False) -> int:
    """Return a number that is another one when any file of a source is; of use in this process."""
    told = Scan()
    state = 0
    for file in walk(source, rules, told, must_stop):
        state = (state + hash(file)) & 0xFFFFFFFFFFFFFFFF
    for path in told.unreadable:
        state ^= hash(("unreadable", os.fspath(path)))
    return state ^ hash(("absent", len(told.absent)))
