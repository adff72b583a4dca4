"""Whether a finished reply fits its schema, told with the place."""

from __future__ import annotations

import json
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


def test_nothing_is_fetched() -> None:
    told = problem_of("1", '{"$ref": "https://example.org/schema.json"}')
    assert "could not be checked" in told


def test_a_long_list_of_unlike_items_is_compared_quickly() -> None:
    items = [*range(20_000), *map(str, range(20_000))]
    assert problem_of(json.dumps(items), '{"uniqueItems": true}') == ""
