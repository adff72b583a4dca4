"""Divides a run of units into parts of about one size, where the text divides itself."""

from __future__ import annotations

from collections.abc import Sequence

from studio.documents.text.units import Unit

_WITHIN_BLOCK = 0.15  # what an end within a paragraph or table costs, beside an uneven size
_ACROSS_HEADING = 0.10  # what a heading within a part costs
OPENERS = ("heading", "header")  # kinds of units that something must follow
_NEVER = 1e9  # a heading is not the last thing of a part, and a page is not crossed by one


def packed(
    run: Sequence[Unit], limit: int, headers: Sequence[int] | None = None
) -> list[Sequence[Unit]]:
    """Return the run in as few parts as ``limit`` tokens allow, evenly filled.

    The cheapest division is found exactly: time is the number of units times those of a part.

    Args:
        run: units in order, each of at most ``limit`` tokens.
        headers: for each unit, the tokens that its table's header adds to a part that begins
            with it; 0 for what is no row.
    """
    headers = headers or [0] * len(run)
    total = sum(unit.tokens for unit in run)
    target = total / -(-total // limit)
    best = [0.0] + [float("inf")] * len(run)
    begins = [0] * (len(run) + 1)
    for end in range(1, len(run) + 1):
        size = 0
        for start in range(end - 1, -1, -1):
            size += run[start].tokens
            if start < end - 1 and size + headers[start] > limit:
                if size > limit:
                    break
                continue
            price = best[start] + _price(run, start, end, size / target - 1)
            if price < best[end]:
                best[end], begins[end] = price, start
    return _parts(run, begins)


def _price(run: Sequence[Unit], start: int, end: int, uneven: float) -> float:
    last, size = run[end - 1], end - start
    price = uneven * uneven + (0.0 if last.is_last else _WITHIN_BLOCK)
    if last.kind in OPENERS and end < len(run) and run[end].page == last.page:
        price += _NEVER
    if size > 1 and run[start].page != last.page:
        price += _NEVER
    if size > 1 and last.kind != "heading" and last.path != run[start].path:
        price += _ACROSS_HEADING
    return price


def _parts(run: Sequence[Unit], begins: list[int]) -> list[Sequence[Unit]]:
    parts: list[Sequence[Unit]] = []
    end = len(run)
    while end:
        parts.append(run[begins[end] : end])
        end = begins[end]
    return parts[::-1]
