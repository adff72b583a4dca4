"""The built one-folder program: it starts itself as a worker, answers in a terminal, has a window.

Building takes about a minute, so a build is kept in ``build/`` and made anew only when something
that goes into it has changed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from support.source_tree import ROOT
from support.starter import STARTER

from studio.engine.host import Host, worker_environment
from studio.engine.language import ChatMessage, Generate, Load, LoadSettings, Sampling
from studio.engine.protocol import Done, Token

DIST = ROOT / "build" / "tested"
PROGRAM = DIST / "studio" / ("studio.exe" if sys.platform == "win32" else "studio")
BUDGET_BYTES = 600_000_000


def newest(*places: str) -> float:
    files = [file for place in places for file in (ROOT / place, *(ROOT / place).rglob("*"))]
    return max(file.stat().st_mtime for file in files if "__pycache__" not in file.parts)


def own_environment(**more: str) -> dict[str, str]:
    """The tests' environment without what only this interpreter would understand."""
    kept = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH",)}
    return {**kept, **more}


@pytest.fixture(scope="session")
def program() -> Path:
    """Build the program where it is missing or older than what it is made of."""
    inputs = ("studio", "resources", "build.spec", "pyproject.toml", "packaging/constraints.txt")
    if not PROGRAM.exists() or PROGRAM.stat().st_mtime < newest(*inputs):
        folders = ["--distpath", str(DIST), "--workpath", str(ROOT / "build" / "pyinstaller")]
        built = subprocess.run(
            [sys.executable, "-P", "-m", "PyInstaller", "--noconfirm", *folders, "build.spec"],
            cwd=ROOT,
            env=own_environment(),
            capture_output=True,
            text=True,
            timeout=900,
        )
        assert built.returncode == 0, built.stdout + built.stderr
    return PROGRAM


def test_the_built_worker_answers_over_its_pipe(program: Path, tmp_path: Path) -> None:
    environment = {**worker_environment(), **own_environment()}
    environment.pop("PYTHONPATH")
    host = Host("llm", tmp_path / "llm.log", [str(program), "--worker", "llm"], environment)
    host.start()
    try:
        weights = program.parent / "_internal" / "models" / STARTER.name
        host.submit(Load(0, str(weights), LoadSettings(context=512, threads=2))).result()
        question = (ChatMessage("user", "Say hello."),)
        events = list(host.submit(Generate(0, question, Sampling(seed=1, max_tokens=8))).events())
    finally:
        host.stop()

    assert isinstance(events[-1], Done), events[-1]
    assert "".join(event.text for event in events if isinstance(event, Token)).strip()


def test_the_built_terminal_chats(program: Path, profile: Path) -> None:
    question = "What is the capital of France?"
    ended = subprocess.run(
        [str(program), "chat", question, "--seed", "1", "--max-tokens", "40", "--json"],
        env=own_environment(STUDIO_HOME=str(profile)),
        capture_output=True,
        text=True,
        timeout=180,
    )

    assert ended.returncode == 0, ended.stderr
    reply = json.loads(ended.stdout)
    assert "Paris" in reply["text"]
    assert reply["tokens"] > 0


def test_the_built_program_knows_its_libraries(program: Path, profile: Path) -> None:
    ended = subprocess.run(
        [str(program), "doctor", "--json"],
        env=own_environment(STUDIO_HOME=str(profile)),
        capture_output=True,
        text=True,
        timeout=180,
    )
    assert ended.returncode == 0, ended.stderr
    assert "Not installed" not in ended.stdout
    assert "PySide6-Essentials" in ended.stdout


def test_the_built_program_opens_its_window(program: Path, profile: Path) -> None:
    with subprocess.Popen(
        [str(program)],
        env=own_environment(STUDIO_HOME=str(profile), QT_QPA_PLATFORM="offscreen"),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as window:
        time.sleep(4)
        running = window.poll() is None
        window.terminate()
        output, _ = window.communicate(timeout=30)

    assert running, output
    assert "Traceback" not in output
    assert "WARNING" not in output


def test_the_built_program_carries_only_what_it_needs(program: Path) -> None:
    files = [file for file in program.parent.rglob("*") if file.is_file()]
    names = {file.name.lower() for file in files}
    sizes = sum(file.stat().st_size for file in files if not file.is_symlink())

    assert sizes <= BUDGET_BYTES, f"{sizes / 1e6:.0f} MB"
    assert not [name for name in names if name.startswith(("libtorch", "libqt6qml", "libqt6quick"))]
    assert len(files) > 100
