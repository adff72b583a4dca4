"""A test that breaks a promise of the suite must fail, and be told how to keep it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[2]

THREAD = """
import threading
def test_it():
    wait = threading.Event().wait
    threading.Thread(target=wait, args=(9,), name="forgotten", daemon=True).start()
"""
CHILD = """
import subprocess, sys
kept = []
def test_it():
    kept.append(subprocess.Popen([sys.executable, "-c", "import time; time.sleep(30)"]))
"""
LOG = """
import logging
def test_it():
    logging.getLogger("studio.anything").warning("the disk is slow")
"""
NETWORK = """
import contextlib, socket
def test_it():
    with contextlib.suppress(OSError):
        socket.create_connection(("192.0.2.1", 443), timeout=1)
"""
WINDOW = """
from PySide6.QtWidgets import QWidget
kept = []
def test_it(qapp):
    kept.append(QWidget(objectName="forgotten"))
    kept[0].show()
"""
QT_WARNING = """
from PySide6.QtCore import qWarning
def test_it(qapp):
    qWarning("a timer was started from another thread")
"""
COLLECTOR = """
import gc
def test_it():
    gc.enable()
"""
PYTHON_WARNING = """
import warnings
def test_it():
    warnings.warn("old ways")
"""


IMPATIENT = """
leaks.GRACE_S = 0.5
"""
GOOD = """
import logging, os, subprocess, sys, threading
from PySide6.QtWidgets import QWidget
def test_it(qtbot, profile, caplog):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    thread = threading.Thread(target=print)
    thread.start()
    thread.join()
    subprocess.run([sys.executable, "-c", ""], check=True)
    logging.getLogger("studio").warning("expected")
    assert "expected" in caplog.text
    assert os.environ["STUDIO_HOME"] == str(profile)
"""
MODULES = {
    "thread": THREAD,
    "child": CHILD,
    "log": LOG,
    "network": NETWORK,
    "window": WINDOW,
    "qt": QT_WARNING,
    "collector": COLLECTOR,
    "python": PYTHON_WARNING,
    "good": GOOD,
}


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Run all of them, each a test module, under this suite's own conftest and settings."""
    folder = tmp_path_factory.mktemp("suite")
    conftest = (TESTS / "conftest.py").read_text(encoding="utf-8")
    (folder / "conftest.py").write_text(conftest + IMPATIENT)
    for name, body in MODULES.items():
        (folder / f"test_{name}.py").write_text(body)
    settings = ["-c", str(TESTS.parent / "pyproject.toml"), "--rootdir", str(folder), "-rA"]
    ended = subprocess.run(
        [sys.executable, "-P", "-m", "pytest", *settings, "-p", "no:cacheprovider", str(folder)],
        env={**os.environ, "COLUMNS": "200"},
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert ended.returncode == 1, ended.stdout + ended.stderr
    return ended.stdout


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("thread", "The thread 'forgotten' outlived the test"),
        ("child", "outlived the test. Stop its host"),
        ("log", "WARNING studio.anything: the disk is slow"),
        ("network", "This test reached beyond loopback"),
        ("window", "The window QWidget 'forgotten' outlived the test"),
        ("qt", "a timer was started from another thread"),
        ("collector", "left Python's own collector switched on"),
        ("python", "UserWarning: old ways"),
    ],
)
def test_a_broken_promise_fails(output: str, name: str, told: str) -> None:
    assert re.search(rf"^(FAILED|ERROR) \S*test_{name}\.py::test_it", output, re.MULTILINE), output
    assert told in output


def test_a_well_behaved_test_passes(output: str) -> None:
    assert re.search(r"^PASSED \S*test_good", output, re.MULTILINE), output
    assert not re.search(r"^(FAILED|ERROR) \S*test_good", output, re.MULTILINE), output
