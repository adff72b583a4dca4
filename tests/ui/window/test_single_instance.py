"""One window per data folder, whatever becomes of the first."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.errors import StudioError
from studio.paths import FileLock
from studio.ui.instance import SingleInstance

CLAIM = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from studio.ui.instance import SingleInstance
application = QCoreApplication([])
instance = SingleInstance(Path(sys.argv[1]))
print("begun", flush=True)
print("first" if instance.claim() else "second", flush=True)
"""
HOLD = CLAIM + "sys.stdin.read()"
# Its event loop never runs, so what the system takes for it is never answered.
HANG = CLAIM + "instance.listen(); print('deaf', flush=True); sys.stdin.read()"

Claims = Callable[[Path], SingleInstance]


@pytest.fixture
def claims(qapp: QApplication) -> Iterator[Claims]:
    made: list[SingleInstance] = []

    def make(folder: Path) -> SingleInstance:
        made.append(SingleInstance(folder))
        return made[-1]

    yield make
    for instance in made:
        instance.release()


def start(program: str, folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def lines(process: subprocess.Popen[str], *expected: str) -> None:
    """Wait for the next lines that a program says."""
    assert process.stdout is not None
    for words in expected:
        assert process.stdout.readline().strip() == words


def end_soon(process: subprocess.Popen[str]) -> threading.Timer:
    """Let a program that holds the folder leave, while somebody waits for it."""
    assert process.stdin is not None
    timer = threading.Timer(1.0, process.stdin.close)
    timer.start()
    return timer


def test_a_second_start_brings_the_first_window_to_the_front(
    claims: Claims, tmp_path: Path, qtbot: QtBot
) -> None:
    first = claims(tmp_path)
    assert first.claim()
    first.listen()
    with start(CLAIM, tmp_path) as second:
        with qtbot.waitSignal(first.raised, timeout=20_000):
            pass  # the window's loop runs meanwhile, and answers
        told, _ = second.communicate(timeout=20)
    assert told.split() == ["begun", "second"]


def test_a_second_start_waits_for_a_window_that_has_only_just_begun(
    claims: Claims, tmp_path: Path, qtbot: QtBot
) -> None:
    first = claims(tmp_path)
    assert first.claim()
    with start(CLAIM, tmp_path) as second:
        lines(second, "begun")
        qtbot.wait(700)
        with qtbot.waitSignal(first.raised, timeout=20_000):
            first.listen()
        told, _ = second.communicate(timeout=20)
    assert told.split() == ["second"]


def test_other_folders_have_windows_of_their_own(claims: Claims, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert claims(tmp_path / "a").claim()
    assert claims(tmp_path / "b").claim()


def test_a_killed_window_leaves_the_folder_free(claims: Claims, tmp_path: Path) -> None:
    with start(HOLD, tmp_path) as killed:
        lines(killed, "begun", "first")
        killed.kill()
    instance = claims(tmp_path)
    assert instance.claim()
    instance.listen()


def test_a_window_that_ends_meanwhile_gives_the_folder_to_the_next(
    claims: Claims, tmp_path: Path
) -> None:
    with start(HOLD, tmp_path) as ending:
        lines(ending, "begun", "first")
        timer = end_soon(ending)
        assert claims(tmp_path).claim(patience_s=20)
        timer.join()


def test_a_window_that_closes_without_answering_is_waited_for(
    claims: Claims, tmp_path: Path
) -> None:
    with start(HANG, tmp_path) as ending:
        lines(ending, "begun", "first", "deaf")
        timer = end_soon(ending)
        assert claims(tmp_path).claim(patience_s=20)
        timer.join()


def test_a_window_that_has_begun_to_close_hears_nobody_and_is_waited_for(
    claims: Claims, tmp_path: Path, qtbot: QtBot
) -> None:
    first = claims(tmp_path)
    assert first.claim()
    first.listen()
    first.deafen()
    raised: list[bool] = []
    first.raised.connect(lambda: raised.append(True))
    with start(CLAIM, tmp_path) as second:
        lines(second, "begun")
        qtbot.wait(700)
        first.release()
        told, _ = second.communicate(timeout=20)
    assert told.split() == ["first"]
    assert raised == []


def test_a_window_that_hangs_is_told_though_the_system_takes_the_connection(
    claims: Claims, tmp_path: Path
) -> None:
    with start(HANG, tmp_path) as hanging:
        lines(hanging, "begun", "first", "deaf")
        with pytest.raises(StudioError) as raised:
            claims(tmp_path).claim(patience_s=0.5)
        hanging.communicate("", timeout=20)
    assert raised.value.code == "window.no_answer"


def test_a_window_that_does_not_answer_is_told_and_not_doubled(
    claims: Claims, tmp_path: Path
) -> None:
    holder = FileLock(tmp_path / "window.lock")
    assert holder.acquire(timeout_s=0)
    try:
        with pytest.raises(StudioError) as raised:
            claims(tmp_path).claim(patience_s=0.5)
    finally:
        holder.release()
    assert raised.value.code == "window.no_answer"


def test_a_folder_without_locks_still_opens(
    claims: Claims, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert claims(tmp_path / "not there").claim()
    assert "lock cannot be used" in caplog.text
