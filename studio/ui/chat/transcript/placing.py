"""Where the rows of a long transcript stand: worked out from one row outwards, never all of them.

One row is the anchor: it stays where the person sees it. The rows below and above it are measured
and placed until the window and a margin are full; every other height is only guessed at, and a
guess that turns out wrong moves what nobody looks at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from studio.ui.chat.messages.entry import Entry
from studio.ui.chat.messages.rows import Row

PAD_TOP, PAD_BOTTOM = 28, 24
MARGIN_ROWS = 6
_HEIGHT = attrgetter("height")


@dataclass(frozen=True, slots=True)
class Placed:
    """A row, the number of its entry and its own, and where its gap begins in the window."""

    row: Row
    entry: int
    number: int
    top: float

    @property
    def bottom(self) -> float:
        """Where the row ends."""
        return self.top + self.row.room


class Placing:
    """Knows which row is the anchor, and places the others around it.

    ``measure`` gives a row its exact height, and tells whether it had none yet. That is most of the
    work, so rows outside the window are left for the next time once there were some of it.
    """

    def __init__(self, entries: Sequence[Entry], measure: Callable[[Row], bool]) -> None:
        self._entries = entries
        self._measure = measure
        self._entry = 0
        self._number = 0
        self._top = float(PAD_TOP)
        self._measured = self._most = 0
        self._is_short = False
        self.rows: list[Placed] = []

    def forget(self) -> None:
        """Go back to the beginning, as for another conversation."""
        self._entry, self._number, self._top = 0, 0, float(PAD_TOP)
        self.rows = []

    def shift(self, by: float) -> None:
        """Move everything down by some pixels, up when negative."""
        self._top += by

    def jump(self, value: float) -> None:
        """Bring a place of the whole transcript, in pixels from its top, to the window's top."""
        above = float(PAD_TOP)
        for index, entry in enumerate(self._entries):
            if above + entry.height > value or index == len(self._entries) - 1:
                self._entry, self._number, self._top = index, 0, above - value
                return
            above += entry.height

    def go_to(self, entry: int, number: int, top: float) -> None:
        """Bring a row of an entry to a height of the window."""
        self._entry, self._number, self._top = entry, number, top

    def first(self) -> int:
        """Return the number of the first entry in the window."""
        return self._entry

    @property
    def is_settled(self) -> bool:
        """Whether all that is near the window is parsed and measured."""
        return not self._is_short and all(self._entries[each.entry].is_ready for each in self.rows)

    def place(self, height: int, margin: int, at_end: bool, later: bool = False) -> list[Placed]:
        """Place the rows of a window of some height; ``at_end`` holds on to the last row.

        With ``later`` there is a next time soon for all rows outside the window.
        """
        self._measured, self._most, self._is_short = 0, 0 if later else MARGIN_ROWS, False
        if not self._entries:
            self.rows = []
            return []
        if at_end:
            self._anchor_at_end(height)
        else:
            self._approach(margin)
        self._walk(height, margin)
        if (moved := self._overshoot(height)) != 0:
            self._top += moved
            self._walk(height, margin)
        self._choose_anchor()
        return self.rows

    def parse_on(self) -> bool:
        """Parse the next part of an entry near the window; tell whether there was one to parse."""
        for index in dict.fromkeys(each.entry for each in self.rows):
            if index < len(self._entries) and not self._entries[index].is_ready:
                self._entries[index].prepare()
                return True
        return False

    def unmeasure(self) -> None:
        """Have every row measured again."""
        for entry in self._entries:
            for row in entry.rows:
                row.measured_at = 0

    def entry_at(self, y: float) -> Entry | None:
        """Return the entry at a height of the window."""
        found = (each for each in self.rows if each.top <= y < each.bottom)
        return next((self._entries[each.entry] for each in found), None)

    def above(self) -> float:
        """Return how much of the transcript is above the window, partly guessed."""
        if not self._entries:
            return 0.0
        entry = self._entries[self._entry]
        before: float = sum(map(_HEIGHT, self._entries[: self._entry]))
        inside = sum(row.room for row in entry.rows[: self._number])
        return PAD_TOP + before + inside - self._top

    def whole(self) -> float:
        """Return the height of the whole transcript, partly guessed."""
        heights: float = sum(map(_HEIGHT, self._entries))
        return PAD_TOP + heights + PAD_BOTTOM

    def _anchor_at_end(self, height: int) -> None:
        self._entry = len(self._entries) - 1
        entry = self._entries[self._entry]
        _begin(entry)
        self._number = max(0, len(entry.rows) - 1)
        if entry.rows:
            self._measured += self._measure(entry.rows[-1])
            self._top = height - PAD_BOTTOM - entry.rows[-1].room

    def _approach(self, margin: int) -> None:
        """Take an anchor near the window: what is far above it is guessed at, not measured."""
        last: Row | None = None
        for index, number, row in self._onwards():
            if last is not None:
                self._top += last.room
            self._entry, self._number, last = index, number, row
            if self._top + row.room >= -margin:
                return

    def _walk(self, height: int, margin: int) -> None:
        """Measure and place rows downwards and upwards until window and margin are full."""
        below: list[Placed] = []
        top = self._top
        for index, number, row in self._onwards():
            if top > height and self._is_enough(row):
                break
            self._measured += self._measure(row)
            below.append(Placed(row, index, number, top))
            top += row.room
            if top > height + margin:
                break
        above: list[Placed] = []
        top = self._top
        for index, number, row in self._backwards() if top > -margin else ():
            if top < 0 and self._is_enough(row):
                break
            self._measured += self._measure(row)
            top -= row.room
            above.append(Placed(row, index, number, top))
            if top < -margin:
                break
        self.rows = [*reversed(above), *below]
        for index in {placed.entry for placed in self.rows}:
            self._entries[index].measure()

    def _is_enough(self, row: Row) -> bool:
        """Tell whether the next row, outside the window, is left for the next time."""
        if row.measured_at or self._measured < self._most:
            return False
        self._is_short = True
        return True

    def _overshoot(self, height: int) -> float:
        """Return by how much everything has to move so that no emptiness shows at an end."""
        if not self.rows:
            return 0.0
        first, last = self.rows[0], self.rows[-1]
        is_end = last.entry == len(self._entries) - 1 and last.row is self._last_row()
        is_start = first.entry == 0 and first.number == 0
        up = height - PAD_BOTTOM - last.bottom if is_end else 0.0
        moved = up if up > 0 else 0.0
        if is_start and first.top + moved > PAD_TOP:
            moved = PAD_TOP - first.top
        return moved

    def _last_row(self) -> Row | None:
        rows = self._entries[-1].rows
        return rows[-1] if rows else None

    def _choose_anchor(self) -> None:
        for placed in self.rows:
            if placed.bottom > 0:
                self._entry, self._number, self._top = placed.entry, placed.number, placed.top
                return

    def _onwards(self) -> Iterator[tuple[int, int, Row]]:
        for index in range(self._entry, len(self._entries)):
            entry = self._entries[index]
            _begin(entry)
            start = self._number if index == self._entry else 0
            for number in range(start, len(entry.rows)):
                yield index, number, entry.rows[number]

    def _backwards(self) -> Iterator[tuple[int, int, Row]]:
        for index in range(self._entry, -1, -1):
            entry = self._entries[index]
            _begin(entry)
            end = len(entry.rows)  # fewer than before, if parsing has gone on meanwhile
            if index == self._entry:
                end = min(end, self._number)
            for number in range(end - 1, -1, -1):
                yield index, number, entry.rows[number]


def _begin(entry: Entry) -> None:
    """Have as much parsed as it takes to show something of a message, if nothing is there yet."""
    if not entry.rows:
        entry.prepare()
