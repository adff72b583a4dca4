"""Whether a finished reply fits its schema, told with the place."""

from __future__ import annotations

import json
from itertools import count
from typing import Any

import pytest

from studio.prompting.shapes import schema_reply
from studio.prompting.shapes.schema_reply import problem_of

PERSON = json.dumps(
    {
        "$id": "https://example.org/person",
        "type": "object",
        "properties": {
            "name": {"type": "string", "minLength": 2, "pattern": "^[A-Z]"},
            "age": {"type": "integer", "maximum": 150},
            "tags": {"type": "array", "uniqueItems": True},
        },
        "required": ["name"],
    }
)


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        ({"name": "Ada", "age": 36, "tags": [1, "1", True]}, ""),
        ({"age": 36}, "At the outermost level: “name” is missing."),
        ({"name": "Ada", "age": 200}, "At /age: 200 is more than 150."),
        ({"name": "Ada", "age": "x"}, 'At /age: "x" is not a whole number.'),
        ({"name": "A"}, 'At /name: "A" is shorter than 2 characters.'),
        ({"name": "ada"}, 'At /name: "ada" does not fit the pattern "^[A-Z]".'),
        ({"name": "Ada", "tags": [{"a": 1}, {"a": 1.0}]}, "At /tags: An item stands in the list"),
        ([], "At the outermost level: an empty list is not an object."),
    ],
)
def test_a_reply_is_told_where_it_does_not_fit(reply: Any, words: str) -> None:
    told = problem_of(json.dumps(reply), PERSON)
    assert told.startswith(words) if words else told == ""


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        ("", "It is empty."),
        ('{"name": "Ad', "It is not complete JSON."),
        ("[" * 100_000, "nested too deeply"),
        ("9" * 5_000, "not complete JSON"),
        ('{"age": NaN}', "not complete JSON"),
    ],
)
def test_what_is_no_json_is_told(reply: str, words: str) -> None:
    assert words in problem_of(reply, PERSON)


def test_a_check_that_would_take_for_ever_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema_reply, "_MOST_S", 0.05)
    steps = {
        f"a{n}": {"anyOf": [{"$ref": f"#/$defs/a{n + 1}"}, {"$ref": f"#/$defs/a{n + 1}"}]}
        for n in range(40)
    }
    bomb = {"$ref": "#/$defs/a0", "$defs": steps | {"a40": {"type": "string"}}}
    assert "in time" in problem_of("1", json.dumps(bomb))


def test_a_pattern_that_goes_thousands_of_ways_ends_in_time() -> None:
    """By a clock that goes on a millisecond with each look, so that no time is measured."""
    seconds = count(0, 0.001)
    schema = json.dumps({"type": "string", "pattern": "a.{0,1000}b"})
    told = problem_of(json.dumps("a" * 8_000), schema, lambda: next(seconds))
    assert "in time" in told
    assert next(seconds) < 1


def test_a_comparison_of_many_items_ends_in_time() -> None:
    seconds = count(0, 0.001)
    told = problem_of(json.dumps([*range(9_000)]), '{"uniqueItems": true}', lambda: next(seconds))
    assert "in time" in told


def test_a_quick_check_hardly_looks_at_the_clock() -> None:
    seconds = count(0, 0.001)
    schema = '{"type": "string", "pattern": "^[a-z ]*$"}'
    assert problem_of(json.dumps("a word " * 1_000), schema, lambda: next(seconds)) == ""


DRAFT_4 = {"$schema": "http://json-schema.org/draft-04/schema#"}


@pytest.mark.parametrize(
    ("schema", "reply", "words"),
    [
        ({"maximum": 5, "exclusiveMaximum": True}, "5", "5 is not less than 5."),
        ({"maximum": 5, "exclusiveMaximum": True}, "6", "6 is not less than 5."),
        ({"maximum": 5, "exclusiveMaximum": True}, "4", ""),
        ({"maximum": 5, "exclusiveMaximum": False}, "5", ""),
        ({"maximum": 5, "exclusiveMaximum": False}, "6", "6 is more than 5."),
        ({"minimum": 5, "exclusiveMinimum": True}, "5", "5 is not more than 5."),
        ({"minimum": 5, "exclusiveMinimum": False}, "5", ""),
    ],
)
def test_draft_4_tightens_bounds_by_a_word_beside_them(
    schema: dict[str, Any], reply: str, words: str
) -> None:
    told = problem_of(reply, json.dumps(DRAFT_4 | schema))
    assert told == (words and f"At the outermost level: {words}")


def test_limits_that_are_written_with_a_point_are_told_without() -> None:
    assert problem_of("[1, 2, 3]", '{"maxItems": 2.0}').endswith("3 of at most 2 items.")


def test_nothing_is_fetched() -> None:
    told = problem_of("1", '{"$ref": "https://example.org/schema.json"}')
    assert "could not be checked" in told


def test_a_sentence_within_a_sentence_ends_once() -> None:
    told = problem_of('"a"', '{"pattern": "(a{900}){900}"}')
    assert told.startswith("It could not be checked: ")
    assert told.endswith("repetitions.")
    assert not told.endswith("..")


def test_a_long_list_of_unlike_items_is_compared_quickly() -> None:
    items = [*range(20_000), *map(str, range(20_000))]
    assert problem_of(json.dumps(items), '{"uniqueItems": true}') == ""
