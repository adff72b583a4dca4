"""The host tells every ending of a worker in words, and loses nothing that had arrived."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from studio.engine import host as host_module
from studio.engine.host import Host, worker_environment
from studio.engine.language import Count
from studio.engine.outcome import Ending
from studio.engine.protocol import Done, Failed, Token
from studio.errors import StudioError

SCRIPT = Path(__file__).parent.parent / "support" / "scripted_worker.py"
REQUEST = Count(0, ())


@contextmanager
def host_of(behaviour: str, tmp_path: Path) -> Iterator[Host]:
    host = Host("llm", tmp_path / "worker.log", [sys.executable, str(SCRIPT), behaviour])
    host.start()
    yield host
    host.stop()


def texts(events: list[object]) -> str:
    return "".join(event.text for event in events if isinstance(event, Token))


def test_requests_are_answered_in_order_with_their_own_ids(tmp_path: Path) -> None:
    with host_of("echo", tmp_path) as host:
        first, second = host.submit(REQUEST), host.submit(REQUEST)
        assert first.request.id != second.request.id
        assert second.result().result == second.request
        assert first.result().result == first.request
        assert host.versions == {"scripted": "1"}
    assert host.outcome is not None
    assert host.outcome.ending is Ending.STOPPED_BY_US


@pytest.mark.parametrize(
    ("behaviour", "ending", "words"),
    [
        pytest.param(
            "killed",
            Ending.ENDED_BY_SYSTEM,
            "The language engine was ended by the system, most often because memory ran out.",
            marks=pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX"),
        ),
        ("out of memory", Ending.OUT_OF_MEMORY, "ran out of memory"),
        pytest.param(
            "crash",
            Ending.CRASHED,
            "SIGSEGV",
            marks=pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX"),
        ),
    ],
)
def test_a_worker_that_dies_keeps_what_had_arrived(
    behaviour: str, ending: Ending, words: str, tmp_path: Path
) -> None:
    with host_of(behaviour, tmp_path) as host:
        events = list(host.submit(REQUEST).events())
        assert texts(list(events)) == "some text"
        assert isinstance(events[-1], Failed)
        assert events[-1].code == f"worker.{ending.value}"
        assert words in str(events[-1].facts["what"])
        assert not host.alive
        late = host.submit(REQUEST)
        with pytest.raises(StudioError, match=words):
            late.result()


def test_words_that_are_no_messages_end_the_worker(tmp_path: Path) -> None:
    with host_of("babble", tmp_path) as host:
        events = list(host.submit(REQUEST).events())
        assert texts(list(events)) == "some text"
        last = events[-1]
        assert isinstance(last, Failed)
        assert last.code == "worker.crashed"
        assert "what it sent could not be read" in str(last.facts["what"])
        assert "memory" not in str(last.facts["what"])
        assert "frame of" in str(last.facts["details"])
    assert host.outcome is not None
    assert host.outcome.ending is Ending.CRASHED


def test_a_fault_in_reading_ends_the_worker_and_its_jobs_and_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported: list[type[BaseException] | None] = []
    monkeypatch.setattr(threading, "excepthook", lambda what: reported.append(what.exc_type))
    with host_of("odd versions", tmp_path) as host:
        events = list(host.submit(REQUEST).events())
        assert isinstance(events[-1], Failed)
        assert not host.alive
    assert reported == [TypeError]


@pytest.mark.skipif(sys.platform == "win32", reason="open files cannot be removed there")
def test_a_log_without_a_place_costs_only_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "logs").write_text("a file where the folder should be")
    log_file = tmp_path / "logs" / "worker.log"
    for behaviour, code in (("echo", ""), ("out of memory", "worker.out_of_memory")):
        host = Host("llm", log_file, [sys.executable, str(SCRIPT), behaviour])
        host.start()
        last = list(host.submit(REQUEST).events())[-1]
        assert (last.code if isinstance(last, Failed) else "") == code
        host.stop()
    assert not log_file.exists()
    assert set(caplog.messages) == {
        f"No log of the engine is kept: {tmp_path / 'logs'} cannot be written."
    }


def test_cancel_is_answered_by_an_obedient_worker(tmp_path: Path) -> None:
    with host_of("obedient", tmp_path) as host:
        job = host.submit(REQUEST)
        job.cancel()
        assert job.result().cancelled
        assert host.alive


def test_a_worker_that_ignores_cancel_is_ended_after_two_seconds(tmp_path: Path) -> None:
    with host_of("stubborn", tmp_path) as host:
        job = host.submit(REQUEST)
        job.cancel()
        events = list(job.events())
        assert texts(list(events)) == "some text"
        assert isinstance(events[-1], Failed)
        assert events[-1].code == "worker.stopped_by_us"
        assert not host.alive


def test_the_time_behind_another_job_does_not_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(host_module, "CANCEL_GRACE_S", 0.5)
    with host_of("slow, then stubborn", tmp_path) as host:
        first, second = host.submit(REQUEST), host.submit(REQUEST)
        second.cancel()
        assert not first.result().cancelled  # it took longer than a job that stands alone may
        last = list(second.events())[-1]
        assert isinstance(last, Failed)
        assert last.code == "worker.stopped_by_us"


def test_a_job_that_ends_in_time_after_another_keeps_the_worker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(host_module, "CANCEL_GRACE_S", 2.5)
    with host_of("slow", tmp_path) as host:
        jobs = [host.submit(REQUEST) for _ in range(2)]
        jobs[1].cancel()
        for job in jobs:
            job.result()
        assert host.alive


def test_stop_waits_for_the_last_words_of_a_worker_that_has_ended(tmp_path: Path) -> None:
    with host_of("out of memory", tmp_path) as host:
        list(host.submit(REQUEST).events())
    assert not [each for each in threading.enumerate() if each.name == "llm events"]


def test_stop_ends_a_worker_that_stays(tmp_path: Path) -> None:
    host = Host("llm", tmp_path / "worker.log", [sys.executable, str(SCRIPT), "stays"])
    host.start()
    began = time.monotonic()
    host.stop(grace_s=0.2)
    assert time.monotonic() - began < 30
    assert not host.alive


def test_a_worker_that_cannot_import_says_why(tmp_path: Path) -> None:
    host = Host("llm", tmp_path / "worker.log", [sys.executable, str(SCRIPT), "import error"])
    with pytest.raises(StudioError) as caught:
        host.start()
    assert caught.value.code == "worker.never_started"
    assert "libsomething.so" in caught.value.details
    assert "Install the program again" in caught.value.hint
    assert "the details say what is missing" in caught.value.hint


def test_a_program_that_is_not_there_is_told(tmp_path: Path) -> None:
    host = Host("llm", tmp_path / "worker.log", [str(tmp_path / "nothing")])
    with pytest.raises(StudioError, match="could not start"):
        host.start()


def test_a_worker_that_says_nothing_is_given_up(tmp_path: Path) -> None:
    host = Host("llm", tmp_path / "worker.log", [sys.executable, str(SCRIPT), "silent"])
    with pytest.raises(StudioError):
        host.start(timeout_s=0.3)
    assert not host.alive


def test_workers_are_started_offline() -> None:
    environment = worker_environment()
    assert environment["HF_HUB_OFFLINE"] == "1"
    assert environment["TRANSFORMERS_OFFLINE"] == "1"


def test_done_is_the_last_event(tmp_path: Path) -> None:
    with host_of("echo", tmp_path) as host:
        assert isinstance(list(host.submit(REQUEST).events())[-1], Done)
