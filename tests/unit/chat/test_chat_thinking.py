"""Whose choice of thinking is in force, and what is told of thinking that is not as expected."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime

import pytest
from support.loaded_model import loaded

from studio.chat.conversation import Message
from studio.chat.options import Options, options_from
from studio.chat.presets.values import KNOBS, sampling_problems
from studio.chat.recipe_words import lines
from studio.chat.recipes import sampling
from studio.chat.thinking import in_force, notices, thinks
from studio.engine.language import ReplyGenerated, Sampling

OFF, SHORT = Sampling(think=False), Sampling(think_tokens=64)


@pytest.fixture
def message() -> Callable[..., Message]:
    def made(sampling: Sampling) -> Message:
        recipe = json.loads(json.dumps({"model": "tiny", "sampling": asdict(sampling)}))
        now = datetime(2026, 1, 1, tzinfo=UTC)
        return Message("m", "c", None, "assistant", "Yes.", now, recipe=recipe)

    return made


def result(reasoning: str = "", thought_tokens: int = 0, *, ended: bool = False) -> ReplyGenerated:
    return ReplyGenerated(
        "end",
        "Yes.",
        reasoning,
        (),
        10,
        0,
        2,
        0.1,
        9.0,
        1,
        False,
        1,
        thought_tokens=thought_tokens,
        thinking_ended=ended,
    )


@pytest.mark.parametrize(
    ("options", "preset", "think", "tokens"),
    [
        (Options(), Sampling(), None, None),
        (Options(), OFF, False, None),
        (Options(), SHORT, None, 64),
        (Options(reasoning=True), OFF, True, None),
        (Options(reasoning=False), SHORT, False, 64),
        (Options(reasoning_tokens=8), SHORT, None, 8),
        (Options(reasoning=True), Sampling(think_tokens=0), True, None),
        (Options(reasoning_tokens=0), Sampling(think=True), True, 0),
    ],
)
def test_a_conversation_comes_before_its_preset(
    options: Options, preset: Sampling, think: bool | None, tokens: int | None
) -> None:
    found = in_force(options, preset)
    assert (found.think, found.think_tokens) == (think, tokens)


def test_the_effort_is_chosen_likewise() -> None:
    preset = Sampling(think_effort="low")
    assert in_force(Options(), preset).think_effort == "low"
    options = Options(reasoning_effort="high")
    assert in_force(options, preset).think_effort == "high"
    assert options_from(options.to_json()) == options


@pytest.mark.parametrize(
    ("sampling", "by_default", "can", "expected"),
    [
        (Sampling(), True, True, True),
        (Sampling(), False, True, False),
        (Sampling(think=True), False, True, True),
        (Sampling(think=True), False, False, False),
        (OFF, True, True, False),
        (Sampling(think=True, think_tokens=0), True, True, False),
    ],
)
def test_whether_it_thinks(
    sampling: Sampling, *, by_default: bool, can: bool, expected: bool
) -> None:
    assert thinks(sampling, loaded(reasoning=can, thinks=by_default)) is expected


def test_thoughts_that_were_ended_are_told() -> None:
    told = notices(SHORT, result("Hm", 64, ended=True))
    assert told == ("It thought for 64 tokens, as long as it may, and was then made to answer.",)
    (one,) = notices(Sampling(think_tokens=1), result("Hm", 1, ended=True))
    assert "for 1 token," in one
    assert notices(SHORT, result("Hm", 12)) == ()


def test_thinking_that_cannot_be_switched_off_is_told() -> None:
    (told,) = notices(OFF, result("Hm"))
    assert "cannot be switched off" in told
    assert notices(OFF, result(" \n", ended=True)) == ()


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"think": True, "think_tokens": 0, "think_effort": "high"}, ""),
        ({"think": None, "think_tokens": None}, ""),
        ({"think": "yes"}, "takes true or false, or nothing, not “yes”"),
        ({"think": 1}, "takes true or false"),
        ({"think_tokens": -1}, "from 0 to 1,000,000, or nothing, not -1"),
        ({"think_tokens": True}, "takes a whole number"),
        ({"think_effort": 3}, "takes a text"),
    ],
)
def test_a_preset_refuses_what_cannot_be(values: dict[str, object], problem: str) -> None:
    problems = " ".join(sampling_problems(values))
    assert problem in problems
    assert bool(problems) is bool(problem)
    assert KNOBS["think"].kind is bool


def test_the_recipe_tells_what_was_wished(message: Callable[..., Message]) -> None:
    told = {line.technical: line.value for line in lines(message(OFF))}
    assert told["think"] == "off"
    assert "think_tokens" not in told
    told = {line.technical: line.value for line in lines(message(Sampling(think_tokens=0)))}
    assert told["think_tokens"] == "0"


def test_the_recipe_is_read_back(message: Callable[..., Message]) -> None:
    wished = Sampling(think=False, think_tokens=9, think_effort="low")
    assert sampling(message(wished)) == wished
