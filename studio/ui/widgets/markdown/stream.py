"""Markdown that arrives piece by piece: what is finished is parsed once and never again.

The text is parsed from the start of the last block that may still change. Everything before that
point is closed: whatever arrives later, it stays as it is, the very same objects. Where the point
lies depends on the text alone, not on how it was cut on its way, so a reply that streamed in looks
exactly like the same reply read back from disk. A long list or table is such a block in parts, of
which all but the last are closed.

Bounds keep a hostile reply harmless: a block longer than ``BLOCK_CHARS`` or ``BLOCK_LINES``, or
one that begins after ``MARKDOWN_CHARS``, is shown as plain text, and so is all that follows it; a
line says so. Code is exempt, since nothing inside it is parsed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape
from itertools import accumulate

from studio.translation import tr
from studio.ui.widgets.markdown import parser
from studio.ui.widgets.markdown.parts import cut
from studio.ui.widgets.markdown.pieces import Block, Code, Plain, Rich

SLICE_CHARS = 2_000
SLICE_LINES = 60
PLAIN_SLICES = 10  # taken in at once of what is not parsed any more
BLOCK_CHARS = 16_000
BLOCK_LINES = 400
MARKDOWN_CHARS = 200_000


class MarkdownStream:
    """A growing reply as blocks.

    ``feed`` only takes the text in; ``work`` parses the next slice of it, so that the caller
    decides how long it stays away from its event loop.
    """

    def __init__(self, text: str = "") -> None:
        self._incoming, self._taken = "", 0
        self._held = ""
        self._text = ""
        self._closed: list[Block] = []
        self._open: list[Block] = []
        self._anchor = 0
        self._going: parser.Going | None = None  # what goes on at the anchor
        self._fence = ""
        self._code = Code("")  # what the open code block is, but for its text
        self._is_plain = False
        self.parses = 0
        self.feed(text)

    @property
    def blocks(self) -> Sequence[Block]:
        """Every block so far, in order."""
        return [*self._closed, *self._open]

    @property
    def closed(self) -> int:
        """How many of the blocks can no longer change."""
        return len(self._closed)

    @property
    def waiting(self) -> int:
        """Characters that were taken in and not parsed yet."""
        return len(self._incoming) - self._taken

    def feed(self, text: str) -> None:
        """Take in more of the reply."""
        text = self._held + text
        self._held = "\r" if text.endswith("\r") else ""
        text = text.removesuffix("\r").replace("\r\n", "\n").replace("\r", "\n")
        self._incoming, self._taken = self._incoming[self._taken :] + text, 0

    def work(self) -> bool:
        """Parse the next slice; tell whether more of them wait."""
        slices = PLAIN_SLICES if self._is_plain else 1
        start = end = self._taken
        for _ in range(slices):
            end = _slice_end(self._incoming, end)
        if end > start:
            self._taken = end
            self._add(parser.clean(self._incoming[start:end]))
        return self.waiting > 0

    def finish(self) -> MarkdownStream:
        """Parse all that waits, however long it takes."""
        while self.work():
            pass
        return self

    def _add(self, text: str) -> None:
        self._text += text
        if self._is_plain:
            self._show_plain()
        elif not self._append_code(text):
            self._parse()

    def _append_code(self, text: str) -> bool:
        """Lengthen an open code block, unless a line that has arrived may close it."""
        if not self._fence:
            return False
        line_start = self._text.rfind("\n", 0, len(self._text) - len(text)) + 1
        lines = self._text[line_start:].split("\n")
        if any(line.lstrip(" ").startswith(self._fence) for line in lines):
            return False
        body = self._text[self._anchor :].partition("\n")[2]
        self._open = [(replace(self._code, text=body.rstrip()),)]
        return True

    def _parse(self) -> None:
        self.parses += 1
        before = self._going.heading if self._going is not None else ""
        tail = before + self._text[self._anchor :]
        origin = self._anchor - len(before)
        lines = tail.split("\n")
        offsets = [0, *accumulate(len(line) + 1 for line in lines)]
        found = self._spans(tail, lines)
        known = self._open
        self._open = []
        keep = 0
        for index, span in enumerate(found):
            start, end = offsets[span.first_line], min(offsets[span.end_line], len(tail))
            if origin + start > MARKDOWN_CHARS or _overflows(span, start, end, tail):
                self._close(index, origin + start)
                self._closed.append((_note(),))
                self._is_plain = True
                self._show_plain()
                return
            if index == 0 or self._is_settled(span, offsets):
                keep, keep_start = index, start
            block = parser.block(span, tail[start:end])
            same = index < len(known) and known[index] == block
            self._open.append(known[index] if same else block)
        if keep:
            self._close(keep, origin + keep_start)
            going = found[keep].going
            self._going = going if going is not None and going.is_more else None
        self._note_fence(found[keep:])

    def _spans(self, tail: str, lines: list[str]) -> list[parser.Span]:
        going = self._going
        found: list[parser.Span] = []
        for span in parser.spans(tail):
            found += cut(span, lines, going)
            going = None
        return found

    def _is_settled(self, span: parser.Span, offsets: list[int]) -> bool:
        """Tell whether the lines yet to come can no longer move the start of this block.

        A line that is not complete may still turn out to belong to the block before; and a
        table's first line is told from a paragraph's by the line after it.
        """
        last_line = len(offsets) - 2
        is_complete = self._text.endswith("\n")
        return span.first_line < (last_line if is_complete else last_line - 1)

    def _close(self, count: int, anchor: int) -> None:
        self._closed += self._open[:count]
        del self._open[:count]
        self._anchor = anchor

    def _note_fence(self, rest: Sequence[parser.Span]) -> None:
        """Remember the marks that would close the open code block, if that is all there is."""
        self._fence = ""
        if len(rest) != 1 or rest[0].tokens[0].type != "fence":
            return
        code = self._open[-1][0]
        begins_at_margin = self._text.startswith(rest[0].tokens[0].markup, self._anchor)
        has_body = "\n" in self._text[self._anchor :]
        if isinstance(code, Code) and not code.closed and begins_at_margin and has_body:
            self._fence = rest[0].tokens[0].markup
            self._code = code

    def _show_plain(self) -> None:
        while (end := parser.plain_end(self._text, self._anchor)) < len(self._text):
            part = self._text[self._anchor : end].removesuffix("\n")
            self._closed.append((Plain(part),))
            self._anchor = end
        rest = self._text[self._anchor :].removesuffix("\n")
        self._open = [(Plain(rest),)] if rest.strip() else []


def _note() -> Rich:
    """Return the line between what is formatted and what is not."""
    told = tr("Too long to format: from here on, the text is shown as it was written.")
    return Rich(f'<p><span class="address">{escape(told)}</span></p>')


def _overflows(span: parser.Span, start: int, end: int, tail: str) -> bool:
    """Tell whether a block is too long already to be parsed again and again."""
    if span.is_code:
        return False
    line_start = tail.rfind("\n") + 1
    is_long_line = len(tail) - line_start > BLOCK_CHARS
    complete_end = end if is_long_line else min(end, line_start)
    lines = tail.count("\n", start, max(start, complete_end))
    return complete_end - start > BLOCK_CHARS or lines > BLOCK_LINES


def _slice_end(text: str, start: int) -> int:
    """Return where a slice ends that is parsed in a few milliseconds."""
    end = min(len(text), start + SLICE_CHARS)
    at = start
    for _ in range(SLICE_LINES):
        at = text.find("\n", at, end) + 1
        if not at:
            return end
    return at
