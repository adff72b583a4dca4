"""One window per data folder, whatever becomes of the first."""

from __future__ import annotations

import subprocess
import sys
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
print("first" if SingleInstance(Path(sys.argv[1])).claim() else "second", flush=True)
"""
HOLD = CLAIM + "sys.stdin.read()"

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


def test_a_second_start_brings_the_first_window_to_the_front(
    claims: Claims, tmp_path: Path, qtbot: QtBot
) -> None:
    first = claims(tmp_path)
    assert first.claim()
    first.listen()
    with qtbot.waitSignal(first.raised, timeout=20_000), start(CLAIM, tmp_path) as second:
        told, _ = second.communicate(timeout=20)
    assert told.split() == ["second"]


def test_a_second_start_waits_for_a_window_that_has_only_just_begun(
    claims: Claims, tmp_path: Path, qtbot: QtBot
) -> None:
    first = claims(tmp_path)
    assert first.claim()
    with start(CLAIM, tmp_path) as second:
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
        assert killed.stdout is not None
        assert killed.stdout.readline().strip() == "first"
        killed.kill()
    instance = claims(tmp_path)
    assert instance.claim()
    instance.listen()


def test_a_window_that_ends_meanwhile_gives_the_folder_to_the_next(
    claims: Claims, tmp_path: Path
) -> None:
    with start(HOLD, tmp_path) as ending:
        assert ending.stdout is not None
        assert ending.stdout.readline().strip() == "first"
        ending.communicate("", timeout=20)
    assert claims(tmp_path).claim()


def test_a_window_that_does_not_answer_is_told_and_not_doubled(
    claims: Claims, tmp_path: Path
) -> None:
    holder = FileLock(tmp_path / "window.lock")
    assert holder.acquire(timeout_s=0)
    try:
        with pytest.raises(StudioError) as raised:
            claims(tmp_path).claim()
    finally:
        holder.release()
    assert raised.value.code == "window.no_answer"


def test_a_folder_without_locks_still_opens(
    claims: Claims, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert claims(tmp_path / "not there").claim()
    assert "lock cannot be used" in caplog.text
