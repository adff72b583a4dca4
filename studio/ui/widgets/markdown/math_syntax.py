"""Formulas as the window needs them: the library that draws them is read with the parser."""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING

from studio import formulas

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

# What KaTeX knows besides LaTeX, as commands that the drawing knows too.
_SETS = {
    **{name: name for name in "CNQRZ"},
    "Complex": "C",
    "cnums": "C",
    "natnums": "N",
    "reals": "R",
    "Reals": "R",
}
_OTHERS = re.compile(r"\\(?:[A-Za-z]+|.)", re.DOTALL)
_GROUND = re.compile(r"(?<!\\)\\(?:colorbox|fcolorbox\s*\{[^{}]*\})\s*\{[^{}]*\}(?=\s*\{)")
_NOT_DRAWN = re.compile(r"(?<!\\)\\(?:href|html(?:Class|Id|Style|Data))\s*\{[^{}]*\}(?=\s*\{)")


def add_formulas(parser: MarkdownIt) -> None:
    """Teach a parser to find formulas, see :func:`studio.formulas.add_formulas`."""
    # A fiftieth of a second: the parser is made in the background, where nobody waits for it.
    import_module("mathra")
    formulas.add_formulas(parser)


def drawable(tex: str) -> str:
    """Return LaTeX in which some commands of other programs are those of the drawing.

    Of a link its words are left; of a coloured ground too, before which ink might not be seen.
    """
    if "\\" not in tex:
        return tex
    return _OTHERS.sub(_as_known, _GROUND.sub(r"\\text", _NOT_DRAWN.sub("", tex)))


def _as_known(found: re.Match[str]) -> str:
    name = found.group()[1:]
    if name in _SETS:
        return rf"\mathbb{{{_SETS[name]}}}"
    return r"\mathbf" if name == "bold" else found.group()


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
