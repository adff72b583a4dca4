"""Reads a GBNF grammar into flat rules, as llama.cpp does, with the place of each name.

The notation is described in llama.cpp's ``grammars/README.md``; token names in angle brackets are
taken as they stand, since only a model's vocabulary can tell about them. Groups and repetitions
become rules of their own, so that what is asked of a grammar is asked of rules alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from studio.prompting.shapes.problem import ShapeError
from studio.translation import mark, tr

MOST_TIMES = 2_000
_MOST_NESTED = 100
_MOST_RULES = 50_000
_MOST_WRITTEN = 16  # of what is repeated; enough to tell whether it is empty in too many ways
_ESCAPES = {"t": 9, "r": 13, "n": 10, "\\": 92, '"': 34, "[": 91, "]": 93, "-": 45}
_HEX = {"x": 2, "u": 4, "U": 8}
_QUOTATION = mark("The quotation mark that belongs to this one is missing.")
_CLOSING = mark("The closing bracket that belongs to this one is missing.")
_NAME = re.compile(r"[A-Za-z0-9-]+")
_BLANK = re.compile(r"(?:[ \t]|#[^\r\n]*)+")
_BLANK_LINES = re.compile(r"(?:[ \t\r\n]|#[^\r\n]*)+")
_TOKEN = re.compile(r"!?<(?:\[[0-9]{1,9}\]|[^\[<>\r\n][^<>\r\n]*)>")
_SIGNS: dict[str, tuple[int, int | None]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}
_TIMES = re.compile(r"\{[ \t]*([0-9]{1,9})[ \t]*(?:(,)[ \t]*([0-9]{1,9})?[ \t]*)?\}")

Symbol = int | None
"""A rule's number, or ``None`` for a character or token."""


@dataclass(slots=True)
class Rule:
    """A rule, or a group or repetition inside of one.

    Attributes:
        offset: where it is written; -1 while it is only named.
        named_at: where it is first asked for.
        copies: how often llama.cpp writes it out.
        is_named: it is one of the rules that the text gives a name.
    """

    name: str
    offset: int
    named_at: int
    alternatives: list[list[Symbol]] = field(default_factory=list)
    copies: int = 1
    is_named: bool = False


