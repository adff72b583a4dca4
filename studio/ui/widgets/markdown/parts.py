"""Cuts a list or a table that goes on and on into parts, so that each is parsed and shown once.

Where the cuts are depends on the text alone. A part of a list is parsed by itself: an empty line
between two items moves those of its own part apart and no others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from studio.ui.widgets.markdown.parser import Going, Span, spans
from studio.ui.widgets.markdown.writer import MAX_ITEMS, row_groups, tables

if TYPE_CHECKING:
    from markdown_it.token import Token

MAX_HEADING = 1_000  # letters of a heading, which is parsed again with each part of its table
HEADING_LINES = 2
_LISTS = ("bullet_list_open", "ordered_list_open")


def cut(span: Span, lines: Sequence[str], going: Going | None) -> list[Span]:
    """Return the parts of a block; ``lines`` are the parsed ones, ``going`` what it goes on with.

    A block that is short, or neither list nor table, is its own only part.
    """
    kind = span.tokens[0].type
    if kind in _LISTS:
        return list(_list_parts(span, lines, going))
    if kind == "table_open":
        return list(_table_parts(span, lines, going))
    return [span]


def _list_parts(span: Span, lines: Sequence[str], going: Going | None) -> Iterator[Span]:
    opening = span.tokens[0]
    number = int(opening.attrs.get("start", 1)) if opening.type == "ordered_list_open" else None
    if going is not None:
        number = going.number
    items = [
        index
        for index, token in enumerate(span.tokens)
        if token.type == "list_item_open" and token.level == 1
    ]
    later = items[MAX_ITEMS::MAX_ITEMS]
    starts = [span.first_line, *(_line(span.tokens[index]) for index in later), span.end_line]
    places = [1, *later, len(span.tokens) - 1]
    is_parsed_alone = bool(later) and _is_loose(span)
    for (first, end), (begin, stop) in zip(pairwise(starts), pairwise(places), strict=True):
        tokens = (opening, *span.tokens[begin:stop], span.tokens[-1])
        if is_parsed_alone:
            alone = spans("\n".join(lines[first:end]) + "\n")
            tokens = tuple(chain.from_iterable(each.tokens for each in alone))
        yield Span(first, end, tokens, going)
        number = None if number is None else number + MAX_ITEMS
        going = Going(number=number)


def _is_loose(span: Span) -> bool:
    """Tell whether there is an empty line between two items of a list, or within one."""
    return any(
        token.type == "paragraph_open" and token.level == 2 and not token.hidden
        for token in span.tokens
    )


def _line(token: Token) -> int:
    return token.map[0] if token.map else 0


def _table_parts(span: Span, lines: Sequence[str], going: Going | None) -> Iterator[Span]:
    first_line = span.first_line
    heading = "".join(f"{line}\n" for line in lines[first_line : first_line + HEADING_LINES])
    head, groups = row_groups(span.tokens)
    if going is not None:
        first_line += HEADING_LINES
    if len(groups) < 2 or len(heading) > MAX_HEADING:
        yield replace(span, first_line=first_line, going=going)
        return
    if going is None:
        beginning = next(tables((*head, *groups[0]), 0)).html
        going = Going(is_more=False, first=beginning)
        going_on = Going(heading=heading, first=beginning)
    else:
        going_on = going
    later = [_line(group[0]) for group in groups[1:]]
    edges = pairwise([first_line, *later, span.end_line])
    for group, (first, end) in zip(groups, edges, strict=True):
        yield Span(first, end, (*head, *group), going)
        going = going_on
