"""The terminal, run as a person or a script runs it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any


def studio(*arguments: str, home: Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run the program and return what it said."""
    return subprocess.run(
        [sys.executable, "-P", "-m", "studio", "--home", str(home), *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def answer(finished: subprocess.CompletedProcess[str]) -> Any:
    """Return the one JSON object on standard output."""
    assert finished.stdout.count("\n") == 1, finished.stdout + finished.stderr
    return json.loads(finished.stdout)
