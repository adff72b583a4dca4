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
    # A person may write such signs, too.
    "\ue200[A-Za-z_][A-Za-z0-9_]{1,39}(?:\ue202[^\ue200\ue201]*)?\ue201"
    "|\ue200[A-Za-z]\ue202[^\ue200\ue201]*\ue201"
    "|\ue200[A-Za-z_]{1,40}\ue202turn[A-Za-z0-9_\ue202]*\\Z"  # of a reply that was cut off
    "|【[^【】]{1,200}】"
    r"|\ue202turn\d{1,9}[a-z]{1,20}\d{1,9}"
)
_COVERED = re.compile("\ue203([^\ue203\ue204]*)\ue204")
_ADDRESS = re.compile(r"https?://[^\s<>()]+")
_ANY_ADDRESS = re.compile(r"https?://[^\s<>]+")
_BRACKETS = re.compile(r"[\[\]\\]")
_MAX_LABEL = 200
_MOST_LINKS = 1_000
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
        mark = facts.get("matched_text")
        if isinstance(mark, str):
            meant.setdefault(mark, []).append(_told(facts))

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


def sources(said: str, references: Sequence[object]) -> str:
    """Return links to the sources that ChatGPT names below a reply, but for those in its text."""
    links: dict[str, str] = {}
    for reference in references:
        facts: Mapping[str, Any] = reference if isinstance(reference, dict) else {}
        if facts.get("type") == "sources_footnote":
            links |= {
                address: link
                for address, link in _links(facts.get("sources"))
                if address not in said
            }
    return "\n".join(f"- {link}" for link in links.values())


def cited(said: str, citations: Sequence[object]) -> list[object]:
    """Return what older exports tell of marks by their places, in the form of newer ones."""
    told: list[object] = []
    for citation in citations[:_MOST_LINKS]:
        facts: Mapping[str, Any] = citation if isinstance(citation, dict) else {}
        begin, end = facts.get("start_ix"), facts.get("end_ix")
        if type(begin) is int and type(end) is int and 0 <= begin < end:
            told.append({"matched_text": said[begin:end], "items": [facts.get("metadata")]})
    return told


def _told(reference: Mapping[str, Any]) -> str:
    """Return what stood in the place of a mark: its words, or links to what it is taken from."""
    alt = reference.get("alt")
    if isinstance(alt, str) and alt:
        return alt
    links = [link for _, link in _links(reference.get("items")) or _links([reference])]
    return f"({', '.join(links)})" if links else ""


def _links(found: object) -> list[tuple[str, str]]:
    """Return the addresses and links in a list of what was found on the web."""
    links: list[tuple[str, str]] = []
    for each in found[:_MOST_LINKS] if isinstance(found, list) else []:
        facts: Mapping[str, Any] = each if isinstance(each, dict) else {}
        address, title = facts.get("url"), facts.get("title")
        if isinstance(address, str) and _ANY_ADDRESS.fullmatch(address):
            label = title if isinstance(title, str) and title.strip() else address
            target = address if _ADDRESS.fullmatch(address) else f"<{address}>"
            links.append((address, f"[{_label(label)}]({target})"))
    return links


def _label(title: str) -> str:
    return _BRACKETS.sub(r"\\\g<0>", " ".join(title[:_MAX_LABEL].split()))


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
