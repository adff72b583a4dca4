"""The foot of the window is told what there is, by looks that do not take the window's time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from support.loaded_model import loaded

from studio.engine.language import ModelLoaded
from studio.library import hardware
from studio.ui.library.status import StatusTeller
from studio.ui.theme import Theme
from studio.ui.widgets.status_line import StatusLine

PART_BYTES = 3_000_000


class Engine:
    def __init__(self) -> None:
        self.holds: ModelLoaded | None = None


@pytest.fixture
def line(theme: Theme, qtbot: QtBot) -> StatusLine:
    line = StatusLine(theme)
    qtbot.addWidget(line)
    return line


@pytest.fixture
def background() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as executor:
        yield executor


@pytest.fixture
def engine() -> Engine:
    return Engine()


@pytest.fixture
def teller(line: StatusLine, engine: Engine, background: ThreadPoolExecutor) -> StatusTeller:
    return StatusTeller(line, lambda: engine.holds, background.submit)


def split(folder: Path) -> Path:
    """Write a model of two parts and return the first."""
    parts = [folder / f"big-{number:05}-of-00002.gguf" for number in (1, 2)]
    for part in parts:
        part.write_bytes(bytes(PART_BYTES))
    return parts[0]


def test_all_parts_of_a_model_count(
    teller: StatusTeller, engine: Engine, line: StatusLine, qtbot: QtBot, tmp_path: Path
) -> None:
    engine.holds = loaded(path=str(split(tmp_path)), device="CPU")
    teller.tell()
    qtbot.waitUntil(lambda: line.facts.model_bytes == 2 * PART_BYTES)
    assert line.facts.model.startswith("big")
    assert line.facts.device == "CPU"
    engine.holds = None
    teller.tell()
    qtbot.waitUntil(lambda: line.facts.model == "")
    assert line.facts.model_bytes == 0


def test_the_files_are_asked_once_for_each_load(
    teller: StatusTeller, engine: Engine, line: StatusLine, qtbot: QtBot, tmp_path: Path
) -> None:
    first = split(tmp_path)
    engine.holds = loaded(path=str(first), seconds=1.0)
    teller.tell()
    qtbot.waitUntil(lambda: line.facts.model_bytes == 2 * PART_BYTES)
    first.write_bytes(b"")
    engine.holds = loaded(path=str(first), seconds=1.0, device="GPU")
    teller.tell()
    qtbot.waitUntil(lambda: line.facts.model_bytes == PART_BYTES)


def test_a_model_whose_file_is_gone_is_told_with_its_weights(
    teller: StatusTeller, engine: Engine, line: StatusLine, qtbot: QtBot, tmp_path: Path
) -> None:
    engine.holds = loaded(path=str(tmp_path / "gone.gguf"), weights_bytes=5_000_000)
    teller.tell()
    qtbot.waitUntil(lambda: line.facts.model_bytes == 5_000_000)


def test_nothing_is_looked_at_on_the_windows_thread(
    teller: StatusTeller, line: StatusLine, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    where: list[threading.Thread] = []

    def ram() -> tuple[int, int]:
        where.append(threading.current_thread())
        return 8 << 30, 2 << 30

    monkeypatch.setattr(hardware, "ram", ram)
    teller.start()
    assert teller.is_running
    qtbot.waitUntil(lambda: line.facts.memory_used == 6 << 30)
    teller.stop()
    assert not teller.is_running
    assert line.facts.memory_total == 8 << 30
    assert threading.main_thread() not in where


def test_looks_do_not_pile_up_and_the_last_word_counts(
    line: StatusLine, engine: Engine, qtbot: QtBot, tmp_path: Path
) -> None:
    asked: list[Callable[[], None]] = []
    teller = StatusTeller(line, lambda: engine.holds, asked.append)
    for _ in range(5):
        teller.tell()
    assert len(asked) == 1
    engine.holds = loaded(path=str(split(tmp_path)))
    asked.pop()()
    qtbot.waitUntil(lambda: len(asked) == 1)
    asked.pop()()
    qtbot.waitUntil(lambda: line.facts.model_bytes == 2 * PART_BYTES)
    assert asked == []


def test_a_look_that_fails_is_not_the_last(
    line: StatusLine, engine: Engine, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> tuple[int, int]:
        raise OSError("no memory to look at")

    asked: list[Callable[[], None]] = []
    teller = StatusTeller(line, lambda: engine.holds, asked.append)
    teller.tell()
    with monkeypatch.context() as patch:
        patch.setattr(hardware, "ram", fail)
        with pytest.raises(OSError, match="no memory to look at"):
            asked.pop()()

    def is_asked_again() -> bool:
        teller.tell()
        return bool(asked)

    qtbot.waitUntil(is_asked_again)
