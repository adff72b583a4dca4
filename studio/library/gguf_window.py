"""A window on a file of numbers and texts whose claims about lengths are not believed."""

from __future__ import annotations

import contextlib
import struct
from collections.abc import Callable
from typing import Any, BinaryIO

from studio.errors import StudioError
from studio.sizes import file_size
from studio.translation import mark, tr

_WINDOW = 1 << 20
MAX_WALKED_STRINGS = 8_000_000
_MAX_TEXTS = 64 << 20
DOWNLOAD_AGAIN = mark("Download or copy it again.")


class Window:
    """Walks through one open file, holding a piece of it in memory.

    Every claim is compared with the size of the file before anything is read or allocated. The
    file is read and not mapped, because a mapped file that shrinks meanwhile kills the process.

    Attributes:
        order: ``"<"`` or ``">"``, the byte order in the notation of :mod:`struct`.
    """

    def __init__(self, file: BinaryIO, name: str, size: int) -> None:
        self._file = file
        self.name = name
        self.size = size
        self._window = b""
        self._start = 0  # where in the file the window begins
        self._at = 0  # position in the window
        self.order = "<"
        self._walked = 0
        self._texts = 0

    @property
    def position(self) -> int:
        """Return how many bytes were read or skipped."""
        return self._start + self._at

    def left(self) -> int:
        """Return how many bytes follow."""
        return self.size - self.position

    def _fill(self, count: int) -> None:
        """Make ``count`` bytes from the position on available in the window."""
        if count > self.left():
            raise self.ended()
        if self._at + count <= len(self._window):
            return
        self._start, self._at = self.position, 0
        self._file.seek(self._start)
        self._window = self._file.read(max(count, _WINDOW))
        if len(self._window) < count:  # it shrank while it was read
            raise self.ended()

    def peek(self, count: int) -> bytes:
        """Return the next bytes, at most ``count``, without moving."""
        self._fill(min(count, self.left()))
        return self._window[self._at : self._at + count]

    def take(self, count: int) -> bytes:
        """Return exactly ``count`` bytes."""
        self._fill(count)
        taken = self._window[self._at : self._at + count]
        self._at += count
        return taken

    def skip(self, count: int) -> None:
        """Step over ``count`` bytes."""
        if count > self.left():
            raise self.ended()
        self._at += count
        if self._at > len(self._window):
            self._start, self._at, self._window = self.position, 0, b""

    def numbers(self, letter: str, count: int) -> tuple[Any, ...]:
        """Return ``count`` numbers of the size that ``letter`` has in :mod:`struct`."""
        pattern = struct.Struct(f"{self.order}{count}{letter}")
        return pattern.unpack(self.take(pattern.size))

    def number(self, letter: str) -> int:
        """Return one whole number."""
        return int(self.numbers(letter, 1)[0])

    def text(self, limit: int, what: str) -> str:
        """Return a text of at most ``limit`` bytes; ``what`` names it if it is longer."""
        length = self.number("Q")
        self._texts += length
        if length > limit or self._texts > _MAX_TEXTS:
            raise self.damaged(
                tr("{what} claims to be {length:,} bytes long", what=what, length=length)
            )
        return self.take(length).decode("utf-8", "replace")

    def walk_strings(self, count: int) -> None:
        """Step over ``count`` strings; written flat, since a vocabulary has 250,000 of them."""
        self._walked += count
        if self._walked > MAX_WALKED_STRINGS:
            raise self.damaged(tr("it holds more texts than any vocabulary"))
        length_at = struct.Struct(self.order + "Q").unpack_from
        while count:
            self._fill(8)
            at, count = _walk(self._window, self._at, count, length_at)
            self.skip(at - self._at)

    def damaged(self, what: str) -> StudioError:
        """Return the error for a claim that cannot be true."""
        return StudioError(
            "model.damaged",
            tr("{name} is damaged: {what}.", name=self.name, what=what),
            tr(DOWNLOAD_AGAIN),
            f"at byte {self.position} of {self.size}",
        )

    def ended(self) -> StudioError:
        """Return the error for a header that goes on beyond the end of the file."""
        return StudioError(
            "model.truncated",
            tr(
                "{name} is incomplete: it ends in the middle of its own description.",
                name=self.name,
            ),
            tr(DOWNLOAD_AGAIN),
            f"{self.size} bytes",
        )

    def cut(self, needed: int) -> StudioError:
        """Return the error for a file that should be ``needed`` bytes long."""
        missing = needed - self.size
        return StudioError(
            "model.truncated",
            tr(
                "{name} is incomplete: {missing} of {needed} are missing.",
                name=self.name,
                missing=file_size(missing),
                needed=file_size(needed),
            ),
            tr(DOWNLOAD_AGAIN),
            f"{missing:,} of {needed:,} bytes are missing",
        )


def _walk(
    window: bytes, at: int, left: int, length_at: Callable[[bytes, int], tuple[int, ...]]
) -> tuple[int, int]:
    """Step over strings until a length lies beyond the window; return where, and how many left."""
    with contextlib.suppress(struct.error, OverflowError):
        while left:
            at += 8 + length_at(window, at)[0]
            left -= 1
    return at, left


def shown(name: str) -> str:
    """Return a name from a file, quoted, shortened and free of control characters."""
    clean = "".join(
        letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in name
    )
    return f"“{clean[:60]}…”" if len(clean) > 60 else f"“{clean}”"
