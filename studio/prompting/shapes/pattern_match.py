"""Tells whether a text fits a pattern, in one pass over the text.

Python's own matcher can take longer than anyone waits on patterns like ``(a+)+$``; this one
follows all ways through the pattern at once. These may be thousands for each character of a long
text, so it looks at the clock.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from studio.prompting.shapes.deadline import NEVER, Deadline
from studio.prompting.shapes.pattern import (
    Characters,
    Choice,
    Node,
    Ranges,
    Repeated,
    Sequence,
    read_pattern,
)
from studio.prompting.shapes.problem import ShapeError
from studio.translation import tr

_MOST_STATES = 5_000
_STEPS_A_LOOK = 500


def fits(pattern: str, text: str, deadline: Deadline = NEVER) -> bool:
    """Tell whether a pattern is found in a text.

    Raises:
        ShapeError: it is not one, or one that cannot be used.
        TooLongError: it cannot be told in time.
    """
    return _machine(pattern).fits(text, deadline)


def check_pattern(pattern: str) -> Node:
    """Return a pattern's tree.

    Raises:
        ShapeError: it is not one, or one that cannot be used.
    """
    node = read_pattern(pattern)
    _machine(pattern)
    return node


@dataclass(slots=True)
class _Machine:
    """States with what leads on from each: characters to one state, or nothing to several."""

    on: list[tuple[Ranges, int] | None] = field(default_factory=list)
    free: list[list[int]] = field(default_factory=list)
    start: int = 0
    end: int = 0

    def state(self) -> int:
        if len(self.on) >= _MOST_STATES:
            raise ShapeError(tr("A pattern repeats too much inside of repetitions."))
        self.on.append(None)
        self.free.append([])
        return len(self.on) - 1

    def fits(self, text: str, deadline: Deadline) -> bool:
        now = self._with_free({self.start})
        steps = 0
        for char in text:
            steps += len(now)
            if steps >= _STEPS_A_LOOK:
                deadline.look()
                steps = 0
            code = ord(char)
            following = set()
            for state in now:
                step = self.on[state]
                if step is not None and any(low <= code <= high for low, high in step[0]):
                    following.add(step[1])
            if not following:
                return False
            now = self._with_free(following)
        return self.end in now

    def _with_free(self, states: set[int]) -> set[int]:
        todo = list(states)
        while todo:
            for other in self.free[todo.pop()]:
                if other not in states:
                    states.add(other)
                    todo.append(other)
        return states

    def build(self, node: Node, start: int) -> int:
        """Add a part that begins in a state; return the state in which it ends."""
        if isinstance(node, Characters):
            end = self.state()
            self.on[start] = (node.ranges, end)
            return end
        if isinstance(node, Sequence):
            for part in node.parts:
                start = self.build(part, self._after(start))
            return start
        if isinstance(node, Choice):
            end = self.state()
            for part in node.parts:
                self.free[self.build(part, self._after(start))].append(end)
            return end
        return self._repeated(node, start)

    def _repeated(self, node: Repeated, start: int) -> int:
        for _ in range(node.least):
            start = self.build(node.part, self._after(start))
        end = self.state()
        if node.most is None:
            around = self._after(start)
            self.free[around].append(end)
            self.free[self.build(node.part, self._after(around))].append(around)
            return end
        for _ in range(node.most - node.least):
            self.free[start].append(end)
            start = self.build(node.part, self._after(start))
        self.free[start].append(end)
        return end

    def _after(self, state: int) -> int:
        other = self.state()
        self.free[state].append(other)
        return other


@lru_cache(maxsize=256)
def _machine(pattern: str) -> _Machine:
    machine = _Machine()
    machine.start = machine.state()
    machine.end = machine.build(read_pattern(pattern), machine.start)
    return machine
