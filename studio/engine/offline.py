"""Closes a process's sockets: the program is offline unless the person presses a download button.

``seal()`` installs an audit hook (PEP 578), which Python code cannot take away again. It refuses
whatever would reach beyond this computer, and counts what was allowed: connections of this process,
and programs that were started to connect in its place, which no hook of ours can look into.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from studio.errors import StudioError
from studio.translation import tr

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

_LETS_OUT = frozenset({"socket.connect", "subprocess.Popen"})
_WATCHED = _REACHES_OUT | _LETS_OUT
_UNIX = 1  # AF_UNIX of every system, also where Python does not name it

_allowed = threading.local()
_lock = threading.Lock()
_state = {"sealed": False, "connections": 0, "open": 0}


def seal() -> None:
    """Refuse every connection of this process from now on. Calling it again changes nothing."""
    if not _state["sealed"]:
        _state["sealed"] = True
        sys.addaudithook(_on_audit)


def connections() -> int:
    """Return how often this process, or a program in its place, was let out since the start."""
    return _state["connections"]


def open_connections() -> int:
    """Return how many of these the doors that are open now have let out."""
    return _state["open"]


@contextmanager
def allowed() -> Iterator[None]:
    """Let this thread connect, or start a program that does, for what the person has asked for.

    It is the only door: who fetches something opens it right around the fetching. Doors may be
    opened inside each other.
    """
    before: int | None = getattr(_allowed, "let_out", None)
    _allowed.let_out = 0
    try:
        yield
    finally:
        with _lock:
            _state["open"] -= _allowed.let_out
        _allowed.let_out = before


def _may_connect() -> bool:
    return getattr(_allowed, "let_out", None) is not None


def _on_audit(event: str, arguments: tuple[object, ...]) -> None:
    if event not in _WATCHED or _is_local(arguments):
        return
    if _may_connect():
        with _lock:
            _state["connections"] += event in _LETS_OUT
            _state["open"] += event in _LETS_OUT
            _allowed.let_out += event in _LETS_OUT
    elif event in _REACHES_OUT:
        raise StudioError(
            "network.closed",
            tr("This program is offline, and something tried to open a connection."),
            tr("Nothing was sent. Please report the details."),
            f"{event} {arguments[1:]!r}",
        )


def _is_local(arguments: tuple[object, ...]) -> bool:
    """Tell sockets of the Unix domain apart: they never leave the computer."""
    return getattr(arguments[0], "family", None) == _UNIX
