"""Keeps Markdown of one message from reaching into what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from studio.markdown import MAX_NESTING, is_too_deep

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_LINE_END = re.compile(r"\r\n?")
_RUN = re.compile("(\\\\*)(`+)")
_HTML = re.compile(r"<(?=[A-Za-z/!?])(?!(?:https?://|mailto:)[^\s<>]*>)", re.IGNORECASE)
_CELL = re.compile(r"(?<!\\)\|")
_LANGUAGE = re.compile(r"[^\s`~]{1,40}")


def fenced(text: str, language: str = "") -> str:
    """Return text as a code block whose fence is longer than any in the text."""
    longest = max((len(found.group(2)) for found in _RUN.finditer(text)), default=0)
    bar = "`" * max(3, longest + 1)
    word = _LANGUAGE.match(language)
    line_end = "" if text.endswith("\n") else "\n"
    return f"{bar}{word.group() if word else ''}\n{text}{line_end}{bar}"


def self_contained(text: str) -> str:
    """Return Markdown that means the same here and leaves alone what follows it.

    A code block that was left open is closed, and HTML outside code is made plain text with a
    backslash, as this program shows it; code and all else stays to the letter. What is nested
    deeper than programs follow becomes one block of code. Ends in a line end.
    """
    whole = _LINE_END.sub("\n", text).rstrip("\n") + "\n"
    tokens = _blocks().parse(whole)
    if is_too_deep(tokens):
        return fenced(whole) + "\n"
    lines = whole.split("\n")[:-1]
    if "<" in whole:
        for first, end, is_row in _running_text(tokens):
            lines[first:end] = _plain("\n".join(lines[first:end]), is_row=is_row).split("\n")
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


def _plain(text: str, *, is_row: bool) -> str:
    if not is_row:
        return _without_html(text)
    return "|".join(_without_html(cell) for cell in _CELL.split(text))


def _without_html(text: str) -> str:
    """Put a backslash before each ``<`` that could begin HTML, but not in a line's code."""
    parts: list[str] = []
    at = 0
    for start, end in _code_spans(text):
        parts += _HTML.sub(r"\\<", text[at:start]), text[start:end]
        at = end
    parts.append(_HTML.sub(r"\\<", text[at:]))
    return "".join(parts)


def _code_spans(text: str) -> Iterator[tuple[int, int]]:
    """Give where code in running text begins and ends: between runs of as many backticks."""
    runs = [found.span(2) for found in _RUN.finditer(text)]
    escaped = [len(found.group(1)) % 2 for found in _RUN.finditer(text)]
    same: dict[int, list[int]] = {}
    for number in reversed(range(len(runs))):
        same.setdefault(runs[number][1] - runs[number][0], []).append(number)
    number = 0
    while number < len(runs):
        start = runs[number][0] + escaped[number]  # a backslash takes the first backtick away
        closers = same.get(runs[number][1] - start, [])
        while closers and closers[-1] <= number:
            closers.pop()
        if closers:
            number = closers[-1]
            yield start, runs[number][1]
        number += 1


@cache
def _blocks() -> MarkdownIt:
    # Imported late: nothing needs it before the first export.
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": MAX_NESTING})
    return parser.enable("table").disable(["inline", "html_block", "reference"])
