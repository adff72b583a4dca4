"""Makes links of addresses that stand bare in running text, as models write them.

More than GitHub's rule (https://github.github.com/gfm/#autolinks-extension-) allows, an address may
stand between letters of Chinese, Japanese and Korean, which have no spaces, and ends before them.
One with a name before its host (``https://name@host``), which hides where it leads, is no link.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

MAX_ADDRESSES = 200  # in one paragraph: each costs as much as a hundred words
_CJK = (
    "\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef"
    "\U00020000-\U0003ffff"
)
_HIDDEN = "\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"  # what no one can see
_STOPS = "\u3000-\u3003\u3008-\u301f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
_LETTER = rf"[^\W_{_CJK}]"
_HOST = rf"{_LETTER}(?:[-_]*{_LETTER}){{0,62}}"
_REST = rf"(?!(?<=[A-Za-z0-9])[{_CJK}])[^\s<>\"`$\[\]{{}}|\\^“”„«»…{_STOPS}{_HIDDEN}]"
_ADDRESS = re.compile(
    r"(?<![A-Za-z0-9_/.:@\\-])"
    rf"(?:https?://(?![^\s/?#]{{0,200}}@){_HOST}(?:\.{_HOST}){{0,20}}|www(?:\.{_HOST}){{2,20}})"
    rf"(?::\d{{1,5}})?(?![\w:.-]{{0,200}}@)(?:[/?#](?:{_REST}){{0,2000}})?",
    re.IGNORECASE,
)
_Places = tuple[Sequence[int], Mapping[int, int]]
"""Where addresses begin, in order, and where each of them ends."""
_NOWHERE: _Places = ((), {})
_AFTER = frozenset("?!.,:;*_~'\u2018\u2019")
"""Marks that belong to the sentence where they are the last of an address."""


def add_addresses(parser: MarkdownIt) -> None:
    """Teach a parser bare addresses of the web."""
    parser.inline.ruler.at("text", _text)
    parser.inline.ruler.before("text", "address", _address)


def _text(state: StateInline, silent: bool) -> bool:
    """Take in text up to the next sign that may mean something, or the next address."""
    from markdown_it.rules_inline.text import text  # with the parser, late

    starts = _places(state)[0]
    before = state.pos
    if not text(state, True):
        return False
    if starts and (number := bisect_right(starts, before)) < len(starts):
        state.pos = min(state.pos, starts[number])
    if not silent:
        state.append_pending(state.src[before : state.pos])
    return True


def _address(state: StateInline, silent: bool) -> bool:
    end = _places(state)[1].get(state.pos, 0)
    if state.linkLevel or not end or end > state.posMax:
        return False
    written = state.src[state.pos : end]
    target = written if "://" in written else f"https://{written}"
    target = state.md.normalizeLink(target)
    if not state.md.validateLink(target):
        return False
    if not silent:
        state.push("link_open", "a", 1).attrs = {"href": target}
        state.push("text", "", 0).content = written
        state.push("link_close", "a", -1)
    state.pos = end
    return True


def _places(state: StateInline) -> _Places:
    """Return where the addresses of a text are, which is found out once for each text."""
    known: tuple[str, _Places] | None = state.env.get("addresses")
    if known is None or known[0] is not state.src:
        known = state.env["addresses"] = (state.src, _found(state.src))
    return known[1]


def _found(text: str) -> _Places:
    if "://" not in text and "ww." not in text.lower():
        return _NOWHERE
    ends = {found.start(): _end(found) for found in islice(_ADDRESS.finditer(text), MAX_ADDRESSES)}
    return list(ends), ends


def _end(found: re.Match[str]) -> int:
    """Return where an address ends without the marks of the sentence around it."""
    written = found.group()
    too_many = written.count(")") - written.count("(")
    end = len(written)
    while end and (written[end - 1] in _AFTER or (written[end - 1] == ")" and too_many > 0)):
        end -= 1
        too_many -= written[end] == ")"
    return found.start() + end
