"""What fails in the background is logged and told, whatever it is, and stops nothing after it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, Event

import pytest

from studio.assembly import Parts, open_data
from studio.background import Background
from studio.engine.host import Host
from studio.errors import StudioError, in_words


def _no_worker(worker: str) -> Host:
    raise AssertionError(f"{worker} is not wanted here")


@pytest.fixture
def parts(profile: Path) -> Iterator[Parts]:
    opened = open_data(profile, _no_worker)
    yield opened
    opened.close()


def run(parts: Parts, error: Exception) -> list[StudioError]:
    """Let something fail in the background; return what was told of it."""
    told: list[StudioError] = []
    done = Event()
    parts.observe_failures(told.append)

    def work() -> None:
        raise error

    parts.background(work)
    parts.background(done.set)
    assert done.wait(20)
    return told


def test_a_fault_of_the_program_is_told_with_its_report(
    parts: Parts, caplog: pytest.LogCaptureFixture
) -> None:
    (told,) = run(parts, ZeroDivisionError("a mistake"))
    assert told.code == "program.bug"
    assert "a mistake" not in str(told)
    assert "ZeroDivisionError: a mistake" in told.details
    assert "Traceback" in told.details
    assert [record.levelno for record in caplog.records] == [logging.ERROR]


def test_a_failure_of_the_world_is_told_as_it_is(
    parts: Parts, caplog: pytest.LogCaptureFixture
) -> None:
    failure = StudioError("disk.full", "The disk is full.", "Free some space.")
    assert run(parts, failure) == [failure]
    assert "The disk is full." in caplog.text


def test_a_damaged_preset_stops_nothing(parts: Parts) -> None:
    parts.paths.presets.mkdir(parents=True, exist_ok=True)
    (parts.paths.presets / "odd.json").write_text("{", "utf-8")
    parts.prepare()
    assert {"assistant", "brief"} <= {preset.name for preset in parts.presets.list()}
    (warning,) = parts.presets.warnings
    assert "odd.json" in warning


def test_an_error_in_words_stays_itself() -> None:
    failure = StudioError("disk.full", "The disk is full.", "Free some space.")
    assert in_words(failure) is failure


def test_a_transfer_holds_no_other_work_up_and_is_told_when_to_stop(profile: Path) -> None:
    parts = open_data(profile, _no_worker)
    begun, looked = Event(), Event()
    seen: list[bool] = []

    def copy(is_closing: Callable[[], bool]) -> None:
        begun.set()
        while not is_closing():
            seen.append(looked.wait(0.01))

    parts.transfer(copy)
    assert begun.wait(20)
    parts.background(looked.set)
    assert looked.wait(20)
    parts.close()
    assert seen


def test_what_was_not_begun_by_the_close_is_dropped() -> None:
    told: list[StudioError] = []
    background = Background("test", told.append)
    begun, closing = Event(), Event()
    done: list[str] = []

    def first() -> None:
        begun.set()
        assert closing.wait(20)
        background.run(lambda: done.append("asked for while it closes"))
        done.append("first")

    background.run(first)
    background.run(lambda: done.append("second"))
    assert begun.wait(20)
    background.begin_close()
    closing.set()
    background.close()
    background.run(lambda: done.append("late"))
    assert done == ["first"]
    assert told == []


def test_work_that_comes_while_it_closes_is_no_fault() -> None:
    for _ in range(50):
        background = Background("test", lambda error: None)
        ready = Barrier(2)

        def ask(background: Background = background, ready: Barrier = ready) -> None:
            ready.wait(20)
            for _ in range(50):
                background.run(lambda: None)

        with ThreadPoolExecutor(1) as other:
            asking = other.submit(ask)
            ready.wait(20)
            background.close()
            asking.result(20)
