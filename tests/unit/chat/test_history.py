"""What a model is told of a chat, and from where on it reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from support.talk import talk

from studio.chat.conversation import Conversation, Message
from studio.chat.options import Options, Overflow
from studio.chat.overflow.history import history_of, last_read_from
from studio.chat.overflow.overflow import in_force, left_out, overflow_from
from studio.chat.overflow.summaries import Summary

NOW = datetime(2026, 1, 31, tzinfo=UTC)


def contents(branch: list[Message]) -> dict[str, str]:
    return {each.id: each.content for each in branch}


def summary(branch: list[Message], number: int) -> Summary:
    return Summary(f"s{number}", "c", branch[number].id, f"Up to {number}.", NOW)


def test_without_a_summary_all_is_told() -> None:
    branch = talk(4)
    history = history_of("Be brief.", branch, contents(branch))
    assert [each.role for each in history.messages()] == ["system", *["user", "assistant"] * 2]
    assert history.reads_from(0) == 0
    assert history.reads_from(2) == 2


def test_a_summary_stands_for_what_it_sums_up() -> None:
    branch = talk(6)
    history = history_of(
        "Be brief.", branch, contents(branch), [summary(branch, 1), summary(branch, 3)]
    )
    messages = history.messages()
    assert "Up to 3." in messages[0].content
    assert "Up to 1." not in messages[0].content
    assert messages[1].content == branch[4].content
    assert history.skipped == history.reads_from(0) == 4
    assert history.ids == (branch[4].id, branch[5].id)


def test_a_draft_and_a_reply_that_is_being_written_are_told_rightly() -> None:
    branch = talk(4)
    branch[3] = replace(branch[3], status="streaming")
    history = history_of("", branch, contents(branch), draft="And now?")
    assert history.messages()[-1].content.endswith("And now?")
    assert branch[3].content not in [each.content for each in history.messages()]


def test_what_was_last_read_is_known_of_the_last_reply_that_was_made() -> None:
    branch = talk(6)
    assert last_read_from(branch) == 0
    branch[3] = replace(branch[3], recipe={"reads_from": 2})
    assert last_read_from(branch) == 2
    branch[5] = replace(branch[5], recipe={"edited_from": "x"})
    assert last_read_from(branch) == 2
    branch[5] = replace(branch[5], recipe={"reads_from": 0})
    assert last_read_from(branch) == 0


@pytest.mark.parametrize("odd", [-1, 99, "2", None, True, 2.0])
def test_an_odd_place_from_a_file_marks_nothing(odd: object) -> None:
    branch = talk(4)
    branch[3] = replace(branch[3], recipe={"reads_from": odd})
    assert last_read_from(branch) == 0


@pytest.mark.parametrize(
    ("value", "meant"),
    [("stop", "stop"), ("compact", "compact"), ("later version's", "roll"), (None, "roll")],
)
def test_a_setting_that_is_not_known_rolls(value: object, meant: Overflow) -> None:
    assert overflow_from(value) == meant


def test_a_chat_s_own_choice_comes_before_the_settings() -> None:
    chat = Conversation("c", "", NOW, NOW)
    assert in_force(None, "stop") == "stop"
    assert in_force(chat, "stop") == "stop"
    assert in_force(replace(chat, options=Options(overflow="compact")), "stop") == "compact"


def test_the_notice_counts() -> None:
    assert left_out(1).startswith("The oldest message no longer fits")
    assert left_out(1200).startswith("The 1,200 oldest messages no longer fit")
