"""Writes the Markdown of one message as HTML in which nothing runs and nothing is fetched.

The HTML is made from the parser's tokens alone, every text escaped: HTML in a message is shown as
it was written, a picture by its name, and of links only those to the web and to mail are links.
Formulas stay LaTeX, to the letter.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from html import escape
from itertools import accumulate
from typing import TYPE_CHECKING

from studio.formulas import BLOCK, INLINE, MAX_GAPPED_LINES, add_formulas
from studio.markdown import EMPHASIS, blocks, is_safe_address, is_too_deep

if TYPE_CHECKING:
    from markdown_it.token import Token

_SLICE = 4_000  # characters parsed at once: a few milliseconds
_MOST_INFO = 300  # characters of what is said of a code block
_SHIFT = 2  # headings of a message stand below those of the page
_LINE_END = re.compile(r"\r\n?")
_NO_CHARACTER = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
)
_DIRECTED = {"p", "li", "blockquote", "th", "td", "h1", "h2", "h3", "h4", "h5", "h6"}
_MARKS = {**EMPHASIS, "hardbreak": "<br>\n", "softbreak": "\n"}


def plain(text: str) -> str:
    """Return text for HTML, without the characters that HTML does not allow."""
    return escape(_NO_CHARACTER.sub("\N{REPLACEMENT CHARACTER}", text))


def body(text: str, *, directed: bool = True) -> Iterator[str]:
    """Give the HTML of a message block by block; one that is nested too deep is given as it is.

    ``directed`` lets every block find its own reading direction.
    """
    whole = _LINE_END.sub("\n", _NO_CHARACTER.sub("\N{REPLACEMENT CHARACTER}", text))
    direction = ' dir="auto"' if directed else ""
    for group, lines in _in_slices(whole.split("\n")):
        if is_too_deep(group):
            first, end = group[0].map or (0, 0)
            yield _pre("\n".join(lines[first:end]))
        else:
            yield "".join(_block(token, direction) for token in group)


def _in_slices(lines: Sequence[str]) -> Iterator[tuple[tuple[Token, ...], Sequence[str]]]:
    """Give each block with the lines of the slice that its places are counted in.

    The last blocks of a slice may go on in the next one, which begins with them.
    """
    ends = [*accumulate(len(line) + 1 for line in lines)]
    start, size = 0, _SLICE
    while start < len(lines):
        before = ends[start - 1] if start else 0
        end = max(start + 1, bisect_right(ends, before + size))
        part = lines[start:end]
        found = [*blocks("\n".join(part), add_formulas)]
        count = len(found) if end == len(lines) else _settled(found, len(part))
        for group in found[:count]:
            yield group, part
        if count == len(found):
            start, size = end, _SLICE
        elif count:
            start, size = start + (found[count][0].map or (0, 0))[0], _SLICE
        else:
            size = max(2 * size, ends[end] - before)


def _settled(groups: Sequence[Sequence[Token]], end: int) -> int:
    """Return how many blocks stay what they are, whatever follows the ``end`` of their slice."""
    for number, group in enumerate(groups[:-1]):
        for token in group:
            first = (token.map or (end, end))[0]
            is_open = token.type == BLOCK and token.info == "open"
            if is_open and first + MAX_GAPPED_LINES >= end - 1:
                return number
    return max(0, len(groups) - 1)


def _block(token: Token, direction: str) -> str:
    if token.type == "inline":
        return "".join(_line(token.children or ()))
    if token.type in ("fence", "code_block"):
        return _label(token.info) + _pre(token.content)
    if token.type == BLOCK:
        return _formula(token, direction)
    if token.hidden:
        return ""
    tag = token.tag
    if token.type in ("heading_open", "heading_close"):
        tag = f"h{min(6, int(tag[1]) + _SHIFT)}"
    if token.nesting == -1:
        return f"</{tag}>\n"
    return f"<{tag}{direction if tag in _DIRECTED else ''}{_attributes(token)}>"


def _label(info: str) -> str:
    """Return what is said of a code block: its language, and often the file that it belongs in."""
    told = " ".join(info.split())
    if len(told) > _MOST_INFO:
        told = told[: _MOST_INFO - 1] + "\N{HORIZONTAL ELLIPSIS}"
    return f'<p class="language">{escape(told)}</p>\n' if told else ""


def _formula(token: Token, direction: str) -> str:
    if token.info == "open":
        lines = "<br>\n".join(escape(line) for line in token.content.split("\n"))
        return f"<p{direction}>{lines}</p>\n"
    return f'<pre dir="ltr" class="math">{escape(token.content)}</pre>\n'


def _attributes(token: Token) -> str:
    """Return the only attributes that blocks have: a list's first number, a cell's side."""
    side = str(token.attrs.get("style", "")).removeprefix("text-align:")
    if side in ("left", "center", "right"):
        return f' align="{side}"'
    start = token.attrs.get("start")
    return f' start="{int(start)}"' if token.type == "ordered_list_open" and start else ""


def _line(tokens: Sequence[Token]) -> Iterator[str]:
    """Give the HTML of running text; ``links`` holds what each open link is closed with."""
    links: list[str] = []
    for token in tokens:
        if token.type == "link_open":
            target = str(token.attrs.get("href", ""))
            links.append("</a>" if is_safe_address(target) else _address(target))
            yield _anchor(target) if is_safe_address(target) else ""
        elif token.type == "link_close":
            yield links.pop()
        elif token.type == "image":
            yield _picture(token, in_link="</a>" in links)
        elif token.type == "code_inline":
            yield f"<code>{escape(token.content)}</code>"
        elif token.type == INLINE:
            yield f'<code class="math">{escape(token.content)}</code>'
        elif token.type == "html_inline":  # the box of a task: HTML of the message is never parsed
            yield "\N{BALLOT BOX WITH CHECK}" if "checked" in token.content else "\N{BALLOT BOX}"
        else:
            yield _MARKS.get(token.type) or escape(token.content)


def _picture(token: Token, *, in_link: bool) -> str:
    """A picture is never fetched: its description stands for it, and leads to its address."""
    address = str(token.attrs.get("src", ""))
    label = f"[picture: {escape(token.content or 'without a name')}]"
    if not is_safe_address(address):
        return label + _address(address)
    return label if in_link else f"{_anchor(address)}{label}</a>"


def _address(address: str) -> str:
    """Return an address that nothing leads to."""
    return f" ({escape(address)})" if address else ""


def _anchor(address: str) -> str:
    return f'<a href="{escape(address)}" rel="noopener noreferrer">'


def _pre(text: str) -> str:
    return f'<pre dir="ltr">{escape(text)}</pre>\n'
