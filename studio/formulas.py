r"""Which parts of a text are formulas: rules for the parser, of LaTeX between its usual marks.

In running text ``$…$``, ``$$…$$``, ``\(…\)`` and ``\[…\]``, where prices and escaped brackets stay
text and code is never looked into. On lines of their own ``$$…$$``, ``\[…\]`` and the environments
of ``amsmath``: such a formula ends with its closing mark or at an empty line, so that what comes
later never changes where it began, and one that is not closed yet is shown as it was written. Only
where nothing else can be meant, below a line with ``\[`` or ``\begin{…}`` alone, it may have empty
lines, if it is closed within ``MAX_GAPPED_LINES``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

INLINE, BLOCK = "formula_inline", "formula_block"
MAX_INLINE_CHARS = 1_000
MAX_GAPPED_LINES = 30

_CODE_INDENT = 4
_ENVIRONMENTS = "align|alignat|eqnarray|equation|flalign|gather|multline"
_OPENING = re.compile(rf"\$\$(?!\$)|\\\[|\\begin\{{((?:{_ENVIRONMENTS})\*?)\}}")
_NOT_ESCAPED = r"(?<!\\)(?:\\\\)*"
_NO_LATEX = re.compile(r"[ \t]*(?:```|~~~|#{1,6} )")
_TAIL = re.compile(r"\s*[.,;:]?\s*\Z")
_PAIR = re.compile(r"\\.|\$\$?", re.DOTALL)
_SIGN = re.compile(r"[\\^_={}<>]")
_WORD = re.compile(r"[^\W\d_]{2,}")


def add_formulas(parser: MarkdownIt) -> None:
    """Teach a parser to find formulas: tokens ``INLINE`` and ``BLOCK``, as they were written.

    A block's ``info`` is ``"open"`` as long as its end is missing.
    """
    interrupts = ["paragraph", "reference", "blockquote", "list"]
    parser.block.ruler.before("table", BLOCK, _block, {"alt": interrupts})
    parser.inline.ruler.before("escape", INLINE, _inline)


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
    may_gap = opened.group() != "$$" and not rest.strip()
    after, is_closed = (start + 1, True) if found else _end(state, start, end, closing, may_gap)
    content = state.getLines(start, after, state.sCount[start], False).strip()
    if not is_closed and closing.search(content, opened.end()) and _begins_paragraph(content):
        _push_paragraph(state, content, start, after)
    else:
        token = state.push(BLOCK, "", 0)
        token.block = True
        token.map = [start, after]
        token.content = content
        token.info = "" if is_closed else "open"
    state.line = after
    return True


def _begins_paragraph(text: str) -> bool:
    """Tell whether a text begins with a formula after which it goes on, such as a number."""
    return "\n\n" not in text and end_of_formula(text, 0, len(text)) > 0


def _push_paragraph(state: StateBlock, text: str, start: int, after: int) -> None:
    state.push("paragraph_open", "p", 1).map = [start, after]
    token = state.push("inline", "", 0)
    token.map = [start, after]
    token.content, token.children = text, []
    state.push("paragraph_close", "p", -1)


def _end(
    state: StateBlock, start: int, end: int, closing: re.Pattern[str], may_gap: bool
) -> tuple[int, bool]:
    """Return the line after a formula's last, and whether it was closed there.

    One that ``may_gap`` and is not closed yet goes on until it is plain that it cannot be.
    """
    gap = 0
    for line in range(start + 1, end):
        is_empty = state.isEmpty(line)
        if is_empty and may_gap and line - start <= MAX_GAPPED_LINES:
            gap = gap or line
            continue
        if is_empty or state.sCount[line] < state.blkIndent:
            return gap or line, False
        text = state.src[state.bMarks[line] : state.eMarks[line]]
        if gap and (line - start > MAX_GAPPED_LINES or _NO_LATEX.match(text)):
            return gap, False
        if (found := closing.search(text)) is not None:
            return line + 1, _TAIL.match(text, found.end()) is not None
    return end, False


def _closing(opened: re.Match[str]) -> re.Pattern[str]:
    if opened.group(1):
        return re.compile(re.escape(f"\\end{{{opened.group(1)}}}"))
    mark = r"\$\$" if opened.group() == "$$" else r"\\\]"
    return re.compile(_NOT_ESCAPED + mark)


def end_of_formula(text: str, at: int, limit: int) -> int:
    """Return where a formula of running text that begins at ``at`` ends, up to ``limit``.

    0 if none begins there.
    """
    mark = _mark(text, at)
    if not mark:
        return 0
    start = at + len(mark)
    closing = {"\\(": "\\)", "\\[": "\\]"}.get(mark, mark)
    end = _next(_marks(text).get(closing, ()), start)
    after = end + len(closing)
    if not start < end <= min(start + MAX_INLINE_CHARS, limit - len(closing)):
        return 0
    return after if _is_formula(text[start:end], mark, text[after : after + 1]) else 0


def _inline(state: StateInline, silent: bool) -> bool:
    end = end_of_formula(state.src, state.pos, state.posMax)
    if not end:
        return False
    if not silent:
        token = state.push(INLINE, "", 0)
        token.content = state.src[state.pos : end]
    state.pos = end
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
