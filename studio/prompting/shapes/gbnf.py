"""Tells whether llama.cpp can hold a reply to a GBNF grammar, before llama.cpp sees it.

What llama.cpp refuses would end a reply without a reason, and some of what it does not refuse
would end its process: a repetition of at least five and at most two times, a rule that begins with
itself by way of others, rules that it takes for ever to look through.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import prod

from studio.prompting.shapes.gbnf_text import GrammarText, Rule, Symbol
from studio.prompting.shapes.places import HALF, half_a_character
from studio.prompting.shapes.problem import (
    MOST_CHARACTERS,
    Checked,
    ShapeError,
    located,
    too_long,
)
from studio.translation import tr

_MOST_STEPS = 2_000_000
_MOST_EMPTY = 1_000


def check_grammar(text: str, most: int = MOST_CHARACTERS) -> Checked:
    """Return what is wrong with a grammar, or that it can be used.

    Args:
        most: how many characters it may have.
    """
    if (problem := too_long(text, most)) is not None:
        return Checked(problem)
    try:
        if (nothing := text.find("\0")) >= 0:
            raise ShapeError(tr("There is a character here that cannot be used (NUL)."), nothing)
        if (half := HALF.search(text)) is not None:
            raise ShapeError(half_a_character(), half.start())
        _check(GrammarText(text))
    except ShapeError as error:
        return Checked(located(error, text))
    return Checked(grammar=text)


def _check(grammar: GrammarText) -> None:
    rules = grammar.rules
    if "root" not in grammar.numbers or rules[grammar.numbers["root"]].offset < 0:
        raise ShapeError(tr("There is no rule named “root”, with which a reply begins."), 0)
    for rule in rules:
        if rule.offset < 0:
            raise ShapeError(tr("There is no rule named “{name}”.", name=rule.name), rule.named_at)
    _refuse_endless(rules, grammar.numbers["root"])
    starts = _starts(rules, _settled(rules, by_characters=False))
    _refuse_many_empty(rules, _refuse_left_recursion(rules, starts))


def _refuse_endless(rules: list[Rule], root: int) -> None:
    """Refuse rules that always need another one: a reply could not come to its end."""
    ending = _settled(rules, by_characters=True)
    endless = [number for number in (root, *range(len(rules))) if not ending[number]]
    if not endless:
        return
    culprit = rules[_turning(rules, ending, endless[0])]
    if endless[0] == root:
        what = tr(
            "A reply could never end: “{needed}” always needs itself again. "
            'Give it a way out, such as | "".',
            needed=culprit.name,
        )
    else:
        what = tr(
            "The rule “{name}” could never end: “{needed}” always needs itself again. "
            'Give it a way out, such as | "".',
            name=rules[endless[0]].name,
            needed=culprit.name,
        )
    raise ShapeError(what, culprit.offset, kind="endless")


def _turning(rules: list[Rule], ending: list[bool], number: int) -> int:
    """Return a rule that needs itself again, on the way from one that never ends."""
    met: set[int] = set()
    while number not in met:
        met.add(number)
        number = next(
            symbol
            for symbols in rules[number].alternatives
            for symbol in symbols
            if symbol is not None and not ending[symbol]
        )
    return number


def _settled(rules: list[Rule], *, by_characters: bool) -> list[bool]:
    """Return which rules can come to an end; without characters, which may be empty."""
    users: list[list[tuple[int, int]]] = [[] for _ in rules]
    missing: dict[tuple[int, int], int] = {}
    found = [False] * len(rules)
    ready: list[int] = []
    for number, rule in enumerate(rules):
        for place, symbols in enumerate(rule.alternatives):
            if not by_characters and None in symbols:
                continue
            needed = [symbol for symbol in symbols if symbol is not None]
            missing[number, place] = len(needed)
            for symbol in needed:
                users[symbol].append((number, place))
            if not needed:
                ready.append(number)
    while ready:
        number = ready.pop()
        if found[number]:
            continue
        found[number] = True
        for user in users[number]:
            missing[user] -= 1
            if missing[user] == 0:
                ready.append(user[0])
    return found


def _starts(rules: list[Rule], may_be_empty: list[bool]) -> list[list[int]]:
    """Return for each rule those that may stand at its beginning, as often as they are met."""
    return [
        [symbol for symbols in rule.alternatives for symbol in _leading(symbols, may_be_empty)]
        for rule in rules
    ]


def _leading(symbols: Iterable[Symbol], may_be_empty: list[bool]) -> Iterable[int]:
    for symbol in symbols:
        if symbol is None:
            return
        yield symbol
        if not may_be_empty[symbol]:
            return


def _refuse_left_recursion(rules: list[Rule], starts: list[list[int]]) -> list[int]:
    """Refuse a rule that begins with itself, and rules that begin with too many others.

    Returns:
        The rules, each after those that it may begin with.
    """
    steps: dict[int, int] = {}
    for number in range(len(rules)):
        _count_steps(number, rules, starts, steps)
    # llama.cpp looks through all of them from each rule, without remembering where it was.
    if sum(steps.values()) > _MOST_STEPS:
        raise _too_wide(rules[max(steps, key=lambda number: steps[number])])
    return list(steps)


def _refuse_many_empty(rules: list[Rule], ordered: list[int]) -> None:
    """Refuse what may be empty in too many ways, each of which llama.cpp goes at each character."""
    ways: dict[int, int] = {}
    for number in ordered:
        rule = rules[number]
        once = [prod(_empty_ways(symbols, ways)) for symbols in rule.alternatives]
        ways[number] = sum(once)
        for _ in range(rule.copies - 1):  # then they are a repeated part and nothing, in this order
            ways[number] = min(_MOST_EMPTY + 1, once[0] * ways[number] + 1)
    for rule in rules:
        for symbols in rule.alternatives:
            together = 1
            for symbol in symbols:
                together *= 0 if symbol is None else ways[symbol]
                if together > _MOST_EMPTY:
                    raise _too_wide(rule)
                together = together or 1


def _empty_ways(symbols: Iterable[Symbol], ways: dict[int, int]) -> Iterable[int]:
    for symbol in symbols:
        yield (found := 0 if symbol is None else ways[symbol])
        if not found:
            return


def _too_wide(rule: Rule) -> ShapeError:
    return ShapeError(
        tr("The rule “{name}” can begin in too many ways.", name=rule.name),
        rule.offset,
        kind="wide",
    )


def _count_steps(
    first: int, rules: list[Rule], starts: list[list[int]], steps: dict[int, int]
) -> None:
    """Note how many rules are met at the beginning of one, each as often as it is met."""
    path: list[tuple[int, int]] = [(first, 0)]
    entered = {first}
    while path:
        number, place = path.pop()
        if number in steps:
            entered.discard(number)
            continue
        if place < len(starts[number]):
            path.append((number, place + 1))
            child = starts[number][place]
            if child in entered:
                raise _begins_with_itself(rules[child])
            if child not in steps:
                path.append((child, 0))
                entered.add(child)
            continue
        below = sum(steps[child] for child in starts[number])
        steps[number] = min(_MOST_STEPS + 1, rules[number].copies * (1 + below))
        entered.discard(number)


def _begins_with_itself(rule: Rule) -> ShapeError:
    if not rule.is_named and rule.alternatives and not rule.alternatives[-1]:
        what = tr(
            "In “{name}”, something is repeated that may be empty; that never ends.", name=rule.name
        )
        return ShapeError(what, rule.offset, kind="empty")
    what = tr(
        "The rule “{name}” begins with itself; that never ends. Put something before it, "
        "or repeat with * instead.",
        name=rule.name,
    )
    return ShapeError(what, rule.offset, kind="endless")
