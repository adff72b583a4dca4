"""Brings a prompt into the cache: as it comes quickest, or exactly as it was read before."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from studio.workers.llama.context import Context
from studio.workers.llama.readings import Run, batches, fits
from studio.workers.llama.span import StoppedError

Progress = Callable[[int, int, float | None], None]


def read(
    context: Context, prompt: list[int], progress: Progress, read_in: Sequence[Run] = ()
) -> None:
    """Read what of ``prompt`` is not in the cache.

    Args:
        progress: told tokens done, tokens to read and seconds left, before the first batch and
            after each; what is left is not known before.
        read_in: the batches in which an empty cache reads it again; where there are none, or none
            that can be followed, it is read as it comes quickest.

    Raises:
        StoppedError: the abort flag was raised; what was read stays in the cache.
        RefusedError: llama.cpp could not do it.
    """
    told = _Told(len(context.tokens), len(prompt), progress)
    is_plain = context.can_be_cut and not context.has_pictures and not context.tokens
    if read_in and is_plain and fits(read_in, len(prompt), context.size):
        _read_again(context, prompt, read_in, told)
    else:
        _read_on(context, prompt, told)


def _read_on(context: Context, prompt: list[int], told: _Told) -> None:
    # A checkpoint lies before the last token, which must be read again for its logits.
    ends = [len(prompt)] if context.can_be_cut else [len(prompt) - 1, len(prompt)]
    for end in ends:
        while len(context.tokens) < end:
            if context.abort.is_set:  # a device may read a whole batch without asking
                raise StoppedError
            context.read_some(prompt, end)
            told.tell(len(context.tokens))
        if not context.can_be_cut and end == len(prompt) - 1:
            context.take_checkpoint()


def _read_again(context: Context, prompt: list[int], read_in: Sequence[Run], told: _Told) -> None:
    """Read in given batches; what one held that was cut off later counts as size alone."""
    for start, size in batches(read_in):
        if context.abort.is_set:
            raise StoppedError
        context.cut(start)
        part = prompt[start : start + size]
        context.decode(part + prompt[-1:] * (size - len(part)))
        done = min(start + size, len(prompt))
        if told.is_due(done, context.step):
            told.tell(done)


class _Told:
    """Tells how far the reading of a prompt has come."""

    def __init__(self, start: int, end: int, progress: Progress) -> None:
        self._start, self._end, self._progress = start, end, progress
        self._began = time.perf_counter()
        self._last = start
        progress(0, end - start, None)

    def is_due(self, tokens: int, step: int) -> bool:
        """Tell whether so many tokens were read since the last time, or all."""
        return tokens - self._last >= step or tokens == self._end

    def tell(self, tokens: int) -> None:
        """Tell that the cache has come to so many tokens."""
        self._last = tokens
        done, total = tokens - self._start, self._end - self._start
        rate = done / max(time.perf_counter() - self._began, 1e-9)
        self._progress(done, total, (total - done) / rate)
