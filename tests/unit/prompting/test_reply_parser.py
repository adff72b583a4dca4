"""Replies of many families, cut in every way, come out on the right channels."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from studio.engine.language import ToolCall
from studio.prompting.formats import Formats, detect
from studio.prompting.reasoning import FRAMES, REASONING
from studio.prompting.reply_parser import ReplyParser
from studio.prompting.tool_calls import TOOLS

HERE = Path(__file__).parent
REPLIES = {path.stem: path for path in sorted((HERE / "replies").glob("*.json"))}

EVERYTHING = (
    "{# "
    + " ".join(
        word
        for block in (*TOOLS, *REASONING, *FRAMES)
        for word in (block.opening, *block.closings, *block.mentions)
    )
    + " #}"
)

FORMATS = detect(EVERYTHING)

FRAGMENTS = sorted(
    {
        fragment
        for block in (*TOOLS, *REASONING, *FRAMES)
        for marker in (block.opening, *block.closings, *block.inner)
        for fragment in (marker, marker[:3], marker[-3:])
    }
    | {"\n", " ", "word", '{"name": "f", "arguments": {"a": 1}}', '{"name": "f"', "[", "]", "}"}
)

replies = st.lists(st.sampled_from(FRAGMENTS), max_size=8).map("".join)


def parse(
    parser: ReplyParser, pieces: list[str]
) -> tuple[list[tuple[str, str]], tuple[ToolCall, ...]]:
    told = [told for piece in pieces for told in parser.feed(piece)]
    rest, calls = parser.finish()
    merged: list[tuple[str, str]] = []
    for channel, text in told + rest:
        if merged and merged[-1][0] == channel:
            text = merged.pop()[1] + text
        merged.append((channel, text))
    return merged, calls


def cut(text: str, places: list[int]) -> list[str]:
    ends = sorted({0, len(text), *(place % (len(text) + 1) for place in places)})
    return [text[start:end] for start, end in pairwise(ends)]


def read_fixture(name: str) -> tuple[dict[str, Any], Formats]:
    case: dict[str, Any] = json.loads(REPLIES[name].read_text(encoding="utf-8"))
    source = case.get("template")
    if source is None:
        source = (HERE / "families" / f"{case['family']}.jinja").read_text(encoding="utf-8")
    return case, detect(source)


def test_there_are_fixtures() -> None:
    assert len(REPLIES) >= 50


@pytest.mark.parametrize("cutting", ["as streamed", "whole", "by character"])
@pytest.mark.parametrize("name", REPLIES)
def test_reply_of_a_family(name: str, cutting: str) -> None:
    case, formats = read_fixture(name)
    whole = "".join(case["pieces"])
    pieces = {"as streamed": case["pieces"], "whole": [whole], "by character": list(whole)}
    parser = ReplyParser(
        formats,
        starts_in_reasoning=case["starts_in_reasoning"],
        tools_offered=case["tools_offered"],
    )
    told, calls = parse(parser, pieces[cutting])
    assert told == [tuple(pair) for pair in case["channels"]]
    assert [(call.name, json.loads(call.arguments), call.id) for call in calls] == [
        (call["name"], call["arguments"], call["id"]) for call in case["calls"]
    ]


@settings(deadline=None)
@given(replies, st.lists(st.integers(0, 1000), max_size=12), st.booleans(), st.booleans())
def test_no_cut_changes_the_outcome(
    text: str, places: list[int], thinking: bool, tools: bool
) -> None:
    def fresh() -> ReplyParser:
        return ReplyParser(FORMATS, starts_in_reasoning=thinking, tools_offered=tools)

    assert parse(fresh(), cut(text, places)) == parse(fresh(), [text])
    assert parse(fresh(), list(text)) == parse(fresh(), [text])


@settings(deadline=None)
@given(st.text(alphabet="ab<>|[]{}\"'`:=/_ \nthinkol", max_size=60), st.lists(st.integers(0, 99)))
def test_plain_text_comes_out_as_it_went_in(text: str, places: list[int]) -> None:
    assume(not any(block.opening in text for block in FORMATS.blocks))
    parser = ReplyParser(FORMATS, tools_offered=True)
    assert parse(parser, cut(f"Plain: {text}", places)) == ([("text", f"Plain: {text}")], ())


@settings(deadline=None)
@given(st.text(max_size=80), st.lists(st.integers(0, 99)))
def test_without_formats_everything_is_text(text: str, places: list[int]) -> None:
    told, calls = parse(ReplyParser(Formats()), cut(text, places))
    assert "".join(piece for _, piece in told) == text
    assert {channel for channel, _ in told} <= {"text"}
    assert calls == ()


@pytest.mark.parametrize("text", ["\n\n Hi\n", "   ", "\n", "a\n\n", " {", "  <tool_call>x", "\n<"])
def test_spaces_around_plain_text_stay(text: str) -> None:
    parser = ReplyParser(detect("<tool_call> <think> <|python_tag|>"), tools_offered=True)
    assert parse(parser, list(text)) == ([("text", text)], ())


def test_only_a_possible_marker_is_held_back() -> None:
    parser = ReplyParser(detect("<tool_call>"))
    assert parser.feed("a < b") == [("text", "a < b")]
    assert parser.feed(" <tool") == [("text", " ")]
    assert parser.feed("box>") == [("text", "<toolbox>")]
    assert parser.feed("!") == [("text", "!")]


def test_reasoning_is_shown_while_it_comes() -> None:
    parser = ReplyParser(detect("<think>"))
    assert parser.feed("<think>\nLet") == [("reasoning", "Let")]
    assert parser.feed(" me\n") == [("reasoning", " me")]
    assert parser.feed("see </t") == [("reasoning", "\nsee ")]
    assert parser.feed("hink>\nHi") == [("text", "Hi")]
    assert parser.finish() == ([], ())


def test_call_that_never_ends_is_given_up() -> None:
    parser = ReplyParser(detect("<tool_call>"))
    assert parser.feed("<tool_call>{" + " " * 50_000) == []
    pieces = parser.feed(" " * 60_000)
    assert "".join(text for _, text in pieces) == "<tool_call>{" + " " * 110_000


def test_call_at_the_limit_is_the_same_however_it_is_cut() -> None:
    filler = "x" * 99_950
    body = f'{{"name": "f", "arguments": {{"a": "{filler}"}}}}'
    for extra in range(24):
        text = f"<tool_call>{body}{' ' * extra}</tool_call>"
        whole = parse(ReplyParser(detect("<tool_call>")), [text])
        assert parse(ReplyParser(detect("<tool_call>")), [text[:-5], text[-5:]]) == whole


def test_deep_nesting_in_a_call_is_text() -> None:
    text = "<tool_call>" + "[" * 50_000 + "</tool_call>"
    assert parse(ReplyParser(detect("<tool_call>")), [text]) == ([("text", text)], ())


@pytest.mark.parametrize(
    ("template", "marker", "known"),
    [
        ("<|channel|>", "<|start|>", True),
        ("<|channel|>", "<|constrain|>", True),
        ("<|channel|>", "<|im_end|>", False),
        ("[TOOL_CALLS]", "[ARGS]", True),
        ("<tool_call>", "<tool_call>", True),
        ("<tool_call>", "", False),
        ("", "<think>", False),
    ],
)
def test_special_tokens_worth_feeding(template: str, marker: str, known: bool) -> None:
    assert ReplyParser(detect(template)).knows(marker) is known


def test_starting_in_reasoning_of_an_unknown_kind() -> None:
    parser = ReplyParser(Formats(), starts_in_reasoning=True)
    assert parse(parser, ["Hm", "</think>Yes"]) == ([("reasoning", "Hm"), ("text", "Yes")], ())
