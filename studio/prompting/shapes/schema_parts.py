"""Follows the references of a schema and puts the parts together that hold at one place."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote

from studio.prompting.shapes.editions import Edition, Schema
from studio.prompting.shapes.places import Path
from studio.prompting.shapes.problem import ShapeError
from studio.translation import tr

_MOST_JOINED = 5_000
_NUMBER = re.compile("[0-9]{1,9}")
_ABOUT = frozenset(
    {"title", "description", "default", "examples", "$comment", "$schema", "$defs", "definitions"}
    | {"deprecated", "readOnly", "writeOnly", "$id", "$anchor", "contentEncoding"}
    | {"contentMediaType", "$vocabulary"}
)


def said(schema: Schema) -> Schema:
    """Return what a schema demands, without what only tells about it."""
    return {key: value for key, value in schema.items() if key not in _ABOUT}


def resolve(root: Any, reference: Any, path: Path) -> tuple[Any, Path]:
    """Return what a reference leads to, and its path.

    Raises:
        ShapeError: it leads out of the schema, or to nothing in it.
    """
    if not isinstance(reference, str) or not (reference == "#" or reference.startswith("#/")):
        raise ShapeError(
            tr(
                "“{reference}” leads out of this schema, and nothing is fetched. Copy "
                "what it names under “$defs” and refer to it as “#/$defs/name”.",
                reference=str(reference)[:60],
            ),
            path=path,
        )
    target = root
    found: list[str | int] = []
    for step in unquote(reference[2:]).split("/") if reference != "#" else ():
        name: Any = step.replace("~1", "/").replace("~0", "~")
        if isinstance(target, list) and _NUMBER.fullmatch(name):
            name = int(name)
        try:
            target = target[name]
        except (KeyError, IndexError, TypeError) as error:
            raise ShapeError(
                tr("“{reference}” leads to nothing in this schema.", reference=reference), path=path
            ) from error
        found.append(name)
    return target, tuple(found)


class Joiner:
    """Puts a schema, its reference and its ``allOf`` together into one.

    Notes what cannot be put together: the first part is then held to.
    """

    def __init__(self, root: Any) -> None:
        self._root = root
        self._edition = Edition(root)
        self._joined = 0
        self.notes: list[str] = []

    def flat(self, schema: Any, path: Path, following: tuple[str, ...] = ()) -> Any:
        """Return a schema with everything that holds at its place in one object.

        Raises:
            ShapeError: it refers to itself and nothing else, or out of the schema.
        """
        self._joined += 1
        if self._joined > _MOST_JOINED:
            raise ShapeError(tr("Its references and “allOf” lead to too many parts."), path=path)
        if not isinstance(schema, dict):
            return schema
        schema = self._plain(schema)
        if not ("$ref" in schema or "allOf" in schema):
            return schema
        whole: Any = {k: v for k, v in said(schema).items() if k not in ("$ref", "allOf")}
        if "$ref" in schema:
            reference = str(schema["$ref"])
            if reference in following:
                raise ShapeError(
                    tr("“{reference}” refers only to itself.", reference=reference),
                    path=(*path, "$ref"),
                )
            target, there = resolve(self._root, schema["$ref"], (*path, "$ref"))
            whole = self._both(whole, self.flat(target, there, (*following, reference)))
        for index, part in enumerate(schema.get("allOf", ())):
            whole = self._both(whole, self.flat(part, (*path, "allOf", index), following))
        return whole

    def _plain(self, schema: Schema) -> Schema:
        self.notes += [
            tr("“{key}” is passed over: this edition of JSON Schema does not know it.", key=key)
            for key in self._edition.passed_over(schema)
        ]
        return self._edition.plain(schema)

    def _both(self, one: Any, other: Any) -> Any:
        if isinstance(one, bool) or isinstance(other, bool):
            if one is False or other is False:
                return False
            return other if one is True else one
        whole = dict(one)
        for key, value in said(other).items():
            whole[key] = self._value(key, whole[key], value) if key in whole else value
        return whole

    def _value(self, key: str, one: Any, other: Any) -> Any:
        if one == other:
            return one
        if key == "properties":
            return one | {
                name: {"allOf": [one[name], schema]} if name in one else schema
                for name, schema in other.items()
            }
        if key == "required":
            return [*one, *(name for name in other if name not in one)]
        if key in _TIGHTEN:
            return _TIGHTEN[key](one, other)
        if key in ("type", "enum"):
            return _common(one, other)
        if key in ("items", "additionalProperties"):
            return {"allOf": [one, other]}
        self.notes.append(
            tr("Of several “{key}” for one place, only the first is held to.", key=key)
        )
        return one


_TIGHTEN = {
    **dict.fromkeys(("minimum", "exclusiveMinimum", "minLength", "minItems"), max),
    **dict.fromkeys(("maximum", "exclusiveMaximum", "maxLength", "maxItems"), min),
}


def _common(one: Any, other: Any) -> list[Any]:
    first = one if isinstance(one, list) else [one]
    second = other if isinstance(other, list) else [other]
    return [value for value in first if value in second]
