"""Finds what a test has left behind: threads, child processes and windows."""

from __future__ import annotations

import gc
import os
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import psutil

GRACE_S = 3.0


@dataclass(frozen=True, slots=True)
class Living:
    """What lived at one moment: threads, processes and windows, each with its description."""

    threads: dict[int, str]
    processes: dict[tuple[int, float], str]
    windows: dict[int, str]


def living() -> Living:
    """Look at this process now."""
    return Living(_threads(), _processes(), _windows())


def left_behind(before: Living) -> list[str]:
    """Return a sentence for everything that began after ``before`` and does not end by itself."""
    told = []
    kinds: tuple[tuple[str, Callable[[], Mapping[Any, str]], Mapping[Any, str], str], ...] = (
        ("thread", _threads, before.threads, "Join it, or stop what owns it."),
        ("child process", _processes, before.processes, "Stop its host, or wait for it."),
        ("window", _windows, before.windows, "Register it with qtbot.addWidget, or close it."),
    )
    for kind, look, known, way_out in kinds:
        for name in _still_there(look, known):
            told.append(f"The {kind} {name} outlived the test. {way_out}")
    return told


def end_children(before: Living) -> None:
    """End the children that a test has left, so that the next test starts clean."""
    for pid, begun in _processes().keys() - before.processes.keys():
        try:
            process = psutil.Process(pid)
            if process.create_time() == begun:
                process.kill()
                process.wait(GRACE_S)
        except psutil.NoSuchProcess:
            continue


def _still_there(look: Callable[[], Mapping[Any, str]], known: Mapping[Any, str]) -> list[str]:
    deadline = time.monotonic() + GRACE_S
    while True:
        found = look()
        extra = [found[key] for key in found.keys() - known.keys()]
        if not extra or time.monotonic() > deadline:
            return extra
        gc.collect()
        time.sleep(0.02)


def _threads() -> dict[int, str]:
    return {
        id(thread): repr(thread.name)
        for thread in threading.enumerate()
        # A thread of Qt's that once called Python; Python cannot tell that it has ended.
        if not isinstance(thread, threading._DummyThread)
    }


def _processes() -> dict[tuple[int, float], str]:
    found = {}
    for process in psutil.Process().children(recursive=True) if _has_children() else ():
        try:
            words = process.cmdline()
            if "multiprocessing.resource_tracker" not in " ".join(words):
                found[process.pid, process.create_time()] = f"{process.pid} ({' '.join(words)})"
        except psutil.NoSuchProcess:
            continue
    return found


def _has_children() -> bool:
    """Ask the system, which knows at once; who they are takes a look at every process there is."""
    if sys.platform == "win32":
        return True
    try:
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return False
    return True


def _windows() -> dict[int, str]:
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or widgets.QApplication.instance() is None:
        return {}
    import shiboken6
    from PySide6.QtCore import QCoreApplication, QEvent

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return {
        shiboken6.getCppPointer(window)[0]: f"{type(window).__name__} {window.objectName()!r}"
        for window in widgets.QApplication.topLevelWidgets()
        if window.parent() is None and window.metaObject().className() != "QTipLabel"
    }
