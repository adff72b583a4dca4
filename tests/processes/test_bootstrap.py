"""The set-up, for real, of a small project: first start, second start, and whatever goes wrong."""

from __future__ import annotations

import ast
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from support import small_project
from support.small_project import SmallProject

NOT_SET_UP = "Installing the libraries"
COMPILING = "Compiling the language engine"
MADE_ANEW = "it is made anew"
WAITING = "Another set-up is at work"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> SmallProject:
    """A project that was set up once, by the first `run` after one that ended at once."""
    made = small_project.make(tmp_path_factory.mktemp("bootstrap"))
    (made.root / ".venv").mkdir()  # as left by a computer that was switched off
    first = made.bootstrap("run", "chat", "Hello world", "--json")
    assert first.returncode == 0, first.stderr
    assert MADE_ANEW in first.stderr
    assert first.stderr.index(COMPILING) < first.stderr.index(NOT_SET_UP)
    # Nothing but the program's own words may be on its standard output.
    assert json.loads(first.stdout) == {
        "arguments": ["chat", "Hello world", "--json"],
        "safe": "1",
    }
    return made


@pytest.fixture
def fresh(tmp_path: Path) -> SmallProject:
    """A project that was never set up."""
    return small_project.make(tmp_path)


def test_a_second_start_sets_nothing_up(project: SmallProject) -> None:
    changed = project.log.stat().st_mtime_ns

    second = project.bootstrap("run", "--home", "elsewhere", "chat")

    assert second.returncode == 0
    assert second.stderr == ""
    assert json.loads(second.stdout)["arguments"] == ["--home", "elsewhere", "chat"]
    assert project.log.stat().st_mtime_ns == changed


def test_the_exit_code_is_the_programs(project: SmallProject) -> None:
    assert project.bootstrap("run", "chat", "7").returncode == 0
    assert project.bootstrap("run", "--exit", "7").returncode == 7


def test_without_a_starter_model_the_window_opens_and_the_tests_do_not_start(
    project: SmallProject,
) -> None:
    (project.root / "models" / "model.gguf").unlink(missing_ok=True)
    offline = project.root / "models" / "offline"
    offline.touch()
    try:
        run = project.bootstrap("run", "chat")
        assert run.returncode == 0
        assert "could not be fetched. Connect first." in run.stderr
        models = project.bootstrap("models")
        assert models.returncode == 1
        assert "could not be fetched" in models.stderr
    finally:
        offline.unlink()
    assert project.bootstrap("models").returncode == 0
    assert project.bootstrap("models").stderr == ""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a POSIX signal")
def test_a_damaged_environment_and_one_whose_set_up_was_killed_are_made_anew(
    project: SmallProject, tmp_path: Path
) -> None:
    shutil.rmtree(project.root / ".venv" / "bin")
    waits = tmp_path / "waits"
    waits.touch()
    slow = {"COMPILER_WAITS": str(waits), "STUDIO_WHEEL_CACHE": str(tmp_path / "none yet")}
    with subprocess.Popen(
        project.command("run", "chat"),
        env={**project.environment, **slow},
        stderr=subprocess.PIPE,
        text=True,
    ) as killed:
        assert killed.stderr is not None
        told = [killed.stderr.readline()]
        while COMPILING not in told[-1]:
            assert killed.poll() is None
            told.append(killed.stderr.readline())
        assert MADE_ANEW in told[0]
        time.sleep(1)
        killed.send_signal(signal.SIGKILL)
        killed.wait()
        # pip is still at work, and holds the lock. A start meanwhile waits for it.
        with subprocess.Popen(
            project.command("run", "chat"),
            env=project.environment,
            stderr=subprocess.PIPE,
            text=True,
        ) as second:
            assert second.stderr is not None
            assert WAITING in second.stderr.readline()
            waits.unlink()
            _, rest = second.communicate(timeout=240)
    assert second.returncode == 0, rest
    assert MADE_ANEW in rest
    assert COMPILING not in rest  # once for every environment of this computer
    assert project.bootstrap("run", "chat").stderr == ""


