"""Says in plain words what jsonschema found wrong, in a schema or in a reply."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from jsonschema.exceptions import ValidationError

from studio.lists import any_of
from studio.prompting.shapes.editions import BOUNDS, whole
from studio.translation import mark, tr

_MOST_SHOWN = 40
_TYPES = {
    "object": mark("an object"),
    "array": mark("a list"),
    "string": mark("a text"),
    "integer": mark("a whole number"),
    "number": mark("a number"),
    "boolean": mark("true or false"),
    "null": "null",
}


def in_words(error: ValidationError) -> str:
    """Return a sentence about what does not fit."""
    kind, value, wanted = _kind(error), error.instance, whole(error.validator_value)
    if kind in _OTHERS:
        return _OTHERS[kind](value, wanted)
    if kind not in _SENTENCES:
        return tr("{value} does not fit “{key}”.", value=shown(value), key=kind)
    size = len(value) if isinstance(value, dict | list) else 0
    return tr(_SENTENCES[kind], value=shown(value), wanted=shown(wanted), limit=wanted, size=size)


def _kind(error: ValidationError) -> str:
    """Return the keyword that is not fitted; for a bound that a ``true`` tightens, that one."""
    kind = str(error.validator)
    tighter = dict(BOUNDS).get(kind, "")
    is_tight = isinstance(error.schema, dict) and error.schema.get(tighter) is True
    return tighter if is_tight else kind


def shown(value: Any) -> str:
    """Return a value as JSON, cut where it is long."""
    if isinstance(value, dict):
        return tr("an object") if value else tr("an empty object")
    if isinstance(value, list):
        return tr("a list") if value else tr("an empty list")
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _MOST_SHOWN else f"{text[: _MOST_SHOWN - 1]}…"


def _types(value: Any, wanted: Any) -> str:
    kinds = wanted if isinstance(wanted, list) else [wanted]
    names = any_of(tr(_TYPES[kind]) if kind in _TYPES else str(kind) for kind in kinds)
    return tr("{value} is not {kinds}.", value=shown(value), kinds=names)


def _choices(value: Any, wanted: Any) -> str:
    listed = ", ".join(shown(each) for each in wanted[:8])
    if len(wanted) > 8:
        listed = f"{listed}, …"
    return tr("{value} is none of {listed}.", value=shown(value), listed=listed)


def _missing(value: Any, wanted: Any) -> str:
    names = [name for name in wanted if name not in value]
    return tr("“{name}” is missing.", name=names[0]) if names else tr("Something is missing.")


_OTHERS: dict[str, Callable[[Any, Any], str]] = {
    "type": _types,
    "enum": _choices,
    "required": _missing,
}
_SENTENCES = {
    "const": mark("{value} is not {wanted}."),
    "minimum": mark("{value} is less than {limit:,}."),
    "maximum": mark("{value} is more than {limit:,}."),
    "exclusiveMinimum": mark("{value} is not more than {limit:,}."),
    "exclusiveMaximum": mark("{value} is not less than {limit:,}."),
    "multipleOf": mark("{value} is no multiple of {limit}."),
    "minLength": mark("{value} is shorter than {limit:,} characters."),
    "maxLength": mark("{value} is longer than {limit:,} characters."),
    "minItems": mark("The list has {size:,} of at least {limit:,} items."),
    "maxItems": mark("The list has {size:,} of at most {limit:,} items."),
    "minProperties": mark("It has {size:,} of at least {limit:,} entries."),
    "maxProperties": mark("It has {size:,} of at most {limit:,} entries."),
    "uniqueItems": mark("An item stands in the list twice."),
    "pattern": mark("{value} does not fit the pattern {wanted}."),
    "additionalProperties": mark("It has an entry that is not provided for."),
    "additionalItems": mark("It has an item that is not provided for."),
    "anyOf": mark("{value} fits none of what is allowed."),
    "oneOf": mark("{value} does not fit exactly one of what is allowed."),
    "not": mark("{value} is just what is not allowed."),
    "contains": mark("The list has no item of the kind that is asked for."),
}
