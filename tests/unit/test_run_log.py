"""The program's log keeps within its size and never keeps the program from going on."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from studio.run_log import CappedLog, write_log


@pytest.fixture
def studio() -> Iterator[logging.Logger]:
    """Return the program's own logger, and take from it what the test has given to it."""
    logger = logging.getLogger("studio")
    handlers, level = list(logger.handlers), logger.level
    yield logger
    for handler in set(logger.handlers) - set(handlers):
        logger.removeHandler(handler)
        handler.close()
    logger.setLevel(level)


def record(words: str) -> logging.LogRecord:
    return logging.LogRecord("studio.test", logging.ERROR, __file__, 1, words, None, None)


def fill(file: Path, times: int) -> None:
    log = CappedLog(file, limit_bytes=10_000)
    for number in range(times):
        log.emit(record(f"{number} " + "x" * 1000))
    log.close()


def test_a_fault_that_repeats_does_not_fill_the_disk(tmp_path: Path) -> None:
    fill(tmp_path / "studio.log", 200)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["studio.1.log", "studio.log"]
    assert all(path.stat().st_size < 13_000 for path in tmp_path.iterdir())
    assert "199 xxx" in (tmp_path / "studio.log").read_text("utf-8")


def test_a_short_log_is_gone_on_with(tmp_path: Path) -> None:
    for _ in range(2):
        fill(tmp_path / "studio.log", 3)
    assert (tmp_path / "studio.log").read_text("utf-8").count("ERROR studio.test") == 6


def test_a_log_that_cannot_be_renamed_is_emptied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_source: Path, _target: Path) -> None:
        raise PermissionError(13, "another program has it open")

    monkeypatch.setattr(Path, "replace", refuse)
    fill(tmp_path / "studio.log", 100)
    assert (tmp_path / "studio.log").stat().st_size < 13_000


def test_without_a_place_for_the_log_the_program_goes_on(
    tmp_path: Path, studio: logging.Logger, caplog: pytest.LogCaptureFixture
) -> None:
    before = list(studio.handlers)
    write_log(tmp_path / "not there" / "studio.log")
    assert studio.handlers == before
    assert "the log cannot be written" in caplog.text


def test_what_the_program_tells_is_in_the_log(tmp_path: Path, studio: logging.Logger) -> None:
    write_log(tmp_path / "studio.log")
    logging.getLogger("studio.somewhere").info("a fact")
    assert "INFO studio.somewhere: a fact" in (tmp_path / "studio.log").read_text("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="files have no such modes there")
def test_only_the_owner_reads_the_log(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        fill(tmp_path / "studio.log", 200)
    finally:
        os.umask(before)
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}
