"""Where workers leave their last words: a file for each process that starts them.

Window and terminal may run at once, and a worker's log is begun anew at each of its starts; with
files of their own, neither takes the other's last words away.
"""

from __future__ import annotations

import contextlib
import logging
import os
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import IO

_log = logging.getLogger(__name__)
_NAME = re.compile(r"worker-(?P<worker>[a-z]+)(-(?P<pid>\d+))?\.log")
_KEPT = 3


def log_file(folder: Path, worker: str, is_alive: Callable[[int], bool]) -> Path:
    """Return the log of the workers of this name that this process starts.

    Of those of processes that have ended, the newest few are kept, for whoever looks for a reason
    afterwards; the others are removed.

    Args:
        is_alive: tells whether a process of this number runs.
    """
    own = folder / f"worker-{worker}-{os.getpid()}.log"
    try:
        there = list(folder.glob(f"worker-{worker}*.log"))
    except OSError as error:  # such as a folder of somebody else
        _log.debug("what logs there are: %s", error)
        there = []
    ended = [path for path in there if path != own and _has_ended(path.name, worker, is_alive)]
    for path in sorted(ended, key=_modified, reverse=True)[_KEPT:]:
        with contextlib.suppress(OSError):  # Windows keeps a file that a program still has open
            path.unlink()
    return own


def open_log(file: Path) -> IO[bytes]:
    """Return a log to write and to read; without a place for it, one that nobody sees.

    A worker's last words explain its end even where the folder of logs cannot be written.
    """
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.touch(mode=0o600)  # the person's words may be among the last ones
        with contextlib.suppress(OSError):  # a memory stick may know no modes
            file.chmod(0o600)
        return file.open("w+b")
    except OSError as error:
        _log.warning("No log of the engine is kept: %s cannot be written.", file.parent)
        _log.debug("its log: %s", error)
    return tempfile.TemporaryFile()


def last_words(log: IO[bytes], at_most: int) -> str:
    """Return the end of a log, in bytes ``at_most``."""
    try:
        log.seek(0, os.SEEK_END)
        log.seek(max(0, log.tell() - at_most))
        return log.read().decode("utf-8", "replace")
    except OSError as error:
        return f"The log of its last words cannot be read: {error}"


def _has_ended(name: str, worker: str, is_alive: Callable[[int], bool]) -> bool:
    found = _NAME.fullmatch(name)
    if found is None or found["worker"] != worker:
        return False
    return found["pid"] is None or not is_alive(int(found["pid"]))


def _modified(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:  # another start has just removed it
        return 0.0
