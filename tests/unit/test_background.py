"""What fails in the background is logged and told, whatever it is, and stops nothing after it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from studio.assembly import Parts, open_data
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
