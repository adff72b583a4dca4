"""Reads the regular expression of a schema's ``pattern`` into a tree.

Only what can be matched in one pass is taken: characters, classes, groups, alternatives and
repetitions, and ``^`` and ``$`` at the two ends. Look-around and back references are refused, so
that no pattern can take longer than its text is long.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from studio.prompting.shapes.problem import ShapeError
from studio.translation import tr

MOST_TIMES = 1_000
_MOST_CHARACTERS = 1_000
_MOST_NESTED = 30
_LAST = 0x10FFFF
_DIGIT = ((48, 57),)
_WORD = ((48, 57), (65, 90), (95, 95), (97, 122))
_SPACE = ((9, 13), (32, 32), (160, 160), (0x2028, 0x2029), (0xFEFF, 0xFEFF))
_LINE_ENDS = ((10, 10), (13, 13), (0x2028, 0x2029))
_SETS = {"d": _DIGIT, "w": _WORD, "s": _SPACE}
_CONTROLS = {"t": 9, "n": 10, "v": 11, "f": 12, "r": 13}
_HEX = re.compile(r"x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\}")
_TIMES = re.compile(r"\{([0-9]{1,6})(?:(,)([0-9]{1,6})?)?\}")

Ranges = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Characters:
    """One character out of some ranges, both ends included."""

    ranges: Ranges


@dataclass(frozen=True, slots=True)
class Sequence:
    """Parts after one another."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of some parts."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Repeated:
    """A part several times; ``most`` is ``None`` for any number."""

    part: Node
    least: int
    most: int | None


Node = Characters | Sequence | Choice | Repeated
ANYTHING = Repeated(Characters(((0, _LAST),)), 0, None)


def read_pattern(pattern: str) -> Node:
    """Return what a whole text must be for a pattern to be found in it.

    Raises:
        ShapeError: it is not one, or one that cannot be used.
    """
    if len(pattern) > _MOST_CHARACTERS:
        raise ShapeError(
            tr("A pattern may have at most {most:,} characters.", most=_MOST_CHARACTERS)
        )
    return _Reader(pattern).whole()


def complement(ranges: Ranges) -> Ranges:
    """Return all other characters."""
    left, found = 0, []
    for low, high in sorted(ranges):
        if low > left:
            found.append((left, low - 1))
        left = max(left, high + 1)
    if left <= _LAST:
        found.append((left, _LAST))
    return tuple(found)


class _Reader:
    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._at = 0
        self._nested = 0

    def whole(self) -> Node:
        found = [self._anchored()]
        while self._peek() == "|":
            self._at += 1
            found.append(self._anchored())
        if self._peek():
            raise self._error(tr("a closing bracket without an opening one"))
        return found[0] if len(found) == 1 else Choice(tuple(found))

    def _anchored(self) -> Node:
        begins = self._peek() == "^"
        self._at += begins
        inner = self._sequence()
        ends = self._peek() == "$"
        self._at += ends
        if self._peek() not in ("", "|", ")"):
            raise self._error(tr("“$” before its end"))
        return Sequence((*(() if begins else (ANYTHING,)), inner, *(() if ends else (ANYTHING,))))

    def _alternatives(self) -> Node:
        found = [self._sequence()]
        while self._peek() == "|":
            self._at += 1
            found.append(self._sequence())
        return found[0] if len(found) == 1 else Choice(tuple(found))

    def _sequence(self) -> Node:
        parts: list[Node] = []
        while (char := self._peek()) and char not in "|)$":
            part = self._atom(char)
            while self._peek() and self._peek() in "*+?{":
                part = self._repeated(part)
            parts.append(part)
        return Sequence(tuple(parts))

    def _repeated(self, part: Node) -> Node:
        char = self._peek()
        if char == "{":
            found = _TIMES.match(self._pattern, self._at)
            if found is None:
                raise self._error(
                    tr("a brace that is no repetition; write it as {escaped}", escaped="\\{")
                )
            self._at = found.end()
            least = int(found[1])
            most = least if not found[2] else int(found[3]) if found[3] else None
        else:
            self._at += 1
            least, most = {"*": (0, None), "+": (1, None), "?": (0, 1)}[char]
        if self._peek() == "?":  # how eager it is changes nothing in what fits
            self._at += 1
        if max(least, most or 0) > MOST_TIMES:
            raise self._error(tr("a repetition of more than {most:,} times", most=MOST_TIMES))
        if most is not None and most < least:
            raise self._error(tr("a repetition that is impossible"))
        return Repeated(part, least, most)

    def _atom(self, char: str) -> Node:
        if char == "(":
            return self._group()
        if char == "[":
            return Characters(self._class())
        if char in "*+?{":
            raise self._error(tr("a repetition of nothing"))
        if char == "^":
            raise self._error(tr("“^” after its beginning"))
        self._at += 1
        if char == ".":
            return Characters(complement(_LINE_ENDS))
        if char == "\\":
            return Characters(self._escape())
        return Characters(((ord(char), ord(char)),))

    def _group(self) -> Node:
        self._at += 1
        if self._peek() == "?":
            if not self._pattern.startswith("?:", self._at):
                raise self._error(tr("a group that begins with “?”"))
            self._at += 2
        self._nested += 1
        if self._nested > _MOST_NESTED:
            raise self._error(tr("too many brackets inside one another"))
        inner = self._alternatives()
        if self._peek() != ")":
            raise self._error(
                tr("“$” inside of a group") if self._peek() else tr("an open bracket")
            )
        self._at += 1
        self._nested -= 1
        return inner

    def _class(self) -> Ranges:
        self._at += 1
        negated = self._peek() == "^"
        self._at += negated
        found: list[tuple[int, int]] = []
        while self._peek() != "]":
            ranges = self._class_part()
            if self._is_range() and len(ranges) == 1:
                self._at += 1
                upper = self._class_part()
                if ranges[0][0] != ranges[0][1] or len(upper) != 1 or upper[0][0] < ranges[0][0]:
                    raise self._error(tr("a range that is none"))
                ranges = ((ranges[0][0], upper[0][1]),)
            found += ranges
        self._at += 1
        ranges = complement(tuple(found))
        if not (found if not negated else ranges):
            raise self._error(tr("a class without characters"))
        return ranges if negated else complement(ranges)

    def _is_range(self) -> bool:
        return self._peek() == "-" and self._pattern[self._at + 1 : self._at + 2] not in ("]", "")

    def _class_part(self) -> Ranges:
        char = self._peek()
        if not char:
            raise self._error(tr("an open square bracket"))
        self._at += 1
        return self._escape() if char == "\\" else ((ord(char), ord(char)),)

    def _escape(self) -> Ranges:
        char = self._peek()
        if found := _HEX.match(self._pattern, self._at):
            self._at = found.end()
            code = min(int(next(filter(None, found.groups())), 16), _LAST)
            return ((code, code),)
        self._at += 1
        if char.lower() in _SETS:
            ranges: Ranges = _SETS[char.lower()]
            return complement(ranges) if char.isupper() else ranges
        if char in _CONTROLS:
            return ((_CONTROLS[char], _CONTROLS[char]),)
        if not char or char.isalnum():
            raise self._error(tr("“\\{char}”", char=char))
        return ((ord(char), ord(char)),)

    def _peek(self) -> str:
        return self._pattern[self._at : self._at + 1]

    def _error(self, found: str) -> ShapeError:
        shown = self._pattern if len(self._pattern) <= 40 else f"{self._pattern[:39]}…"
        return ShapeError(
            tr("The pattern “{shown}” cannot be used: it has {found}.", shown=shown, found=found)
        )
