"""Writes what the program notes down for finding faults, into a file that cannot fill the disk."""

from __future__ import annotations

import logging
from io import TextIOWrapper
from pathlib import Path

from studio.paths import make_private_file

_LIMIT_BYTES = 1_000_000

_log = logging.getLogger(__name__)


class CappedLog(logging.FileHandler):
    """A file that begins anew once it is longer than a limit; the one before it is kept beside it.

    Raises:
        OSError: the file cannot be opened.
    """

    def __init__(self, file: Path, limit_bytes: int = _LIMIT_BYTES) -> None:
        super().__init__(file, encoding="utf-8")
        self._limit_bytes = limit_bytes
        self.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))

    def _open(self) -> TextIOWrapper:
        make_private_file(Path(self.baseFilename))  # paths and words of the person may be in it
        return super()._open()

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record, in a new file if this one is full."""
        try:
            if self.stream is not None and self.stream.tell() > self._limit_bytes:
                self._begin_anew(Path(self.baseFilename))
        except OSError:
            self.handleError(record)
        super().emit(record)

    def _begin_anew(self, file: Path) -> None:
        stream, self.stream = self.stream, None
        if stream is not None:
            stream.close()
        try:
            file.replace(file.with_suffix(".1.log"))
        except OSError:  # such as where another program has it open: then what was is given up
            file.write_bytes(b"")


def write_log(file: Path) -> None:
    """Write all that the program tells from now on; without such a file it goes on all the same."""
    studio = logging.getLogger("studio")
    studio.setLevel(logging.INFO)
    try:
        studio.addHandler(CappedLog(file))
    except OSError as error:
        _log.warning("the log cannot be written: %s", error)
