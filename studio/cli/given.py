"""Takes what a command was given as text, whatever bytes the shell handed over."""

from __future__ import annotations

import argparse
import codecs
import sys
from typing import BinaryIO

from studio.errors import StudioError


def check(arguments: argparse.Namespace) -> None:
    """Refuse an argument whose bytes are not text; names of files may be of any bytes.

    Raises:
        StudioError: ``input.not_text``.
    """
    for name, value in vars(arguments).items():
        words = value if isinstance(value, list) else [value]
        if not all(_is_text(each) for each in words if isinstance(each, str)):
            raise _not_text("What stands for the text" if name == "text" else f"“--{name}”")


def read_standard_input(what: str = "Standard input", most: int = -1) -> str:
    """Return standard input, read as :func:`read_text` does; by default all of it."""
    text = read_text(sys.stdin.buffer, what, most)
    if "\0" in text:
        raise _not_text(what)
    return text


def read_text(source: BinaryIO, what: str, most: int = -1) -> str:
    """Return what is in a source, without the mark that some programs put before UTF-8.

    Args:
        what: the source as a sentence names it.
        most: bytes to read; what is longer ends there, with its last whole character.

    Raises:
        StudioError: ``input.not_text``.
        OSError: it cannot be read.
    """
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    data = source.read(most)
    try:
        return decoder.decode(data, final=len(data) != most)
    except UnicodeDecodeError:
        raise _not_text(what) from None


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
        "Convert it to UTF-8 first. A file in another encoding can go along with a message: use"
        " --attach.",
    )
