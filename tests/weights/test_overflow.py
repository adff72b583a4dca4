"""What happens to long chats with the real engine and the starter model in a tiny context."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from support.exchanges import finished, turn

from studio.assembly import Parts, open_parts
from studio.chat.conversation import Message
from studio.chat.options import Options, Overflow
from studio.chat.prompt import Overrides
from studio.chat.turn import Summarising, TurnEvent, TurnFailed, TurnStarted
from studio.engine.host import worker_environment
from studio.errors import StudioError

CONTEXT, TURNS = 512, 12
SYSTEM = "You are a helpful assistant. Answer in one short sentence."
SHORT = Overrides(temperature=0.0, max_tokens=24)
QUESTIONS = [
    f"Question number {number}: my friend {name} lives in {town}, likes long walks along "
    "the river in the evening, and reads old books about the sea. Say hello to {name} for me."
    for number, (name, town) in enumerate(
        [
            ("Anna", "Oslo"),
            ("Ben", "Rome"),
            ("Clara", "Paris"),
            ("David", "Lima"),
            ("Eva", "Cairo"),
        ]
        * 3
    )
][:TURNS]


@pytest.fixture
def starter(profile: Path, starter_model: Path) -> Iterator[Parts]:
    """Return a data folder with the starter model, which sees little at once."""
    opened = open_starter(profile, starter_model)
    yield opened
    opened.close()


def open_starter(home: Path, model: Path, context: int = CONTEXT) -> Parts:
    folder = home / "models"
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "starter.gguf").exists():
        (folder / "starter.gguf").symlink_to(model)
    parts = open_parts(home)
    entry = parts.shelf.find("starter")
    parts.shelf.set_load_settings(
        entry, replace(parts.shelf.load_settings(entry), context=context, threads=2)
    )
    return parts


def chat(parts: Parts, overflow: Overflow | None) -> str:
    made = parts.conversations.create(model="starter")
    parts.conversations.set_system(made.id, SYSTEM)
    parts.conversations.set_options(made.id, Options(overflow=overflow))
    return made.id


def talk(parts: Parts, key: str, questions: list[str] = QUESTIONS) -> list[list[TurnEvent]]:
    return [turn(parts, key, question, SHORT) for question in questions]


def prompts(parts: Parts, key: str) -> list[str]:
    replies = [each for each in parts.conversations.branch(key) if each.role == "assistant"]
    return [parts.session.exact_prompt(each.id) for each in replies]


def assert_always_told(parts: Parts, key: str, questions: list[str] = QUESTIONS) -> None:
    told = prompts(parts, key)
    assert len(told) == len(questions)
    for prompt, question in zip(told, questions, strict=True):
        assert SYSTEM in prompt
        assert question in prompt


def replies_of(parts: Parts, key: str) -> list[Message]:
    return [each for each in parts.conversations.branch(key) if each.role == "assistant"]


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


def test_roll_leaves_the_oldest_out_and_tells_how_many(starter: Parts) -> None:
    key = chat(starter, "roll")
    last = finished(talk(starter, key)[-1])
    assert_always_told(starter, key)
    (note,) = [each for each in last.notices if "did not see" in each]
    unread = last.reply.recipe["reads_from"]
    assert unread >= 6
    assert f"The {unread} oldest messages" in note
    branch = starter.conversations.branch(key)
    prompt = starter.session.exact_prompt(last.reply.id)
    assert branch[unread].content in prompt
    assert branch[unread - 2].content not in prompt
    assert assert_reused(starter, key) >= 3


def test_stop_sends_nothing_to_the_model_and_loses_nothing(starter: Parts) -> None:
    key = chat(starter, "stop")
    ends: list[TurnEvent] = []
    for question in QUESTIONS:
        ends.append(turn(starter, key, question, SHORT)[-1])
        if isinstance(ends[-1], TurnFailed):
            break
    refused = ends[-1]
    assert isinstance(refused, TurnFailed)
    assert refused.error.code == "prompt.context_full"
    assert refused.reply is not None
    assert refused.reply.failure is not None
    branch = starter.conversations.branch(key)
    assert [each.content for each in branch if each.role == "user"] == QUESTIONS[: len(ends)]
    assert 3 <= len(ends) < TURNS
    assert starter.session.exact_prompt(refused.reply.id) == ""

    starter.conversations.set_options(key, Options(overflow="roll"))
    events: list[TurnEvent] = []
    starter.session.regenerate(key, events.append).result(120)
    again = finished(events).reply
    prompt = starter.session.exact_prompt(again.id)
    assert SYSTEM in prompt
    assert QUESTIONS[len(ends) - 1] in prompt


def test_compact_sums_up_the_oldest_part(starter: Parts) -> None:
    key = chat(starter, "compact")
    turns = talk(starter, key)
    assert_always_told(starter, key)
    last = finished(turns[-1])
    made = starter.session.summaries.of(key)
    branch = starter.conversations.branch(key)
    assert 2 <= len(made) < TURNS - 4, "a summary stays for several turns"
    in_force = starter.session.summaries.on(branch)[-1]
    assert in_force == made[-1]
    assert [each.recipe["builds_on"] for each in made] == [False] + [True] * (len(made) - 1)
    prompt = starter.session.exact_prompt(last.reply.id)
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
    assert assert_reused(starter, key) >= 4
    said = [each.content for each in branch if each.role == "user"]
    assert said == QUESTIONS, "the messages themselves stay as they are"


def test_the_whole_text_is_read_again_once_a_summary_is_taken_away(
    starter: Parts, profile: Path, starter_model: Path
) -> None:
    key = chat(starter, "compact")
    talk(starter, key, QUESTIONS[:7])
    summaries = starter.session.summaries
    taken = summaries.take_away(starter.conversations.branch(key))
    assert taken
    assert summaries.of(key) == []
    entry = starter.shelf.find("starter")
    starter.shelf.set_load_settings(
        entry, replace(starter.shelf.load_settings(entry), context=2048)
    )
    reply = finished(turn(starter, key, "And now?", SHORT)).reply
    prompt = starter.session.exact_prompt(reply.id)
    assert all(question in prompt for question in QUESTIONS[:7])
    assert reply.recipe["reads_from"] == 0
    summaries.put(taken)
    reply = finished(turn(starter, key, "And then?", SHORT)).reply
    assert taken[-1].text[:20] in starter.session.exact_prompt(reply.id)


def test_a_summary_belongs_to_its_branch(starter: Parts) -> None:
    key = chat(starter, "compact")
    talk(starter, key, QUESTIONS[:7])
    branch = starter.conversations.branch(key)
    assert starter.session.summaries.on(branch)
    turn_beside: list[TurnEvent] = []
    starter.session.send(
        key, "Another beginning", turn_beside.append, overrides=SHORT, beside=branch[0].id
    ).result(120)
    reply = finished(turn_beside).reply
    assert starter.session.summaries.on(starter.conversations.branch(key)) == []
    assert "Summary of" not in starter.session.exact_prompt(reply.id)
    starter.tree.show(branch[-1].id)
    assert starter.session.summaries.on(starter.conversations.branch(key))


def test_the_oldest_part_is_summed_up_on_demand(starter: Parts) -> None:
    key = chat(starter, "roll")
    talk(starter, key, QUESTIONS[:4])
    shares: list[float] = []
    made = starter.session.summarise(key, lambda _messages, share: shares.append(share)).result(120)
    branch = starter.conversations.branch(key)
    place = [each.id for each in branch].index(made.upto_message_id)
    assert 0 < place < len(branch) - 1
    assert branch[place].role == "assistant"
    assert shares[0] == 0.0
    assert shares == sorted(shares)
    reply = finished(turn(starter, key, QUESTIONS[4], SHORT)).reply
    assert made.text[:20] in starter.session.exact_prompt(reply.id)


def test_with_one_exchange_there_is_nothing_to_sum_up(starter: Parts) -> None:
    key = chat(starter, "compact")
    talk(starter, key, QUESTIONS[:1])
    with pytest.raises(StudioError) as caught:
        starter.session.summarise(key, lambda _messages, _share: None).result(120)
    assert caught.value.code == "summary.nothing"
    assert starter.session.running_in is None


def test_a_long_chat_is_summed_up_in_steps_when_its_context_shrinks(
    starter: Parts,
) -> None:
    entry = starter.shelf.find("starter")
    roomy = replace(starter.shelf.load_settings(entry), context=2048)
    starter.shelf.set_load_settings(entry, roomy)
    key = chat(starter, "compact")
    long_one = "Remember this list. " + "apple, pear, plum, " * 50
    talk(starter, key, [*QUESTIONS[:2], long_one, *QUESTIONS[2:4]])
    assert starter.session.summaries.of(key) == []
    starter.shelf.set_load_settings(entry, replace(roomy, context=256))
    last = finished(turn(starter, key, "What now?", SHORT))
    assert len(starter.session.summaries.of(key)) >= 3
    prompt = starter.session.exact_prompt(last.reply.id)
    assert SYSTEM in prompt
    assert "What now?" in prompt
    assert "Summary of" in prompt


@pytest.mark.parametrize("share", [0.0, 0.6])
def test_stopping_a_summary_stops_the_turn_and_keeps_no_half_of_it(
    share: float, starter: Parts
) -> None:
    key = chat(starter, "compact")
    stopped: list[float] = []

    def stop(event: TurnEvent) -> None:
        if isinstance(event, Summarising) and event.share >= share and not stopped:
            stopped.append(event.share)
            starter.session.stop()

    for question in QUESTIONS:
        before = starter.session.summaries.of(key)
        events = turn(starter, key, question, SHORT, stop)
        if stopped:
            break
    assert finished(events).reply.status == "cancelled"
    assert starter.session.summaries.of(key) == before
    assert starter.conversations.branch(key)[-2].content == question
    again = finished(turn(starter, key, "Are you there?", SHORT)).reply
    assert again.status == "finished"
    assert len(starter.session.summaries.of(key)) == len(before) + 1


KILLED = """
import os, sys
from pathlib import Path
from studio.assembly import open_parts
from studio.chat.prompt import Overrides
from studio.chat.turn import Summarising

