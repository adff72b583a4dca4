"""Writes an exported file whole or not at all, piece by piece."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO

from studio.chat.transfer.archive import whole_characters
from studio.errors import StudioError
from studio.translation import tr

Write = Callable[[str], None]


def save(path: Path, parts: Iterable[str]) -> None:
    """Write a text file from its parts; a file that is there is replaced only at the end.

    Raises:
        StudioError: ``export.disk_full`` or ``export.not_saved``; the old file is untouched.
    """
    with saving(path) as write:
        for part in parts:
            write(part)


@contextlib.contextmanager
def saving(path: Path) -> Iterator[Write]:
    """Give a function that appends text; what was written becomes the file when all went well.

    Raises:
        StudioError: ``export.disk_full`` or ``export.not_saved``; the old file is untouched.
    """
    with saving_bytes(path) as write:
        yield lambda text: write(whole_characters(text).encode())


@contextlib.contextmanager
def saving_bytes(path: Path) -> Iterator[Callable[[bytes], None]]:
    """Do the same with bytes.

    Raises:
        StudioError: as :func:`saving`.
    """
    try:
        number, name = tempfile.mkstemp(dir=path.parent, prefix=".export-")  # for its owner alone
    except OSError as error:
        raise _not_saved(path, error) from error
    partial = Path(name)
    file = os.fdopen(number, "wb")
    try:
        yield lambda data: _put(file.write, data, path)
        _finish(file, path)
        _replace(partial, path)
    except BaseException:
        # Closing writes what is still held, onto the same full disk; what is told is the error
        # that was first.
        with contextlib.suppress(OSError):
            file.close()
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)
        raise


def _put(write: Callable[[bytes], int], data: bytes, path: Path) -> None:
    try:
        write(data)
    except OSError as error:
        raise _not_saved(path, error) from error


def _finish(file: IO[bytes], path: Path) -> None:
    try:
        file.flush()
        os.fsync(file.fileno())
        file.close()
    except OSError as error:
        raise _not_saved(path, error) from error


def _replace(partial: Path, path: Path) -> None:
    try:
        partial.replace(path)
    except OSError as error:
        raise _not_saved(path, error) from error


def _not_saved(path: Path, error: OSError) -> StudioError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return StudioError(
            "export.disk_full",
            tr("The disk is too full for {name}.", name=path.name),
            tr("Free some space, or save it elsewhere."),
            str(error),
        )
    hint = tr("Close it in other programs, or save it in another folder.")
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        hint = tr("Make the folder first, or save it in one that is there.")
    return StudioError(
        "export.not_saved",
        tr(
            "The file {name} could not be saved: {problem}.",
            name=path.name,
            problem=error.strerror or error,
        ),
        hint,
        str(error),
    )
