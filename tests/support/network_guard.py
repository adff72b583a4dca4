"""Fails the suite when anything in it, Python or native, opens a socket beyond loopback.

Three layers, from the precise to the complete:

- an audit hook (PEP 578) in the test process refuses and names every attempt made by Python;
- ``child_guard/sitecustomize.py`` on PYTHONPATH gives every Python child the same hook, and all
  write to one log;
- on Linux the test process moves into a network namespace that holds nothing but loopback. No
  child can leave it, native code included, and the kernel counts each packet or connection that
  found no route: an attempt is seen even when nobody hooked it, and it never gets out.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import socket
import struct
import sys
from pathlib import Path

LOG_VARIABLE = "STUDIO_NETWORK_GUARD"
_CHILD_GUARD = Path(__file__).resolve().parent / "child_guard"
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_SIOCSIFFLAGS, _IFF_UP_RUNNING = 0x8914, 0x41

_ADDRESS_EVENTS = {"socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"}
_NAME_EVENTS = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}
_hooked: list[Path] = []


class NetworkForbiddenError(OSError):
    """Raised where a test, or the code under test, reached beyond loopback."""


class NetworkGuard:
    """The guard of one test run; ``isolated`` tells whether the kernel helps."""

    def __init__(self, log: Path) -> None:
        self.isolated = False
        self._log = log
        self._read = 0
        self._no_routes = 0

    def install(self) -> None:
        """Guard this process and all that it will start."""
        self._log.touch()
        guard_this_process(self._log)
        os.environ[LOG_VARIABLE] = str(self._log)
        search = [str(_CHILD_GUARD), *filter(None, [os.environ.get("PYTHONPATH")])]
        os.environ["PYTHONPATH"] = os.pathsep.join(search)
        self.isolated = _enter_empty_network()
        self._no_routes = _no_routes() if self.isolated else 0

    def take(self) -> list[str]:
        """Return the attempts since the last call, one line each."""
        with self._log.open(encoding="utf-8") as log:
            log.seek(self._read)
            attempts = log.read().splitlines()
            self._read = log.tell()
        if self.isolated:
            before, self._no_routes = self._no_routes, _no_routes()
            if self._no_routes > before:
                attempts.append(f"the kernel refused {self._no_routes - before} without a route")
        return attempts


def guard_this_process(log: Path) -> None:
    """Refuse what reaches beyond loopback, for as long as this process lives."""
    if not _hooked:
        sys.addaudithook(_on_audit)
    _hooked[:] = [log]


def _on_audit(event: str, arguments: tuple[object, ...]) -> None:
    if event in _ADDRESS_EVENTS:
        address = arguments[1] if len(arguments) > 1 else None
    elif event in _NAME_EVENTS:
        address = (arguments[0],)
    else:
        return
    if _stays_here(address):
        return
    import traceback  # only now: every Python child of the suite reads this file at its start

    frames = traceback.extract_stack(limit=6)[:-1]
    where = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))
    with _hooked[0].open("a", encoding="utf-8") as file:
        file.write(f"{event} {address!r} in process {os.getpid()} at {where}\n")
    raise NetworkForbiddenError(f"{event} {address!r}: tests never leave this computer")


def _stays_here(address: object) -> bool:
    if not isinstance(address, tuple) or not address:
        return True  # a path of a Unix-domain socket, or no address at all
    host = address[0]
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if not isinstance(host, str):
        return True  # netlink and the like, which have no host
    return host == "localhost" or host == "::1" or host.startswith("127.")


def _enter_empty_network() -> bool:
    if not sys.platform.startswith("linux"):
        return False
    library = ctypes.CDLL(None, use_errno=True)
    user, group = os.getuid(), os.getgid()
    if library.unshare(_CLONE_NEWNET) != 0:
        if library.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) != 0:
            return False
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
    _bring_loopback_up()
    return True


def _bring_loopback_up() -> None:
    import fcntl

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        request = struct.pack("16sh22x", b"lo", _IFF_UP_RUNNING)
        fcntl.ioctl(control, _SIOCSIFFLAGS, request)


def _no_routes() -> int:
    names, values = (line.split() for line in Path("/proc/net/snmp").read_text().splitlines()[:2])
    count = int(dict(zip(names, values, strict=True))["OutNoRoutes"])
    with contextlib.suppress(FileNotFoundError):  # a kernel without IPv6
        for line in Path("/proc/net/snmp6").read_text().splitlines():
            name, value = line.split()
            count += int(value) if name == "Ip6OutNoRoutes" else 0
    return count
