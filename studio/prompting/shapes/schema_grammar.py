"""Writes the GBNF grammar that holds a reply to a JSON schema.

What a grammar cannot express is noted; a finished reply is checked for it (`schema_reply`).
Objects have their properties in the order of the schema, and no others where it names some and
does not speak of ``additionalProperties``, as in llama.cpp's own conversion: a reply is then
shorter, and still fits. That conversion is not used itself, since it lives beside the inference
library, writes quotation marks and backslashes wrongly, and passes over what it does not know.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from studio.prompting.shapes.container_rules import elements, members
from studio.prompting.shapes.pattern_grammar import grammar_of
from studio.prompting.shapes.pattern_match import check_pattern
from studio.prompting.shapes.places import Path
from studio.prompting.shapes.problem import ShapeError
from studio.prompting.shapes.rule_book import RuleBook
from studio.prompting.shapes.schema_parts import Joiner, said
from studio.prompting.shapes.value_rules import (
    FORMATS,
    MOST_REPEATED,
    bounds,
    literal,
    times,
    whole_number,
)
from studio.translation import tr

_MOST_CHOICES = 500
_MOST_DEPTH = 64
_HINTS = {
    "object": ("properties", "required", "additionalProperties"),
    "array": ("items", "prefixItems"),
    "string": ("pattern", "minLength", "maxLength", "format"),
    "number": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
}
_BESIDE_CHOICES = (
    *(key for keys in _HINTS.values() for key in keys if key != "multipleOf"),
    *("minItems", "maxItems"),
)
_CHECKED_LATER = (
    *("not", "if", "then", "else", "contains", "minContains", "maxContains", "uniqueItems"),
    *("minProperties", "maxProperties", "propertyNames", "dependentRequired", "multipleOf"),
    *("dependentSchemas", "dependencies", "unevaluatedProperties", "unevaluatedItems"),
)


class SchemaGrammar:
    """The grammar of one schema.

    ``notes`` are sentences about what it does not hold a reply to.

    Raises:
        ShapeError: no reply can be held to the schema, with the path of the reason.
    """

    def __init__(self, schema: Any) -> None:
        self._joiner = Joiner(schema)
        self._book = RuleBook()
        self._of_references: dict[str, str] = {}
        self._depth = 0
        self._book.write("root", self._visit(schema, ()))

    @property
    def notes(self) -> tuple[str, ...]:
        """What the grammar does not hold a reply to."""
        return (*self._book.notes, *dict.fromkeys(self._joiner.notes))

    @property
    def text(self) -> str:
        """The grammar."""
        return self._book.text

    def path_of(self, line: int) -> Path:
        """Return which part of the schema a line of the grammar was written for."""
        return self._book.path_of(line)

    def _visit(self, schema: Any, path: Path) -> str:
        """Return the name of the rule of a part of the schema."""
        if isinstance(schema, dict) and set(said(schema)) == {"$ref"}:
            return self._referred(schema, path)
        self._enter(path)
        name = self._book.rule(path, self._expression(self._joiner.flat(schema, path), path))
        self._depth -= 1
        return name

    def _enter(self, path: Path) -> None:
        self._depth += 1
        if self._depth > _MOST_DEPTH:
            raise ShapeError(
                tr("It is nested more than {most} levels deep.", most=_MOST_DEPTH), path=path
            )

    def _referred(self, schema: Mapping[str, Any], path: Path) -> str:
        reference = str(schema["$ref"])
        if reference not in self._of_references:
            flat = self._joiner.flat(schema, path)
            name = self._of_references[reference] = self._book.new_name(path)
            self._enter(path)
            self._book.write(name, self._expression(flat, path))
            self._depth -= 1
        return self._of_references[reference]

    def _expression(self, schema: Any, path: Path) -> str:
        if schema is False:
            raise ShapeError(tr("No value at all is allowed here."), path=path)
        if schema is True:
            return self._book.builtin("value")
        several = next((key for key in ("anyOf", "oneOf") if key in schema), "")
        if several:
            return self._alternatives(schema, several, path)
        for key in filter(schema.__contains__, _CHECKED_LATER):
            self._book.checked_later(key, path)
        if "const" in schema or "enum" in schema:
            return self._chosen(schema, path)
        types = schema.get("type", _implied(schema))
        if not types:
            raise ShapeError(tr("Its parts contradict each other about “type”."), path=path)
        kinds = types if isinstance(types, list) else [types]
        rules = [self._book.rule(path, self._typed(schema, kind, path)) for kind in kinds]
        return " | ".join(dict.fromkeys(rules))

    def _typed(self, schema: Mapping[str, Any], kind: str, path: Path) -> str:
        if kind == "object":
            return self._object(schema, path)
        if kind == "array":
            return self._array(schema, path)
        if kind == "string":
            return self._string(schema, path)
        if kind in ("integer", "number"):
            return self._number(schema, kind, path)
        return self._book.builtin(kind)

    def _alternatives(self, schema: Mapping[str, Any], key: str, path: Path) -> str:
        base = {name: value for name, value in schema.items() if name != key}
        if key == "oneOf":
            self._book.checked_later(key, path)
        ways = []
        for index, part in enumerate(schema[key]):
            if part is False:
                continue
            there = (*path, key, index)
            ways.append(self._visit({**base, "allOf": [part]} if said(base) else part, there))
        self._check_choices(ways, key, path)
        return " | ".join(dict.fromkeys(ways))

    def _chosen(self, schema: Mapping[str, Any], path: Path) -> str:
        """Return values that are written as they stand; what else they must be is checked later."""
        key, others = ("const", ("enum",)) if "const" in schema else ("enum", ())
        for other in filter(schema.__contains__, (*others, *_BESIDE_CHOICES)):
            self._book.checked_later(other, path)
        types = schema.get("type")
        wanted = types if isinstance(types, list) else [types] if types else None
        given = [schema["const"]] if key == "const" else schema["enum"]
        ways = [v for v in given if wanted is None or any(_is(v, t) for t in wanted)]
        self._check_choices(ways, key, path)
        return " | ".join(literal(value) for value in ways)

    def _check_choices(self, ways: list[Any], key: str, path: Path) -> None:
        if not ways:
            raise ShapeError(tr("No value at all is allowed here."), path=(*path, key))
        if len(ways) > _MOST_CHOICES:
            raise _too_many_choices(len(ways), (*path, key))

    def _object(self, schema: Mapping[str, Any], path: Path) -> str:
        properties = schema.get("properties", {})
        extra = schema.get("additionalProperties", not properties)
        required = list(dict.fromkeys(schema.get("required", ())))
        known = {**properties, **{name: extra for name in required if name not in properties}}
        if not known and extra is True:
            return self._book.builtin("object")
        pairs = [
            (self._pair(name, part, (*path, "properties", name)), name in required)
            for name, part in known.items()
            if name in required or part is not False
        ]
        more = "" if extra is False else self._pair("", extra, (*path, "additionalProperties"))
        return members(self._book, pairs, more, path)

    def _pair(self, name: str, schema: Any, path: Path) -> str:
        key = literal(name) if path[-1] != "additionalProperties" else self._book.builtin("string")
        value = self._visit(schema, path)
        return self._book.rule(path, f'{key} {self._book.builtin("ws")} ":" ws {value}')

    def _array(self, schema: Mapping[str, Any], path: Path) -> str:
        items = schema.get("items", True)
        tuple_key = "prefixItems" if "prefixItems" in schema else "items"
        leading = schema.get("prefixItems", items if isinstance(items, list) else [])
        if isinstance(items, list):
            items = schema.get("additionalItems", True)
        least, most = schema.get("minItems", 0), schema.get("maxItems")
        fixed = [self._visit(part, (*path, tuple_key, index)) for index, part in enumerate(leading)]
        if most is not None:
            fixed = fixed[:most]
            most -= len(fixed)
        least = max(0, least - len(fixed))
        if items is False or (leading and "items" not in schema and not least):
            most = 0
        item = self._visit(items, (*path, "items")) if most != 0 else ""
        limit = self._most(most, "maxItems", path)
        return elements(self._book, fixed, item, least, limit, path)

    def _string(self, schema: Mapping[str, Any], path: Path) -> str:
        self._book.builtin("char")
        form = re.sub(r"^uuid\d$", "uuid", schema.get("format", ""))
        limits = [key for key in ("minLength", "maxLength") if key in schema]
        if "pattern" in schema or form in FORMATS:
            for key in limits:
                self._book.checked_later(key, path)
            given = "pattern" in schema
            inner = self._pattern(schema["pattern"], path) if given else FORMATS[form]
            return f'"\\"" {inner} "\\""'
        if form:
            self._book.note(
                tr("The format “{form}” is neither held to nor checked", form=form), path
            )
        if not limits:
            return self._book.builtin("string")
        least, most = schema.get("minLength", 0), schema.get("maxLength")
        if least > MOST_REPEATED or (most is not None and most < least):
            raise ShapeError(tr("No text can be as long as this asks for."), path=path)
        return f'"\\"" {times("char", least, self._most(most, "maxLength", path))} "\\""'

    def _pattern(self, pattern: str, path: Path) -> str:
        try:
            return grammar_of(check_pattern(pattern))
        except ShapeError as error:
            raise ShapeError(error.what, path=(*path, "pattern")) from error

    def _number(self, schema: Mapping[str, Any], kind: str, path: Path) -> str:
        keys = [k for k in _HINTS["number"] if k in schema and k != "multipleOf"]
        least, most = bounds(schema)
        if least is not None and most is not None and most < least:
            raise ShapeError(tr("No whole number lies between these bounds."), path=path)
        written = whole_number(least, most) if kind == "integer" and keys else None
        if written is not None:
            return written
        for key in keys:
            self._book.checked_later(key, path)
        return self._book.builtin(kind)

    def _most(self, most: int | None, key: str, path: Path) -> int | None:
        if most is None or most <= MOST_REPEATED:
            return most
        self._book.checked_later(key, path)
        return None


def _too_many_choices(count: int, path: Path) -> ShapeError:
    what = tr(
        "These are {count:,} choices; a reply can be held to at most {most}.",
        count=count,
        most=_MOST_CHOICES,
    )
    return ShapeError(what, path=path)


def _implied(schema: Mapping[str, Any]) -> str:
    """Return the type of a schema that names none: what its other keys are about."""
    return next(
        (kind for kind, keys in _HINTS.items() if any(key in schema for key in keys)), "value"
    )


def _is(value: Any, kind: str) -> bool:
    if kind == "integer":
        is_whole = isinstance(value, float) and value.is_integer()
        return (isinstance(value, int) and not isinstance(value, bool)) or is_whole
    if kind == "number":
        return isinstance(value, int | float) and not isinstance(value, bool)
    kinds = {"string": str, "boolean": bool, "object": dict, "array": list, "null": type(None)}
    return isinstance(value, kinds[kind])
