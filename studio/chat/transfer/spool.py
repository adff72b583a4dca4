"""Puts the contents of attached files aside on their way in, so that memory holds one at a time."""

from __future__ import annotations

import contextlib
import io
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from studio.storage.failures import worded_files

Content = Callable[[], bytes]
Keep = Callable[[bytes], Content]


class Spool:
    """Contents one behind the other in a file. For one thread."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._round = 0

    def keep(self, content: bytes) -> Content:
        """Put a content aside; what is returned reads it, until the next :meth:`clear`."""
        start = self._file.seek(0, io.SEEK_END)
        self._file.write(content)
        kept_in, size = self._round, len(content)

        def read() -> bytes:
            if kept_in != self._round:
                raise RuntimeError("this content is no longer put aside")
            self._file.seek(start)
            return self._file.read(size)

        return read

    def clear(self) -> None:
        """Forget all contents."""
        self._round += 1
        self._file.seek(0)
        self._file.truncate()


@contextlib.contextmanager
def spool_in(folder: Path | None) -> Iterator[Spool]:
    """Lend a spool in a file that has no name and is gone with the program.

    Args:
        folder: in which it lies; ``None`` for what must never reach the disk.

    Raises:
        StudioError: ``disk.full``, ``disk.failed`` or ``data.read_only``, also while it is used.
    """
    if folder is None:
        yield Spool(io.BytesIO())
        return
    with worded_files(folder), tempfile.TemporaryFile(dir=folder, prefix="import-") as file:
        yield Spool(file)


def drop(_content: bytes) -> Content:
    """Keep nothing of a content that was only to be looked at."""
    return _dropped


def _dropped() -> bytes:
    raise RuntimeError("this content was only looked at")
