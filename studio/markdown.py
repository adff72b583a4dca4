"""Reads Markdown that nobody vouches for: no HTML in it counts, and time and depth are bounded.

Rows of a table may have more cells than its heading: GitHub's rule, which the parser follows,
leaves those out, but in what a model writes they are words like the others.

Chinese, Japanese and Korean have no spaces around what is emphasised: there, punctuation beside
the signs does not keep them from counting, as in the "CJK-friendly emphasis" amendment
(https://github.com/tats-u/markdown-cjk-friendly). Of HTML, a line break alone is one.

Link definitions that stand apart (``[name]: address``) stay text: one at the end of a reply would
change blocks that were finished long before. The address in it is a link, like any bare one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from functools import cache
from typing import TYPE_CHECKING
from unicodedata import east_asian_width
from urllib.parse import urlsplit

from studio.markdown_addresses import add_addresses

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

MAX_NESTING = 20
MAX_BRACKETS = 300  # in one paragraph: looking for links takes the square of them
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
_BREAKS = re.compile(r"(?:<br[ \t]*/?>[ \t\n]*)+", re.IGNORECASE)
_WIDE = ("W", "F", "H")
_EMOJI = (range(0x231A, 0x2B56), range(0x1F000, 0x1F200), range(0x1F300, 0x1FC00))
_JAMO = (range(0x1160, 0x1200), range(0xD7B0, 0xD800))  # parts of Korean letters, not wide alone
_VARIANTS = (range(0xFE00, 0xFE0F), range(0xE0100, 0xE01F0))  # signs that belong to a letter


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
    parser.inline.ruler.before("escape", "line break", _line_break)
    parser.inline.ruler.at("emphasis", _emphasis)
    parser.inline.ruler.at("strikethrough", _strikethrough)
    add_addresses(parser)
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


def _line_break(state: StateInline, silent: bool) -> bool:
    """Take ``<br>`` as a line break, except at the end, where there is no line after it."""
    found = _BREAKS.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        state.pending = state.pending.rstrip(" ")
        for _ in range(found.group().count("<") if found.end() < state.posMax else 0):
            state.push("hardbreak", "br", 0)
    state.pos = found.end()
    return True


def _emphasis(state: StateInline, silent: bool) -> bool:
    from markdown_it.rules_inline.emphasis import tokenize  # with the parser, late

    return _beside_cjk(tokenize, state, silent)


def _strikethrough(state: StateInline, silent: bool) -> bool:
    from markdown_it.rules_inline.strikethrough import tokenize  # with the parser, late

    return _beside_cjk(tokenize, state, silent)


def _beside_cjk(
    tokenize: Callable[[StateInline, bool], bool], state: StateInline, silent: bool
) -> bool:
    """Take in signs of emphasis; beside CJK letters, tell anew what they may open or close."""
    start, known = state.pos, len(state.delimiters)
    if not tokenize(state, silent):
        return False
    before = _letter_before(state.src, start)
    after = state.src[state.pos : min(state.pos + 1, state.posMax)]
    if _is_cjk(before) or _is_cjk(after):
        may_open, may_close = _flanks(before, after, state.src[start])
        for delimiter in state.delimiters[known:]:
            delimiter.open, delimiter.close = may_open, may_close
    return True


def _letter_before(text: str, at: int) -> str:
    """Return the letter before a place, without the sign that chooses its variant."""
    if at > 1 and any(ord(text[at - 1]) in signs for signs in _VARIANTS):
        at -= 1
    return text[at - 1] if at else ""


def _is_cjk(letter: str) -> bool:
    if letter < "\u1100":  # also at the ends of a text
        return False
    if east_asian_width(letter) not in _WIDE:
        return any(ord(letter) in part for part in _JAMO)
    return not any(ord(letter) in emoji for emoji in _EMOJI)


def _flanks(before: str, after: str, sign: str) -> tuple[bool, bool]:
    """Tell whether signs between two letters, one of them CJK, may open or close emphasis."""
    is_space = (_is_space(before), _is_space(after))
    is_mark = (_is_mark(before), _is_mark(after))
    is_cjk = (_is_cjk(before), _is_cjk(after))
    is_foreign_mark = (is_mark[0] and not is_cjk[0], is_mark[1] and not is_cjk[1])
    is_left = not is_space[1] and (not is_foreign_mark[1] or is_space[0] or is_mark[0] or is_cjk[0])
    is_right = not is_space[0] and (
        not is_foreign_mark[0] or is_space[1] or is_mark[1] or is_cjk[1]
    )
    if sign != "_":
        return is_left, is_right
    return is_left and (not is_right or is_mark[0]), is_right and (not is_left or is_mark[1])


def _is_space(letter: str) -> bool:
    from markdown_it.common.utils import isWhiteSpace  # with the parser, late

    return not letter or isWhiteSpace(ord(letter))


def _is_mark(letter: str) -> bool:
    from markdown_it.common.utils import isMdAsciiPunct, isPunctChar  # with the parser, late

    return bool(letter) and (isMdAsciiPunct(ord(letter)) or isPunctChar(letter))
