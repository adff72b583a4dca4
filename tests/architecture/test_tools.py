"""What `bootstrap.py lint` checks is checked here too: format, lint, types, import contracts."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from support.source_tree import ROOT


def run(*command: str) -> str:
    """Run a tool over the project; a complaint fails with the tool's own words."""
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=900)
    output = ended.stdout + ended.stderr
    assert ended.returncode == 0, output
    return output


def test_ruff_finds_nothing() -> None:
    assert "All checks passed" in run(sys.executable, "-m", "ruff", "check")
    files = run(sys.executable, "-m", "ruff", "check", "--show-files").splitlines()
    assert len(files) > 100


def test_the_format_is_ruffs() -> None:
    already = re.search(
        r"(\d+) files already", run(sys.executable, "-m", "ruff", "format", "--check")
    )
    assert already
    assert int(already[1]) > 100


def test_types_are_strict_and_right() -> None:
    checked = re.search(r"no issues found in (\d+) source files", run(sys.executable, "-m", "mypy"))
    assert checked
    assert int(checked[1]) > 100


def test_imports_keep_their_contracts() -> None:
    output = run(str(Path(sys.executable).with_name("lint-imports")))
    kept = re.search(r"Contracts: (\d+) kept, 0 broken", output)
    assert kept, output
    assert int(kept[1]) >= 6
    analysed = re.search(r"Analyzed (\d+) files", output)
    assert analysed, output
    assert int(analysed[1]) > 60
