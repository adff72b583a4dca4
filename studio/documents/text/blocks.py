"""Reads a page's text as blocks: headings, paragraphs, list items, table rows and code.

Lines are read one after the other, so a text of any size takes time by its length and no memory to
speak of. No block is larger than :data:`LARGEST`; longer ones go on in a next one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["heading", "paragraph", "item", "header", "row", "code"]
Span = tuple[int, int]

LARGEST = 20_000  # characters of a block
_DEEPEST = 6  # levels of headings

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_HASHES = re.compile(r" {0,3}(#{1,6})(?:[ \t]+|$)")
_EQUALS = re.compile(r"\s*(={1,6}) (.+) \1\s*$")
_UNDERLINE = re.compile(r" {0,3}(=+|-{2,})[ \t]*$")
_RULE = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?")
_ITEM = re.compile(
    r"\s*(?:[-*+\u2022\u2023\u25aa\u25cf\u25e6\u2013]|\d{1,3}[.)]|[A-Za-z][.)]|\(\w{1,3}\))[ \t]+\S"
)
_NUMBERED = re.compile(r"\s*(\d{1,2}(?:\.\d{1,2}){1,4})\.?\s+[^\W\d_]")
_NAMED = re.compile(
    r"\s*(?:chapter|section|article|part|appendix|annex|kapitel|abschnitt|artikel|anhang|teil"
    r"|chapitre|partie|annexe|cap\u00edtulo|secci\u00f3n|art\u00edculo|anexo|capitolo|sezione|\u00a7)"
    r"\s*(?:\d+|[IVXLC]+|[A-Z])\b",
    re.IGNORECASE,
)
_LONGEST_HEADING, _MOST_WORDS = 100, 14  # of a heading in plain text: characters, words
_NO_HEADING = tuple(".,;:!?\u3002\uff0c\uff1b")  # a heading does not end so


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a text that belongs together.

    Attributes:
        kind: of a table the first row is its ``header``; ``code`` includes its fences.
        level: of a heading, 1 for the highest; else 0.
        title: of a heading, without its signs.
        header: of a row, the span of its table's header.
    """

    kind: Kind
    start: int
    end: int
    level: int = 0
    title: str = ""
    header: Span | None = None


def blocks(text: str, start: int, end: int, *, markdown: bool) -> Iterator[Block]:
    """Give the blocks of one page, in order; blank lines belong to none.

    Args:
        text: the whole text.
        start, end: of the page.
        markdown: whether headings, tables and code are marked as in Markdown.
    """
    return _Reader(text, start, end, markdown).blocks()


