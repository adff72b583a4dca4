"""The terminal's commands, run in the tests' own process: all of a start but the interpreter's.

What a real process adds (its pipes, its signals, its exit) is proven with ``support.terminal``.
"""

from __future__ import annotations

import io
import logging
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from unittest import mock

from studio.__main__ import main
from studio.engine import offline


def studio(*arguments: str, home: Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run the program from its one way in and return what it said, as a process would have."""
    words = ["studio", "--home", str(home), *arguments]
    given, out, err = _stream(stdin), _stream(), _stream()
    with (
        mock.patch.object(sys, "argv", words),
        mock.patch.object(sys, "stdin", given),
        # Sealed, this process would stay so for the tests to come; their own guard watches it.
        mock.patch.object(offline, "seal"),
        _unheard(),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            status: object = main()
        except SystemExit as ended:
            status = ended.code
    assert isinstance(status, int), status
    return subprocess.CompletedProcess(words, status, _written(out), _written(err))


@contextmanager
def _unheard() -> Iterator[None]:
    """Have the program set up its own log, as at the start of a process."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    root.handlers.clear()
    try:
        yield
    finally:
        root.handlers[:] = before
        root.setLevel(level)


def _stream(text: str = "") -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8")


def _written(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()
