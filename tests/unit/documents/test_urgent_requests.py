"""A question is answered while a long request is worked on, and the rest keep their order."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from studio.engine.host import Host
from studio.engine.language import ChatMessage, Count, Load, LoadSettings, SaveState
from studio.engine.protocol import Done, Failed, Token

SCRIPT = Path(__file__).parents[2] / "support" / "pausing_worker.py"
WORK = Load(0, "", LoadSettings())
QUESTION = Count(0, (ChatMessage("user", "?"),))


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    started = Host("search", tmp_path / "worker.log", [sys.executable, str(SCRIPT)])
    started.start()
    yield started
    started.stop()


def test_an_urgent_request_is_answered_during_a_long_one(host: Host) -> None:
    work = host.submit(WORK)
    assert isinstance(work.next(20), Token)
    later = host.submit(SaveState(0))
    assert host.submit(QUESTION).result() is not None
    assert (work.ending, later.ending) == (None, None)
    work.cancel()
    assert work.result().cancelled
    assert not later.result().cancelled


def test_a_stopped_question_stops_nothing_else(host: Host) -> None:
    work = host.submit(WORK)
    assert isinstance(work.next(20), Token)
    question = host.submit(QUESTION)
    question.cancel()
    question.result()
    assert host.submit(QUESTION).result() == Done(3)
    assert work.ending is None
    work.cancel()
    assert work.result().cancelled


def test_a_refused_question_stops_nothing_else(host: Host) -> None:
    work = host.submit(WORK)
    assert isinstance(work.next(20), Token)
    (refused,) = host.submit(Count(0, ())).events()
    assert isinstance(refused, Failed)
    assert refused.code == "prompt.empty"
    assert host.submit(QUESTION).result() == Done(3)
    work.cancel()
    assert work.result().cancelled


def test_the_end_of_the_window_ends_the_pause_too(host: Host) -> None:
    work = host.submit(WORK)
    assert isinstance(work.next(20), Token)
    host.stop()
    assert host.outcome is not None
    assert host.outcome.exit_code == 0


def test_without_a_long_request_the_order_is_that_of_asking(host: Host) -> None:
    answers = [host.submit(SaveState(0)), host.submit(QUESTION), host.submit(SaveState(0))]
    assert [job.result() for job in answers] == [Done(1), Done(2), Done(3)]
