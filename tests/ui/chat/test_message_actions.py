"""What is offered for a message, and the reasons against some of it."""

from __future__ import annotations

from typing import Any

import pytest
from support.talk import message

from studio.chat.conversation import Failure
from studio.chat.going_on import was_cut_off
from studio.chat.unsaved import UNSAVED
from studio.ui.chat.messages.message_actions import (
    AT_ITS_END,
    NO_RECIPE,
    NOT_LAST,
    NOT_SAVED,
    NOTHING_SAID,
    WRITTEN_ELSEWHERE,
    WRITTEN_HERE,
    Act,
    Busy,
    offers,
)

EXPLAINS = [Act.RECIPE, Act.PROMPT, Act.CERTAINTY, Act.REPEAT]
EVERYTHING = [
    *(Act.COPY, Act.EDIT, Act.ANOTHER, Act.SEVERAL, Act.CONTINUE),
    *EXPLAINS,
    *(Act.FORK, Act.DELETE),
]


def refusals(busy: Busy, *, is_last: bool = True, **facts: Any) -> dict[Act, str]:
    facts = {"recipe": {"model": "tiny"}, **facts}
    reply = message(1, "assistant", facts.pop("content", "Yes"), **facts)
    return {each.act: each.refusal for each in offers(reply, is_last=is_last, busy=busy)}


def test_all_can_be_done_with_the_last_reply() -> None:
    assert refusals("") == dict.fromkeys(EVERYTHING, "")


def test_a_persons_message_is_not_continued() -> None:
    found = offers(message(0, "user", "Why?"), is_last=False, busy="")
    assert [each.act for each in found] == [
        act for act in EVERYTHING if act not in (Act.CONTINUE, *EXPLAINS)
    ]
    assert {each.refusal for each in found} == {""}


def test_a_question_without_a_reply_asks_for_its_first() -> None:
    words = {
        is_last: [o.words for o in offers(message(0, "user", "Why?"), is_last=is_last, busy="")][2]
        for is_last in (True, False)
    }
    assert words == {True: "Write a reply", False: "Write another reply"}


def test_only_the_last_reply_is_continued() -> None:
    assert refusals("", is_last=False)[Act.CONTINUE] == NOT_LAST


def test_a_reply_that_could_not_be_saved_is_not_continued() -> None:
    found = refusals("", status="failed", failure=Failure(UNSAVED, "The disk is full.", ""))
    assert found[Act.CONTINUE] == NOT_SAVED
    found = refusals("", status="failed", failure=Failure("worker.died", "It ended.", ""))
    assert found[Act.CONTINUE] == ""


def test_without_words_there_is_nothing_to_copy_or_continue() -> None:
    found = refusals("", content="")
    assert [act for act in found if found[act]] == [Act.COPY, Act.CONTINUE, Act.CERTAINTY]
    assert found[Act.COPY] == NOTHING_SAID


def test_while_a_reply_is_written_here_only_copies_are_made() -> None:
    found = refusals("here")
    assert [act for act in found if not found[act]] == [
        *(Act.COPY, Act.RECIPE, Act.PROMPT, Act.FORK)
    ]
    assert found[Act.DELETE] == WRITTEN_HERE


def test_while_a_reply_is_written_elsewhere_none_is_asked_for() -> None:
    found = refusals("elsewhere")
    assert {act: told for act, told in found.items() if told} == {
        Act.ANOTHER: WRITTEN_ELSEWHERE,
        Act.SEVERAL: WRITTEN_ELSEWHERE,
        Act.CONTINUE: WRITTEN_ELSEWHERE,
        Act.CERTAINTY: WRITTEN_ELSEWHERE,
        Act.REPEAT: WRITTEN_ELSEWHERE,
    }


def test_only_a_reply_with_a_recipe_is_made_again() -> None:
    found = refusals("", recipe={})
    assert {act: told for act, told in found.items() if told} == {
        Act.CERTAINTY: NO_RECIPE,
        Act.REPEAT: NO_RECIPE,
    }


@pytest.mark.parametrize("stop", ["end", "stop_string"])
def test_a_reply_that_the_model_has_ended_is_not_continued(stop: str) -> None:
    found = refusals("", stop=stop)
    assert {act: told for act, told in found.items() if told} == {Act.CONTINUE: AT_ITS_END}


@pytest.mark.parametrize("stop", ["max_tokens", "context", "cancelled", ""])
def test_one_that_was_cut_off_or_put_in_other_words_is(stop: str) -> None:
    assert not refusals("", stop=stop)[Act.CONTINUE]


def test_of_a_reply_that_is_being_written_there_is_only_what_is_there() -> None:
    found = refusals("", status="streaming")  # by another program, say
    assert [act for act in found if not found[act]] == [Act.COPY]


@pytest.mark.parametrize(
    ("facts", "cut_off"),
    [
        ({"stop": "max_tokens"}, True),
        ({"stop": "context"}, True),
        ({"status": "cancelled"}, True),
        ({"status": "interrupted"}, True),
        ({"status": "failed"}, True),
        ({"stop": "end"}, False),
        ({"status": "failed", "content": ""}, False),
        ({"status": "failed", "content": "", "reasoning": "Hm"}, True),
        ({"status": "cancelled", "role": "user"}, False),
    ],
)
def test_what_counts_as_cut_off(facts: dict[str, Any], cut_off: bool) -> None:
    facts = {"content": "So", "role": "assistant"} | facts
    made = message(1, facts.pop("role"), facts.pop("content"), **facts)
    assert was_cut_off(made) is cut_off