parts = open_parts(Path(sys.argv[1]))
def die(event):
    if isinstance(event, Summarising) and event.share > 0.25:
        os._exit(9)
short = Overrides(temperature=0.0, max_tokens=24)
for number in range(15):
    text = f"Question number {number}: my friend Anna lives in Oslo, likes long walks along "
    text += "the river in the evening, and reads old books about the sea. Say hello to Anna for me."
    parts.session.send(sys.argv[2], text, die, overrides=short).result(120)
"""


def test_a_kill_in_the_middle_of_a_summary_loses_nothing(
    profile: Path, starter_model: Path
) -> None:
    before = open_starter(profile, starter_model)
    key = chat(before, "compact")
    before.close()
    ended = subprocess.run(
        [sys.executable, "-P", "-c", KILLED, str(profile), key],
        env=worker_environment(),
        check=False,
        timeout=300,
    )
    assert ended.returncode == 9
    parts = open_parts(profile)
    try:
        branch = parts.conversations.branch(key)
        assert parts.session.summaries.of(key) == []
        assert [each.status for each in branch[-2:]] == ["finished", "interrupted"]
        assert branch[-2].content.startswith(f"Question number {len(branch) // 2 - 1}:")
        assert all(each.content for each in branch[:-1])
        events: list[TurnEvent] = []
        parts.session.regenerate(key, events.append).result(120)
        assert finished(events).reply.status == "finished"
        assert parts.session.summaries.of(key)
    finally:
        parts.close()


def test_a_killed_worker_ends_the_turn_in_words(starter: Parts) -> None:
    key = chat(starter, "compact")
    host = None

    def kill(event: TurnEvent) -> None:
        nonlocal host
        if isinstance(event, Summarising) and host is None:
            host = starter.broker.running("llm")
            assert host is not None
            host.stop()

    for question in QUESTIONS:
        events = turn(starter, key, question, SHORT, kill)
        if host is not None:
            break
    last = events[-1]
    assert isinstance(events[0], TurnStarted)
    assert isinstance(last, TurnFailed)
    assert last.error.code.startswith(("worker.", "model."))
    assert starter.session.summaries.of(key) == []
    assert finished(turn(starter, key, "Are you there?", SHORT)).reply.status == "finished"
