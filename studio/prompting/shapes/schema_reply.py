"""Tells whether a finished reply fits its JSON schema, and if not, where and why.

Bounded in time whatever the schema: each step of the check looks at the clock, as do a pattern
and a comparison of items on their way through a long value. The end of a reply waits for it.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import jsonschema.validators
from jsonschema.exceptions import ValidationError, best_match
from jsonschema.protocols import Validator
from jsonschema.validators import Draft202012Validator, validator_for
from referencing import Registry
from referencing.exceptions import Unresolvable

from studio.prompting.shapes.deadline import Clock, Deadline, TooLongError
from studio.prompting.shapes.pattern_match import fits
from studio.prompting.shapes.places import pointer, refuse_constant
from studio.prompting.shapes.problem import ShapeError
from studio.prompting.shapes.schema_words import in_words
from studio.translation import tr

_MOST_S = 0.5
_MOST_SHOWN_PATH = 80
Keyword = Callable[[Any, Any, Any, Any], Iterator[ValidationError] | None]


_extend: Callable[..., Callable[..., Validator]] = jsonschema.validators.extend


def problem_of(reply: str, schema: str, clock: Clock = time.thread_time) -> str:
    """Return a sentence about the first place where a reply does not fit, or ``""``."""
    try:
        value = json.loads(reply, parse_constant=refuse_constant)
    except RecursionError:
        return tr("It is nested too deeply to be checked.")
    except ValueError:
        return tr("It is not complete JSON.") if reply.strip() else tr("It is empty.")
    return _problem(value, json.loads(schema), Deadline(_MOST_S, clock))


def _problem(value: Any, schema: Any, deadline: Deadline) -> str:
    kind = validator_for(schema, Draft202012Validator)
    checks: dict[str, Keyword] = {
        **kind.VALIDATORS,
        "pattern": _pattern(deadline),
        "uniqueItems": _unique(deadline),
    }
    if (more := checks.get("additionalItems")) is not None:
        checks["additionalItems"] = _behind_a_tuple(more)
    timed = {name: _timed(check, deadline) for name, check in checks.items()}
    known = {key: part for key, part in schema.items() if key not in ("$id", "id")}
    try:
        # The registry is empty and fetches nothing; the default one of jsonschema would.
        checker = _extend(kind, timed)(known, registry=Registry())
        found = best_match(checker.iter_errors(value))
    except TooLongError:
        return tr("It could not be checked in time: the schema takes too long.")
    except (RecursionError, OverflowError):
        return tr("It is too deeply nested, or has too large a number, to be checked.")
    except (Unresolvable, ShapeError) as error:
        return tr("It could not be checked: {problem}.", problem=str(error).rstrip("."))
    if found is None:
        return ""
    return tr(
        "At {place}: {problem}", place=_place(pointer(found.absolute_path)), problem=in_words(found)
    )


def _timed(check: Keyword, deadline: Deadline) -> Keyword:
    def timed(validator: Any, wanted: Any, value: Any, schema: Any) -> Iterator[ValidationError]:
        deadline.look()
        yield from check(validator, wanted, value, schema) or ()

    return timed


def _pattern(deadline: Deadline) -> Keyword:
    def check(validator: Any, wanted: Any, value: Any, _schema: Any) -> Iterator[ValidationError]:
        if validator.is_type(value, "string") and not fits(wanted, value, deadline):
            yield ValidationError("does not fit")

    return check


def _unique(deadline: Deadline) -> Keyword:
    def check(validator: Any, wanted: Any, value: Any, _schema: Any) -> Iterator[ValidationError]:
        if not wanted or not validator.is_type(value, "array"):
            return
        texts = set()
        for item in value:
            deadline.look()
            texts.add(json.dumps(_same(item), sort_keys=True))
        if len(texts) < len(value):
            yield ValidationError("not unique")

    return check


def _behind_a_tuple(check: Keyword) -> Keyword:
    """WORKAROUND: jsonschema counts items that are a boolean; see its _legacy_keywords.py."""

    def checked(validator: Any, wanted: Any, value: Any, schema: Any) -> Iterator[ValidationError]:
        if isinstance(schema.get("items"), list):
            yield from check(validator, wanted, value, schema) or ()

    return checked


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
