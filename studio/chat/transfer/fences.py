"""Keeps Markdown of one message from reaching into what stands around it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from studio.chat.transfer.loose_marks import kept_inside
from studio.formulas import BLOCK, add_formulas
from studio.markdown import MAX_NESTING, is_too_deep

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_LINE_END = re.compile(r"\r\n?")
_RUN = re.compile("`+")
_LANGUAGE = re.compile(r"[^\s`~]{1,40}")


def fenced(text: str, language: str = "") -> str:
    """Return text as a code block whose fence is longer than any in the text."""
    longest = max((len(found.group()) for found in _RUN.finditer(text)), default=0)
    bar = "`" * max(3, longest + 1)
    word = _LANGUAGE.match(language)
    line_end = "" if text.endswith("\n") else "\n"
    return f"{bar}{word.group() if word else ''}\n{text}{line_end}{bar}"


def self_contained(text: str) -> str:
    """Return Markdown that means the same here and leaves alone what follows it.

    A code block that was left open is closed. HTML outside code, and what would define links or
    footnotes for other messages, is made plain text with a backslash, as this program shows it;
    code, formulas and all else stays to the letter. What is nested deeper than programs follow
    becomes one block of code. Ends in a line end.
    """
    whole = _LINE_END.sub("\n", text).rstrip("\n") + "\n"
    tokens = _blocks(None).parse(whole)
    if is_too_deep(tokens):
        return fenced(whole) + "\n"
    lines = whole.split("\n")[:-1]
    if "<" in whole or "]:" in whole:
        formulas = _formula_lines(whole)
        for first, end, is_row in reversed([*_running_text(tokens)]):  # lines may become fewer
            inside = {line - first for line in range(first, end) if line in formulas}
            text = "\n".join(lines[first:end])
            kept = kept_inside(text, is_row=is_row, formula_lines=inside)
            lines[first:end] = kept.split("\n")
    return "\n".join(lines) + "\n" + _missing_end(tokens)


def _missing_end(tokens: Sequence[Token]) -> str:
    """Return what closes the code block that the text ends in, if it was left open."""
    last = tokens[-1] if tokens else None
    if last is None or last.type != "fence" or last.level > 0 or last.map is None:
        return ""
    first, end = last.map
    is_open = last.content.count("\n") == end - first - 1
    return last.markup + "\n" if is_open else ""


def _running_text(tokens: Sequence[Token]) -> Iterator[tuple[int, int, bool]]:
    """Give the lines of each piece of running text, and whether they are the row of a table."""
    row = -1
    before = ""
    for token in tokens:
        if token.type == "inline" and token.map is not None:
            first, end = token.map
            is_row = before in ("th_open", "td_open")
            if not is_row or first != row:
                yield first, end, is_row
            row = first if is_row else -1
        before = token.type


def _formula_lines(text: str) -> set[int]:
    """Return the lines of the formulas that stand on lines of their own."""
    found = _blocks(add_formulas).parse(text)
    formulas = (token for token in found if token.type == BLOCK and token.info != "open")
    return {line for token in formulas for line in range(*(token.map or (0,)))}


@cache
def _blocks(extend: Callable[[MarkdownIt], None] | None) -> MarkdownIt:
    # Imported late: nothing needs it before the first export.
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": MAX_NESTING})
    parser.enable("table").disable(["inline", "html_block", "reference"])
    if extend is not None:
        extend(parser)
    return parser
