"""Tells whether the process that was writing something still runs."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

_SLACK_S = 1.0  # a process's clock and a file's are not the same one


@cache
def started(pid: int) -> float:
    """Return when a running process began, in seconds since the epoch."""
    import psutil  # only who writes or looks after what was written needs it; slow to import

    return psutil.Process(pid).create_time()


def is_running(pid: int | None, began: float | None) -> bool:
    """Tell whether a process still runs; its start time guards against a reused process id."""
    if pid is None or began is None:
        return False
    return _runs(pid, lambda created: abs(created - began) < _SLACK_S)


def ran_at(pid: int, when: float) -> bool:
    """Tell whether a process runs that had this id at ``when``, in seconds since the epoch."""
    return _runs(pid, lambda created: created <= when + _SLACK_S)


def _runs(pid: int, is_meant: Callable[[float], bool]) -> bool:
    import psutil  # as above

    try:
        return is_meant(psutil.Process(pid).create_time())
    except psutil.NoSuchProcess:
        return False
    except psutil.AccessDenied:
        return True
