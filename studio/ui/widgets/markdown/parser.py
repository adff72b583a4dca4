"""Markdown to pieces that can be laid out: small ones, from blocks that are not nested too deep."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.markdown import blocks, is_too_deep
from studio.ui.widgets.markdown.math_syntax import add_formulas
from studio.ui.widgets.markdown.pieces import Block, Plain
from studio.ui.widgets.markdown.writer import PieceWriter, code

if TYPE_CHECKING:
    from markdown_it.token import Token

PLAIN_CHARS = 6_000
WIDE_CHARS = 2_000  # where not all are ASCII: Qt lays others out ten times as slowly

_UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufdd0-\ufdef\ufffc\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Span:
    """A parsed block and the lines it stands on, counted from the start of the parsed text."""

    first_line: int
    end_line: int
    tokens: tuple[Token, ...]

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
    return tuple(PieceWriter().write(span.tokens))


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
    if end >= len(text):
        return len(text)
    newline = text.rfind("\n", start, end)
    return newline + 1 if newline > start else end


def plain_limit(text: str, start: int) -> int:
    """Return how long the part that begins at ``start`` may be."""
    is_ascii = text[start : start + WIDE_CHARS].isascii()
    return PLAIN_CHARS if is_ascii else WIDE_CHARS


def _is_closed(source: str, markup: str) -> bool:
    lines = source.rstrip().rsplit("\n", 1)
    bare = lines[-1].strip()
    return len(lines) == 2 and len(bare) >= len(markup) and set(bare) == {markup[0]}
