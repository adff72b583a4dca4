"""Tells whether a finished reply fits its JSON schema, and if not, where and why.

Bounded in time whatever the schema: each step of the check looks at the clock, patterns are
matched in one pass, and items are compared with others by what they are as text.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import jsonschema.validators
from jsonschema.exceptions import ValidationError, best_match
from jsonschema.protocols import Validator
from jsonschema.validators import Draft202012Validator, validator_for
from referencing import Registry
from referencing.exceptions import Unresolvable

from studio.prompting.shapes.pattern_match import fits
from studio.prompting.shapes.places import pointer
from studio.prompting.shapes.problem import ShapeError
from studio.prompting.shapes.schema_words import in_words
from studio.translation import tr

_MOST_S = 3.0
_MOST_SHOWN_PATH = 80
Keyword = Callable[[Any, Any, Any, Any], Iterator[ValidationError] | None]


_extend: Callable[..., Callable[..., Validator]] = jsonschema.validators.extend


class _TooLongError(Exception):
    """The check takes longer than anyone waits."""


def problem_of(reply: str, schema: str) -> str:
    """Return a sentence about the first place where a reply does not fit, or ``""``."""
    try:
        value = json.loads(reply)
    except RecursionError:
        return tr("It is nested too deeply to be checked.")
    except ValueError:
        return tr("It is not complete JSON.") if reply.strip() else tr("It is empty.")
    return _problem(value, json.loads(schema))


def _problem(value: Any, schema: Any) -> str:
    deadline = time.monotonic() + _MOST_S
    kind = validator_for(schema, Draft202012Validator)
    checks: dict[str, Keyword] = {**kind.VALIDATORS, "pattern": _pattern, "uniqueItems": _unique}
    timed = {name: _timed(check, deadline) for name, check in checks.items()}
    known = {key: part for key, part in schema.items() if key not in ("$id", "id")}
    try:
        # The registry is empty and fetches nothing; the default one of jsonschema would.
        checker = _extend(kind, timed)(known, registry=Registry())
        found = best_match(checker.iter_errors(value))
    except _TooLongError:
        return tr("It could not be checked in time: the schema takes too long.")
    except (RecursionError, OverflowError):
        return tr("It is too deeply nested, or has too large a number, to be checked.")
    except (Unresolvable, ShapeError) as error:
        return tr("It could not be checked: {problem}.", problem=error)
    if found is None:
        return ""
    return tr(
        "At {place}: {problem}", place=_place(pointer(found.absolute_path)), problem=in_words(found)
    )


def _timed(check: Keyword, deadline: float) -> Keyword:
    def timed(validator: Any, wanted: Any, value: Any, schema: Any) -> Iterator[ValidationError]:
        if time.monotonic() > deadline:
            raise _TooLongError
        yield from check(validator, wanted, value, schema) or ()

    return timed


def _pattern(
    validator: Any, wanted: str, value: Any, _schema: Mapping[str, Any]
) -> Iterator[ValidationError]:
    if validator.is_type(value, "string") and not fits(wanted, value):
        yield ValidationError("does not fit")


def _unique(
    validator: Any, wanted: bool, value: Any, _schema: Mapping[str, Any]
) -> Iterator[ValidationError]:
    if not wanted or not validator.is_type(value, "array"):
        return
    texts = [json.dumps(_same(item), sort_keys=True) for item in value]
    if len(set(texts)) < len(texts):
        yield ValidationError("not unique")


def _same(value: Any) -> Any:
    """Return a value in which 1.0 is written as 1, which are the same to JSON Schema."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {key: _same(each) for key, each in value.items()}
    return [_same(each) for each in value] if isinstance(value, list) else value


def _place(path: str) -> str:
    if not path:
        return tr("the outermost level")
    return path if len(path) <= _MOST_SHOWN_PATH else f"…{path[1 - _MOST_SHOWN_PATH :]}"
