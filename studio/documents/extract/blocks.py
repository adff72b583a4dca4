"""Writes down headings, paragraphs, lists and tables as Markdown.

Nothing but the bars of table cells is escaped: the text is searched, quoted and shown as it stands
in the document, and a backslash in it would be found by nobody.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_SPACE = re.compile(r"\s+")
_DEEPEST_HEADING = 6


def one_line(text: str) -> str:
    """Return a text with every run of white space as one space."""
    return _SPACE.sub(" ", text).strip()


class Blocks:
    """The blocks of a page, in order.

    Args:
        headings_from: level of the highest heading; ``2`` below a page that has one of its own.
    """

    def __init__(self, headings_from: int = 1) -> None:
        self._blocks: list[str] = []
        self._is_in_list = False
        self._offset = headings_from - 1
        self.size = 0

    def heading(self, level: int, text: str) -> None:
        """Add a heading; an empty one is left out."""
        if words := one_line(text):
            self._add("#" * min(_DEEPEST_HEADING, max(1, level) + self._offset) + " " + words)

    def paragraph(self, text: str) -> None:
        """Add a paragraph; line ends in it stay."""
        lines = (line.strip() for line in text.strip().split("\n"))
        if words := "\n".join(line for line in lines if line):
            self._add(words)

    def item(self, depth: int, text: str, mark: str = "-") -> None:
        """Add an item of a list.

        Args:
            depth: 0 for that of an outer list.
            mark: ``"-"`` or a number with its point.
        """
        if not (words := one_line(text)):
            return
        line = "  " * min(depth, 8) + f"{mark} {words}"
        if self._is_in_list:
            self._blocks[-1] += "\n" + line
            self.size += len(line) + 1
            return
        self._add(line)
        self._is_in_list = True

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        """Add a table whose first row is its header. A table of one cell is a paragraph."""
        if text := table(rows):
            self._add(text)

    def code(self, text: str, language: str = "") -> None:
        """Add lines that stay as they are."""
        if text.strip():
            fence = "```"
            while fence in text:
                fence += "`"
            self._add(f"{fence}{language}\n" + text.strip("\n") + f"\n{fence}")

    def text(self) -> str:
        """Return all blocks, an empty line between each two."""
        return "\n\n".join(self._blocks)

    def _add(self, block: str) -> None:
        self._blocks.append(block)
        self._is_in_list = False
        self.size += len(block) + 2


def table(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as a Markdown table; empty rows and columns at the edges are left out."""
    cells = [[_cell(text) for text in row] for row in rows]
    kept = [row for row in cells if any(row)]
    if not kept:
        return ""
    first = min(next(place for place, text in enumerate(row) if text) for row in kept)
    last = max(max(place for place, text in enumerate(row) if text) for row in kept)
    width = last - first + 1
    if width == 1:
        return "\n\n".join(row[first].replace("\\|", "|") for row in kept if row[first:])
    lines = []
    for row in kept:
        shown = row[first : last + 1]
        lines.append("| " + " | ".join(shown + [""] * (width - len(shown))) + " |")
    lines.insert(1, "|" + " --- |" * width)
    return "\n".join(lines)


def _cell(text: str) -> str:
    return one_line(text).replace("|", "\\|")
