"""Each process that starts workers has logs of its own; a few of the ended ones are kept."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from studio.engine.worker_logs import last_words, log_file, open_log


def write(folder: Path, name: str, age_s: int) -> None:
    path = folder / name
    path.write_text(name, "utf-8")
    os.utime(path, (1_000_000 - age_s, 1_000_000 - age_s))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_log_is_named_after_this_process(tmp_path: Path) -> None:
    path = log_file(tmp_path / "not yet", "llm", lambda _: True)
    assert path == tmp_path / "not yet" / f"worker-llm-{os.getpid()}.log"


def test_logs_of_living_processes_stay(tmp_path: Path) -> None:
    for pid in range(900_001, 900_010):
        write(tmp_path, f"worker-llm-{pid}.log", pid)
    before = names(tmp_path)
    log_file(tmp_path, "llm", lambda _: True)
    assert names(tmp_path) == before


def test_the_newest_few_of_ended_processes_are_kept(tmp_path: Path) -> None:
    write(tmp_path, "worker-llm.log", 9)
    for age, pid in enumerate((900_001, 900_002, 900_003, 900_004)):
        write(tmp_path, f"worker-llm-{pid}.log", age)
    write(tmp_path, f"worker-llm-{os.getpid()}.log", 99)
    log_file(tmp_path, "llm", lambda pid: pid == 900_002)
    assert names(tmp_path) == sorted(
        [
            "worker-llm-900001.log",
            "worker-llm-900002.log",
            "worker-llm-900003.log",
            "worker-llm-900004.log",
            f"worker-llm-{os.getpid()}.log",
        ]
    )


def test_other_files_are_not_touched(tmp_path: Path) -> None:
    others = ["studio.log", "worker-llm-notes.log", "worker-llm-1.log.txt", "worker-llmx-1.log"]
    others += [f"worker-embedding-{pid}.log" for pid in range(1, 9)]
    for name in others:
        write(tmp_path, name, 5)
    log_file(tmp_path, "llm", lambda _: False)
    assert names(tmp_path) == sorted(others)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such modes")
def test_a_log_is_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "logs" / "worker-llm-1.log"
    with open_log(file) as log:
        log.write(b"words of the person")
        assert last_words(log, 6) == "person"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_folder_that_cannot_be_looked_at_has_a_log_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "glob", refuse)
    assert log_file(tmp_path, "llm", lambda _: False).parent == tmp_path
