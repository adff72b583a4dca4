"""What a worker makes of signals; imported before all that takes a while to import."""

from __future__ import annotations

import signal


def outlive_signals() -> None:
    """Leave it to the program that started this one what a Ctrl-C or a request to end means.

    A terminal, or the end of a session, sends them to both at once; a worker that died of them
    would take the reply with it that is being kept. When that program ends, so does the pipe.
    """
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):
        if (number := getattr(signal, name, None)) is not None:
            signal.signal(number, signal.SIG_IGN)
