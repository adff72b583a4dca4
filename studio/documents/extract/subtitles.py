"""Reads subtitles (WebVTT, SRT): what is said, without the times at which it is shown."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from studio.documents.extract.plain import text_of
from studio.documents.extract.source import Findings, Source
from studio.documents.values import Page

_TIMES = re.compile(r"^\s*(?:\d+:)?\d+:\d\d[.,]\d{3}\s+-->\s")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]+)>")
_TAG = re.compile(r"</?[A-Za-z0-9][^>]*>|\{\\[^}]*\}")
_NOT_SAID = re.compile(r"^(NOTE|STYLE|REGION)\b")


def read(source: Source, findings: Findings) -> Iterator[Page]:
    """Yield the one page: a line for each subtitle, and who speaks where that is told."""
    lines: list[str] = []
    for block in re.split(r"\n[ \t]*\n", text_of(source, findings)):
        source.check()
        said = _said(block)
        if said and (not lines or said != lines[-1]):  # those that stay while the next one comes
            lines.append(said)
    yield Page(1, "\n".join(lines))


def _said(block: str) -> str:
    rows = block.strip().split("\n")
    place = next((number for number, row in enumerate(rows) if _TIMES.match(row)), None)
    if place is None or _NOT_SAID.match(rows[0]):
        return ""
    speakers: list[str] = []
    words = []
    for row in rows[place + 1 :]:
        voice = _VOICE.search(row)
        if voice and voice[1].strip() not in speakers[-1:]:
            speakers.append(voice[1].strip())
            row = _VOICE.sub(f"{voice[1].strip()}: ", row, count=1)
        words.append(html.unescape(_TAG.sub("", _VOICE.sub("", row))).strip())
    return " ".join(filter(None, words))
