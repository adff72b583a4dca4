"""Puts words in the place of the marks that ChatGPT writes into a reply for its own window.

A mark is a sign of the private use area, a kind, what it means, and another such sign. What it
stood for in the window is told beside the message, where it is told at all; a name or a link is in
the mark itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from studio.chat.transfer.report import MARKS, Report

_MARK = re.compile(
    "\ue200[A-Za-z_]{2,40}(?:\ue202[^\ue200\ue201]*)?\ue201"  # a person may write such signs, too
    "|【[^【】]{1,200}】"
    r"|\ue202turn\d{1,9}[a-z]{1,20}\d{1,9}"
)
_COVERED = re.compile("\ue203([^\ue203\ue204]*)\ue204")
_ADDRESS = re.compile(r"https?://[^\s<>()]+")
_ENDS = "\ue200\ue201"
_BETWEEN = "\ue202"


def without_marks(said: str, references: Sequence[object], report: Report) -> str:
    """Return the text with links and names for marks; ``report`` counts those that had neither.

    Args:
        references: what ChatGPT tells beside the message of the marks in it.
    """
    meant: dict[str, list[str]] = {}
    for reference in reversed(references):
        facts: Mapping[str, Any] = reference if isinstance(reference, dict) else {}
        mark, alt = facts.get("matched_text"), facts.get("alt")
        if isinstance(mark, str):
            meant.setdefault(mark, []).append(alt if isinstance(alt, str) else "")

    def instead(found: re.Match[str]) -> str:
        mark = found.group()
        waiting = meant.get(mark)
        told = waiting.pop() if waiting else ""
        if told:
            return told
        if mark[0] == "【":
            return mark if waiting is None else ""
        if not (own := _own(mark)):
            report.leave_out(MARKS)
        return own

    return _COVERED.sub(r"\1", _MARK.sub(instead, said))


def _own(mark: str) -> str:
    """Return the words in a mark itself: the name of a person or place, or a link."""
    kind, *meant = mark.strip(_ENDS).split(_BETWEEN)
    if kind == "entity" and meant:
        return _name(meant[0])
    if kind == "url" and meant:
        label, address = meant[0].strip(), meant[-1].strip()
        return f"[{label}]({address})" if _ADDRESS.fullmatch(address) and label else label
    return ""


def _name(meant: str) -> str:
    try:
        values = json.loads(meant)
    except (ValueError, RecursionError):
        return meant.strip()
    if not isinstance(values, list):
        return meant.strip()
    names = [value for value in values if isinstance(value, str)]
    return names[1] if len(names) > 1 else "".join(names)
