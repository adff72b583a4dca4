"""The guard must see what it promises to see: Python here, Python in a child, native code."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from support.network_guard import NetworkForbiddenError, NetworkGuard

# TEST-NET-1 of RFC 5737: an address that belongs to nobody.
NOWHERE = "192.0.2.1"

PYTHON_CHILD = f"""
import socket
try:
    socket.create_connection(("{NOWHERE}", 443), timeout=1)
except OSError:
    pass
"""

# Calls connect() of the C library without Python's socket module, as a native library would.
NATIVE_CHILD = f"""
import ctypes, socket, struct
c = ctypes.CDLL(None)
handle = c.socket(int(socket.AF_INET), int(socket.SOCK_STREAM), 0)
address = struct.pack("=HH4s8x", socket.AF_INET, socket.htons(443), socket.inet_aton("{NOWHERE}"))
c.connect(handle, address, len(address))
"""


def run_python(program: str, *options: str) -> None:
    subprocess.run([sys.executable, *options, "-c", program], check=True, timeout=30)


def test_sees_a_connection_of_this_process(network_guard: NetworkGuard) -> None:
    with socket.socket() as client, pytest.raises(NetworkForbiddenError):
        client.connect((NOWHERE, 443))

    (attempt,) = network_guard.take()
    assert f"socket.connect ('{NOWHERE}', 443)" in attempt
    assert "test_network_guard.py" in attempt


@pytest.mark.parametrize("host", ["example.org", "::ffff:192.0.2.1", "0.0.0.0", "128.0.0.1"])
def test_sees_a_name_being_looked_up(network_guard: NetworkGuard, host: str) -> None:
    with pytest.raises(NetworkForbiddenError):
        socket.getaddrinfo(host, 443)

    (attempt,) = network_guard.take()
    assert host in attempt


def test_sees_a_datagram(network_guard: NetworkGuard) -> None:
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender,
        pytest.raises(NetworkForbiddenError),
    ):
        sender.sendto(b"hello", (NOWHERE, 53))

    assert len(network_guard.take()) == 1


def test_sees_a_door_open_to_the_outside(network_guard: NetworkGuard) -> None:
    with socket.socket() as server, pytest.raises(NetworkForbiddenError):
        server.bind(("", 0))

    assert len(network_guard.take()) == 1


def test_sees_a_python_child(network_guard: NetworkGuard) -> None:
    run_python(PYTHON_CHILD)

    assert any(NOWHERE in attempt for attempt in network_guard.take())


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs network namespaces")
def test_sees_native_code_of_this_process_and_of_a_child(network_guard: NetworkGuard) -> None:
    if not network_guard.isolated:
        assert "CI" not in os.environ, "the checks of record must run with the kernel's help"
        pytest.skip("this Linux lets nobody make a network namespace")

    run_python(NATIVE_CHILD, "-I")  # isolated: without the hook for Python children
    assert network_guard.take() == ["the kernel refused 1 without a route"]

    exec(NATIVE_CHILD, {})
    assert network_guard.take() == ["the kernel refused 1 without a route"]

    run_python(PYTHON_CHILD, "-I")
    assert network_guard.take() == ["the kernel refused 1 without a route"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs network namespaces")
def test_nothing_but_loopback_is_there(network_guard: NetworkGuard) -> None:
    if not network_guard.isolated:
        pytest.skip("this Linux lets nobody make a network namespace")

    assert [name for _, name in socket.if_nameindex()] == ["lo"]


def test_lets_loopback_and_local_sockets_pass(
    network_guard: NetworkGuard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = socket.getaddrinfo("localhost", server.getsockname()[1], socket.AF_INET)[0][4]
        with socket.create_connection((str(address[0]), int(address[1]))) as client:
            accepted, _ = server.accept()
            accepted.sendall(b"here")
            assert client.recv(4) == b"here"
            accepted.close()
    if hasattr(socket, "AF_UNIX"):
        monkeypatch.chdir(tmp_path)
        with socket.socket(socket.AF_UNIX) as local:
            local.bind("here.sock")

    assert network_guard.take() == []
