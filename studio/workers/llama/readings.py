"""In which batches the tokens of a cache were read, so that exactly that can be done again.

Matrix kernels round differently for batches of different sizes: a prompt that was read in one go
and the same prompt read token by token leave numbers that differ in their last bits, and sooner or
later another token is chosen. Each batch is known by its start and its size; of one that was cut
off later, the size is what it was, since it is the size that rounds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

MOST_RUNS = 400  # of a conversation that goes on for longer, it is not kept
Run = tuple[int, int, int]  # the start of the first batch, the size of each, and how many


class Readings:
    """The batches of one sequence, in the order in which they were read."""

    def __init__(self) -> None:
        self._runs: list[Run] = []
        self._lost_from: int | None = None

    def clear(self) -> None:
        """Forget all, as for an empty cache."""
        self._runs = []
        self._lost_from = None

    def add(self, start: int, size: int) -> None:
        """Note a batch that begins where the last one ended, or was cut off."""
        if self._runs:
            first, same, count = self._runs[-1]
            if same == size and first + same * count == start:
                self._runs[-1] = (first, size, count + 1)
                return
        self._runs.append((start, size, 1))

    def lose(self, start: int) -> None:
        """Note that nobody knows how the tokens from ``start`` on were read."""
        self._lost_from = start if self._lost_from is None else min(start, self._lost_from)

    def cut(self, keep: int) -> None:
        """Forget what only concerns tokens from ``keep`` on, which are gone."""
        kept: list[Run] = []
        for start, size, count in self._runs:
            if start < keep:
                kept.append((start, size, min(count, -((start - keep) // size))))
        self._runs = kept
        if self._lost_from is not None and self._lost_from >= keep:
            self._lost_from = None

    def runs(self) -> tuple[Run, ...]:
        """Return all batches; none when one of them is not known, or when they are too many."""
        is_known = self._lost_from is None and len(self._runs) <= MOST_RUNS
        return tuple(self._runs) if is_known else ()

    def put(self, runs: Sequence[Run], length: int) -> None:
        """Take over what is known of ``length`` tokens that another context has read."""
        self.clear()
        self._runs = list(runs)
        if not runs and length:
            self.lose(0)


def batches(runs: Sequence[Run]) -> Iterator[tuple[int, int]]:
    """Yield start and size of each batch."""
    for start, size, count in runs:
        for number in range(count):
            yield start + number * size, size


def fits(runs: Sequence[Run], length: int, most: int) -> bool:
    """Tell whether batches can be read again: each begins within what is there by then, and the
    last one ends with the prompt.

    Args:
        length: how many tokens they are to lead to.
        most: tokens that fit in the context.
    """
    there = 0
    for start, size in batches(runs):
        if not (0 <= start <= there and size > 0 and start + size <= most and start < length):
            return False
        there = start + size
    return there == length
