"""Joins pieces of a reply that come quicker than anybody can see them."""

from __future__ import annotations

import time
from collections.abc import Callable

SEND_EVERY_S = 0.06


class Outbox:
    """Sends a piece at once, unless the last message left less than 60 ms ago.

    Every message wakes the reader, who takes a core from the very threads that compute the next
    token. What waits leaves with the next piece, or when :meth:`send` is called.

    Args:
        send: given the channel and the text of a message.
        clock: tells the time in seconds.
    """

    def __init__(
        self, send: Callable[[str, str], None], clock: Callable[[], float] = time.perf_counter
    ) -> None:
        self._send = send
        self._clock = clock
        self._channel = ""
        self._texts: list[str] = []
        self._sent_at = float("-inf")

    def put(self, channel: str, text: str) -> None:
        """Take a piece; send it, with what waits, if it is time."""
        if channel != self._channel:
            self.send()
            self._channel = channel
        self._texts.append(text)
        if self._clock() - self._sent_at >= SEND_EVERY_S:
            self.send()

    def send(self) -> None:
        """Send what waits."""
        if self._texts:
            self._send(self._channel, "".join(self._texts))
            self._texts = []
            self._sent_at = self._clock()
