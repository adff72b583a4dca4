"""Reads the keywords of a schema as its edition of JSON Schema means them, in the newest one's way.

Draft 4 tightens ``minimum`` and ``maximum`` by a ``true`` beside them, where later editions have
bounds of their own. Whole numbers may be written as ``2.0`` since draft 6. What an edition does not
know, it passes over.
"""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]
_NUMBERS = frozenset(
    {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"}
    | {"minLength", "maxLength", "minItems", "maxItems"}
)
BOUNDS = (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum"))


class Edition:
    """The edition of JSON Schema that a schema names; the newest where it names none."""

    def __init__(self, root: Schema) -> None:
        from jsonschema.validators import Draft202012Validator, validator_for  # 0.1 s, when needed

        known = validator_for(root, Draft202012Validator).VALIDATORS
        bounds = {key for pair in BOUNDS for key in pair}
        self._unknown = Draft202012Validator.VALIDATORS.keys() - known.keys() - bounds

    def passed_over(self, schema: Schema) -> list[str]:
        """Return the keywords of one part of the schema that its edition does not know."""
        return [key for key in schema if key in self._unknown]

    def plain(self, schema: Schema) -> Schema:
        """Return one part of the schema, itself and not the parts in it, in the newest way."""
        found = {
            key: whole(value) if key in _NUMBERS else value
            for key, value in schema.items()
            if key not in self._unknown
        }
        for key, exclusive in BOUNDS:
            if isinstance(found.get(exclusive), bool) and found.pop(exclusive) and key in found:
                found[exclusive] = found.pop(key)
        return found


def whole(value: Any) -> Any:
    """Return 2.0 as 2, which are the same to JSON Schema, and any other value as it is."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
