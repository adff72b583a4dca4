"""A measured figure with its budget beside it."""

from __future__ import annotations

import os
import statistics
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the report.

    Attributes:
        budget: the bound in words, such as ``"≥ 0.98"``.
        met: whether ``value`` keeps it.
        note: how it was measured, and the spread.
    """

    name: str
    value: str
    budget: str
    met: bool
    note: str


def at_least(name: str, values: Sequence[float], bound: float, unit: str, note: str) -> Figure:
    """Return a figure whose median must reach ``bound``."""
    return _figure(name, values, unit, note, f"≥ {bound:g}{unit}", lambda v: v >= bound)


def at_most(name: str, values: Sequence[float], bound: float, unit: str, note: str) -> Figure:
    """Return a figure whose median must not pass ``bound``."""
    return _figure(name, values, unit, note, f"≤ {bound:g}{unit}", lambda v: v <= bound)


def show(figures: Sequence[Figure]) -> None:
    """Print the report as a table."""
    widths = [max(len(f.name) for f in figures), max(len(f.value) for f in figures)]
    for figure in figures:
        mark = "ok  " if figure.met else "OVER"
        sys.stdout.write(
            f"{mark}  {figure.name:<{widths[0]}}  {figure.value:>{widths[1]}}  "
            f"(budget {figure.budget})  {figure.note}\n"
        )


def environment() -> dict[str, str]:
    """Return the environment in which this package can be run as a program."""
    return {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[1])}


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that ``share`` of all values do not pass."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _figure(
    name: str,
    values: Sequence[float],
    unit: str,
    note: str,
    budget: str,
    keeps: Callable[[float], bool],
) -> Figure:
    value = statistics.median(values)
    if len(values) > 1:
        note = f"{note}; {len(values)} runs, {min(values):.3g} to {max(values):.3g}"
    return Figure(name, f"{value:.3g}{unit}", budget, keeps(value), note)
