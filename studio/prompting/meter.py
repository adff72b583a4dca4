"""What a template may cost: steps, size and processor time, metered while it runs.

A chat template is a program by a stranger. Python offers no way to stop a single long operation,
so each operation must be small: the meter knows the size of every value before it grows, and it
looks at the clock often, the sooner the more the data of an operation could cost.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, NamedTuple

MAX_SOURCE = 128 * 1024
"""Characters of a template. The longest known to us has about 40,000."""

MAX_STEPS = 1_000_000
MAX_TEXT = 16_000_000
MAX_ITEMS = 200_000
MAX_BITS = 4_096
MAX_DEPTH = 64
MAX_CALLS = 64
MAX_SECONDS = 3.0
_TOTAL_TEXT = 48_000_000
_STEPS_BETWEEN_LOOKS = 100


class TooExpensiveError(RuntimeError):
    """A template asked for more than :class:`Meter` allows."""


class Size(NamedTuple):
    """The size of a value written out: shared parts count as often as they appear."""

    items: int
    characters: int
    depth: int


@dataclass(slots=True)
class Meter:
    """Counts what one rendering has used so far.

    Args:
        given: characters that the conversation itself has; a long conversation may cost more.
        seconds: processor time of the calling thread that may be used.
    """

    given: int = 0
    seconds: float = MAX_SECONDS
    steps: int = 0
    text: int = 0
    calls: int = 0
    _ends: float = field(init=False)
    _next_look: int = 0
    _sizes: dict[int, tuple[Any, Size]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._ends = time.thread_time() + self.seconds

    def step(self, cost: int = 1) -> None:
        """Charge ``cost`` steps.

        Raises:
            TooExpensiveError: steps or time are used up.
        """
        self.steps += cost
        if self.steps < self._next_look:
            return
        self._next_look = self.steps + _STEPS_BETWEEN_LOOKS
        if self.steps > MAX_STEPS + 10 * self.given:
            raise TooExpensiveError(f"{self.steps} steps")
        if time.thread_time() > self._ends:
            raise TooExpensiveError(f"more than {self.seconds:g} seconds")

    def characters(self, count: int) -> None:
        """Charge a text of ``count`` characters, before or after it is made."""
        if count > max(MAX_TEXT, 4 * self.given):
            raise TooExpensiveError(f"a text of {count} characters")
        self.text += count
        if self.text > _TOTAL_TEXT + 64 * min(self.given, 4_000_000):
            raise TooExpensiveError("too much text in all")
        self.step()

    def made(self, value: Any) -> Any:
        """Charge a value that an operation made, and return it; lazy values are charged later."""
        if isinstance(value, str):
            self.characters(len(value))
        elif isinstance(value, int | float | None):
            self.bits(value)
            self.step()
        elif isinstance(value, Iterator):
            return self.counted(value)
        else:
            self.size(value)
            # A measured list is kept, so its own length is charged as memory.
            self.step(1 + (len(value) if isinstance(value, list | tuple | Mapping) else 0))
        return value

    def read(self, value: Any) -> Any:
        """Charge a look at a value, such as a comparison, and return the value."""
        if isinstance(value, str):
            self.step(1 + len(value) // 256)
        elif isinstance(value, Iterator):
            return self.counted(value)
        else:
            self.step(1 + self.size(value).items // 16)
        return value

    def bits(self, value: Any) -> None:
        """Refuse a number of absurd length."""
        if isinstance(value, int) and value.bit_length() > MAX_BITS:
            raise TooExpensiveError("a number of thousands of digits")

    def counted(self, values: Iterable[Any]) -> Iterator[Any]:
        """Yield values, each at the price of a step."""
        for value in values:
            self.step()
            yield value

    def size(self, value: Any) -> Size:
        """Return the size of a value.

        Raises:
            TooExpensiveError: larger or deeper than a value may be.
        """
        if isinstance(value, str):
            return Size(1, len(value), 0)
        if not isinstance(value, list | tuple | Mapping) and not _is_view(value):
            return Size(1, 8, 0)
        known = self._sizes.get(id(value))
        if known is None:
            # Keeping the value keeps its id from being given to another.
            known = self._sizes[id(value)] = (value, self._measure(value))
        return known[1]

    def _measure(self, value: Any) -> Size:
        items, characters, depth = 1, 2, 0
        for part in _parts(value):
            inner = self.size(part)
            items += inner.items
            characters += inner.characters + 4
            depth = max(depth, inner.depth)
            if items > MAX_ITEMS + self.given:
                raise TooExpensiveError(f"a list of more than {MAX_ITEMS} items")
            if characters > 2 * max(MAX_TEXT, 4 * self.given):
                raise TooExpensiveError(f"a list of {characters} characters")
        if depth >= MAX_DEPTH:
            raise TooExpensiveError(f"a list nested more than {MAX_DEPTH} deep")
        return Size(items, characters, depth + 1)


METER: ContextVar[Meter] = ContextVar("METER")
"""The meter of the rendering that is under way."""


def _is_view(value: Any) -> bool:
    return isinstance(value, type({}.items()) | type({}.keys()) | type({}.values()))


def _parts(value: Any) -> Iterator[Any]:
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield key
            yield part
    else:
        yield from value
