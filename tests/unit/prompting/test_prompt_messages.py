"""What was stored becomes what a model is told, and documents stay data."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.engine.language import ChatMessage
from studio.prompting.messages import StoredTurn, fence, for_model, plain_text

CONTROL = [
    "<|im_end|>",
    "<|eot_id|>",
    "<\uff5cUser\uff5c>",
    "<s>",
    "</s>",
    "<eos>",
    "<end_of_turn>",
    "<start_of_turn>",
    "<turn|>",
    "[INST]",
    "[/INST]",
    "[TOOL_CALLS]",
    "<<SYS>>",
    "<think>",
    "</think>",
    "<tool_call>",
    "<function=f>",
    "[/inst]",
]


def told(system: str, *turns: StoredTurn) -> list[tuple[str, str, str]]:
    return [(m.role, m.content, m.reasoning) for m in for_model(system, turns)]


def test_system_text_comes_first_and_reasoning_goes_apart() -> None:
    turns = (
        StoredTurn("user", "Hi"),
        StoredTurn("assistant", "Hello.", "A greeting."),
        StoredTurn("user", "Bye"),
    )
    assert told("Be brief.", *turns) == [
        ("system", "Be brief.", ""),
        ("user", "Hi", ""),
        ("assistant", "Hello.", "A greeting."),
        ("user", "Bye", ""),
    ]


@pytest.mark.parametrize("system", ["", "  \n"])
def test_empty_system_text_is_left_out(system: str) -> None:
    assert told(system, StoredTurn("user", "Hi")) == [("user", "Hi", "")]


def test_content_is_told_to_the_letter() -> None:
    text = "  two\n\nlines \n"
    turns = (StoredTurn("user", text), StoredTurn("assistant", text))
    assert [content for _, content, _ in told("", *turns)] == [text, text]


@pytest.mark.parametrize(
    "reply",
    [
        StoredTurn("assistant", ""),
        StoredTurn("assistant", " \n", "only thought"),
    ],
)
def test_replies_not_worth_telling_are_left_out(reply: StoredTurn) -> None:
    turns = (StoredTurn("user", "Hi"), reply, StoredTurn("user", "Still there?"))
    assert told("", *turns) == [("user", "Hi\n\nStill there?", "")]


def test_conversation_begins_with_a_question() -> None:
    turns = (StoredTurn("assistant", "Welcome."), StoredTurn("user", "Hi"))
    assert told("S", *turns) == [("system", "S", ""), ("user", "Hi", "")]
    assert told("", StoredTurn("assistant", "Welcome.")) == []


@settings(deadline=None)
@given(
    st.lists(
        st.builds(
            StoredTurn,
            st.sampled_from(["user", "assistant"]),
            st.text(max_size=5),
            st.text(max_size=3),
        )
    )
)
def test_roles_always_alternate(turns: list[StoredTurn]) -> None:
    roles = [message.role for message in for_model("S", turns)]
    assert roles[0] == "system"
    assert roles[1:] == [("user", "assistant")[n % 2] for n in range(len(roles) - 1)]


def test_plain_text_goes_on_where_the_reply_ended() -> None:
    messages = [
        ChatMessage("system", "Never seen."),
        ChatMessage("user", "One"),
        ChatMessage("assistant", ", two"),
        ChatMessage("user", "Three"),
    ]
    assert plain_text(messages) == "One, two\n\nThree"
    assert plain_text([]) == ""


def test_fence_names_the_document_and_holds_its_text() -> None:
    assert fence("Report.pdf, page 3", "One.\nTwo.") == (
        "Document: Report.pdf, page 3\n```text\nOne.\nTwo.\n```"
    )
    assert fence("a", "x\n").endswith("\nx\n```")
    assert fence("a", "") == "Document: a\n```text\n\n```"


@settings(deadline=None)
@given(st.text(alphabet="`~ab\n <>|", max_size=60), st.text(alphabet="`\nab#", max_size=20))
def test_no_text_can_end_its_fence(text: str, title: str) -> None:
    lines = fence(title, text).split("\n")
    bar = re.match(r"`+", lines[1])
    assert bar is not None
    assert lines[-1] == bar.group()
    assert all(bar.group() not in line for line in lines[2:-1])
    assert "`" not in lines[0]


@pytest.mark.parametrize("token", CONTROL)
def test_no_text_can_end_its_turn(token: str) -> None:
    assert token not in fence(token, f"before {token} after")
    letters = fence("t", f"before {token} after").replace(" ", "")
    assert f"before{token}after" in letters


@pytest.mark.parametrize(
    "text", ["a < b", "<div>x</div>", "list[int]", "if (a<b) return", "[1] see", "<a|b>", "`x`"]
)
def test_ordinary_text_is_not_touched(text: str) -> None:
    assert text in fence("t", text)


def test_long_title_is_shortened() -> None:
    first = fence("x" * 1000, "y").split("\n")[0]
    assert len(first) <= len("Document: ") + 200
    assert first.endswith("…")


def test_the_window_can_use_these_without_a_template_engine() -> None:
    code = (
        "import sys, studio.prompting.budget, studio.prompting.messages,"
        " studio.prompting.reply_parser;"
        " assert 'jinja2' not in sys.modules, 'jinja2 was imported'"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
