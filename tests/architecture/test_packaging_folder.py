"""The folder ``packaging`` beside ``studio`` hides no library of that name, however we start."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from support.source_tree import ROOT

QUESTION = "import packaging.version as v; print(v.__file__)"


@pytest.mark.parametrize(
    ("options", "search"),
    [
        pytest.param(["-P"], "", id="safe path, as the bootstrap starts everything"),
        pytest.param([], "", id="the project's folder first, as python -m does"),
        pytest.param(["-P"], str(ROOT), id="the project's folder on PYTHONPATH, as for workers"),
    ],
)
def test_the_library_is_found(options: list[str], search: str) -> None:
    ended = subprocess.run(
        [sys.executable, *options, "-c", QUESTION],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": search},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ended.returncode == 0, ended.stderr
    assert "site-packages" in ended.stdout


def test_this_very_process_found_the_library() -> None:
    import packaging

    assert packaging.__file__ is not None
    assert "site-packages" in packaging.__file__


def test_pip_works_from_the_projects_folder() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "pip", "--version"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.startswith("pip ")
