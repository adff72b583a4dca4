"""Checks a schema, or what a reference in it leads to, by the meta-schema of its edition."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from studio.prompting.shapes.places import Path
from studio.prompting.shapes.problem import ShapeError
from studio.translation import tr

_BY_NAME = frozenset({"properties", "definitions"})
_OWN = frozenset({"items", "additionalProperties", "not"})
_IN_A_LIST = frozenset({"anyOf", "oneOf", "allOf"})


def check_by_meta_schema(root: dict[str, Any], part: Any, path: Path) -> None:
    """Refuse a part of a schema that is none itself.

    Raises:
        ShapeError: with the place of the reason.
    """
    from jsonschema.exceptions import best_match  # 0.1 s, for schemas only
    from jsonschema.validators import Draft202012Validator, validator_for

    edition = validator_for(root, Draft202012Validator)
    found = best_match(edition(edition.META_SCHEMA).iter_errors(part))
    if found is None:
        return
    from studio.prompting.shapes.schema_words import in_words

    if tuple(found.path)[-1:] == ("type",):
        what = tr("“type” is one of object, array, string, integer, number, boolean and null.")
    else:
        what = in_words(found)
    raise ShapeError(
        tr("This is not a JSON schema. {problem}", problem=what), path=(*path, *found.path)
    )


def is_read(root: dict[str, Any], path: Path) -> bool:
    """Tell whether a check of the whole schema also is one of what stands at a path."""
    from jsonschema.validators import Draft201909Validator, Draft202012Validator, validator_for

    newer = (Draft201909Validator, Draft202012Validator)
    by_name = _BY_NAME | ({"$defs"} if validator_for(root, newer[1]) in newer else set())
    steps: Iterator[str | int] = iter(path)
    for step in steps:
        if step in by_name or step in _IN_A_LIST:
            if next(steps, None) is None:
                return False
        elif step not in _OWN:
            return False
    return True
