"""The window: how soon it can be used, what it holds when idle, and whether it ever stalls."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import psutil

import studio
from benchmarks.report import Figure, at_most, environment, percentile

STARTS = 5
_IDLE_S = 4.0
_GIVE_UP_S = 60.0
_BARE = """
import time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication([])
window = QMainWindow()
window.show()
QTimer.singleShot(0, lambda: (print(time.time()), application.quit()))
application.exec()
"""
_PROGRAM = Path(studio.__file__).parent


def measure(home: Path) -> list[Figure]:
    """Return the figures of the window, started without a screen."""
    # As the set-up does: a person never waits for the compiler.
    subprocess.run([sys.executable, "-P", "-m", "compileall", "-q", str(_PROGRAM)], check=True)
    _start(home)  # not counted: makes the data folder and warms the disk cache
    starts, bare = [], []
    for _ in range(STARTS):
        bare.append(_bare_start())
        starts.append(_start(home))
    return [
        at_most(
            "cold start to a usable window",
            [seconds for seconds, _ in starts],
            0.7,
            " s",
            f"process start to the first idle moment; an empty Qt window beside it takes "
            f"{statistics.median(bare):.2f} s",
        ),
        at_most(
            "memory of the idle window",
            [held / 1e6 for _, held in starts],
            120,
            " MB",
            "resident, after four seconds",
        ),
        *_stalls(home),
    ]


def _environment() -> Mapping[str, str]:
    return {**environment(), "QT_QPA_PLATFORM": "offscreen"}


def _bare_start() -> float:
    """Return the seconds from the process's start until an empty Qt window is usable."""
    began = time.time()
    told = subprocess.run(
        [sys.executable, "-P", "-c", _BARE],
        env=_environment(),
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    return float(told.stdout) - began


def _start(home: Path) -> tuple[float, int]:
    """Start the window; return seconds until it was usable, and bytes held when idle."""
    log = home / "logs" / "studio.log"
    log.unlink(missing_ok=True)
    began = time.time()
    with subprocess.Popen(
        [sys.executable, "-P", "-m", "studio", "--home", str(home)], env=_environment()
    ) as process:
        try:
            usable_at = _usable_at(log, process)
            time.sleep(_IDLE_S)
            held = psutil.Process(process.pid).memory_info().rss
        finally:
            process.terminate()
    return usable_at - began, held


def _usable_at(log: Path, process: subprocess.Popen[bytes]) -> float:
    deadline = time.time() + _GIVE_UP_S
    while time.time() < deadline and process.poll() is None:
        if log.is_file() and "window usable" in log.read_text("utf-8"):
            # Written before it was seen, so the time of the file and not of the look counts.
            return log.stat().st_mtime
        time.sleep(0.01)
    raise RuntimeError("the window did not become usable")


def _stalls(home: Path) -> list[Figure]:
    """Have the window write a reply in a process of its own; return its stalls."""
    command = [sys.executable, "-P", "-m", "benchmarks.stalls", str(home)]
    finished = subprocess.run(
        command, env=_environment(), stdout=subprocess.PIPE, check=True, text=True
    )
    stalls: list[float] = json.loads(finished.stdout)
    note = f"{len(stalls)} looks at the GUI thread while a reply streams"
    return [
        at_most("GUI thread, 99th percentile stall", [percentile(stalls, 0.99)], 16, " ms", note),
        at_most("GUI thread, worst stall", [max(stalls)], 50, " ms", note),
    ]