class _Reader:
    """Walks over the lines of a page."""

    def __init__(self, text: str, start: int, end: int, markdown: bool) -> None:
        self._text, self._at, self._end, self._markdown = text, start, end, markdown
        self._after_blank = True

    def blocks(self) -> Iterator[Block]:
        while self._at < self._end:
            line = self._line(self._at)
            if not line.strip():
                self._pass(line)
                self._after_blank = True
                continue
            yield from self._block(line)
            self._after_blank = False

    def _block(self, line: str) -> Iterator[Block]:
        if self._markdown and (fence := _FENCE.match(line)):
            return self._code(line, fence[1])
        if heading := self._heading(line):
            return iter((heading,))
        if self._is_table(line):
            return self._table(line)
        return iter((self._paragraph(line, "item" if _ITEM.match(line) else "paragraph"),))

    def _line(self, at: int) -> str:
        """Return the line that begins here, without its end; a very long one only in part."""
        if at >= self._end:
            return ""
        stop = self._text.find("\n", at, min(self._end, at + LARGEST))
        if stop >= 0:
            return self._text[at:stop]
        line = self._text[at : min(self._end, at + LARGEST)]
        blank = max(line.rfind(" "), line.rfind("\t")) if at + len(line) < self._end else -1
        return line[: blank + 1] if line[: blank + 1].strip() else line

    def _pass(self, line: str) -> int:
        """Go on behind a line and its end; return where the line ended."""
        stop = self._at + len(line)
        ends = self._text[stop : stop + 1] == "\n" and stop < self._end
        self._at = stop + 1 if ends else stop
        return stop

    def _next(self, line: str) -> str:
        """Return the line after the one that begins here."""
        return self._line(self._at + len(line) + 1)

    def _heading(self, line: str) -> Block | None:
        start = self._at
        level, title = self._level(line)
        if level:
            return Block("heading", start, self._pass(line), level, title)
        underline = _UNDERLINE.match(self._next(line)) if self._markdown else None
        if underline and "|" not in line and not _ITEM.match(line) and len(line) < LARGEST:
            self._pass(line)
            end = self._pass(self._line(self._at))
            return Block("heading", start, end, 1 if underline[1][0] == "=" else 2, line.strip())
        return None

    def _level(self, line: str) -> tuple[int, str]:
        """Return the level and title of a heading that stands in one line; level 0 for none."""
        if self._markdown and (marked := _HASHES.match(line)):
            return len(marked[1]), line[marked.end() :].strip(" \t#")
        if len(line) > _LONGEST_HEADING:
            return 0, ""
        if marked := _EQUALS.match(line):
            return len(marked[1]), marked[2].strip()
        if self._markdown or not self._stands_alone(line):
            return 0, ""
        return _plain_level(line), line.strip()

    def _stands_alone(self, line: str) -> bool:
        return self._after_blank and not self._next(line).strip()

    def _code(self, line: str, fence: str) -> Iterator[Block]:
        start, closed = self._at, False
        end = self._pass(line)
        while self._at < self._end and not closed:
            line = self._line(self._at)
            closed = line.strip().startswith(fence) and not line.strip().strip(fence[0])
            if end - start + len(line) > LARGEST:
                yield Block("code", start, end)
                start = self._at
            end = self._pass(line)
        yield Block("code", start, end)

    def _is_table(self, line: str) -> bool:
        """Return whether two lines have cells: by bars, or in plain text by tabulators."""
        following = self._next(line)
        if "|" in line:
            return "|" in following or (self._markdown and _is_rule(following))
        return not self._markdown and line.strip().count("\t") == following.strip().count("\t") > 0

    def _table(self, line: str) -> Iterator[Block]:
        sign = "|" if "|" in line else "\t"
        start, end = self._at, self._pass(line)
        rule = self._line(self._at)
        if _is_rule(rule):
            end = self._pass(rule)
        header = (start, end)
        yield Block("header", start, end)
        while self._at < self._end and sign in (line := self._line(self._at)):
            if not line.strip():
                break
            start = self._at
            yield Block("row", start, self._pass(line), header=header)

    def _paragraph(self, line: str, kind: Kind) -> Block:
        """Read lines until a blank one, or one that begins another block."""
        start, end = self._at, self._pass(line)
        while self._at < self._end:
            line = self._line(self._at)
            if not line.strip() or end - start + len(line) > LARGEST or self._begins(line):
                break
            end = self._pass(line)
        return Block(kind, start, end)

    def _begins(self, line: str) -> bool:
        """Return whether a line within a paragraph begins another block."""
        if self._markdown and (_FENCE.match(line) or _HASHES.match(line)):
            return True
        return bool(_ITEM.match(line) or self._is_table(line))


def _is_rule(line: str) -> bool:
    """Return whether a line parts a table's header from its rows."""
    return bool(_RULE.fullmatch(line.strip()))


def _plain_level(line: str) -> int:
    """Return the level of a heading in plain text, 0 where the line is not surely one."""
    words = line.split()
    if len(words) > _MOST_WORDS or line.rstrip().endswith(_NO_HEADING):
        return 0
    if numbered := _NUMBERED.match(line):
        return min(_DEEPEST, numbered[1].count(".") + 1)
    letters = [sign for sign in line if sign.isalpha()]
    in_capitals = len(letters) > 3 and all(sign.isupper() for sign in letters)
    return 1 if in_capitals or _NAMED.match(line) else 0
