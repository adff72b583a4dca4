"""Reads JSON, and finds where in its text a value stands."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator
from typing import Any

from studio.prompting.shapes.problem import ShapeError
from studio.translation import mark, tr

_BLANKS = " \t\r\n"
_MOST_DEPTH = 200
HALF = re.compile("[\ud800-\udfff]")
Path = tuple[str | int, ...]


def read_json(text: str) -> Any:
    """Return what a JSON text says.

    Raises:
        ShapeError: it is not JSON, with the place.
    """
    try:
        value = json.loads(text, parse_constant=refuse_constant)
    except json.JSONDecodeError as error:
        raise ShapeError(
            tr("This is not JSON: {problem}.", problem=_in_words(error)), error.pos
        ) from error
    except RecursionError as error:
        raise ShapeError(tr("It is nested too deeply.")) from error
    except ValueError as error:  # a number of thousands of digits, or NaN
        raise ShapeError(tr("This is not JSON: {problem}.", problem=error)) from error
    if depth_exceeds(value, _MOST_DEPTH):
        raise ShapeError(
            tr("It is nested too deeply; at most {most} levels can be used.", most=_MOST_DEPTH)
        )
    if (path := _path_of_infinity(value)) is not None:
        raise ShapeError(tr("This number is too large to be used."), offset_of(text, path), path)
    if (path := _path_of_half(value)) is not None:
        raise ShapeError(half_a_character(), offset_of(text, path), path)
    return value


def depth_exceeds(value: Any, most: int) -> bool:
    """Tell whether values stand inside one another more than ``most`` levels deep."""
    level = [value]
    for _ in range(most):
        level = [child for each in level for child in _children(each)]
        if not level:
            return False
    return True


def offset_of(text: str, path: Path) -> int:
    """Return where in a JSON text the value at a path begins; of its key, where it has one."""
    decoder = json.JSONDecoder()
    at = key_at = _after_blanks(text, 0)
    for step in path:
        found = _entry(text, at, step, decoder)
        if found is None:
            break
        key_at, at = found
    return key_at


def pointer(path: Iterable[str | int]) -> str:
    """Return a path as a JSON pointer, such as ``/people/0/name``."""
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in path)


def refuse_constant(name: str) -> None:
    """Refuse ``NaN`` and ``Infinity``, which Python reads and JSON does not know.

    Raises:
        ValueError: always.
    """
    raise ValueError(f"{name} is no number there")


def half_a_character() -> str:
    """Return what is said of a surrogate that stands alone."""
    return tr(
        "There is half of a character here (a surrogate without its pair); no text can hold it."
    )


def _path_of_infinity(value: Any) -> Path | None:
    """Return where a number stands that is too large to be one, as 1e999 is."""
    return next(
        (
            path
            for part, path in _parts(value)
            if isinstance(part, float) and not math.isfinite(part)
        ),
        None,
    )


def _path_of_half(value: Any) -> Path | None:
    """Return where a text or a name stands that no file can hold."""
    for part, path in _parts(value):
        texts = part if isinstance(part, dict) else [part] if isinstance(part, str) else []
        if any(HALF.search(text) for text in texts):
            return path
    return None


def _parts(value: Any) -> Iterator[tuple[Any, Path]]:
    """Return a value and all that is in it, each with its path."""
    todo: list[tuple[Any, Path]] = [(value, ())]
    while todo:
        part, path = todo.pop()
        yield part, path
        if isinstance(part, dict):
            todo += [(each, (*path, key)) for key, each in part.items()]
        elif isinstance(part, list):
            todo += [(each, (*path, index)) for index, each in enumerate(part)]


def _children(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _entry(
    text: str, at: int, step: str | int, decoder: json.JSONDecoder
) -> tuple[int, int] | None:
    """Return where an entry of the object or array at ``at`` begins: its key and its value."""
    is_object = text[at : at + 1] == "{"
    if not is_object and text[at : at + 1] != "[":
        return None
    found = None
    index = 0
    at = _after_blanks(text, at + 1)
    while text[at : at + 1] not in ("]", "}", ""):
        key_at, key = at, index
        if is_object:
            name, at = decoder.raw_decode(text, at)
            at = _after_blanks(text, _after_blanks(text, at) + 1)
            if name == step:
                found = key_at, at
        elif key == step:
            found = key_at, at
        _, at = decoder.raw_decode(text, at)
        at = _after_blanks(text, at)
        if text[at : at + 1] == ",":
            at = _after_blanks(text, at + 1)
        index += 1
    return found


def _after_blanks(text: str, at: int) -> int:
    while at < len(text) and text[at] in _BLANKS:
        at += 1
    return at


def _in_words(error: json.JSONDecodeError) -> str:
    found = error.doc[error.pos : error.pos + 1]
    known = {
        "Expecting property name enclosed in double quotes": mark(
            "a name in double quotes belongs here"
        ),
        "Expecting ',' delimiter": mark("a comma or the closing bracket is missing here"),
        "Expecting ':' delimiter": mark("a colon is missing here"),
        "Extra data": mark("something stands after its end"),
        "Illegal trailing comma before end of object": mark(
            "a comma stands before the closing bracket"
        ),
        "Illegal trailing comma before end of array": mark(
            "a comma stands before the closing bracket"
        ),
    }
    if error.msg.startswith("Unterminated string"):
        return tr("the quotation mark that ends this text is missing")
    if error.msg in known:
        return tr(known[error.msg])
    if error.msg == "Expecting value":
        return (
            tr("“{found}” cannot stand here", found=found)
            if found.strip()
            else tr("a value is missing here")
        )
    return error.msg[:1].lower() + error.msg[1:]
