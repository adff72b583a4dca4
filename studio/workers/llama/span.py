"""Where the pictures of a prompt are among its tokens, and which positions that gives the text."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import llama_cpp

from studio.workers.serve import RefusedError


class StoppedError(Exception):
    """Stop was pressed while tokens were read."""


@dataclass(frozen=True, slots=True)
class Span:
    """A picture, or a slice of one, in a prompt.

    Attributes:
        start: index of its first cell among the tokens.
        cells: how many tokens it takes the place of.
        positions: how far it moves the text behind it.
        at_once: whether all of it must be read in one batch.
        read: given its first position and the size of a batch, reads it into the model's memory;
            returns the status of llama.cpp. May raise :class:`StoppedError`.
    """

    start: int
    cells: int
    positions: int
    at_once: bool
    read: Callable[[int, int], int]

    @property
    def end(self) -> int:
        """Index of what follows it."""
        return self.start + self.cells


class TextBatch:
    """Text for llama.cpp to read; the arrays in it live as long as this does.

    Args:
        position: of the first token.
        told: whether to tell llama.cpp, which else goes on from the last position that it has seen.
    """

    def __init__(self, tokens: list[int], position: int, told: bool) -> None:
        count = len(tokens)
        self._tokens = (ctypes.c_int32 * count)(*tokens)
        self._positions = (ctypes.c_int32 * count)(*range(position, position + count))
        self.position = position
        self.batch = llama_cpp.llama_batch_get_one(self._tokens, count)
        if told:
            self.batch.pos = self._positions


class Spans:
    """The pictures of one prompt, in order."""

    def __init__(self, spans: Sequence[Span] = ()) -> None:
        self._spans = tuple(spans)

    def __bool__(self) -> bool:
        return bool(self._spans)

    def position(self, index: int) -> int:
        """Return the position of the token at an index that is in no picture, or starts one."""
        return index - sum(span.cells - span.positions for span in self._spans if span.end <= index)

    def at(self, index: int) -> Span | None:
        """Return the picture that starts at an index."""
        return next((span for span in self._spans if span.start == index), None)

    def floor(self, index: int) -> int:
        """Return an index where a prompt may be cut: itself, or the start of its picture."""
        return next((span.start for span in self._spans if span.start < index < span.end), index)

    def text_end(self, index: int, end: int) -> int:
        """Return where the text ends that goes on from an index, at most ``end``."""
        return min([end, *(span.start for span in self._spans if index < span.start)])

    def check(self, batch: int) -> None:
        """Refuse a picture that must be read in one batch, and is larger than that.

        Raises:
            RefusedError: ``picture.batch_too_small``.
        """
        needed = max((span.cells for span in self._spans if span.at_once), default=0)
        if needed > batch:
            raise RefusedError("picture.batch_too_small", needed=needed, batch=batch)
