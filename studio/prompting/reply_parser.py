"""Sorts a streamed reply into text, reasoning and calls of tools, while it is being written.

The parser holds back only what the next piece may turn into a marker, and a block that may hold
calls until it is complete. What it makes of a reply depends on the reply alone, never on where the
stream was cut: markers are matched leftmost, and at one place the longest wins.
"""

from __future__ import annotations

from studio.engine.language import ToolCall
from studio.prompting.blocks import Block, Read
from studio.prompting.formats import Formats

Piece = tuple[str, str]
"""A channel (``text``, ``reasoning`` or ``tool``) and what was said on it."""

_MAX_HELD = 100_000
_THINK = ("</think>",)


class ReplyParser:
    """Reads one reply.

    Args:
        formats: the blocks to look for, after the prompt (:meth:`Formats.after`).
        starts_in_reasoning: the prompt ended inside a reasoning block.
        tools_offered: calls in plain JSON may be expected, too.
        goes_on: something of the reply stands before, so that blanks at its beginning count.
    """

    def __init__(
        self,
        formats: Formats,
        *,
        starts_in_reasoning: bool = False,
        tools_offered: bool = False,
        goes_on: bool = False,
    ) -> None:
        self._blocks = tuple(b for b in formats.blocks if tools_offered or not b.needs_tools)
        self._anywhere = tuple(block for block in self._blocks if block.anywhere)
        self._held = ""
        self._block: Block | None = _reasoning(formats) if starts_in_reasoning else None
        self._fresh = not goes_on  # only spaces were said since the beginning or the last block
        self._after_block = False
        self._leading = not goes_on  # nothing but line ends was thought since the block opened
        self._before = ""  # the spaces before an opening marker, which go if it is one
        self._searched = 0
        self._pieces: list[Piece] = []
        self._calls: list[ToolCall] = []

    @property
    def thinks(self) -> bool:
        """Whether the reply has come no further than into its reasoning."""
        return self._block is not None and self._block.kind == "reasoning"

    @property
    def closings(self) -> tuple[str, ...]:
        """The markers of which any ends the block that the reply is in, its own first."""
        return self._block.closings if self._block is not None else ()

    def knows(self, marker: str) -> bool:
        """Tell whether a special token belongs to a marker, so that its text must be fed."""
        return bool(marker.strip()) and any(
            marker in known
            for block in self._blocks
            for known in (block.opening, *block.closings, *block.inner)
        )

    def feed(self, text: str) -> list[Piece]:
        """Take the next text of the reply; return what is certain by now."""
        self._held += text
        return self._read(final=False)

    def finish(self) -> tuple[list[Piece], tuple[ToolCall, ...]]:
        """End the reply; return what was held back and all calls of the reply."""
        return self._read(final=True), tuple(self._calls)

    def _read(self, *, final: bool) -> list[Piece]:
        while True:
            if self._block is None:
                goes_on = self._read_text(final)
            elif self._block.kind == "reasoning":
                goes_on = self._read_reasoning(self._block, final)
            else:
                goes_on = self._read_whole(self._block, final)
            if not goes_on:
                pieces, self._pieces = self._pieces, []
                return pieces

    def _read_text(self, final: bool) -> bool:
        place, block = self._find_opening(final)
        before = self._held[:place]
        if block is not None:
            self._held = self._held[place + len(block.opening) :]
            self._before = before if self._fresh and not before.strip() else ""
            if not self._before:
                self._say_text(before)
            self._open(block)
            return True
        if final or not self._fresh or before.strip():
            self._held = self._held[place:]
            self._say_text(before)
        return False

    def _find_opening(self, final: bool) -> tuple[int, Block | None]:
        """Return where the first block opens; no block if it takes more text to be sure."""
        found: Block | None = None
        place = len(self._held)
        blank = len(self._held) - len(self._held.lstrip())
        for block in self._blocks if self._fresh else self._anywhere:
            if not block.anywhere:
                here = blank if self._held.startswith(block.opening, blank) else -1
            else:
                here = self._held.find(block.opening, 0, place + len(block.opening))
            longer = found is not None and len(block.opening) > len(found.opening)
            if 0 <= here < place or (here == place and longer):
                place, found = here, block
        if final:
            return place, found
        return self._wait_for_longer(place, found, blank)

    def _wait_for_longer(
        self, place: int, found: Block | None, blank: int
    ) -> tuple[int, Block | None]:
        for block in self._blocks if self._fresh else self._anywhere:
            start = _partial(self._held, block.opening)
            if block.anywhere or start == blank:
                better = start < place or (
                    start == place and found is not None and len(found.opening) < len(block.opening)
                )
                if better:
                    place, found = start, None
        return place, found

    def _open(self, block: Block) -> None:
        self._searched = 0
        self._block, self._leading = block, True
        if block.kind == "frame" and not block.closings:
            self._end_block()

    def _end_block(self) -> None:
        self._block = None
        self._fresh = self._after_block = True

    def _read_reasoning(self, block: Block, final: bool) -> bool:
        if self._leading:
            self._held = self._held.lstrip("\n")
            self._leading = not self._held
        place, closing = self._find_closing(block)
        if closing:
            self._say("reasoning", self._held[:place].rstrip("\n"))
            self._held = self._held[place + len(closing) :]
            self._end_block()
            return True
        if not final:
            place = min((_partial(self._held, marker) for marker in block.closings), default=place)
            place = len(self._held[:place].rstrip("\n"))
        self._say("reasoning", self._held[:place])
        self._held = self._held[place:]
        return False

    def _read_whole(self, block: Block, final: bool) -> bool:
        place, closing = self._find_closing(block)
        content = self._held[:place]
        slack = 0 if closing else max(map(len, block.closings), default=0)
        if len(content) > _MAX_HELD + slack or not block.may_begin(content):
            self._reject(block)
            return True
        if not closing and not final:
            return False
        if not closing and block.kind == "frame":
            self._reject(block)
            return True
        if block.read is not None and not self._read_calls(block.read, content):
            self._reject(block)
            return True
        self._held = self._held[place + len(closing) :]
        if block.kind == "tool":
            self._say("tool", block.opening + content + closing)
        self._end_block()
        return bool(self._held)

    def _find_closing(self, block: Block) -> tuple[int, str]:
        """Return the place and text of the first closing marker, or the end and nothing."""
        place, found = len(self._held), ""
        for marker in block.closings:
            here = self._held.find(marker, self._searched)
            if 0 <= here < place:
                place, found = here, marker
        if not found and block.kind != "reasoning":
            longest = max(map(len, block.closings), default=0)
            self._searched = max(0, len(self._held) - longest)
        return place, found

    def _read_calls(self, read: Read, content: str) -> bool:
        try:
            self._calls += read(content)
        except (ValueError, RecursionError):
            return False
        return True

    def _reject(self, block: Block) -> None:
        """Take a block for plain text after all; its content is looked through again."""
        self._block = None
        self._say_text(self._before + block.opening)

    def _say_text(self, text: str) -> None:
        if self._after_block and self._fresh:
            text = text.lstrip("\n")
        if text.strip():
            self._fresh = self._after_block = False
        self._say("text", text)

    def _say(self, channel: str, text: str) -> None:
        if not text:
            return
        if self._pieces and self._pieces[-1][0] == channel:
            text = self._pieces.pop()[1] + text
        self._pieces.append((channel, text))


def _reasoning(formats: Formats) -> Block:
    """Return a block that any way of ending reasoning ends, the model's own before the others."""
    blocks = (*filter(None, (formats.own,)), *formats.blocks)
    closings = tuple(
        dict.fromkeys(
            closing for block in blocks if block.kind == "reasoning" for closing in block.closings
        )
    )
    return Block("reasoning", "", closings or _THINK)


def _partial(held: str, marker: str) -> int:
    """Return where the held text may be the beginning of a marker, else its length."""
    size = len(held)
    start = max(0, size - len(marker) + 1)
    while start < size and not marker.startswith(held[start:]):
        start += 1
    return start
