"""Marks running text for other programs, so that nothing in it is HTML or defines links elsewhere.

What is code, the address of a link or a formula here is so there as well: it stays to the letter.
Of HTML, a line break alone is let through. What other programs see is found with the rules of
CommonMark themselves.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING

from studio.formulas import end_of_formula
from studio.markdown import MAX_BRACKETS

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

_DEPTH = 100  # of brackets: each takes three frames of Python
_RULES = ["text", "escape", "backticks", "link", "image", "autolink", "html_inline"]
_HTML = re.compile(r"<(?=[A-Za-z/!?])")
_ESCAPED_OR_NOT = re.compile(rf"(?<!\\)(\\*){_HTML.pattern}")
_BREAK = re.compile(r"<br[ \t]*/?>([ \t]*$)?", re.IGNORECASE | re.MULTILINE)
_FIRST = re.compile(r"^(?:[ \t>]|[*+-](?=[ \t])|\d{1,9}[.)](?=[ \t]))*", re.MULTILINE)
_DEFINITION = re.compile(r"\[(?:[^\[\]\\]|\\.){1,999}\](?=:)", re.DOTALL)
_NEXT_LINE = re.compile(  # with lines before it that would begin a list if they went on
    rf"(?:\n[ \t>]*(?:[*+-]|\d{{1,9}}[.)])[ \t]*(?=\n))*"
    rf"\n[ \t>]*(?={_HTML.pattern}|{_DEFINITION.pattern})",
    re.DOTALL,
)
_NO_LINK = re.compile(r"(?<=\])\((?=\s*(<))")
_AUTOLINK = re.compile(r"<[A-Za-z][^\s<>]*[:@][^\s<>]*>")
_CELL = re.compile(r"(?<!\\)\|")


@dataclass(slots=True)
class _Seen:
    """What is found in a text. ``base`` is where the part that is being parsed begins in it."""

    text: str
    firsts: Collection[int]
    base: int = 0
    html: list[int] = field(default_factory=list)
    definitions: list[int] = field(default_factory=list)
    formulas: list[range] = field(default_factory=list)


def kept_inside(text: str, *, is_row: bool, formula_lines: Collection[int] = ()) -> str:
    """Return running text, or the row of a table, that reaches into nothing around it.

    ``formula_lines`` are those that belong to a formula on lines of its own. In formulas a space
    is put in, which means nothing there; elsewhere a backslash.
    """
    if "<" not in text and "]:" not in text:
        return text
    seen = _seen(text, is_row=is_row)
    inside = [place in formula_lines for place in range(text.count("\n") + 1)]
    starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
    for number, is_inside in enumerate(inside):
        if is_inside:
            seen.formulas.append(range(starts[number], starts[number + 1]))
    parts: list[str] = []
    before = 0
    for start, end, mark in sorted(_marks(seen)):
        parts += text[before:start], mark
        before = end
    return "".join([*parts, text[before:]])


def _marks(seen: _Seen) -> Iterator[tuple[int, int, str]]:
    """Give what is to be put in, and in the place of what."""
    formulas = {place for formula in seen.formulas for place in formula}
    html = set(seen.html)
    for at in seen.definitions:
        yield at, at, " " if at in formulas else "\\"
    for at in seen.html:
        if at not in formulas:
            yield at, at, _before_html(seen, at)
        elif at in seen.firsts or _tag().match(seen.text, at) or seen.text[at + 1] in "/!?":
            yield at + 1, at + 1, " "
    for found in _NO_LINK.finditer(seen.text):
        if found.start(1) in html and found.start() not in formulas:
            yield *found.span(), "&#40;"  # or else the backslash would make a link of it
    yield from _joints(seen, formulas, html)


def _before_html(seen: _Seen, at: int) -> str:
    """Return what makes HTML plain text; a line break is let through, but as no block of HTML."""
    found = _BREAK.match(seen.text, at)
    if found is None:
        return "\\"
    return "&#32;" if at in seen.firsts and found.group(1) is not None else ""


def _joints(
    seen: _Seen, formulas: Collection[int], html: Collection[int]
) -> Iterator[tuple[int, int, str]]:
    """Join lines of one piece of code, or of one link, of which the second would begin a block.

    Blocks come before what runs over several lines; between the lines is no more than a space.
    """
    for found in _NEXT_LINE.finditer(seen.text):
        at = found.end()
        definition = _DEFINITION.match(seen.text, at)
        if at in html or (definition and definition.end() in seen.definitions):
            continue
        if at in formulas:
            place = definition.end() if definition else at + 1
            yield place, place, " "
        elif not _AUTOLINK.match(seen.text, at):
            between = " ".join(found.group().replace(">", " ").split())
            yield *found.span(), f" {between} " if between else " "


def _seen(text: str, *, is_row: bool) -> _Seen:
    seen = _Seen(text, {found.end() for found in _FIRST.finditer(text)})
    if text.count("[") > MAX_BRACKETS or _depth(text) > _DEPTH // 2:
        _look_at_all(seen)
        return seen
    ends = [found.start() for found in _CELL.finditer(text)] if is_row else []
    for start, end in zip([0, *(at + 1 for at in ends)], [*ends, len(text)], strict=True):
        seen.base = start
        _parser().inline.parse(text[start:end], _parser(), {"seen": seen}, [])
    return seen


def _look_at_all(seen: _Seen) -> None:
    """See HTML even in code and addresses, where finding those would take too long."""
    for found in _ESCAPED_OR_NOT.finditer(seen.text):
        if len(found.group(1)) % 2 == 0:
            seen.html.append(found.end(1))
    for first in seen.firsts:
        if definition := _DEFINITION.match(seen.text, first):
            seen.definitions.append(definition.end())


def _depth(text: str) -> int:
    steps = (1 if each == "[" else -1 for each in text if each in "[]")
    return max(accumulate(steps), default=0)


@cache
def _tag() -> re.Pattern[str]:
    from markdown_it.common.html_re import open_tag

    return re.compile(open_tag)


@cache
def _parser() -> MarkdownIt:
    # Imported late: nothing needs it before the first export.
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": _DEPTH})
    parser.inline.ruler.enableOnly(_RULES)
    parser.inline.ruler2.enableOnly([])
    parser.inline.ruler.at("image", _image)
    parser.inline.ruler.at("html_inline", _see_html)
    parser.inline.ruler.before("text", "formulas and definitions", _see_others)
    return parser


def _image(state: StateInline, silent: bool) -> bool:
    """Parse a picture; its description is parsed as a text of its own, that begins at 0."""
    from markdown_it.rules_inline import image

    seen: _Seen = state.env["seen"]
    before = seen.base
    seen.base += state.pos + len("![")
    try:
        return image(state, silent)
    finally:
        seen.base = before


def _see_html(state: StateInline, silent: bool) -> bool:
    if not silent and _HTML.match(state.src, state.pos):
        seen: _Seen = state.env["seen"]
        seen.html.append(seen.base + state.pos)
    return False


def _see_others(state: StateInline, silent: bool) -> bool:
    letter = state.src[state.pos]
    if silent or letter not in "[$\\":
        return False
    seen: _Seen = state.env["seen"]
    at = seen.base + state.pos
    if letter == "[":
        definition = _DEFINITION.match(seen.text, at) if at in seen.firsts else None
        if definition is not None:
            seen.definitions.append(definition.end())
    elif not seen.formulas or at >= seen.formulas[-1].stop:
        end = end_of_formula(state.src, state.pos, state.posMax)
        if end:
            seen.formulas.append(range(at, seen.base + end))
    return False
