r"""Which parts of a text are formulas: rules for the parser, of LaTeX between its usual marks.

In running text ``$…$``, ``$$…$$``, ``\(…\)`` and ``\[…\]``, where prices and escaped brackets stay
text and code is never looked into. On lines of their own ``$$…$$``, ``\[…\]`` and the environments
of ``amsmath``: such a formula ends with its closing mark or at an empty line, so that what comes
later never changes where it began, and one that is not closed yet is shown as it was written.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

INLINE, BLOCK = "formula_inline", "formula_block"
MAX_INLINE_CHARS = 1_000

_CODE_INDENT = 4
_ENVIRONMENTS = "align|alignat|eqnarray|equation|flalign|gather|multline"
_OPENING = re.compile(rf"\$\$(?!\$)|\\\[|\\begin\{{((?:{_ENVIRONMENTS})\*?)\}}")
_NOT_ESCAPED = r"(?<!\\)(?:\\\\)*"
_TAIL = re.compile(r"\s*[.,;:]?\s*\Z")
_PAIR = re.compile(r"\\.|\$\$?", re.DOTALL)
_SIGN = re.compile(r"[\\^_={}<>]")
_WORD = re.compile(r"[^\W\d_]{2,}")


def add_formulas(parser: MarkdownIt) -> None:
    """Teach a parser to find formulas: tokens ``INLINE`` and ``BLOCK``, as they were written.

    A block's ``info`` is ``"open"`` as long as its end is missing.
    """
    # A fiftieth of a second: the parser is made in the background, where nobody waits for it.
    import_module("mathra")
    interrupts = ["paragraph", "reference", "blockquote", "list"]
    parser.block.ruler.before("table", BLOCK, _block, {"alt": interrupts})
    parser.inline.ruler.before("escape", INLINE, _inline)


def taken_apart(written: str) -> tuple[str, bool]:
    """Return the LaTeX between the marks of a formula, and whether it is one to display."""
    for opening, closing, displayed in (("$$", "$$", True), ("\\[", "\\]", True)):
        if written.startswith(opening):
            body, _, tail = written[2:].rpartition(closing)
            return (body.strip() + tail.strip(), displayed)
    if written.startswith("$"):
        return written[1:-1].strip("`"), False
    if written.startswith("\\("):
        return written[2:-2].strip(), False
    return written, True


def _block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.sCount[start] - state.blkIndent >= _CODE_INDENT:
        return False
    first = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    opened = _OPENING.match(first)
    if opened is None:
        return False
    closing = _closing(opened)
    found = closing.search(first, opened.end())
    if found is not None and not _TAIL.match(first, found.end()):
        return False  # it stands in running text
    rest = first[opened.end() :]
    if found is None and opened.group() == "$$" and rest.strip() and not _SIGN.search(rest):
        return False  # such as "$$ means expensive"
    if silent:
        return True
    after, is_closed = (start + 1, True) if found else _end(state, start, end, closing)
    token = state.push(BLOCK, "", 0)
    token.block = True
    token.map = [start, after]
    token.content = state.getLines(start, after, state.sCount[start], False).strip()
    token.info = "" if is_closed else "open"
    state.line = after
    return True


def _end(state: StateBlock, start: int, end: int, closing: re.Pattern[str]) -> tuple[int, bool]:
    """Return the line after a formula's last, and whether it was closed there."""
    for line in range(start + 1, end):
        if state.isEmpty(line) or state.sCount[line] < state.blkIndent:
            return line, False
        text = state.src[state.bMarks[line] : state.eMarks[line]]
        if (found := closing.search(text)) is not None:
            return line + 1, _TAIL.match(text, found.end()) is not None
    return end, False


def _closing(opened: re.Match[str]) -> re.Pattern[str]:
    if opened.group(1):
        return re.compile(re.escape(f"\\end{{{opened.group(1)}}}"))
    mark = r"\$\$" if opened.group() == "$$" else r"\\\]"
    return re.compile(_NOT_ESCAPED + mark)


def _inline(state: StateInline, silent: bool) -> bool:
    mark = _mark(state.src, state.pos)
    if not mark:
        return False
    start = state.pos + len(mark)
    closing = {"\\(": "\\)", "\\[": "\\]"}.get(mark, mark)
    end = _next(_marks(state.src).get(closing, ()), start)
    if not start < end <= min(start + MAX_INLINE_CHARS, state.posMax - len(closing)):
        return False
    body = state.src[start:end]
    if not _is_formula(body, mark, state.src[end + len(closing) : end + len(closing) + 1]):
        return False
    if not silent:
        token = state.push(INLINE, "", 0)
        token.content = mark + body + closing
    state.pos = end + len(closing)
    return True


def _mark(text: str, at: int) -> str:
    """Return the mark that may open a formula here, if there is one."""
    if text[at] == "\\":
        return text[at : at + 2] if text[at + 1 : at + 2] in ("(", "[") else ""
    if text[at] != "$" or (at and (text[at - 1].isalnum() or text[at - 1] == "$")):
        return ""
    return "$$" if text[at + 1 : at + 2] == "$" else "$"


def _is_formula(body: str, mark: str, after: str) -> bool:
    """Tell a formula from prices, names of variables and brackets that were escaped."""
    bare = body[1:-1] if mark == "$" and len(body) > 2 and body[0] == body[-1] == "`" else body
    if not bare.strip() or "`" in bare:
        return False
    has_sign = _SIGN.search(bare) is not None
    if mark == "\\[":
        return has_sign
    if mark != "$":
        return True
    if body[0].isspace() or body[-1].isspace() or after.isdigit() or after == "$":
        return False
    if after.isalpha() and not (has_sign or len(bare) == 1):
        return False  # as in $HOME/$USER
    return has_sign or not (bare[0].isdigit() and _WORD.search(bare))


def _next(places: tuple[int, ...], start: int) -> int:
    number = bisect_left(places, start)
    return places[number] if number < len(places) else -1


@lru_cache(maxsize=8)
def _marks(text: str) -> dict[str, tuple[int, ...]]:
    """Return where each closing mark stands, in one pass: looking anew from each opening one
    would take the square of the text.
    """
    found: dict[str, list[int]] = {"$": [], "$$": [], "\\)": [], "\\]": []}
    for pair in _PAIR.finditer(text):
        if pair.group() in found:
            found[pair.group()].append(pair.start())
    return {mark: tuple(places) for mark, places in found.items()}
