"""Takes what a command was given as text, whatever bytes the shell handed over."""

from __future__ import annotations

import argparse
import sys

from studio.errors import StudioError


def check(arguments: argparse.Namespace) -> None:
    """Refuse an argument whose bytes are not text; names of files may be of any bytes.

    Raises:
        StudioError: ``input.not_text``.
    """
    for name, value in vars(arguments).items():
        if isinstance(value, str) and not _is_text(value):
            raise _not_text("What stands for the text" if name == "text" else f"“--{name}”")


def read_standard_input() -> str:
    """Return all of standard input.

    Raises:
        StudioError: ``input.not_text``.
    """
    text = sys.stdin.buffer.read().decode("utf-8-sig", errors="surrogateescape")
    if not _is_text(text) or "\0" in text:
        raise _not_text("Standard input")
    return text


def _is_text(text: str) -> bool:
    """Tell whether there is no half character, as which Python takes a byte that is not UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _not_text(what: str) -> StudioError:
    return StudioError(
        "input.not_text",
        f"{what} is not text in UTF-8.",
        "Convert it to UTF-8 first; for a file, --attach reads other encodings too.",
    )
