"""A growing Markdown text as rows: parsed bit by bit; the row of what did not change is kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from studio.ui.chat.messages.rows import Row, join_tables, piece_row
from studio.ui.widgets.markdown.pieces import Block
from studio.ui.widgets.markdown.stream import MarkdownStream

AT_ONCE_CHARS, AT_ONCE_LINES = 8_000, 240


class Flow:
    """A text that is followed while it grows; ``quiet`` is the voice of reasoning.

    What is short is parsed at once, the rest with :meth:`work`, whose caller decides how long it
    stays away from its event loop.
    """

    def __init__(self, quiet: bool = False) -> None:
        self._quiet = quiet
        self._text = ""
        self._stream = MarkdownStream()
        self._shown: list[tuple[Block, list[Row]]] = []
        self._closed = 0
        self._closed_rows: list[Row] = []

    @property
    def waits(self) -> bool:
        """Whether some of the text is not parsed yet."""
        return self._stream.waiting > 0

    def follow(self, text: str) -> None:
        """Take in a text that has grown; one that begins otherwise is begun anew."""
        if not text.startswith(self._text):
            self._begin_anew()
        self._stream.feed(text[len(self._text) :])
        self._text = text

    def work(self) -> None:
        """Parse the next part of what waits, or of a short text all."""
        if _is_short(self._text):
            self._stream.finish()
        else:
            self._stream.work()

    def keep_up(self) -> None:
        """Parse all that waits if that is short, else only the beginning of the text."""
        if not self.waits:
            return
        if _is_short(self._text[len(self._text) - self._stream.waiting :]):
            self._stream.finish()
        elif not self._stream.blocks:
            self._stream.work()

    def rows(self) -> list[Row]:
        """Return the rows of the blocks that are parsed by now."""
        self.settle()
        return [*self._closed_rows, *_rows_of(self._shown[self._closed :])]

    def settle(self) -> None:
        """Make the rows of the blocks that are parsed by now, so that :meth:`rows` is quick."""
        blocks, closed = self._stream.blocks, self._stream.closed
        for index in range(self._closed, len(blocks)):
            block = blocks[index]
            if index < len(self._shown) and self._shown[index][0] is block:
                continue
            old = self._shown[index][1] if index < len(self._shown) else []
            self._shown[index : index + 1] = [(block, self._made(block, old, index == 0))]
        del self._shown[len(blocks) :]
        join_tables([*self._closed_rows[-1:], *_rows_of(self._shown[self._closed :])])
        self._closed_rows += _rows_of(self._shown[self._closed : closed])
        self._closed = closed

    def _begin_anew(self) -> None:
        self._text, self._stream = "", MarkdownStream()
        self._shown, self._closed, self._closed_rows = [], 0, []

    def _made(self, block: Block, old: list[Row], is_first: bool) -> list[Row]:
        """Return the rows of a block, with those of its earlier state where they fit."""
        rows: list[Row] = []
        for number, piece in enumerate(block):
            made = piece_row(piece, is_first and number == 0, self._quiet)
            if number < len(old) and (old[number].kind, old[number].indent) == (
                made.kind,
                made.indent,
            ):
                old[number].put(piece)
                old[number].gap = made.gap
                made = old[number]
            rows.append(made)
        return rows


def _rows_of(shown: Sequence[tuple[Block, list[Row]]]) -> Iterator[Row]:
    return (row for _, rows in shown for row in rows)


def _is_short(text: str) -> bool:
    """Tell whether a text is parsed in one go without being felt."""
    return len(text) <= AT_ONCE_CHARS and text.count("\n") <= AT_ONCE_LINES
