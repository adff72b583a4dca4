"""What happens to long chats with the real engine in a small context: stop, roll, compact."""

from __future__ import annotations

from itertools import pairwise

import pytest
from support.exchanges import finished, turn
from support.overflowing import QUESTIONS, SHORT, SYSTEM, Small, chat, replies_of, see, talk

from studio.assembly import Parts
from studio.chat.options import Options
from studio.chat.turn import Summarising, TurnEvent, TurnFailed


def prompts(parts: Parts, key: str) -> list[str]:
    return [parts.session.exact_prompt(each.id) for each in replies_of(parts, key)]


def assert_always_told(parts: Parts, key: str, questions: list[str]) -> None:
    told = prompts(parts, key)
    assert len(told) == len(questions)
    for prompt, question in zip(told, questions, strict=True):
        assert SYSTEM in prompt
        assert question in prompt


def assert_reused(parts: Parts, key: str) -> int:
    """Check that prompts that only grow are not read twice; return how many those were."""
    grown = 0
    replies = replies_of(parts, key)
    for before, after in pairwise(replies):
        same = ("reads_from", "summarised")
        assert before.figures is not None
        assert after.figures is not None
        if all(before.recipe[each] == after.recipe[each] for each in same):
            assert after.figures.reused_tokens >= before.figures.prompt_tokens
            grown += 1
    return grown


def test_roll_leaves_the_oldest_out_and_tells_how_many(tiny_small: Small) -> None:
    parts, key = tiny_small.parts, chat(tiny_small, "roll")
    questions = QUESTIONS[: tiny_small.fits + 3]
    last = finished(talk(tiny_small, key, questions)[-1])
    assert_always_told(parts, key, questions)
    (note,) = [each for each in last.notices if "did not see" in each]
    unread = last.reply.recipe["reads_from"]
    assert unread >= 6
    assert f"The {unread} oldest messages" in note
    branch = parts.conversations.branch(key)
    prompt = parts.session.exact_prompt(last.reply.id)
    assert branch[unread].content in prompt
    assert branch[unread - 2].content not in prompt
    assert assert_reused(parts, key) >= 3


def test_stop_sends_nothing_to_the_model_and_loses_nothing(tiny_small: Small) -> None:
    parts, key = tiny_small.parts, chat(tiny_small, "stop")
    ends: list[TurnEvent] = []
    for question in QUESTIONS:
        ends.append(turn(parts, key, question, SHORT)[-1])
        if isinstance(ends[-1], TurnFailed):
            break
    refused = ends[-1]
    assert isinstance(refused, TurnFailed)
    assert refused.error.code == "prompt.context_full"
    assert refused.reply is not None
    assert refused.reply.failure is not None
    branch = parts.conversations.branch(key)
    assert [each.content for each in branch if each.role == "user"] == QUESTIONS[: len(ends)]
    assert 3 <= len(ends) < tiny_small.fits + 4
    assert parts.session.exact_prompt(refused.reply.id) == ""

    parts.conversations.set_options(key, Options(overflow="roll"))
    events: list[TurnEvent] = []
    parts.session.regenerate(key, events.append).result(120)
    again = finished(events).reply
    prompt = parts.session.exact_prompt(again.id)
    assert SYSTEM in prompt
    assert QUESTIONS[len(ends) - 1] in prompt


@pytest.mark.parametrize("model", ["starter_small", "tiny_small"])
def test_compact_sums_up_the_oldest_part(model: str, request: pytest.FixtureRequest) -> None:
    small: Small = request.getfixturevalue(model)
    parts, key = small.parts, chat(small, "compact")
    questions = QUESTIONS[: small.fits * 2 - 2]
    turns = talk(small, key, questions)
    assert_always_told(parts, key, questions)
    last = finished(turns[-1])
    made = parts.session.summaries.of(key)
    branch = parts.conversations.branch(key)
    assert 2 <= len(made) < len(questions) - 4, "a summary stays for several turns"
    in_force = parts.session.summaries.on(branch)[-1]
    assert in_force == made[-1]
    assert [each.recipe["builds_on"] for each in made] == [False] + [True] * (len(made) - 1)
    prompt = parts.session.exact_prompt(last.reply.id)
    assert "Summary of the conversation so far" in prompt
    assert in_force.text[:20] in prompt
    place = [each.id for each in branch].index(in_force.upto_message_id)
    assert last.reply.recipe["summarised"] == last.reply.recipe["reads_from"] == place + 1
    assert branch[place + 1].content in prompt
    assert branch[place - 1].content not in prompt
    assert not any("did not see" in each for each in last.notices)
    told = [event for events in turns for event in events if isinstance(event, Summarising)]
    assert told[0].share == 0.0
    assert 0.5 < max(event.share for event in told) <= 1.0
    assert assert_reused(parts, key) >= 4
    said = [each.content for each in branch if each.role == "user"]
    assert said == questions, "the messages themselves stay as they are"


def test_the_whole_text_is_read_again_once_a_summary_is_taken_away(tiny_small: Small) -> None:
    parts, key = tiny_small.parts, chat(tiny_small, "compact")
    questions = QUESTIONS[: tiny_small.fits + 2]
    talk(tiny_small, key, questions)
    summaries = parts.session.summaries
    taken = summaries.take_away(parts.conversations.branch(key))
    assert taken
    assert summaries.of(key) == []
    see(parts, tiny_small.name, 2048)
    reply = finished(turn(parts, key, "And now?", SHORT)).reply
    prompt = parts.session.exact_prompt(reply.id)
    assert all(question in prompt for question in questions)
    assert reply.recipe["reads_from"] == 0
    summaries.put(taken)
    reply = finished(turn(parts, key, "And then?", SHORT)).reply
    assert taken[-1].text[:20] in parts.session.exact_prompt(reply.id)


def test_a_summary_belongs_to_its_branch(tiny_small: Small) -> None:
    parts, key = tiny_small.parts, chat(tiny_small, "compact")
    talk(tiny_small, key, QUESTIONS[: tiny_small.fits + 2])
    branch = parts.conversations.branch(key)
    assert parts.session.summaries.on(branch)
    turn_beside: list[TurnEvent] = []
    parts.session.send(
        key, "Another beginning", turn_beside.append, overrides=SHORT, beside=branch[0].id
    ).result(120)
    reply = finished(turn_beside).reply
    assert parts.session.summaries.on(parts.conversations.branch(key)) == []
    assert "Summary of" not in parts.session.exact_prompt(reply.id)
    parts.tree.show(branch[-1].id)
    assert parts.session.summaries.on(parts.conversations.branch(key))