def test_after_a_failure_two_starts_at_once_install_other_pins_one_after_the_other(
    project: SmallProject,
) -> None:
    pyproject = project.root / "pyproject.toml"
    right = pyproject.read_text()
    pyproject.write_text(
        right.replace('["llama-cpp-python"]', '["llama-cpp-python", "unheard-of"]')
    )

    failed = project.bootstrap("run", "chat")

    assert failed.returncode == 1
    assert failed.stdout == ""
    assert "No matching distribution found for unheard-of" in failed.stderr
    assert "Check the internet connection, then run the same command again" in failed.stderr

    pyproject.write_text(right)
    constraints = project.root / "packaging" / "constraints.txt"
    constraints.write_text(constraints.read_text() + "another-thing==2.0\n")
    starts = [
        subprocess.Popen(
            project.command("run", "chat"),
            env=project.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    told = [start.communicate(timeout=240) for start in starts]

    assert [start.returncode for start in starts] == [0, 0], told
    assert sum(NOT_SET_UP in errors for _, errors in told) == 1
    assert sum(WAITING in errors for _, errors in told) == 1
    assert not any(MADE_ANEW in errors for _, errors in told)
    assert all(json.loads(output)["arguments"] == ["chat"] for output, _ in told)
    assert project.bootstrap("run", "chat").stderr == ""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere compilers are not found on PATH")
def test_no_compiler_is_said_before_anything_is_installed(fresh: SmallProject) -> None:
    bare = {"PATH": str(fresh.root), "CC": "", "CXX": ""}

    refused = fresh.bootstrap("run", "chat", **bare)

    assert refused.returncode == 1
    assert not (fresh.root / ".venv").exists()
    assert "No C and C++ compiler was found" in refused.stderr
    assert "sudo apt-get install build-essential" in refused.stderr
    assert NOT_SET_UP not in refused.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="SIGTERM is a POSIX signal")
def test_a_set_up_that_is_stopped_takes_its_compilers_along(tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    compiler = f"import pathlib, time; pathlib.Path({str(begun)!r}).touch(); time.sleep(60)"
    installer = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {compiler!r}])"
    program = (
        "import sys; import environment;"
        f"environment.run_logged([sys.executable, '-c', {installer!r}], 'Compiling')"
    )
    stopped = subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(small_project.CHECKOUT / "packaging")},
        stderr=subprocess.PIPE,
    )
    while not begun.exists():
        assert stopped.poll() is None
        time.sleep(0.02)
    family = psutil.Process(stopped.pid).children(recursive=True)
    assert len(family) >= 2

    stopped.terminate()
    stopped.communicate(timeout=30)

    assert psutil.wait_procs(family, timeout=5)[1] == []


def test_an_unknown_verb_is_bad_usage(project: SmallProject) -> None:
    wrong = project.bootstrap("fly")
    assert wrong.returncode == 2
    assert wrong.stdout == ""
    assert "usage: python3 packaging/bootstrap.py VERB" in wrong.stderr

    asked = project.bootstrap("--help")
    assert asked.returncode == 0
    for verb in ("run", "test", "lint", "bench", "screenshots", "build", "models"):
        assert f"\n  {verb} " in asked.stdout


def test_an_old_python_reads_the_first_file_and_is_refused() -> None:
    bootstrap = small_project.CHECKOUT / "packaging" / "bootstrap.py"
    ast.parse(bootstrap.read_text(encoding="utf-8"), feature_version=(3, 5))
    pretend = (
        "import runpy, sys; sys.version_info = (3, 9, 2, 'final', 0);"
        f"runpy.run_path({str(bootstrap)!r}, run_name='__main__')"
    )

    refused = subprocess.run(
        [sys.executable, "-c", pretend], capture_output=True, text=True, timeout=30
    )

    assert refused.returncode == 1
    assert refused.stdout == ""
    assert refused.stderr.startswith(
        "Local AI Studio needs Python 3.11 or newer; this is Python 3.9."
    )
