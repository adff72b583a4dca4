"""A running reply, kept so that it can be shown again with the time that it has thought."""

from __future__ import annotations

import pytest
from support.clock import Clock
from support.talk import message

from studio.ui.chat import live as live_module
from studio.ui.chat.live import LiveReply


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(live_module, "monotonic", clock)
    return clock


def thought(live: LiveReply) -> float | None:
    (now,) = live.freshened([message(1, "assistant", "")])
    return now.thought_s


def test_the_time_runs_from_the_first_thought_to_the_first_word(clock: Clock) -> None:
    live = LiveReply()
    live.begin(message(1, "assistant", "", status="streaming"))
    assert thought(live) is None
    live.grow("", "Let me")
    clock.now += 5
    assert thought(live) == 5
    live.grow("\n", " think.")
    clock.now += 2
    assert thought(live) == 7
    live.grow("Yes", "")
    clock.now += 30
    live.grow(", because", "")
    assert thought(live) == 7


def test_a_reply_without_thoughts_has_no_time(clock: Clock) -> None:
    live = LiveReply()
    live.begin(message(1, "assistant", "", status="streaming"))
    live.grow("Yes", "")
    assert thought(live) is None


def test_the_next_reply_begins_anew(clock: Clock) -> None:
    live = LiveReply()
    live.begin(message(0, "assistant", "", status="streaming"))
    live.grow("", "Hm")
    live.begin(message(1, "assistant", "", status="streaming"))
    assert thought(live) is None


def test_a_reply_that_the_disk_did_not_take_is_shown_whole_until_it_is_saved() -> None:
    live = LiveReply()
    stored = message(1, "assistant", "Half", status="streaming")
    whole = message(1, "assistant", "Half and half", status="failed")
    live.keep(whole)
    assert live.freshened([stored]) == [whole]
    live.let_go(whole.id)
    assert live.freshened([stored]) == [stored]
