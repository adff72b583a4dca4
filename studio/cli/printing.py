"""Prints for people: what files and models say can move no cursor and clear no screen."""

from __future__ import annotations

import codecs
import io
import json
import logging
import os
import sys
from collections.abc import Iterable
from typing import Any

from studio.errors import StudioError

_DELETE = 0x7F
_FIRST_HIGH, _AFTER_HIGH = 0x80, 0xA0
_PICTURES = 0x2400  # of control characters, in their order
_KEPT = frozenset(map(ord, "\n\t"))
_UNKNOWN = "\ufffd"

# Half a character, which only damaged text has, could not even be written.
_HALVES = range(0xD800, 0xE000)
_HIGH = range(_FIRST_HIGH, _AFTER_HIGH)
# They turn round what stands beside them, as no prose needs; in a row, whatever else is in it.
_TURNING = (0x202D, 0x202E)
_EMBEDDING = (0x202A, 0x202B, 0x202C, *range(0x2066, 0x206A))
_SHOWN: dict[int, str] = {
    **{code: chr(_PICTURES + code) for code in range(0x20) if code not in _KEPT},
    _DELETE: "\u2421",
    **dict.fromkeys((*_HIGH, *_HALVES, *_TURNING), _UNKNOWN),
}
_LEFT_OUT = dict.fromkeys(_EMBEDDING)
_ESCAPED = {code: f"\\u{code:04x}" for code in (_DELETE, *_HIGH, *_HALVES, *_TURNING, *_EMBEDDING)}


def printable(text: str) -> str:
    """Return a text that a terminal only shows: a picture for each control character.

    Line ends and tabs stay.
    """
    return text.replace("\r\n", "\n").translate(_SHOWN)


def one_line(text: str) -> str:
    """Return a text as :func:`printable` does, on one line, for a row of a list."""
    return printable(" ".join(text.split())).translate(_LEFT_OUT)


def write_lines(lines: Iterable[str]) -> None:
    """Print lines as the result of a command; raises as :func:`write`."""
    write("".join(f"{printable(line)}\n" for line in lines))


def set_up() -> None:
    """Have every letter be taken by the output, whatever encoding the system has chosen for it.

    What is sent into a file or another program is UTF-8, also on Windows, whose own encodings know
    a few hundred letters; where the person has chosen another, unknown letters become "?".
    """
    if sys.stderr is None:  # closed by who started this; nobody wants to be told anything
        sys.stderr = io.StringIO()
    if not isinstance(sys.stdout, io.TextIOWrapper):
        return
    if sys.platform == "win32" and not sys.stdout.isatty() and "PYTHONIOENCODING" not in os.environ:
        sys.stdout.reconfigure(encoding="utf-8")
    sys.stdout.reconfigure(errors="replace")


def write_reply(text: str) -> None:
    """Print a piece of a reply: as it is into a file, harmless into a terminal."""
    write(printable(text) if sys.stdout is not None and sys.stdout.isatty() else text)


def write_json(value: Any) -> None:
    """Print one JSON object on a line of its own, controls escaped; all where it is not UTF-8."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    is_ascii = codecs.lookup(encoding).name != "utf-8"
    write(json.dumps(value, ensure_ascii=is_ascii).translate(_ESCAPED) + "\n")


def write(text: str) -> None:
    """Put text on standard output at once.

    Raises:
        BrokenPipeError: nobody reads it any more.
        StudioError: ``output.not_written``.
    """
    if sys.stdout is None:
        raise _not_written("it was closed")
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _not_written(error.strerror or str(error)) from error


def _not_written(reason: str) -> StudioError:
    return StudioError(
        "output.not_written",
        f"The output could not be written: {reason}.",
        "Send it somewhere else.",
    )


def tell(sentence: str) -> None:
    """Say something to the person that is not the result."""
    sys.stderr.write(f"{printable(sentence)}\n")
    sys.stderr.flush()


class Printable(logging.Formatter):
    """Words what is logged to the terminal."""

    def format(self, record: logging.LogRecord) -> str:
        """Return a record's message, harmless."""
        return printable(super().format(record))
