"""A worker whose behaviour is its first argument: for tests of the host, without any model."""

from __future__ import annotations

import os
import signal
import sys
import time

from studio.engine import language, protocol
from studio.engine.protocol import Cancel, Done, Progress, Ready, Request, Shutdown, Token

source, sink = sys.stdin.buffer, sys.stdout.buffer
behaviour = sys.argv[1]
assert language.__name__  # importing it registers its messages


def say(message: object) -> None:
    """Send one message."""
    protocol.write(sink, message)


if behaviour == "import error":
    raise ImportError("libsomething.so is missing")
if behaviour == "silent":
    time.sleep(60)
say(Ready({"scripted": "1"}))
while (incoming := protocol.read(source)) is not None:
    if isinstance(incoming, Shutdown):
        if behaviour == "stays":
            time.sleep(60)
        break
    if isinstance(incoming, Cancel):
        if behaviour == "obedient":
            say(Done(incoming.id, cancelled=True))
        continue
    assert isinstance(incoming, Request)
    say(Token(incoming.id, "some "))
    say(Token(incoming.id, "text"))
    if behaviour == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    if behaviour == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    if behaviour == "out of memory":
        sys.exit("terminate called after throwing an instance of 'std::bad_alloc'")
    if behaviour == "babble":
        sink.write(b"Segmentation fault (core dumped), honestly\n" * 10)
        sink.flush()
    if behaviour == "odd versions":
        sink.write(
            protocol.encode(Ready({})).replace(b'{"$":"dict","of":{}}', b"12345678901234567890")
        )
        sink.flush()
    if behaviour == "stubborn" or (behaviour == "slow, then stubborn" and incoming.id > 1):
        time.sleep(60)
    if behaviour.startswith("slow"):
        time.sleep(1.5)
        say(Done(incoming.id))
    if behaviour == "echo":
        say(Progress(incoming.id, "work", 1, 2))
        say(Done(incoming.id, incoming))
