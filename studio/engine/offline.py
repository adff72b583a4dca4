"""Closes a process's sockets: the program is offline unless the person presses a download button.

``seal()`` installs an audit hook (PEP 578), which Python code cannot take away again. It refuses
whatever would reach beyond this computer, and counts what was allowed.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from studio.errors import StudioError

_REACHES_OUT = frozenset(
    {
        "socket.connect",
        "socket.bind",
        "socket.sendto",
        "socket.sendmsg",
        "socket.getaddrinfo",
        "socket.gethostbyname",
        "socket.gethostbyaddr",
        "socket.getnameinfo",
    }
)

_allowed = threading.local()
_state = {"sealed": False, "connections": 0, "refused": 0}


def seal() -> None:
    """Refuse every connection of this process from now on. Calling it again changes nothing."""
    if not _state["sealed"]:
        _state["sealed"] = True
        sys.addaudithook(_on_audit)


def connections() -> int:
    """Return how many connections were opened with permission since the start."""
    return _state["connections"]


def refused() -> int:
    """Return how many attempts were refused since the start."""
    return _state["refused"]


@contextmanager
def allowed() -> Iterator[None]:
    """Let this thread connect, for a download that the person has asked for."""
    _allowed.yes = True
    try:
        yield
    finally:
        _allowed.yes = False


def _on_audit(event: str, arguments: tuple[object, ...]) -> None:
    if event not in _REACHES_OUT or _is_local(arguments):
        return
    if getattr(_allowed, "yes", False):
        _state["connections"] += event == "socket.connect"
        return
    _state["refused"] += 1
    raise StudioError(
        "network.closed",
        "This program is offline, and something tried to open a connection.",
        "Nothing was sent. Please report the details.",
        f"{event} {arguments[1:]!r}",
    )


def _is_local(arguments: tuple[object, ...]) -> bool:
    """Tell Unix-domain addresses apart: they never leave the computer."""
    return len(arguments) > 1 and isinstance(arguments[1], str | bytes)
