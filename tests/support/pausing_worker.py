"""A worker that works until it is stopped, letting urgent requests pass: for tests of the pause."""

from __future__ import annotations

import sys
import threading

from studio.engine.language import Count, Load, SaveState
from studio.engine.protocol import Done, Token
from studio.workers.serve import Channel, RefusedError, serve


def work(request: Load, channel: Channel) -> Done:
    """Work for as long as nobody stops it."""
    channel.send(Token(request.id, "begun"))
    while not channel.cancelled(request.id):
        channel.pause(0.01)
    return Done(request.id, cancelled=True)


def ask(request: Count, channel: Channel) -> Done:
    """Answer at once, or refuse what has no messages."""
    if not request.messages:
        raise RefusedError("prompt.empty")
    return Done(request.id, cancelled=channel.cancelled(request.id))


def wait_in_line(request: SaveState, _channel: Channel) -> Done:
    """Answer when it is its turn."""
    return Done(request.id)


serve(
    Channel(sys.stdin.buffer, sys.stdout.buffer, threading.Event()),
    {Load: work, Count: ask, SaveState: wait_in_line},
    {},
    lambda: None,
    urgent=[Count],
)
