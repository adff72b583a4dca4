"""The table of markers is sound, and templates are recognised by what they mention."""

from __future__ import annotations

import pytest

from studio.prompting.blocks import Block
from studio.prompting.formats import Formats, detect
from studio.prompting.reasoning import FRAMES, REASONING
from studio.prompting.reply_parser import ReplyParser
from studio.prompting.tool_calls import TOOLS

ALL = (*TOOLS, *REASONING, *FRAMES)


@pytest.mark.parametrize("block", ALL, ids=lambda block: block.opening)
def test_every_row_is_sound(block: Block) -> None:
    assert block.opening
    assert block.opening == block.opening.strip()
    assert all(closing and closing == closing.strip() for closing in block.closings)
    for closing in block.closings:
        assert not any(c != closing and c.startswith(closing) for c in block.closings)
    assert (block.read is not None) == (block.kind == "tool")
    assert block.closings or block.kind != "reasoning"
    assert block.always or block.is_mentioned(" ".join(block.mentions or (block.opening,)))


def test_a_model_without_a_template_has_no_formats() -> None:
    assert detect("") == Formats()
    assert detect(" \n") == Formats()


def test_shared_marker_goes_to_the_more_special_format() -> None:
    glm = {b.opening: b for b in detect("<tool_call> <arg_key>").blocks}
    hermes = {b.opening: b for b in detect("<tool_call>").blocks}
    assert glm["<tool_call>"] is not hermes["<tool_call>"]


@pytest.mark.parametrize(
    ("template", "reasons"),
    [("{{ x.split('</think>') }}", True), ("<|im_start|>", False), ("<|channel|>", True)],
)
def test_reasoning_is_known_from_the_template(template: str, reasons: bool) -> None:
    assert detect(template).has_reasoning is reasons


@pytest.mark.parametrize(
    ("prompt", "closed"),
    [
        ("<|Assistant|></think>", True),
        ("<|im_start|>assistant\n<think>\n\n</think>\n\n", True),
        ("<|Assistant|><think>\n", False),
        ("</think> is a marker.", False),
    ],
)
def test_prompt_that_closed_reasoning(prompt: str, closed: bool) -> None:
    assert detect("<think>").closed_by(prompt) is closed


def test_markers_that_a_template_puts_together_are_known() -> None:
    formats = detect("{{ '<|open|>' + tag + '<|sep|>' }}{{ '<|close|>' + tag + '<|sep|>' }}")
    parser = ReplyParser(formats, starts_in_reasoning=formats.opened_by("<|open|>think<|sep|>"))
    said = (
        "Hm.<|close|>think<|sep|><|open|>response<|sep|>Hello."
        "<|close|>response<|sep|><|close|>message<|sep|>"
    )
    pieces = [*parser.feed(said), *parser.finish()[0]]
    assert pieces == [("reasoning", "Hm."), ("text", "Hello.")]


@pytest.mark.parametrize(
    ("prompt", "opened"),
    [
        ("<|Assistant|><think>\n", True),
        ("<|im_start|>assistant\n<think>\n\n</think>\n\n", False),
        ("What is <think>?", False),
        ("", False),
    ],
)
def test_prompt_that_opens_reasoning(prompt: str, opened: bool) -> None:
    assert detect("<think>").opened_by(prompt) is opened
