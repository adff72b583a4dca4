"""Divides long blocks of an inert page, so that none takes long to read and to lay out.

The page is made by :mod:`studio.chat.transfer.html_body`: every text in it is escaped, so what
looks like a tag here is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

LINES = 40  # of code, items of a list, rows of a table, that are laid out at once
LETTERS = 20_000  # of a list, that are laid out at once

_TABLE = '<table border="1" cellspacing="0" cellpadding="4" style="border-style: solid"'
_PRE = re.compile(r'<pre dir="ltr"(?: class="math")?>(.*)</pre>\n', re.DOTALL)
_LIST = re.compile(r"<(ul|ol)([^>]*)>(.*)</\1>\n", re.DOTALL)
_IN_LIST = re.compile(r"<(/?)(ul|ol|li)\b[^>]*>")
_START = re.compile(r'start="(\d{1,9})"')
_OPENS_PARAGRAPH = re.compile(r"(<li[^>]*>\s*<p)\b")
_ROW = re.compile(r"<tr>.*?</tr>\n?", re.DOTALL)
_CELL = re.compile(r"<(t[hd])([^>]*)>(.*?)</\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_MOST_LETTERS = 60  # of a cell, that widen its column


def pieces(part: str) -> Iterator[str]:
    """Give a block in pieces that look as one, when they stand one below the other."""
    if found := _PRE.fullmatch(part):
        yield from _code(found[1].split("\n"), part)
    elif found := _LIST.fullmatch(part):
        yield from _list(found, part)
    elif part.startswith("<table"):
        yield from _table(part)
    else:
        yield part.replace("<table", _TABLE)


def _code(lines: Sequence[str], part: str) -> Iterator[str]:
    if len(lines) <= LINES:
        yield part
        return
    for begin in range(0, len(lines), LINES):
        code = "\n".join(lines[begin : begin + LINES])
        yield f"<pre>{code}</pre>\n"


def _list(found: re.Match[str], part: str) -> Iterator[str]:
    tag, attributes, inner = found.groups()
    items = _items(inner)
    groups = [*_groups(items)]
    if len(groups) == 1:
        yield part
        return
    told = _START.search(attributes)
    number = int(told[1]) if told else 1
    for begin, end in pairwise([0, *accumulate(groups)]):
        shown = "".join(items[begin:end])
        margins = []
        if begin > 0:
            margins.append("margin-top: 0px")
            shown = _OPENS_PARAGRAPH.sub(r'\1 style="margin-top: 0px"', shown, count=1)
        if end < len(items):
            margins.append("margin-bottom: 0px")
        start = f' start="{number + begin}"' if tag == "ol" else ""
        yield f'<{tag}{start} style="{"; ".join(margins)}">{shown}</{tag}>\n'


def _groups(items: Sequence[str]) -> Iterator[int]:
    """Give how many items in a row are laid out together; a very long one stands alone."""
    count = letters = 0
    for item in items:
        if count and (count == LINES or letters + len(item) > LETTERS):
            yield count
            count = letters = 0
        count += 1
        letters += len(item)
    yield count


def _items(inner: str) -> list[str]:
    """Return the items of a list, each with the lists in it."""
    starts: list[int] = []
    depth = 0
    for found in _IN_LIST.finditer(inner):
        closes, tag = found.groups()
        if tag == "li":
            if not closes and depth == 0:
                starts.append(found.start())
        else:
            depth += -1 if closes else 1
    return [inner[a:b] for a, b in zip(starts, [*starts[1:], len(inner)], strict=True)]


def _table(part: str) -> Iterator[str]:
    rows = _ROW.findall(part)
    if len(rows) <= LINES:
        yield part.replace("<table", _TABLE)
        return
    widths = _widths(rows)
    for begin in range(0, len(rows), LINES):
        shown = [_widened(rows[begin], widths), *rows[begin + 1 : begin + LINES]]
        yield f'{_TABLE} width="100%">\n{"".join(shown)}</table>\n'


def _widths(rows: Sequence[str]) -> list[int]:
    """Return the share of the page's width that each column takes in all pieces, in percent."""
    longest: list[int] = []
    for row in rows:
        for column, (_tag, _attributes, cell) in enumerate(_CELL.findall(row)):
            if column == len(longest):
                longest.append(1)
            letters = min(_MOST_LETTERS, len(_TAG.sub("", cell)))
            longest[column] = max(longest[column], letters)
    total = sum(longest) + len(longest)
    return [max(1, 100 * (each + 1) // total) for each in longest]


def _widened(row: str, widths: Sequence[int]) -> str:
    columns = iter(widths)
    return _CELL.sub(
        lambda cell: f'<{cell[1]}{cell[2]} width="{next(columns)}%">{cell[3]}</{cell[1]}>', row
    )
