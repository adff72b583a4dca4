"""Tells whether a reply can be held to a JSON schema, and with which grammar.

A schema must be JSON, a JSON Schema by its own meta-schema, refer to nothing outside of itself and
be such that a reply can come to its end. Nothing is ever fetched.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from studio.prompting.shapes.gbnf import check_grammar
from studio.prompting.shapes.meta_schema import check_by_meta_schema, is_read
from studio.prompting.shapes.places import Path, offset_of, read_json
from studio.prompting.shapes.problem import Checked, Problem, ShapeError, located, too_long
from studio.prompting.shapes.schema_grammar import SchemaGrammar
from studio.prompting.shapes.schema_parts import resolve
from studio.translation import mark, tr

_MOST_VALUES = 5_000
MOST_GRAMMAR = 2_000_000
_NAMED_PARTS = frozenset(
    {"properties", "$defs", "definitions"}
    | {"dependentSchemas", "dependentRequired", "dependencies"}
)
_DATA = frozenset({"const", "enum", "default", "examples"})
_REFUSED = {
    "patternProperties": mark("List the names under “properties”, or use “additionalProperties”."),
    "$dynamicRef": mark("Use “$ref” with a name under “$defs”."),
    "$recursiveRef": mark("Use “$ref” with a name under “$defs”."),
}


def check_schema(text: str) -> Checked:
    """Return what is wrong with a schema, or the grammar that holds a reply to it."""
    if (problem := too_long(text)) is not None:
        return Checked(problem)
    try:
        return _checked(read_json(text))
    except ShapeError as error:
        if error.offset < 0 and error.path:
            error.offset = offset_of(text, error.path)
        return Checked(located(error, text))
    except RecursionError:
        return Checked(Problem(tr("It is nested too deeply.")))


def keywords(schema: Any, path: Path = ()) -> Iterator[tuple[str, Any, Path]]:
    """Return each keyword of a schema and of its parts, with its value and its path."""
    todo: list[tuple[Any, Path]] = [(schema, path)]
    while todo:
        part, there = todo.pop()
        if isinstance(part, list):
            todo += [(each, (*there, index)) for index, each in enumerate(part)]
        if not isinstance(part, dict):
            continue
        for key, value in part.items():
            yield key, value, (*there, key)
            if key in _NAMED_PARTS and isinstance(value, dict):
                todo += [(each, (*there, key, name)) for name, each in value.items()]
            elif key not in _DATA:
                todo.append((value, (*there, key)))


def _checked(schema: Any) -> Checked:
    if not isinstance(schema, dict):
        raise ShapeError(_no_object(), 0)
    others = _refuse_what_is_not_known(schema)
    check_by_meta_schema(schema, schema, ())
    for path, part in others.items():
        check_by_meta_schema(schema, part, path)
    grammar = SchemaGrammar(schema)
    checked = check_grammar(grammar.text, MOST_GRAMMAR)
    if checked.problem is not None:
        _refuse(checked.problem, grammar.path_of(checked.problem.line))
    return Checked(notes=grammar.notes, grammar=grammar.text)


def _no_object() -> str:
    return tr(
        "A schema is a JSON object: it begins with {opening} and ends with {closing}.",
        opening="{",
        closing="}",
    )


def _refuse_what_is_not_known(schema: dict[str, Any]) -> dict[Path, Any]:
    """Refuse keywords that cannot be used.

    Returns:
        Where references lead that are no part of the schema by its own meta-schema, and what is
        there.
    """
    found: dict[Path, Any] = {}
    _refuse_keywords(schema, keywords(schema), found)
    _refuse_keywords(schema, _keywords_of(found), found)
    return found


def _keywords_of(parts: dict[Path, Any]) -> Iterator[tuple[str, Any, Path]]:
    """Return the keywords of parts, of which more may come while they are read."""
    read = 0
    while read < len(parts):
        path, part = next(islice(parts.items(), read, None))
        yield from keywords(part, path)
        read += 1


def _refuse_keywords(
    schema: dict[str, Any], found: Iterable[tuple[str, Any, Path]], others: dict[Path, Any]
) -> None:
    for count, (key, value, path) in enumerate(found):
        if count > _MOST_VALUES:
            raise ShapeError(tr("It has too many parts."))
        if key in _REFUSED:
            raise ShapeError(
                tr("“{key}” cannot be used here. {advice}", key=key, advice=tr(_REFUSED[key])),
                path=path,
            )
        if key == "$ref":
            target, there = resolve(schema, value, path)
            if not is_read(schema, there):
                others[there] = target
        if key == "$id" and len(path) > 1:
            raise ShapeError(tr("“$id” can only stand at the outermost level."), path=path)
        if key == "$schema" and (len(path) > 1 or not _is_known(value)):
            raise ShapeError(
                tr(
                    "This edition of JSON Schema is not known. Leave “$schema” out, or "
                    "name one from draft 4 to 2020-12 at the outermost level."
                ),
                path=path,
            )


def _is_known(edition: Any) -> bool:
    from jsonschema.validators import Draft3Validator, validator_for  # 0.1 s, for schemas only

    if not isinstance(edition, str):
        return False
    try:
        found = validator_for({"$schema": edition}, Draft3Validator)  # which is also too old
    except ValueError:  # no address at all, such as "http://[bad"
        return False
    return found is not Draft3Validator


def _refuse(problem: Problem, path: Path) -> None:
    """Say of a schema what is wrong with its grammar."""
    what = problem.what
    if problem.kind == "empty":
        what = tr("A pattern repeats something that may be empty. Leave out one of the two.")
    elif problem.kind == "endless":
        what = tr("A reply could never end: what stands here always needs itself again.")
    elif problem.kind == "wide":
        what = tr("There are too many ways to begin what stands here.")
    raise ShapeError(what, path=path)
