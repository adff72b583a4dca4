"""What is told of a reply that was made again: whether it is the same, and why if it is not."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from studio.chat.conversation import Figures, Message
from studio.chat.recipes import check_repeatable, comparison, ended_as, sampling_again
from studio.engine.language import ReplyGenerated, Sampling
from studio.errors import StudioError

MAKER = {"file_stamp": "7:1", "engine": "llama-cpp-python 1", "processor": "AVX2", "device": "CPU"}
RECIPE = {"model": "tiny", **MAKER}
FIGURES = Figures(320, 0, 12, 0.1, 9.0)
TEXT = "one two three four"


def first(content: str = TEXT, **facts: Any) -> Message:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    given: dict[str, Any] = {"recipe": RECIPE, "figures": FIGURES} | facts
    return Message("m", "c", None, "assistant", content, at, **given)


def told(before: Message, text: str, stop: str = "end", reasoning: str = "", **maker: str) -> str:
    return comparison(before, text, reasoning, stop=stop, maker=MAKER | maker)


@pytest.mark.parametrize(
    ("text", "stop", "words"),
    [
        (TEXT, "end", "The same text as before, to the letter."),
        (TEXT, "cancelled", "The same text as before, to the letter."),
        ("one two  three four", "end", "The same words as before; only blanks differ."),
        (
            "one two thr",
            "cancelled",
            "This one was stopped after 3 words; up to there both are the same.",
        ),
        ("one ", "cancelled", "This one was stopped after 1 word; up to there both are the same."),
        (
            "",
            "cancelled",
            "This one was stopped before its first word, so there is nothing to compare.",
        ),
        (
            "one two",
            "max_tokens",
            "This one reached its length limit after 2 words; up to there both are the same.",
        ),
        (
            "one two",
            "context",
            "This one filled the context after 2 words; up to there both are the same.",
        ),
    ],
)
def test_one_that_was_cut_off_is_told_as_that(text: str, stop: str, words: str) -> None:
    assert told(first(), text, stop) == words


def test_so_is_a_first_one_that_was_cut_off() -> None:
    stopped = first("one tw", status="cancelled", stop="cancelled")
    words = "The first one was stopped after 2 words; up to there both are the same."
    assert told(stopped, TEXT) == words
    limited = first("one two", stop="max_tokens")
    assert told(limited, TEXT).startswith("The first one reached its length limit after 2 words")
    thinking = first("", reasoning="one two", stop="cancelled")
    assert told(thinking, TEXT, reasoning="one two three") == words
    silent = first("", stop="cancelled")
    assert "The first one was stopped before its first word" in told(silent, TEXT)


def test_a_cut_does_not_hide_another_text() -> None:
    words = told(first(), "one five", "cancelled")
    assert words.startswith("The same up to word 1, then “five” where the first one has “two three")
    assert told(first(), "one", "end").startswith("The same up to word 1, then “the end” where")
    thoughts = told(first(reasoning="so"), "one", "cancelled", reasoning="then")
    assert thoughts.startswith("The same up to word 0")


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"engine": "llama-cpp-python 2"}, "Since then, the engine is another version."),
        (
            {"file_stamp": "8:1", "processor": "SSE"},
            "Since then, the model's file was replaced and the processor is another one.",
        ),
        ({"engine": ""}, "Another version of the engine or another processor rounds differently."),
        ({}, "Model, engine and processor are as they were; why it differs is not known."),
    ],
)
def test_what_has_changed_since_is_the_reason(changed: dict[str, str], reason: str) -> None:
    assert told(first(), "one two five", **changed).endswith(f"“three four”. {reason}")


def test_what_had_been_read_before_is_a_reason() -> None:
    reused = first(figures=Figures(320, 280, 12, 0.1, 9.0))
    assert "went on from what was read before it" in told(reused, "one two five")


def test_without_facts_the_usual_reason_is_told() -> None:
    assert "rounds differently" in comparison(first(recipe={}), "one two five", "")


@pytest.mark.parametrize(
    ("batches", "reason"),
    [
        (((0, 9, 1), (9, 1, 3)), "why it differs is not known."),
        (((0, 12, 1),), "went on from what was read before it, which can round differently."),
        ((), "went on from what was read before it, which can round differently."),
    ],
)
def test_one_that_could_not_be_read_as_it_was_is_told(
    batches: tuple[tuple[int, int, int], ...], reason: str
) -> None:
    recipe = RECIPE | {"read_in": [[0, 9, 1], [9, 1, 3]]}
    reused = first(figures=Figures(12, 9, 12, 0.1, 9.0), recipe=recipe)
    words = comparison(reused, "one two five", "", maker=MAKER, batches=batches)
    assert words.endswith(reason)


@pytest.mark.parametrize(
    ("stop", "most", "tokens"), [("cancelled", None, 12), ("max_tokens", 40, 12), ("end", None, 12)]
)
def test_one_that_was_cut_off_is_made_again_no_longer(
    stop: str, most: int | None, tokens: int
) -> None:
    recipe = RECIPE | {"sampling": {"temperature": 0.5, "seed": 7, "max_tokens": most}}
    before = first(stop=stop, recipe=recipe)
    wanted = most if stop == "end" else tokens
    assert sampling_again(before) == Sampling(temperature=0.5, seed=7, max_tokens=wanted)
    assert sampling_again(first(stop=stop, recipe=recipe, figures=None)).max_tokens == most


def test_one_that_was_stopped_before_its_first_word_is_not_made_again() -> None:
    with pytest.raises(StudioError) as caught:
        check_repeatable(first("", status="cancelled", stop="cancelled"))
    assert caught.value.code == "reply.not_begun"
    check_repeatable(first("", status="finished", stop="end"))
    check_repeatable(first("", reasoning="Hm", status="cancelled", stop="cancelled"))


@pytest.mark.parametrize(
    ("before", "stop", "told_as"),
    [
        ("context", "max_tokens", "context"),
        ("max_tokens", "max_tokens", "max_tokens"),
        ("cancelled", "max_tokens", "max_tokens"),
        ("context", "end", "end"),
    ],
)
def test_a_repeat_that_was_held_to_a_full_context_says_that_of_the_first(
    before: str, stop: str, told_as: str
) -> None:
    again = ReplyGenerated(stop, "text", "", (), 1, 0, 1, 0.1, 9.0, 1, False, 1)
    assert ended_as(first(stop=before), again).stop == told_as
