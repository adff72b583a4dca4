"""Which shape is in force, what is kept of it with a reply, and what is refused."""

from __future__ import annotations

import json

import pytest

from studio.chat.options import Options, options_from
from studio.chat.shape import (
    Shape,
    Verdict,
    in_force,
    own_shape,
    shape_of,
    shaped,
    verdict_of,
    with_shape,
    with_verdict,
)
from studio.engine.language import Sampling
from studio.errors import StudioError

SCHEMA = Shape("json_schema", '{"type": "integer"}')
GRAMMAR = Shape("grammar", 'root ::= "yes"')
RECIPE = {"sampling": {"json_schema": SCHEMA.text, "grammar": None}}


def test_a_conversation_comes_before_its_preset() -> None:
    preset = shaped(Sampling(), SCHEMA)
    assert shape_of(in_force(Options(), preset)) == SCHEMA
    assert shape_of(in_force(with_shape(Options(), GRAMMAR), preset)) == GRAMMAR
    assert shape_of(in_force(with_shape(Options(), Shape()), preset)) == Shape()


@pytest.mark.parametrize("shape", [SCHEMA, GRAMMAR, Shape(), None])
def test_the_last_choice_takes_the_one_before_away(shape: Shape | None) -> None:
    for first in (SCHEMA, GRAMMAR, Shape(), None):
        options = with_shape(with_shape(Options(overflow="roll"), first), shape)
        assert own_shape(options) == shape
        assert options.overflow == "roll"
        assert options_from(options.to_json()) == options


@pytest.mark.parametrize(
    ("shape", "words"),
    [
        (Shape("json_schema", '{"type": "text"}'), "The JSON schema cannot be used. Line 1"),
        (Shape("grammar", 'root ::= "a" root'), "never end"),
    ],
)
def test_a_shape_that_cannot_be_used_is_refused(shape: Shape, words: str) -> None:
    for refuse in (
        shape.refuse_unusable,
        lambda: in_force(with_shape(Options(), shape), Sampling()),
    ):
        with pytest.raises(StudioError, match=words) as refused:
            refuse()
        assert refused.value.code == "shape.invalid"


@pytest.mark.parametrize(
    ("text", "stop", "problem"),
    [
        ("12", "end", None),
        ('"a"', "end", 'At the outermost level: "a" is not a whole number.'),
        ("", "max_tokens", "It was cut off at the length limit. It is empty."),
        ("12", "max_tokens", None),
    ],
)
def test_a_verdict_is_kept_with_the_recipe(text: str, stop: str, problem: str | None) -> None:
    recipe = json.loads(json.dumps(with_verdict(RECIPE, text, stop)))
    assert recipe["structured"] == {
        "kind": "json_schema",
        "valid": problem is None,
        "problem": problem,
    }
    assert verdict_of(recipe) == Verdict("json_schema", problem is None, problem)


@pytest.mark.parametrize(("stop", "valid"), [("end", True), ("context", False)])
def test_a_reply_under_a_grammar_is_whole_unless_it_was_cut_off(stop: str, valid: bool) -> None:
    verdict = verdict_of(with_verdict({"sampling": {"grammar": GRAMMAR.text}}, "ye", stop))
    assert verdict is not None
    assert verdict.valid is valid


def test_free_text_keeps_no_verdict_and_an_older_one_goes() -> None:
    before = {"sampling": {}, "structured": {"kind": "grammar", "valid": True}}
    assert with_verdict(before, "x", "end") == {"sampling": {}}
    assert verdict_of({"structured": "nonsense"}) is None
