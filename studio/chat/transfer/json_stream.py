"""Reads JSON of any size piece by piece, and bounds what a hostile file can make it hold.

The caller walks through objects and lists itself and takes values whole where they are small
enough to be held: the memory in use is that of one such value, not of the file. Values are decoded
by the standard library; this module only finds where they end.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Callable, Iterator
from typing import Any, NoReturn

from studio.errors import StudioError
from studio.sizes import FILE_GB, file_size
from studio.translation import tr

MAX_FILE_BYTES = 4 * FILE_GB
MAX_VALUE = 32_000_000  # characters of one value that is taken whole
MAX_BRACKETS = 1_000_000  # lists and objects in such a value
MAX_DEPTH = 100

_CHUNK = 1 << 20
_SPACE = re.compile(r"[ \t\r\n]*")
_MARK = re.compile(r'["\[\]{}]')
_SCALAR = re.compile(r"[^\s,\]}]*")
_MAX_SCALAR = 5_000

Read = Callable[[int], bytes]


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


_decode = json.JSONDecoder(strict=False, parse_constant=_refuse_constant).raw_decode


class JsonStream:
    """A JSON text that is walked through once.

    Every method may raise StudioError: ``import.empty``, ``import.encoding``, ``import.not_json``,
    ``import.truncated``, ``import.too_large``, ``import.too_deep``.

    Args:
        read: gives the next bytes, at most as many as asked for; none at the end.
        name: the file, as the person knows it.
    """

    def __init__(self, read: Read, name: str) -> None:
        self._read = read
        self._name = name
        self._bytes = 0
        self._before = 0
        self._buffer = ""
        self._at = 0
        self._ended = False
        head = read(4)
        if not head:
            raise StudioError(
                "import.empty",
                tr("The file {name} is empty.", name=name),
                tr("Choose another file, or export again."),
            )
        self._decoder = codecs.getincrementaldecoder(json.detect_encoding(head))()
        self._accept(head)

    @property
    def consumed(self) -> int:
        """How many characters were walked through."""
        return self._before + self._at

    def peek(self) -> str:
        """Return the next character that is not a space, or nothing at the end."""
        while True:
            space = _SPACE.match(self._buffer, self._at)
            self._at = space.end() if space else self._at
            if self._at < len(self._buffer):
                return self._buffer[self._at]
            if not self._more():
                return ""

    def begins(self, opening: str) -> bool:
        """Tell whether the next value begins with a character; that there is one is demanded."""
        if not self.peek():
            self._fail("a value")
        return self.peek() == opening

    def members(self) -> Iterator[str]:
        """Walk through an object: after each name, take or skip its value before going on."""
        self._expect("{")
        if self.peek() == "}":
            self._at += 1
            return
        while True:
            if self.peek() != '"':
                self._fail("a name")
            name: str = self.value()
            self._expect(":")
            yield name
            if self._expect(",", "}") == "}":
                return

    def elements(self) -> Iterator[int]:
        """Walk through a list: after each number from 0 on, take or skip its value."""
        self._expect("[")
        if self.peek() == "]":
            self._at += 1
            return
        number = 0
        while True:
            yield number
            number += 1
            if self._expect(",", "]") == "]":
                return

    def value(self) -> Any:
        """Take the next value whole."""
        if not self.peek():
            self._fail("a value")
        found = self._decoded()
        if found is None:
            length = self._find_end(keep=True)
            try:
                found = _decode(self._buffer, self._at)
            except (ValueError, RecursionError) as error:
                if self._ended and self._at + length == len(self._buffer):
                    raise _truncated(self._name, self.consumed) from error
                raise _not_json(self._name, self.consumed, str(error)) from error
        value, self._at = found
        return value

    def skip(self) -> None:
        """Go behind the next value, however large; but each text in it is bound by MAX_VALUE."""
        if not self.peek():
            self._fail("a value")
        length = self._find_end(keep=False)
        self._at += length  # only now: finding the end has moved the place itself

    def finish(self) -> None:
        """Make sure that nothing follows."""
        if self.peek():
            self._fail("the end")

    def _decoded(self) -> tuple[Any, int] | None:
        """Return the next value and its end if it is in the buffer and well, else ``None``."""
        try:
            value, end = _decode(self._buffer, self._at)
        except (ValueError, RecursionError):
            return None
        return (value, end) if end < len(self._buffer) or self._ended else None

    def _find_end(self, *, keep: bool) -> int:
        """Return how many characters from here the next value ends, read on if need be.

        What was passed is dropped from the buffer on the way, unless it is to be kept.
        """
        if self._buffer[self._at] not in '"[{':
            return self._scalar_length()
        seen = depth = brackets = 0
        while True:
            mark = _MARK.search(self._buffer, self._at + seen)
            end = _mark_end(self._buffer, mark)
            if mark is None or end < 0:
                seen = (mark.start() if mark else len(self._buffer)) - self._at
                seen = self._read_on(seen, keep=keep)
                continue
            seen = end - self._at
            depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(mark.group(), 0)
            brackets += mark.group() != '"'
            if depth <= 0:
                return seen
            self._check(depth, brackets if keep else 0)

    def _read_on(self, seen: int, *, keep: bool) -> int:
        if not keep:
            self._at += seen
            seen = 0
        if len(self._buffer) - self._at > MAX_VALUE:
            what = tr("a value of more than {most:,} characters", most=MAX_VALUE)
            raise _too_large(self._name, what)
        if not self._more():
            raise _truncated(self._name, self.consumed)
        return seen

    def _check(self, depth: int, brackets: int) -> None:
        if depth > MAX_DEPTH:
            raise _too_deep(self._name)
        if brackets > MAX_BRACKETS:
            what = tr("a value of more than {most:,} parts", most=MAX_BRACKETS)
            raise _too_large(self._name, what)

    def _scalar_length(self) -> int:
        while True:
            found = _SCALAR.match(self._buffer, self._at)
            end = found.end() if found else self._at
            if end < len(self._buffer) or end - self._at > _MAX_SCALAR or not self._more():
                return end - self._at

    def _expect(self, *wanted: str) -> str:
        found = self.peek()
        if found not in wanted:
            self._fail(" or ".join(wanted))
        self._at += 1
        return found

    def _more(self) -> bool:
        if self._ended:
            return False
        # Reading as much as is waiting keeps the work for one long value proportional to it.
        self._accept(self._read(max(_CHUNK, len(self._buffer) - self._at)))
        return True

    def _accept(self, data: bytes) -> None:
        self._bytes += len(data)
        if self._bytes > MAX_FILE_BYTES:
            raise _too_large(self._name, tr("more than {size}", size=file_size(MAX_FILE_BYTES)))
        try:
            text = self._decoder.decode(data, not data)
        except UnicodeDecodeError as error:
            if not data:
                raise _truncated(self._name, self.consumed) from error
            raise StudioError(
                "import.encoding",
                tr("The file {name} is no text that can be read.", name=self._name),
                tr("Export again, or save it as UTF-8 in a text editor."),
                str(error)[:300],
            ) from error
        self._ended = not data
        self._before += self._at
        self._buffer = self._buffer[self._at :] + text
        self._at = 0

    def _fail(self, wanted: str) -> NoReturn:
        found = self.peek()
        if not found:
            raise _truncated(self._name, self.consumed)
        raise _not_json(self._name, self.consumed, f"expected {wanted}, found {found!r}")


def _truncated(name: str, place: int) -> StudioError:
    return StudioError(
        "import.truncated",
        tr("The file {name} ends too early: a part of it is missing.", name=name),
        tr("Copy, download or export it again."),
        f"after {place:,} characters",
    )


def _not_json(name: str, place: int, why: str) -> StudioError:
    return StudioError(
        "import.not_json",
        tr("The file {name} is damaged, or is no JSON file.", name=name),
        tr("Choose another file, or export again."),
        f"at character {place:,}: {why[:300]}",
    )


def _too_deep(name: str) -> StudioError:
    return StudioError(
        "import.too_deep",
        tr("The file {name} is nested more than {most} levels deep.", name=name, most=MAX_DEPTH),
        tr("No export looks like this. Export again, or choose another file."),
    )


def _too_large(name: str, what: str) -> StudioError:
    return StudioError(
        "import.too_large",
        tr("The file {name} holds {what}, which is more than can be read.", name=name, what=what),
        tr("Export again, fewer conversations at a time."),
    )


def _mark_end(text: str, mark: re.Match[str] | None) -> int:
    """Return where a bracket or a string ends; -1 when the text ends before it."""
    if mark is None:
        return -1
    return _string_end(text, mark.start()) if mark.group() == '"' else mark.end()


def _string_end(text: str, start: int) -> int:
    """Return where the string that begins at ``start`` ends; -1 when the text ends before it."""
    at = start + 1
    while (quote := text.find('"', at)) >= 0:
        slash = quote
        while text[slash - 1] == "\\":
            slash -= 1
        if (quote - slash) % 2 == 0:
            return quote + 1
        at = quote + 1
    return -1
