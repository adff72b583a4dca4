"""The rules of a grammar for JSON values that need no further rules: texts, numbers, literals."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

from studio.prompting.shapes.pattern_grammar import code_of

MOST_REPEATED = 1_000
_MOST_DIGITS = 15
_HEX = "[0-9a-fA-F]"
_DATE = '[0-9]{4} "-" ("0" [1-9] | "1" [0-2]) "-" ("0" [1-9] | [12] [0-9] | "3" [01])'
_CLOCK = '([01] [0-9] | "2" [0-3]) ":" [0-5] [0-9] ":" [0-5] [0-9] ("." [0-9]{1,6})?'
_ZONE = '("Z" | [+-] ([01] [0-9] | "2" [0-3]) ":" [0-5] [0-9])'
FORMATS = {
    "date": _DATE,
    "time": f"{_CLOCK} {_ZONE}",
    "date-time": f'{_DATE} "T" {_CLOCK} {_ZONE}',
    "uuid": f'{_HEX}{{8}} "-" {_HEX}{{4}} "-" {_HEX}{{4}} "-" {_HEX}{{4}} "-" {_HEX}{{12}}',
}
RULES = {
    "ws": '| " " | "\\n" [ \\t]{0,20}',
    # Without halves of surrogate pairs, which no text can hold.
    "char": '[^"\\\\\\x7F\\x00-\\x1F] | "\\\\" (["\\\\bfnrt] | "u" ([0-9a-cefA-CEF] [0-9a-fA-F]{3}'
    " | [dD] [0-7] [0-9a-fA-F]{2}))",
    "string": '"\\"" char* "\\""',
    "integer": '"-"? ("0" | [1-9] [0-9]{0,14})',
    "number": 'integer ("." [0-9]{1,15})? ([eE] [+-]? [0-9]{1,2})?',
    "boolean": '"true" | "false"',
    "null": '"null"',
    "array": '"[" ws (value (ws "," ws value)* ws)? "]"',
    "object": '"{" ws (string ws ":" ws value (ws "," ws string ws ":" ws value)* ws)? "}"',
    "value": "object | array | string | number | boolean | null",
}


def literal(value: Any) -> str:
    """Return a JSON value as it is to be written, as a literal of the grammar."""
    return quoted(json.dumps(value, ensure_ascii=False))


def quoted(text: str) -> str:
    """Return a text as a literal of the grammar."""
    return '"' + "".join(_literal_character(character) for character in text) + '"'


def times(item: str, least: int, most: int | None) -> str:
    """Return a repetition; ``most`` is ``None`` for any number."""
    return f"{item}{{{least},{'' if most is None else most}}}"


def whole_number(least: int | None, most: int | None) -> str | None:
    """Return the expression of whole numbers in bounds; ``None`` where that is not possible."""
    if least is None or least < 0 or (most is not None and most < least):
        return None
    if len(str(max(least, most or 0))) > _MOST_DIGITS:
        return None
    if most is None:
        if least == 0:
            return '("0" | [1-9] [0-9]{0,14})'
        longer = f"[1-9] [0-9]{{{len(str(least))},{_MOST_DIGITS - 1}}}"
        return f"({_of_length(least, 10 ** len(str(least)) - 1)} | {longer})"
    ways = []
    while least <= most:
        end = min(most, 10 ** len(str(least)) - 1)
        ways.append(_of_length(least, end))
        least = end + 1
    return f"({' | '.join(ways)})"


def bounds(schema: Mapping[str, Any]) -> tuple[int | None, int | None]:
    """Return the least and the greatest whole number that a schema allows."""
    least = [math.ceil(schema["minimum"])] if "minimum" in schema else []
    if "exclusiveMinimum" in schema:
        least.append(math.floor(schema["exclusiveMinimum"]) + 1)
    most = [math.floor(schema["maximum"])] if "maximum" in schema else []
    if "exclusiveMaximum" in schema:
        most.append(math.ceil(schema["exclusiveMaximum"]) - 1)
    return max(least, default=None), min(most, default=None)


def _of_length(least: int, most: int) -> str:
    """Return numbers between two of as many digits, both included."""
    return _digits(str(least), str(most))


def _digits(low: str, high: str) -> str:
    if not low:
        return ""
    rest = len(low) - 1
    if set(low[1:]) <= {"0"} and set(high[1:]) <= {"9"}:
        free = f" [0-9]{{{rest}}}" if rest else ""
        return f"[{low[0]}-{high[0]}]{free}"
    if low[0] == high[0]:
        return f'"{low[0]}" {_digits(low[1:], high[1:])}'
    ways = [f'"{low[0]}" ({_digits(low[1:], "9" * rest)})']
    if int(high[0]) - int(low[0]) > 1:
        between = f"[{int(low[0]) + 1}-{int(high[0]) - 1}]"
        ways.append(f"{between} [0-9]{{{rest}}}")
    ways.append(f'"{high[0]}" ({_digits("0" * rest, high[1:])})')
    return f"({' | '.join(ways)})"


def _literal_character(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    if character.isascii() and character.isprintable():
        return character
    return code_of(ord(character))
