"""Summaries of long chats with the real engine: on demand, in steps, and broken off."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from support.exchanges import finished, open_tiny, turn
from support.overflowing import QUESTIONS, SHORT, SYSTEM, Small, chat, see, talk

from studio.assembly import open_parts
from studio.chat.turn import Summarising, TurnEvent, TurnFailed, TurnStarted
from studio.engine.host import worker_environment
from studio.errors import StudioError


def test_the_oldest_part_is_summed_up_on_demand(tiny_small: Small) -> None:
    parts, key = tiny_small.parts, chat(tiny_small, "roll")
    talk(tiny_small, key, QUESTIONS[:4])
    shares: list[float] = []
    made = parts.session.summarise(key, lambda _messages, share: shares.append(share)).result(120)
    branch = parts.conversations.branch(key)
    place = [each.id for each in branch].index(made.upto_message_id)
    assert 0 < place < len(branch) - 1
    assert branch[place].role == "assistant"
    assert shares[0] == 0.0
    assert shares == sorted(shares)
    reply = finished(turn(parts, key, QUESTIONS[4], SHORT)).reply
    assert made.text[:20] in parts.session.exact_prompt(reply.id)


def test_with_one_exchange_there_is_nothing_to_sum_up(tiny_small: Small) -> None:
    parts, key = tiny_small.parts, chat(tiny_small, "compact")
    talk(tiny_small, key, QUESTIONS[:1])
    with pytest.raises(StudioError) as caught:
        parts.session.summarise(key, lambda _messages, _share: None).result(120)
    assert caught.value.code == "summary.nothing"
    assert parts.session.running_in is None


def test_a_long_chat_is_summed_up_in_steps_when_its_context_shrinks(tiny_small: Small) -> None:
    parts, key = tiny_small.parts, chat(tiny_small, "compact")
    see(parts, tiny_small.name, 2048)
    long_one = "Remember this list. " + "apple, pear, plum, " * 50
    talk(tiny_small, key, [*QUESTIONS[:2], long_one, *QUESTIONS[2:4]])
    assert parts.session.summaries.of(key) == []
    see(parts, tiny_small.name, 512)
    last = finished(turn(parts, key, "What now?", SHORT))
    assert len(parts.session.summaries.of(key)) >= 3
    prompt = parts.session.exact_prompt(last.reply.id)
    assert SYSTEM in prompt
    assert "What now?" in prompt
    assert "Summary of" in prompt


@pytest.mark.parametrize(("model", "share"), [("tiny_small", 0.0), ("starter_small", 0.6)])
def test_stopping_a_summary_stops_the_turn_and_keeps_no_half_of_it(
    model: str, share: float, request: pytest.FixtureRequest
) -> None:
    small: Small = request.getfixturevalue(model)
    parts, key = small.parts, chat(small, "compact")
    stopped: list[float] = []

    def stop(event: TurnEvent) -> None:
        if isinstance(event, Summarising) and event.share >= share and not stopped:
            stopped.append(event.share)
            parts.session.stop()

    for question in QUESTIONS:
        events = turn(parts, key, question, SHORT, stop)
        if stopped:
            break
    assert finished(events).reply.status == "cancelled"
    assert parts.session.summaries.of(key) == []
    assert parts.conversations.branch(key)[-2].content == question
    again = finished(turn(parts, key, "Are you there?", SHORT)).reply
    assert again.status == "finished"
    made = parts.session.summaries.of(key)
    assert [each.recipe["builds_on"] for each in made] == [False] + [True] * (len(made) - 1)
    assert made


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
short = Overrides(temperature=0.0, max_tokens=8)
for number in range(20):
    text = f"Question number {number}: what would you say to my friend Anna in Oslo?"
    parts.session.send(sys.argv[2], text, die, overrides=short).result(120)
"""


def test_a_kill_in_the_middle_of_a_summary_loses_nothing(
    profile: Path,
) -> None:
    before = open_tiny(profile)
    see(before, "tiny", 1024)
    key = chat(Small(before, "tiny", 1024, 10), "compact")
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


def test_a_killed_worker_ends_the_turn_in_words(tiny_small: Small) -> None:
    parts, key = tiny_small.parts, chat(tiny_small, "compact")
    host = None

    def kill(event: TurnEvent) -> None:
        nonlocal host
        if isinstance(event, Summarising) and host is None:
            host = parts.broker.running("llm")
            assert host is not None
            host.stop()

    for question in QUESTIONS:
        events = turn(parts, key, question, SHORT, kill)
        if host is not None:
            break
    last = events[-1]
    assert isinstance(events[0], TurnStarted)
    assert isinstance(last, TurnFailed)
    assert last.error.code.startswith(("worker.", "model."))
    assert parts.session.summaries.of(key) == []
    assert finished(turn(parts, key, "Are you there?", SHORT)).reply.status == "finished"
