"""What is said of JSON schemas, and the grammars that are made of them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.any_shape import schemas

from studio.prompting.shapes.gbnf import check_grammar
from studio.prompting.shapes.schema import check_schema
from studio.prompting.shapes.schema_reply import problem_of
from studio.ui.chat.shape.words import EXAMPLES

LIST = {
    "$ref": "#/$defs/node",
    "$defs": {
        "node": {
            "type": "object",
            "properties": {
                "v": {"type": "integer"},
                "next": {"anyOf": [{"$ref": "#/$defs/node"}, {"type": "null"}]},
            },
            "required": ["v", "next"],
        }
    },
}
GOOD: dict[str, Any] = {
    "anything": {},
    "object": {"type": "object"},
    "properties": {"properties": {"a": {"type": "string"}, "b": True}, "required": ["b"]},
    "only optional": {"properties": {"a": {"type": "null"}, "b": {"type": "boolean"}}},
    "other entries": {"type": "object", "additionalProperties": {"type": "integer"}},
    "required but not named": {"type": "object", "required": ["x"]},
    "signs in names": {
        "properties": {'a"b\\c': {"const": 'd"\\\n'}, "ü": {"enum": ["é", 1, None]}}
    },
    "list": {"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 4},
    "tuple": {"prefixItems": [{"type": "string"}, {"type": "integer"}], "items": False},
    "old tuple": {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "items": [{"type": "string"}, {"type": "integer"}],
    },
    "types": {"type": ["string", "null"]},
    "bounds": {"type": "integer", "minimum": 17, "exclusiveMaximum": 2345},
    "text": {"type": "string", "minLength": 1, "maxLength": 20},
    "pattern": {"type": "string", "pattern": "^[A-Z]{2}-\\d{3}$"},
    "date": {"type": "string", "format": "date"},
    "recursive": LIST,
    "part of another kind": {"$ref": "#/components/A", "components": {"A": {"type": "null"}}},
    "dependency on a name": {"dependencies": {"$ref": ["a"]}},
    "all of": {
        "allOf": [
            {"properties": {"a": {"type": "string"}}, "required": ["a"]},
            {"$ref": "#/$defs/more"},
        ],
        "$defs": {"more": {"properties": {"b": {"type": "number"}}}},
    },
    "one of with properties": {
        "properties": {"kind": {"type": "string"}},
        "oneOf": [{"properties": {"a": {}}, "required": ["a"]}, {"properties": {"b": {}}}],
    },
}
BAD: dict[str, tuple[str, str, int]] = {
    "no json": ('{"type": "string",}', "This is not JSON: a name in double quotes", 1),
    "half": ('{\n"type": "str', "quotation mark that ends this text", 2),
    "two": ("{} {}", "after its end", 1),
    "no number": ('{"maximum": NaN}', "NaN", 0),
    "digits": ('{"maximum": ' + "9" * 5_000 + "}", "This is not JSON", 0),
    "no object": ("[1]", "begins with {", 1),
    "true": ("true", "begins with {", 1),
    "unknown type": ('{\n"type": "text"}', "“type” is one of object", 2),
    "wrong value": ('{\n"required": "a"}', "is not a list", 2),
    "deep": ("[" * 100_000, "nested too deeply", 0),
    "remote": ('{\n"$ref": "https://example.org/a.json"}', "nothing is fetched", 2),
    "remote, unused": ('{"$defs": {\n"a": {"$ref": "file:///etc/passwd"}}}', "is fetched", 2),
    "nowhere": ('{\n"$ref": "#/$defs/gone"}', "leads to nothing", 2),
    "itself": ('{\n"$ref": "#"}', "refers only to itself", 2),
    "to no number": ('{\n"$ref": "#/anyOf/²", "anyOf": [true]}', "leads to nothing", 2),
    "to what is no schema": ('{"$ref": "#/default",\n"default": 5}', "5 is not an object", 2),
    "to a bad schema": ('{"$ref": "#/x", "x": {\n"type": 5}}', "“type” is one of", 2),
    "on to a bad one": (
        '{"$ref": "#/x", "x": {"default": {"$ref": "#/default"}, "$ref": "#/x/default"},\n'
        '"default": {"type": 5}}',
        "“type” is one of",
        2,
    ),
    "long chain": (
        json.dumps(
            {
                "$ref": "#/$defs/0",
                "$defs": {str(n): {"$ref": f"#/$defs/{n + 1}"} for n in range(2_000)},
            }
        ).replace('"#/$defs/2000"', '"#/$defs/1999"'),
        "nested too deeply",
        0,
    ),
    "nested up to the stack": ('{"not":' * 190 + "{}" + "}" * 190, "nested too deeply", 0),
    "no edition's": (
        '{"$schema": "http://json-schema.org/draft-07/schema#",\n'
        '"$defs": {"a": {"type": 5}}, "$ref": "#/$defs/a"}',
        "“type” is one of",
        2,
    ),
    "half a character": ('{\n"const": "\\ud83d"}', "half of a character", 2),
    "half a name": ('{"properties":\n{"\\ud83d": {}}}', "half of a character", 1),
    "const of another type": ('{\n"const": 1, "type": "string"}', "No value at all", 2),
    "in turns": (
        '{"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}}',
        "refers only to itself",
        1,
    ),
    "never ends": (
        '{"type": "object", "properties": {"a": {"$ref": "#"}}, "required": ["a"]}',
        "never end",
        1,
    ),
    "nothing fits": ('{"properties": {\n"a": false}, "required": ["a"]}', "No value at all", 2),
    "no number between": ('{"type": "integer", "minimum": 3, "maximum": 2}', "between", 0),
    "list too long": ('{"type": "array", "minItems": 2000}', "as long as this", 0),
    "many choices": (json.dumps({"enum": list(range(600))}), "at most 500", 1),
    "names by pattern": ('{\n"patternProperties": {"a": {}}}', "cannot be used here", 2),
    "pattern that looks ahead": ('{"type": "string",\n"pattern": "(?=a)b"}', "begins with “?”", 2),
    "pattern of nothing": ('{"type": "string", "pattern": "^(a?)*$"}', "may be empty", 0),
    "unknown edition": ('{\n"$schema": "https://example.org/own"}', "not known", 2),
    "edition as a number": ('{\n"$schema": 5}', "not known", 2),
    "edition as a list": ('{\n"$schema": []}', "not known", 2),
    "edition of no address": ('{\n"$schema": "http://[bad"}', "not known", 2),
    "endless number": ('{\n"maximum": 1e999}', "too large", 2),
    "endless number below": ('{"type": "integer",\n"minimum": -1e999}', "too large", 2),
    "endless number within": ('{"enum": [1,\n{"a": 1e999}]}', "too large", 2),
    "too long": ('{"description": "' + "a" * 100_000 + '"}', "characters", 0),
}


@pytest.mark.parametrize("schema", GOOD.values(), ids=GOOD)
def test_a_schema_becomes_a_grammar_that_can_be_used(schema: Any) -> None:
    checked = check_schema(json.dumps(schema))
    assert checked.problem is None
    assert check_grammar(checked.grammar).problem is None


@pytest.mark.parametrize(("text", "words", "line"), BAD.values(), ids=BAD)
def test_a_bad_schema_is_told_with_its_place(text: str, words: str, line: int) -> None:
    problem = check_schema(text).problem
    assert problem is not None
    assert words in problem.what
    assert problem.line == line


def test_what_is_not_held_to_is_said() -> None:
    schema = {
        "type": "object",
        "properties": {
            "mail": {"type": "string", "format": "email"},
            "share": {"type": "number", "minimum": 0},
            "tags": {"type": "array", "uniqueItems": True, "maxItems": 5_000},
        },
    }
    notes = " ".join(check_schema(json.dumps(schema)).notes)
    for words in ("“email” is neither held to nor checked (/properties/mail)", "“minimum” is not"):
        assert words in notes
    assert "“uniqueItems” is not held to" in notes


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"type": "array", "maxItems": 2.0}, {"type": "array", "maxItems": 2}),
        ({"type": "array", "minItems": 1.0}, {"type": "array", "minItems": 1}),
        ({"prefixItems": [{}, {}], "maxItems": 1.0}, {"prefixItems": [{}, {}], "maxItems": 1}),
        ({"type": "string", "maxLength": 5.0}, {"type": "string", "maxLength": 5}),
        ({"type": "string", "minLength": 1e0}, {"type": "string", "minLength": 1}),
        (
            {"type": "integer", "minimum": 2.0, "exclusiveMaximum": 5.0},
            {"type": "integer", "minimum": 2, "exclusiveMaximum": 5},
        ),
    ],
)
def test_whole_numbers_may_be_written_with_a_point(one: Any, other: Any) -> None:
    checked = check_schema(json.dumps(one))
    assert checked.problem is None
    assert checked.grammar == check_schema(json.dumps(other)).grammar


DRAFT_4 = {"$schema": "http://json-schema.org/draft-04/schema#"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"exclusiveMaximum": True}, {"minimum": 3, "exclusiveMaximum": 7}),
        ({"exclusiveMaximum": False}, {"minimum": 3, "maximum": 7}),
        ({"exclusiveMinimum": True}, {"exclusiveMinimum": 3, "maximum": 7}),
        ({"exclusiveMinimum": False}, {"minimum": 3, "maximum": 7}),
    ],
)
def test_draft_4_tightens_bounds_in_the_grammar(old: Any, new: Any) -> None:
    bounds = {"type": "integer", "minimum": 3, "maximum": 7}
    checked = check_schema(json.dumps(DRAFT_4 | bounds | old))
    assert checked.problem is None
    assert checked.grammar == check_schema(json.dumps({"type": "integer"} | new)).grammar


def test_draft_4_tightens_bounds_also_where_parts_are_put_together() -> None:
    parts = [{"maximum": 5, "exclusiveMaximum": True}, {"$ref": "#/definitions/most"}]
    most = {"definitions": {"most": {"minimum": 1, "maximum": 9, "exclusiveMaximum": True}}}
    checked = check_schema(json.dumps(DRAFT_4 | {"type": "integer", "allOf": parts} | most))
    wanted = {"type": "integer", "minimum": 1, "maximum": 4}
    assert checked.grammar == check_schema(json.dumps(wanted)).grammar


def test_what_an_edition_does_not_know_is_said_to_be_passed_over() -> None:
    checked = check_schema(json.dumps(DRAFT_4 | {"prefixItems": 5, "const": 1}))
    assert checked.problem is None
    assert checked.notes == tuple(
        f"“{key}” is passed over: this edition of JSON Schema does not know it."
        for key in ("prefixItems", "const")
    )


def test_what_is_asked_beside_choices_is_checked_at_the_end() -> None:
    notes = " ".join(check_schema('{"enum": [1, 9], "maximum": 5}').notes)
    assert "“maximum” is not held to" in notes
    notes = " ".join(check_schema('{"type": "string", "format": "date", "maxLength": 5}').notes)
    assert "“maxLength” is not held to" in notes


def test_names_are_no_keywords() -> None:
    named = {"properties": {"$ref": {"type": "string"}, "patternProperties": {"type": "string"}}}
    assert check_schema(json.dumps(named)).problem is None


@pytest.mark.parametrize("text", [text for _, text in EXAMPLES["json_schema"]])
def test_the_examples_of_schemas_can_be_used(text: str) -> None:
    checked = check_schema(text)
    assert (checked.problem, checked.notes) == (None, ())


@pytest.mark.parametrize("text", [text for _, text in EXAMPLES["grammar"]])
def test_the_examples_of_grammars_can_be_used(text: str) -> None:
    assert check_grammar(text).problem is None


def test_a_schema_that_branches_without_end_is_refused_soon() -> None:
    twice = {"$ref": "#", "minProperties": 1}
    bomb = {"type": "object", "properties": {"a": twice, "b": twice}}
    problem = check_schema(json.dumps(bomb)).problem
    assert problem is not None
    assert "nested" in problem.what or "too many" in problem.what


SCHEMAS = st.recursive(
    st.sampled_from([{"type": "string"}, {"type": "integer"}, {"enum": ["a", 1]}, {}, True]),
    lambda inner: st.one_of(
        st.builds(lambda a: {"type": "array", "items": a, "maxItems": 3}, inner),
        st.builds(
            lambda parts, must: {"properties": parts, "required": must},
            st.dictionaries(st.text(max_size=5), inner, max_size=4),
            st.lists(st.text(max_size=2), max_size=2, unique=True),
        ),
        st.builds(lambda ways: {"anyOf": ways}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda ways: {"allOf": ways}, st.lists(inner, min_size=1, max_size=2)),
    ),
    max_leaves=8,
)


@settings(deadline=None)  # the first one loads jsonschema
@given(SCHEMAS)
def test_every_schema_is_refused_in_words_or_becomes_a_good_grammar(schema: Any) -> None:
    checked = check_schema(json.dumps(schema))
    if checked.problem is None:
        assert check_grammar(checked.grammar).problem is None


@settings(deadline=None)
@given(schemas(), st.sampled_from(['"a"', "1", "2.0", '{"a": [1, "b"]}', "[1, 1.0, null]", "NaN"]))
def test_no_schema_breaks_the_check_or_that_of_a_reply(schema: Any, reply: str) -> None:
    text = json.dumps(schema)
    checked = check_schema(text)
    assert (checked.problem is None) == bool(checked.grammar)
    if checked.problem is None:
        assert isinstance(problem_of(reply, text), str)