class GrammarText:
    """The rules of a grammar, in the order in which they are met.

    Raises:
        ShapeError: it is not written as GBNF is.
    """

    def __init__(self, text: str) -> None:
        self.rules: list[Rule] = []
        self.numbers: dict[str, int] = {}
        self._text = text
        self._at = 0
        self._nested = 0
        self._written = 0  # rules as llama.cpp counts them
        self._skip(lines=True)
        while self._at < len(text):
            self._rule()

    def _rule(self) -> None:
        start = self._at
        name = self._name(tr("A rule begins with its name: letters, digits and hyphens."))
        self._skip(lines=False)
        if not self._text.startswith("::=", self._at):
            raise ShapeError(tr("“::=” is missing after “{name}”.", name=name), self._at)
        self._at += 3
        self._skip(lines=True)
        rule = self.rules[self._number(name, start)]
        if rule.offset >= 0:
            raise ShapeError(tr("The rule “{name}” is written twice.", name=name), start)
        rule.offset = start
        rule.alternatives = self._alternatives(name, nested=False)
        if self._at < len(self._text) and self._text[self._at] not in "\r\n":
            raise ShapeError(tr("“{char}” cannot stand here.", char=self._text[self._at]), self._at)
        self._skip(lines=True)

    def _alternatives(self, name: str, *, nested: bool) -> list[list[Symbol]]:
        found = [self._sequence(name, nested)]
        while self._peek() == "|":
            self._at += 1
            self._skip(lines=True)
            found.append(self._sequence(name, nested))
        return found

    def _sequence(self, name: str, nested: bool) -> list[Symbol]:
        symbols: list[Symbol] = []
        last, weight = 0, 1
        while (char := self._peek()) and char not in "|)\r\n":
            if char in "*+?{":
                weight = self._repeat(name, symbols, last, weight)
            else:
                last, before = len(symbols), self._written
                symbols += self._item(name, char)
                weight = max(1, self._written - before) if char == "(" else 1
            self._skip(lines=nested)
        return symbols

    def _item(self, name: str, char: str) -> list[Symbol]:
        if char == '"':
            return self._literal()
        if char == "[":
            return self._class()
        if char == ".":
            self._at += 1
            return [None]
        if char == "(":
            return [self._group(name)]
        if char in "<!":
            if (token := _TOKEN.match(self._text, self._at)) is None:
                raise ShapeError(tr("A token is written as <name> or <[number]>."), self._at)
            self._at = token.end()
            return [None]
        start = self._at
        expected = tr(
            "“{char}” cannot stand here. A rule name takes letters, digits and hyphens.", char=char
        )
        return [self._number(self._name(expected), start)]

    def _literal(self) -> list[Symbol]:
        start = self._at
        self._at += 1
        size = 0
        while self._peek() != '"':
            self._character(start, _QUOTATION)
            size += 1
        self._at += 1
        return [None] * size

    def _class(self) -> list[Symbol]:
        start = self._at
        self._at += 2 if self._text.startswith("^", self._at + 1) else 1
        if self._peek() == "]":
            raise ShapeError(tr("There are no characters between these brackets."), start)
        while self._peek() != "]":
            low = self._character(start, _CLOSING)
            if self._peek() == "-" and not self._text.startswith("]", self._at + 1):
                self._at += 1
                if self._character(start, _CLOSING) < low:
                    raise ShapeError(
                        tr("A range must go from a lower to a higher character."), start
                    )
        self._at += 1
        return [None]

    def _character(self, start: int, unclosed: str) -> int:
        char = self._peek()
        if not char:
            raise ShapeError(tr(unclosed), start)
        self._at += 1
        if char != "\\":
            return ord(char)
        kind = self._peek()
        if kind in _HEX:
            return self._code(kind)
        if not kind or kind not in _ESCAPES:
            raise ShapeError(tr("“\\{kind}” is no known escape.", kind=kind), self._at - 1)
        self._at += 1
        return _ESCAPES[kind]

    def _code(self, kind: str) -> int:
        size = _HEX[kind]
        digits = self._text[self._at + 1 : self._at + 1 + size]
        if not re.fullmatch(f"[0-9a-fA-F]{{{size}}}", digits) or int(digits, 16) > 0x10FFFF:
            raise ShapeError(
                tr("“\\{kind}” takes {size} digits of a character.", kind=kind, size=size),
                self._at - 1,
            )
        self._at += 1 + size
        return int(digits, 16)

    def _group(self, name: str) -> int:
        start = self._at
        self._at += 1
        self._nested += 1
        if self._nested > _MOST_NESTED:
            raise ShapeError(
                tr("More than {most} brackets inside one another.", most=_MOST_NESTED), start
            )
        self._skip(lines=True)
        number = self._add(Rule(name, start, start))
        self.rules[number].alternatives = self._alternatives(name, nested=True)
        if self._peek() != ")":
            raise ShapeError(tr(_CLOSING), start)
        self._at += 1
        self._nested -= 1
        return number

    def _repeat(self, name: str, symbols: list[Symbol], last: int, weight: int) -> int:
        """Put the last item's repetition in its place; return how many rules it makes."""
        start = self._at
        least, most, self._at = _times(self._text, start)
        if last == len(symbols):
            raise ShapeError(tr("There is nothing before this that could be repeated."), start)
        if most is not None and most < least:
            raise _impossible(least, most, start)
        copies = most or least or 1
        if max(least, most or 0) > MOST_TIMES or weight * copies > MOST_TIMES:
            raise _too_often(start)
        item = symbols[last:]
        del symbols[last:]
        symbols += item * min(least, 1 if None in item else _MOST_WRITTEN)
        if most is None or most > least:
            number = self._add(Rule(name, start, start))
            rule = self.rules[number]
            rule.alternatives = [item if most is not None else [*item, number], []]
            rule.copies = 1 if most is None else most - least
            self._written += rule.copies - 1
            symbols.append(number)
        return weight * copies

    def _number(self, name: str, offset: int) -> int:
        if name not in self.numbers:
            self.numbers[name] = self._add(Rule(name, -1, offset, is_named=True))
        return self.numbers[name]

    def _add(self, rule: Rule) -> int:
        if len(self.rules) >= _MOST_RULES:
            raise ShapeError(tr("The grammar has too many parts."), self._at)
        self.rules.append(rule)
        self._written += 1
        return len(self.rules) - 1

    def _name(self, expected: str) -> str:
        found = _NAME.match(self._text, self._at)
        if found is None:
            raise ShapeError(expected, self._at)
        self._at = found.end()
        return found.group()

    def _peek(self) -> str:
        return self._text[self._at : self._at + 1]

    def _skip(self, *, lines: bool) -> None:
        found = (_BLANK_LINES if lines else _BLANK).match(self._text, self._at)
        if found is not None:
            self._at = found.end()


def _times(text: str, at: int) -> tuple[int, int | None, int]:
    """Return how often something is repeated, ``None`` for any number, and where that ends."""
    if text[at] != "{":
        least, most = _SIGNS[text[at]]
        return least, most, at + 1
    found = _TIMES.match(text, at)
    if found is None:
        raise _no_repetition(at)
    low, comma, high = found.groups()
    if not comma:
        return int(low), int(low), found.end()
    return int(low), int(high) if high else None, found.end()


def _no_repetition(at: int) -> ShapeError:
    what = tr(
        "A repetition is written as {one}, {two} or {three}.", one="{2}", two="{2,}", three="{2,5}"
    )
    return ShapeError(what, at)


def _impossible(least: int, most: int, at: int) -> ShapeError:
    what = tr("At least {least} and at most {most} times is impossible.", least=least, most=most)
    return ShapeError(what, at)


def _too_often(at: int) -> ShapeError:
    return ShapeError(tr("Repeated too often; at most {most:,} in all.", most=MOST_TIMES), at)
