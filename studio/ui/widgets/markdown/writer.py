"""Writes the tokens of one block as pieces: HTML for running text, values for code and tables.

The HTML is made here from tokens alone, every text escaped; nothing that a model wrote reaches Qt
as markup. Colours and sizes come from the style sheet of the document, so that the same piece
serves every appearance. A code block or a table inside a list ends the running text and starts a
new one after it, one level deeper, which is how it gets a widget of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

from studio.formulas import BLOCK, INLINE
from studio.markdown import EMPHASIS, is_safe_address
from studio.translation import tr
from studio.ui.widgets.markdown.formula_places import formula_html
from studio.ui.widgets.markdown.pieces import (
    MIRRORED,
    Code,
    Formula,
    Piece,
    Rich,
    Rule,
    Table,
)
from studio.ui.widgets.markdown.table_direction import runs_to_the_left

if TYPE_CHECKING:
    from markdown_it.token import Token

MAX_CELLS = 80  # of a table in one piece: what is laid out in one frame
MAX_ITEMS = 60  # of a list
MAX_INFO = 500  # characters of what a fence says

_LANGUAGE = re.compile(r"(\{?\.?[^\W\d_][^\s:]{0,39})(?::(?=\S)|(?=\s|\Z))")
_NAMED = re.compile(r"""(?:title|file|filename|name)=(?:(["'])(.+)\1|([^\s"']+))""")
_INLINE = {**EMPHASIS, "hardbreak": "<br/>", "softbreak": " "}
_CONTAINERS = {
    "bullet_list_open": "ul",
    "ordered_list_open": "ol",
    "blockquote_open": "blockquote",
    "list_item_open": "li",
}
_CONTAINER_ENDS = {name.removesuffix("open") + "close" for name in _CONTAINERS}
_KINDS = {
    "heading_open": "heading",
    "bullet_list_open": "list",
    "ordered_list_open": "list",
    "blockquote_open": "quote",
}


@dataclass(slots=True)
class _Container:
    """An open list, item or quote; ``number`` is what a numbered list's next item gets."""

    tag: str
    number: int | None = None
    style: str = ""

    def opening(self) -> str:
        return f'<ol start="{self.number}">' if self.tag == "ol" else f"<{self.tag}{self.style}>"


class PieceWriter:
    """Writes one top-level block; make a new one for each.

    With ``is_more`` it goes on with a long list, at ``number`` if that has numbers. The first
    ``_base`` open containers are shown by the piece's indent, the others by its HTML.
    """

    def __init__(self, number: int | None = None, is_more: bool = False) -> None:
        self._number = number
        self._is_more = is_more
        self._pieces: list[Piece] = []
        self._html: list[str] = []
        self._kind = "text"
        self._open: list[_Container] = []
        self._base = 0
        self._has_text = False
        self._items = 0

    def write(self, tokens: Sequence[Token]) -> list[Piece]:
        """Return the pieces of a block's tokens."""
        self._kind = "items" if self._is_more else _KINDS.get(tokens[0].type, "text")
        index = 0
        while index < len(tokens):
            index = self._step(tokens, index)
        self._flush()
        return self._pieces

    def _step(self, tokens: Sequence[Token], index: int) -> int:
        """Write the token at ``index`` and return the index of the next one."""
        token = tokens[index]
        if token.type == "table_open":
            end = _end_of(tokens, index)
            for part in tables(tokens[index:end], self._depth(len(self._open))):
                self._add(part)
            return end
        if token.type in ("fence", "code_block"):
            self._add(code(token, self._depth(len(self._open))))
        elif token.type == BLOCK:
            self._write_formula(token)
        elif token.type == "hr":
            self._add(Rule(self._depth(len(self._open))))
        elif token.type == "inline":
            self._write(inline(token.children or ()))
        elif token.type in _CONTAINERS:
            self._enter(token)
        elif token.type in _CONTAINER_ENDS:
            self._leave()
        elif not token.hidden:
            self._html.append(f"<{token.tag}>" if token.nesting == 1 else f"</{token.tag}>")
        return index + 1

    def _enter(self, token: Token) -> None:
        if token.type == "list_item_open":
            self._enter_item()
            return
        number = int(token.attrs.get("start", 1)) if token.type == "ordered_list_open" else None
        if self._is_more and not self._open:
            number = self._number
        is_tasks = "contains-task-list" in str(token.attrs.get("class", ""))
        style = ' style="list-style-type:none"' if is_tasks else ""
        self._open.append(_Container(_CONTAINERS[token.type], number, style))
        self._html.append(self._open[-1].opening())

    def _enter_item(self) -> None:
        parent = self._open[-1]
        if self._base == len(self._open):
            self._flush()
            self._kind = "list"
            self._base -= 1
            self._html.append(parent.opening())
        elif self._items >= MAX_ITEMS:
            self._flush()
            self._kind = "items"
            self._base = len(self._open) - 1
            self._html.append(parent.opening())
        self._items += 1
        if parent.number is not None:
            parent.number += 1
        self._open.append(_Container("li"))
        self._html.append("<li>")
        self._has_text = True

    def _leave(self) -> None:
        container = self._open.pop()
        if len(self._open) >= self._base:
            self._html.append(f"</{container.tag}>")
            return
        self._flush()
        self._base = len(self._open)

    def _write(self, html: str) -> None:
        self._html.append(html)
        self._has_text = self._has_text or bool(html)

    def _write_formula(self, token: Token) -> None:
        if token.info == "open":
            lines = "<br/>".join(escape(line) for line in token.content.split("\n"))
            self._write(f"<p>{lines}</p>")
        else:
            self._add(Formula(token.content, self._depth(len(self._open))))

    def _add(self, piece: Piece) -> None:
        self._flush()
        self._pieces.append(piece)
        self._kind = "text"
        self._base = len(self._open)

    def _flush(self) -> None:
        if self._has_text:
            inside = self._open[self._base :]
            closing = "".join(f"</{container.tag}>" for container in reversed(inside))
            level = self._depth(self._base)
            self._pieces.append(Rich("".join(self._html) + closing, self._kind, level))
        self._html = []
        self._has_text = False
        self._items = 0

    def _depth(self, count: int) -> int:
        return sum(container.tag != "li" for container in self._open[:count])


def code(token: Token, level: int = 0, closed: bool = True) -> Code:
    """Return the piece of a fence or of indented code."""
    text = token.content.removesuffix("\n") if closed else token.content.rstrip()
    language, title = _told(token.info)
    return Code(text, language, closed, level, title)


def _told(info: str) -> tuple[str, str]:
    """Return the language that a fence names, and what else it says, both of a bounded length."""
    words = " ".join(info.split())
    if len(words) > MAX_INFO:
        words = words[: MAX_INFO - 1] + "\N{HORIZONTAL ELLIPSIS}"
    found = _LANGUAGE.match(words)
    if found is None:
        return "", words
    title = words[found.end() :].lstrip()
    named = _NAMED.fullmatch(title)
    return found.group(1), (named.group(2) or named.group(3)) if named else title


def inline(tokens: Sequence[Token]) -> str:
    """Return the HTML of a line's tokens."""
    return "".join(_inline_parts(tokens))


def _inline_parts(tokens: Sequence[Token]) -> Iterator[str]:
    refused: list[str | None] = []
    for token in tokens:
        if token.type == "link_open":
            target = str(token.attrs.get("href", ""))
            refused.append(None if is_safe_address(target) else target)
            yield f'<a href="{escape(target)}">' if is_safe_address(target) else ""
        elif token.type == "link_close":
            target_refused = refused.pop()
            yield "</a>" if target_refused is None else _address(target_refused)
        elif token.type == "image":
            yield _image(token)
        elif token.type == "code_inline":
            yield f"<code>{escape(token.content)}</code>"
        elif token.type == INLINE:
            yield formula_html(token.content)
        elif token.type == "html_inline":
            yield "\N{BALLOT BOX WITH CHECK}" if "checked" in token.content else "\N{BALLOT BOX}"
        else:
            yield _INLINE.get(token.type) or escape(token.content)


def _image(token: Token) -> str:
    """An image is never fetched: its description stands for it, and leads to its address."""
    address = str(token.attrs.get("src", ""))
    told = token.content
    label = escape(tr("Image: {told}", told=told) if told else tr("Image"))
    if is_safe_address(address):
        return f'<a href="{escape(address)}">{label}</a>'
    return label + _address(address)


def _address(address: str) -> str:
    return f' <span class="address">({escape(address)})</span>' if address else ""


def tables(
    tokens: Sequence[Token], level: int, first: str = "", is_more: bool = False
) -> Iterator[Table]:
    """Give a table, a long one in parts that are quickly laid out.

    ``first`` is the HTML of the first part of a table that is known to be long already; with
    ``is_more`` these are rows after it.
    """
    head, groups = row_groups(tokens)
    beginning = [*head, *(groups[0] if groups else [])]
    is_mirrored = first.startswith(MIRRORED) if is_more else runs_to_the_left(beginning)
    if not is_more:
        groups[:1] = [beginning]
    opening = MIRRORED if is_mirrored else "<table>"
    least = _columns(head) if is_mirrored else 0
    written = [f"{opening}{''.join(_rows(group, is_mirrored, least))}</table>" for group in groups]
    if not is_more and len(groups) > 1:
        first = written[0]
    for html, group in zip(written, groups, strict=True):
        yield Table(html, _columns(group), level, first)


def row_groups(tokens: Sequence[Token]) -> tuple[Sequence[Token], list[list[Token]]]:
    """Return the tokens of a table's heading, and those of its rows as many as fit in a part."""
    starts = [index for index, token in enumerate(tokens) if token.type == "tr_open"]
    bounds = [*starts[1:], len(tokens)]
    groups: list[list[Token]] = []
    room = 0
    for start, end in pairwise(bounds):
        row = tokens[start:end]
        cells = sum(token.type == "td_open" for token in row)
        if cells > room or not groups:
            groups.append([])
            room = MAX_CELLS
        groups[-1] += row
        room -= cells
    return tokens[: bounds[0]], groups


def _columns(tokens: Sequence[Token]) -> int:
    """Return how many cells the longest row has."""
    most = cells = 0
    for token in tokens:
        cells = 0 if token.type == "tr_open" else cells + (token.type in ("th_open", "td_open"))
        most = max(most, cells)
    return most


def _rows(tokens: Sequence[Token], is_mirrored: bool, least: int) -> Iterator[str]:
    """Give the HTML of each row; mirrored ones have their ``least`` cells, the first one last."""
    count = max(least, _columns(tokens)) if is_mirrored else 0
    cells: list[str] = []
    for token in tokens:
        if token.type == "inline":
            cells[-1] += inline(token.children or ())
        elif token.type in ("th_open", "td_open"):
            side = str(token.attrs.get("style", "")).removeprefix("text-align:")
            side = side or ("right" if is_mirrored else "")
            align = f' align="{side}"' if side in ("left", "center", "right") else ""
            cells.append(f"<{token.tag}{align}>")
        elif token.type in ("th_close", "td_close"):
            cells[-1] += f"</{token.tag}>"
        elif token.type == "tr_close":
            if is_mirrored:
                cells = [*["<td></td>"] * (count - len(cells)), *reversed(cells)]
            yield f"<tr>{''.join(cells)}</tr>"
            cells = []


def _end_of(tokens: Sequence[Token], start: int) -> int:
    level = tokens[start].level
    index = start + 1
    while tokens[index].level != level or tokens[index].nesting != -1:
        index += 1
    return index + 1
