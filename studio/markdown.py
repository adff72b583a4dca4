"""Reads Markdown that nobody vouches for: no HTML in it counts, and time and depth are bounded.

Link definitions that stand apart (``[name]: address``) stay text: one at the end of a reply would
change blocks that were finished long before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

MAX_NESTING = 20
MAX_BRACKETS = 1_000  # in one paragraph: looking for links takes the square of them
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
    parser.disable(["reference", "html_block", "html_inline"])
    parser.core.ruler.at("inline", _parse_inline)
    if extend is not None:
        extend(parser)
    return parser.use(tasklists_plugin)


def _parse_inline(state: StateCore) -> None:
    """Parse running text, but leave a line alone that would take the parser quadratic time."""
    for token in state.tokens:
        if token.type != "inline":
            continue
        token.children = []
        if token.content.count("[") > MAX_BRACKETS:
            token.children.append(type(token)("text", "", 0, content=token.content))
        else:
            state.md.inline.parse(token.content, state.md, state.env, token.children)
