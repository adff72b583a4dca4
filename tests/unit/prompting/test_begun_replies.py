"""A reply that is gone on with: what stands behind the prompt, and how it is read."""

import pytest

from studio.engine.language import Begun
from studio.prompting.begun import written_so_far
from studio.prompting.formats import detect
from studio.prompting.reply_parser import ReplyParser
from studio.prompting.templates import Rendered

THINKS = detect("{{ '<think>' }}{{ '</think>' }}")
PLAIN, OPENED = Rendered("…assistant\n"), Rendered("…assistant\n<think>\n", opens_reasoning=True)


@pytest.mark.parametrize(
    ("rendered", "begun", "text", "in_reasoning"),
    [
        (PLAIN, Begun("Once upon"), "Once upon", False),
        (PLAIN, Begun("", "Hm, a"), "<think>\nHm, a", True),
        (PLAIN, Begun("Once", "Hm."), "<think>\nHm.\n</think>\n\nOnce", False),
        (OPENED, Begun("", "Hm, a"), "Hm, a", True),
        (OPENED, Begun("Once", "Hm."), "Hm.\n</think>\n\nOnce", False),
        (OPENED, Begun("Once"), "\n</think>\n\nOnce", False),
        (OPENED, Begun(""), "", True),
    ],
)
def test_what_was_written_stands_behind_the_prompt(
    rendered: Rendered, begun: Begun, text: str, *, in_reasoning: bool
) -> None:
    assert written_so_far(rendered, THINKS, begun) == (text, in_reasoning)


def test_what_the_prompt_opened_is_closed_as_that() -> None:
    formats = detect("{{ '<thinking>' }} Here are my reasoning steps: [BEGIN FINAL RESPONSE]")
    opened = Rendered("…assistant\nHere are my reasoning steps:\n", opens_reasoning=True)
    assert written_so_far(opened, formats, Begun("Once", "Hm.")) == (
        "Hm.\n[BEGIN FINAL RESPONSE]\n\nOnce",
        False,
    )


def test_blanks_after_what_was_written_count() -> None:
    parser = ReplyParser(THINKS, goes_on=True)
    pieces = [*parser.feed(" "), *parser.feed("a time"), *parser.finish()[0]]
    assert "".join(text for _, text in pieces) == " a time"


def test_line_ends_within_reasoning_count() -> None:
    parser = ReplyParser(THINKS, starts_in_reasoning=True, goes_on=True)
    pieces = [*parser.feed("\n\nso </think>\n\nYes"), *parser.finish()[0]]
    assert pieces == [("reasoning", "\n\nso "), ("text", "Yes")]
