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
            raise _not_text(_called(name))


def read_standard_input(what: str = "Standard input", most: int = -1) -> str:
    """Return standard input, read as :func:`read_text` does; by default all of it.

    Raises:
        StudioError: ``input.not_text``, or ``input.none`` when it is closed.
    """
    if sys.stdin is None:
        raise StudioError(
            "input.none",
            f"{what} is closed, so nothing could be read.",
            "Give the text in the command itself, or name a file with it.",
        )
    text = read_text(sys.stdin.buffer, what, most)
    if "\0" in text:
        raise _not_text(what)
    return text


def said(text: str) -> str:
    """Return a text, or for ``-`` what :func:`read_standard_input` does; raises as that."""
    return read_standard_input() if text == "-" else text


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


def _called(name: str) -> str:
    """Return how a sentence calls an argument that stands alone, or an option."""
    alone = ("text", "words", "title", "value", "values", "folder", "name", "id")
    return "What stands in the command" if name in alone else f"“--{name}”"


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
