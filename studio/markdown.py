"""Reads Markdown that nobody vouches for: no HTML in it counts, and time and depth are bounded.

Rows of a table may have more cells than its heading: GitHub's rule, which the parser follows,
leaves those out, but in what a model writes they are words like the others.

Link definitions that stand apart (``[name]: address``) stay text: one at the end of a reply would
change blocks that were finished long before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from copy import copy
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

MAX_NESTING = 20
MAX_BRACKETS = 1_000  # in one paragraph: looking for links takes the square of them
MAX_SIGNS = 1_000  # in one paragraph, of those that may mean something: each costs time
EMPHASIS = {  # the HTML of tokens that say how strongly something is said
    "strong_open": "<b>",
    "strong_close": "</b>",
    "em_open": "<i>",
    "em_close": "</i>",
    "s_open": "<s>",
    "s_close": "</s>",
}
_CELL = 3  # tokens: its beginning, its words, its end
_SCHEMES = {"http", "https", "mailto"}


def blocks(
    text: str, extend: Callable[[MarkdownIt], None] | None = None
) -> Iterator[tuple[Token, ...]]:
    """Give the tokens of each top-level block of a text, in order.

    ``extend`` teaches the parser more than CommonMark, tables and tasks.
    """
    tokens = _parser(extend).parse(text)
    start = 0
    for index, token in enumerate(tokens):
        if token.level == 0 and token.nesting <= 0:
            yield tuple(tokens[start : index + 1])
            start = index + 1


def is_too_deep(tokens: Sequence[Token]) -> bool:
    """Tell whether something is nested deeper than is parsed: better shown as it was written."""
    return any(token.nesting == 1 and token.level >= MAX_NESTING - 1 for token in tokens)


def is_safe_address(address: str) -> bool:
    """Tell whether an address may be opened: the web and mail, nothing that runs or reads here."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if parts.scheme.lower() not in _SCHEMES:
        return False
    return bool(parts.netloc or parts.scheme.lower() == "mailto")


@cache
def _parser(extend: Callable[[MarkdownIt], None] | None) -> MarkdownIt:
    # A twentieth of a second to import, which the first look at the window need not wait for.
    from markdown_it import MarkdownIt
    from mdit_py_plugins.tasklists import tasklists_plugin

    options = {"html": False, "linkify": False, "maxNesting": MAX_NESTING}
    parser = MarkdownIt("commonmark", options).enable(["table", "strikethrough"])
    parser.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})
    parser.disable(["reference", "html_block", "html_inline"])
    parser.core.ruler.at("inline", _parse_inline)
    if extend is not None:
        extend(parser)
    return parser.use(tasklists_plugin)


def _is_too_busy(text: str) -> bool:
    return text.count("[") > MAX_BRACKETS or sum(map(text.count, "*_~`$\\<&")) > MAX_SIGNS


def _parse_inline(state: StateCore) -> None:
    """Parse running text, but leave a paragraph alone that would take the parser too long."""
    for token in state.tokens:
        if token.type != "inline":
            continue
        token.children = []
        if _is_too_busy(token.content):
            token.children.append(type(token)("text", "", 0, content=token.content))
        else:
            state.md.inline.parse(token.content, state.md, state.env, token.children)


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    from markdown_it.rules_block.table import table  # with the parser, late

    before = len(state.tokens)
    if not table(state, start, end, silent):
        return False
    tokens: list[Token] = []
    cells = first = 0
    for token in state.tokens[before:]:
        if token.type == "tr_open":
            cells, first = 0, token.map[0] if token.map else start
        elif token.type == "td_close":
            cells += 1
        elif token.type == "tr_close" and cells:
            tokens += _beyond(state, first, cells, tokens[-_CELL:])
        tokens.append(token)
    state.tokens[before:] = tokens
    return True


def _beyond(state: StateBlock, line: int, count: int, last: list[Token]) -> list[Token]:
    """Return cells like the last one for what a row has beyond ``count`` cells."""
    from markdown_it.rules_block.table import escapedSplit

    row = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].strip()
    columns = escapedSplit(row.removeprefix("|"))
    if columns and not columns[-1]:
        columns.pop()
    tokens: list[Token] = []
    for words in columns[count:]:
        made = [copy(token) for token in last]
        made[1].content, made[1].children = words.strip(), []
        tokens += made
    return tokens
