"""The expressions of objects and lists in a grammar, with commas where they belong."""

from __future__ import annotations

from collections.abc import Sequence

from studio.prompting.shapes.places import Path
from studio.prompting.shapes.problem import ShapeError
from studio.prompting.shapes.rule_book import RuleBook
from studio.prompting.shapes.value_rules import MOST_REPEATED, times
from studio.translation import tr

_NOTHING = '""'


def members(book: RuleBook, pairs: Sequence[tuple[str, bool]], more: str, path: Path) -> str:
    """Return an object whose members come in this order.

    It is put together from the last member on: what may follow where none stands before, and
    where one does.

    Args:
        pairs: the rule of each member, and whether it must be there.
        more: the rule of any other member; empty for none.
    """
    ws = book.builtin("ws")
    first = f'({more} (ws "," ws {more})* ws)?' if more else ""
    after = f'(ws "," ws {more})* ws' if more else "ws"
    for pair, is_required in reversed(pairs):
        rest = book.rule(path, after)
        following = f'ws "," ws {pair} {rest}'
        if is_required:
            first, after = f"{pair} {rest}", following
        else:
            without = book.rule(path, first or _NOTHING)
            first = f"{pair} {rest} | {without}"
            after = f"{following} | {rest}"
    return f'"{{" {ws} ({first}) "}}"'


def elements(
    book: RuleBook, fixed: Sequence[str], item: str, least: int, most: int | None, path: Path
) -> str:
    """Return a list of some fixed items and, after them, so many of another kind.

    Raises:
        ShapeError: no list can be like that.
    """
    ws = book.builtin("ws")
    if least > MOST_REPEATED or (most is not None and least > most):
        raise ShapeError(tr("No list can be as long as this asks for."), path=path)
    start = ' ws "," ws '.join(fixed)
    if not item:
        return f'"[" {ws} {start} {ws} "]"' if fixed else f'"[" {ws} "]"'
    one_more = f'(ws "," ws {item})'
    if fixed:
        return f'"[" {ws} {start} {times(one_more, least, most)} ws "]"'
    fewer = None if most is None else most - 1
    inner = f"{item} {times(one_more, max(0, least - 1), fewer)} ws"
    return f'"[" {ws} {inner} "]"' if least else f'"[" {ws} ({inner})? "]"'
