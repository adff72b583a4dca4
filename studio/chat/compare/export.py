"""Writes comparisons into files: JSON with all of it, or CSV with a line for each."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from studio.chat.compare.comparison import SIDES, Comparison, tally

_OF_A_SIDE = ("model", "preset", "status", "reply", "tokens", "ttft_s", "tokens_per_s", "memory")
COLUMNS = (
    *("created_at", "prompt", "blind", "vote"),
    *(f"{which}_{column}" for which in SIDES for column in _OF_A_SIDE),
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_facts(comparisons: Sequence[Comparison]) -> dict[str, Any]:
    """Return comparisons and their tally as plain values."""
    return {
        "tally": [asdict(pair) for pair in tally(comparisons)],
        "comparisons": [each.facts() for each in comparisons],
    }


def to_json(comparisons: Sequence[Comparison]) -> str:
    """Return the same as JSON."""
    return json.dumps(as_facts(comparisons), ensure_ascii=False, indent=2) + "\n"


def to_csv(comparisons: Sequence[Comparison]) -> str:
    """Return a table. Text that a spreadsheet would take for a formula has an apostrophe before."""
    written = io.StringIO()
    lines = csv.writer(written, lineterminator="\r\n")
    lines.writerow(COLUMNS)
    for each in comparisons:
        lines.writerow([_harmless(value) for value in _line(each)])
    return written.getvalue()


def _line(each: Comparison) -> list[Any]:
    values: list[Any] = [each.created_at.isoformat(), each.prompt, int(each.is_blind), each.vote]
    for which in SIDES:
        side = each.side(which)
        known = side.figures
        values += [side.model, side.preset, side.status, side.reply]
        values += [known.tokens, known.ttft_s, known.tokens_per_s] if known else ["", "", ""]
        values.append("" if side.memory_bytes is None else side.memory_bytes)
    return values


def _harmless(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
