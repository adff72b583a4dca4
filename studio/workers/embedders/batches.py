"""Groups texts into batches that waste little padding and take a moment each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from studio.workers.embedders.embedder import Prepared

SECONDS = 0.2  # that a batch shall take: so long a question or a Stop waits at most, or twice
_FIRST = 1024  # tokens
_LEAST, _MOST = 256, 16_384


class Pace:
    """How many tokens this machine embeds in :data:`SECONDS`, learned while it goes."""

    def __init__(self) -> None:
        self.tokens = _FIRST

    def learn(self, tokens: int, seconds: float) -> None:
        """Take in how long a batch took; at most doubling, for one may have been a lucky one."""
        reached = tokens / max(seconds, 1e-6) * SECONDS
        self.tokens = int(np.clip(reached, _LEAST, min(_MOST, 2 * self.tokens)))


def batches(prepared: Sequence[Prepared], pace: Pace) -> Iterator[list[int]]:
    """Yield the places of texts in batches, the longest first.

    So texts of like length meet, padding is rare, and memory does not grow towards the end. A batch
    holds as many tokens as the pace allows when it is begun, at least one text.
    """
    order = sorted(range(len(prepared)), key=lambda place: -prepared[place].tokens)
    first = 0
    while first < len(order):
        size = max(1, pace.tokens // max(1, prepared[order[first]].tokens))
        yield order[first : first + size]
        first += size
