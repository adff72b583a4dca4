"""Writes the Markdown of one message as HTML in which nothing runs and nothing is fetched.

The HTML is made from the parser's tokens alone, every text escaped: HTML in a message is shown as
it was written, a picture by its name, and of links only those to the web and to mail are links.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING

from studio.markdown import EMPHASIS, blocks, is_safe_address, is_too_deep

if TYPE_CHECKING:
    from markdown_it.token import Token

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
    lines = whole.split("\n")
    direction = ' dir="auto"' if directed else ""
    for group in blocks(whole):
        if is_too_deep(group):
            first, end = group[0].map or (0, 0)
            yield _pre("\n".join(lines[first:end]))
        else:
            yield "".join(_block(token, direction) for token in group)


def _block(token: Token, direction: str) -> str:
    if token.type == "inline":
        return "".join(_line(token.children or ()))
    if token.type in ("fence", "code_block"):
        words = token.info.split(maxsplit=1)
        label = f'<p class="language">{escape(words[0][:40])}</p>\n' if words else ""
        return label + _pre(token.content)
    if token.hidden:
        return ""
    tag = token.tag
    if token.type in ("heading_open", "heading_close"):
        tag = f"h{min(6, int(tag[1]) + _SHIFT)}"
    if token.nesting == -1:
        return f"</{tag}>\n"
    return f"<{tag}{direction if tag in _DIRECTED else ''}{_attributes(token)}>"


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
            links.append("</a>" if is_safe_address(target) else f" ({escape(target)})")
            yield _anchor(target) if is_safe_address(target) else ""
        elif token.type == "link_close":
            yield links.pop()
        elif token.type == "image":
            yield _picture(token, in_link="</a>" in links)
        elif token.type == "code_inline":
            yield f"<code>{escape(token.content)}</code>"
        elif token.type == "html_inline":  # the box of a task: HTML of the message is never parsed
            yield "\N{BALLOT BOX WITH CHECK}" if "checked" in token.content else "\N{BALLOT BOX}"
        else:
            yield _MARKS.get(token.type) or escape(token.content)


def _picture(token: Token, *, in_link: bool) -> str:
    """A picture is never fetched: its description stands for it, and leads to its address."""
    address = str(token.attrs.get("src", ""))
    label = f"[picture: {escape(token.content or 'without a name')}]"
    return label if in_link or not is_safe_address(address) else f"{_anchor(address)}{label}</a>"


def _anchor(address: str) -> str:
    return f'<a href="{escape(address)}" rel="noopener noreferrer">'


def _pre(text: str) -> str:
    return f'<pre dir="ltr">{escape(text)}</pre>\n'
