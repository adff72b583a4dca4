"""What each process really imports, read from the interpreter's own list while it runs.

A linter sees import statements; only a running process shows what they bring along. Python writes
a line for every module to standard error when PYTHONPROFILEIMPORTTIME is set.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from studio.engine.host import Host, worker_environment

INFERENCE = {"torch", "llama_cpp", "transformers", "diffusers", "faiss", "sentence_transformers"}
LINE = re.compile(r"^import time:\s+\d+ \|\s+\d+ \|\s+([\w.]+)$", re.MULTILINE)


def loaded(told: str, at_least: int) -> set[str]:
    """Return every imported module and its parents."""
    names = set(LINE.findall(told))
    assert len(names) > at_least, told[-2000:]
    return names | {name.split(".")[0] for name in names}


def environment(profile: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPROFILEIMPORTTIME": "1", "STUDIO_HOME": str(profile)}


def test_the_window_loads_no_inference(profile: Path, tmp_path: Path) -> None:
    told = tmp_path / "told"
    with (
        told.open("wb") as out,
        subprocess.Popen(
            [sys.executable, "-P", "-m", "studio"],
            env=environment(profile),
            stdout=subprocess.DEVNULL,
            stderr=out,
        ) as window,
    ):
        try:
            names = set_that_rests(told, window)
        finally:
            window.terminate()
    assert "PySide6" in names
    assert "studio.ui.window" in names
    assert names & {*INFERENCE, "jinja2", "PySide6.QtQml", "PySide6.QtQuick"} == set()


def set_that_rests(told: Path, window: subprocess.Popen[bytes]) -> set[str]:
    """Wait until the window has imported nothing for two seconds; return what it imported."""
    size, since = -1, time.monotonic()
    while time.monotonic() - since < 2:
        assert window.poll() is None, told.read_text("utf-8", "replace")[-2000:]
        if told.stat().st_size != size or size < 10_000:
            size, since = told.stat().st_size, time.monotonic()
        time.sleep(0.1)
    return loaded(told.read_text("utf-8", "replace"), 150)


def test_the_worker_loads_no_window_and_no_database(tmp_path: Path) -> None:
    log = tmp_path / "llm.log"
    host = Host("llm", log, environment={**worker_environment(), "PYTHONPROFILEIMPORTTIME": "1"})
    host.start()
    host.stop()

    names = loaded(log.read_text("utf-8", "replace"), 100)
    assert "llama_cpp" in names
    # sqlite3 itself is there: llama_cpp imports a disk cache for its server, which we do not use.
    assert names & {"PySide6", "shiboken6", "sqlite_utils", "torch"} == set()
    assert not [name for name in names if name.startswith(("studio.ui", "studio.storage"))]
    assert names & {"studio.app", "studio.cli", "studio.settings", "studio.engine.host"} == set()


@pytest.mark.parametrize(
    ("worker", "foreign"),
    [
        ("extraction", {"torch", "faiss", "llama_cpp", "transformers"}),
        ("search", {"torch", "llama_cpp", "transformers", "pypdfium2", "kreuzberg"}),
    ],
)
def test_workers_of_documents_load_what_is_theirs(
    tmp_path: Path, worker: str, foreign: set[str]
) -> None:
    log = tmp_path / "worker.log"
    host = Host(worker, log, environment={**worker_environment(), "PYTHONPROFILEIMPORTTIME": "1"})
    host.start()
    host.stop()

    names = loaded(log.read_text("utf-8", "replace"), 60)
    assert f"studio.workers.{worker}" in names
    assert names & {*foreign, "PySide6", "shiboken6", "sqlite_utils", "sqlite3"} == set()
    assert not [name for name in names if name.startswith(("studio.ui", "studio.storage"))]
    assert names & {"studio.app", "studio.cli", "studio.settings", "studio.engine.host"} == set()


@pytest.mark.parametrize("command", [["models", "list"], ["doctor"], ["settings", "list"]])
def test_the_terminal_loads_no_window_and_no_inference(profile: Path, command: list[str]) -> None:
    ended = subprocess.run(
        [sys.executable, "-P", "-m", "studio", *command, "--json"],
        env=environment(profile),
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert ended.returncode == 0, ended.stderr[-2000:]
    names = loaded(ended.stderr, 60)
    assert "studio.cli.run" in names
    assert names & {*INFERENCE, "PySide6", "shiboken6"} == set()


def test_engine_and_errors_need_the_standard_library_alone() -> None:
    program = (
        "import sys; before = set(sys.modules);"
        "import studio.engine.host, studio.engine.language, studio.engine.outcome, studio.errors;"
        "print(*{name.split('.')[0] for name in set(sys.modules) - before})"
    )
    ended = subprocess.run(
        [sys.executable, "-P", "-c", program],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    names = set(ended.stdout.split())
    assert "studio" in names
    assert names - {"studio"} <= set(sys.stdlib_module_names)
