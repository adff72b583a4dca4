"""A sealed process reaches nothing; what is let out through the one door is counted.

Each case runs in a process of its own, since a seal cannot be taken away again.
"""

from __future__ import annotations

import subprocess
import sys
import textwrap

import pytest

from studio.engine.host import worker_environment

PREAMBLE = """
import os, socket, subprocess, sys, tempfile, threading
from studio.engine import offline
from studio.errors import StudioError

def refused(act):
    try:
        act()
    except StudioError as error:
        assert error.code == "network.closed", error.code
        return True
    return False

server = socket.create_server(("127.0.0.1", 0))
address = server.getsockname()
offline.seal()
offline.seal()
"""


def run(program: str) -> None:
    """Run a few lines in a sealed process with a server on loopback."""
    finished = subprocess.run(
        [sys.executable, "-c", PREAMBLE + textwrap.dedent(program)],
        env=worker_environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr


@pytest.mark.parametrize(
    "act",
    [
        "socket.create_connection(address)",
        "socket.socket().bind(('127.0.0.1', 0))",
        "socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', address)",
        "socket.getaddrinfo('localhost', 80)",
        "socket.getaddrinfo('localhost', 'https')",
        "socket.getaddrinfo(b'localhost', None)",
        "socket.gethostbyname('localhost')",
        "socket.getnameinfo(address, 0)",
    ],
)
def test_nothing_reaches_out(act: str) -> None:
    run(f"""
        assert refused(lambda: {act})
        assert offline.connections() == 0
    """)


@pytest.mark.skipif(sys.platform == "win32", reason="Python has no Unix sockets there")
def test_sockets_of_the_unix_domain_stay_open() -> None:
    run("""
        with tempfile.TemporaryDirectory() as folder:
            here = socket.socket(socket.AF_UNIX)
            here.bind(os.path.join(folder, "s"))
            here.listen()
            there = socket.socket(socket.AF_UNIX)
            there.connect(os.path.join(folder, "s"))
            there.sendmsg([b"x"])
        assert offline.connections() == 0
    """)


def test_the_door_lets_through_and_counts() -> None:
    run("""
        with offline.allowed():
            socket.create_connection(address).close()
            with offline.allowed():
                socket.create_connection(address).close()
                assert offline.open_connections() == 2
            assert offline.open_connections() == 1
        assert offline.open_connections() == 0
        assert offline.connections() == 2
        assert refused(lambda: socket.create_connection(address))
        assert offline.connections() == 2
    """)


def test_a_program_started_at_the_door_counts_as_a_connection() -> None:
    run("""
        subprocess.run([sys.executable, "-c", ""], check=True)
        assert offline.connections() == 0
        with offline.allowed():
            subprocess.run([sys.executable, "-c", ""], check=True)
        assert offline.connections() == 1
    """)


def test_the_door_is_open_for_one_thread_only() -> None:
    run("""
        told = []
        with offline.allowed():
            act = lambda: told.append(refused(lambda: socket.create_connection(address)))
            other = threading.Thread(target=act)
            other.start()
            other.join()
        assert told == [True]
    """)


def test_doors_within_doors_close_in_their_order() -> None:
    run("""
        with offline.allowed():
            with offline.allowed():
                pass
            socket.create_connection(address).close()
        assert refused(lambda: socket.create_connection(address))
    """)


def test_the_door_closes_after_a_failure() -> None:
    run("""
        try:
            with offline.allowed():
                raise OSError
        except OSError:
            pass
        assert refused(lambda: socket.create_connection(address))
    """)
