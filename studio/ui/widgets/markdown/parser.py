"""Markdown to pieces that can be laid out: small ones, from blocks that are not nested too deep."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.markdown import blocks, is_too_deep
from studio.ui.widgets.markdown.math_syntax import add_formulas
from studio.ui.widgets.markdown.pieces import Block, Plain
from studio.ui.widgets.markdown.writer import PieceWriter, code, tables

if TYPE_CHECKING:
    from markdown_it.token import Token

PLAIN_CHARS = 3_000
PLAIN_LINES = 80
WIDE_CHARS = 2_000  # where not all are ASCII: Qt lays others out ten times as slowly

_UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufdd0-\ufdef\ufffc\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Going:
    """What a later part of a long list or table has to know of the parts before it.

    A list goes on with ``number`` if it has numbers. A table's ``heading`` is parsed before its
    rows again, ``first`` is the HTML of its first part. Without ``is_more`` it is that part itself.
    """

    is_more: bool = True
    number: int | None = None
    heading: str = ""
    first: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """A parsed block and the lines it stands on, counted from the start of the parsed text.

    ``going`` tells which list or table it goes on with, if it is only a later part of one.
    """

    first_line: int
    end_line: int
    tokens: tuple[Token, ...]
    going: Going | None = None

    @property
    def is_code(self) -> bool:
        """Whether the whole block is source code."""
        return self.tokens[0].type in ("fence", "code_block")


def clean(text: str) -> str:
    """Replace the characters that Qt keeps for itself or that no font can show."""
    return _UNSHOWABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def spans(text: str) -> list[Span]:
    """Return the top-level blocks of a text, in order."""
    found: list[Span] = []
    for tokens in blocks(text, add_formulas):
        first, end = tokens[0].map or (0, 0)
        found.append(Span(first, end, tokens))
    return found


def block(span: Span, source: str) -> Block:
    """Return the pieces of a parsed block; one that is nested too deep stays plain text."""
    first = span.tokens[0]
    if span.is_code:
        closed = first.type == "code_block" or _is_closed(source, first.markup)
        return (code(first, closed=closed),)
    if is_too_deep(span.tokens):
        return tuple(Plain(part) for part in plain_parts(source))
    going = span.going or Going(is_more=False)
    if first.type == "table_open":
        return tuple(tables(span.tokens, 0, going.first, going.is_more))
    return tuple(PieceWriter(going.number, going.is_more).write(span.tokens))


def plain_parts(text: str) -> Iterator[str]:
    """Cut a text into parts small enough to be laid out at once."""
    start = 0
    while start < len(text):
        end = plain_end(text, start)
        yield text[start:end].removesuffix("\n")
        start = end


def plain_end(text: str, start: int) -> int:
    """Return where the part that begins at ``start`` ends: after a line if one ends in reach."""
    end = start + plain_limit(text, start)
    at = start
    for _ in range(PLAIN_LINES):
        newline = text.find("\n", at, end)
        if newline < 0:
            break
        at = newline + 1
    else:
        return at
    if end >= len(text):
        return len(text)
    return at if at > start else end


def plain_limit(text: str, start: int) -> int:
    """Return how long the part that begins at ``start`` may be."""
    is_ascii = text[start : start + WIDE_CHARS].isascii()
    return PLAIN_CHARS if is_ascii else WIDE_CHARS


def _is_closed(source: str, markup: str) -> bool:
    lines = source.rstrip().rsplit("\n", 1)
    bare = lines[-1].strip()
    return len(lines) == 2 and len(bare) >= len(markup) and set(bare) == {markup[0]}
