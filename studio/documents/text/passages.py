"""Gathers counted units into passages: runs of whole blocks that are read together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from studio.documents.text.packing import OPENERS, packed
from studio.documents.text.units import Unit

_ENOUGH = 0.5  # of a passage: then a heading begins a new one
_LEFTOVER = 0.25  # of a passage: what is smaller at the end joins the one before


def gathered(units: Iterable[Unit], size: int) -> Iterator[list[Unit]]:
    """Give runs of at most ``size`` tokens that begin and end where blocks do.

    A block that is larger by itself is divided between its units. The last run may be a quarter
    larger, so that no small rest stands alone.
    """
    pending: list[Unit] = []
    for run in _runs(_blocks(units, size), size):
        if pending and _tokens(run) > _LEFTOVER * size:
            yield pending
            pending = run
        else:
            pending = pending + run
            if _tokens(pending) > size:
                yield pending
                pending = []
    if pending:
        yield pending


def _tokens(run: Iterable[Unit]) -> int:
    return sum(unit.tokens for unit in run)


def _blocks(units: Iterable[Unit], size: int) -> Iterator[list[Unit]]:
    """Give the units of each block, those of a larger one in parts."""
    block: list[Unit] = []
    for unit in units:
        block.append(unit)
        if unit.is_last:
            yield from map(list, packed(block, max(size, max(part.tokens for part in block))))
            block = []
    if block:
        yield block


def _runs(blocks: Iterable[list[Unit]], size: int) -> Iterator[list[Unit]]:
    held: list[Unit] = []
    total = 0
    for block in blocks:
        begins = block[0].kind == "heading" and total >= _ENOUGH * size
        tokens = _tokens(block)
        if held and (begins or total + tokens > size):
            kept = len(held)
            while kept and held[kept - 1].kind in OPENERS:
                kept -= 1
            if kept:
                yield held[:kept]
                held = held[kept:]
        held += block
        total = _tokens(held)
    if held:
        yield held
