"""Sorts what SQLite and the disk complain about: the world's failures get words, bugs stay bugs."""

from __future__ import annotations

import contextlib
import errno
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from studio.errors import StudioError
from studio.translation import tr

_NEARLY_NOTHING_BYTES = 1 << 20


@contextlib.contextmanager
def worded(path: Path) -> Iterator[None]:
    """Raise a ``StudioError`` where the world failed the database at ``path``.

    Codes: ``disk.full``, ``disk.failed``, ``data.read_only``, ``database.busy``,
    ``database.damaged``. A mistake of ours, such as wrong SQL, passes unchanged.
    """
    try:
        yield
    except sqlite3.Error as error:
        told = from_sqlite(error, path)
        if told is None:
            raise
        raise told from error


@contextlib.contextmanager
def worded_files(folder: Path) -> Iterator[None]:
    """Like :func:`worded`, for a block that works on files in ``folder`` as well."""
    try:
        with worded(folder):
            yield
    except OSError as error:
        raise from_system(error, folder) from error


def from_system(error: OSError, folder: Path) -> StudioError:
    """Return the words for a file operation in ``folder`` that the system refused."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _disk_full(folder, str(error))
    if error.errno == errno.EIO:
        return _disk_failed(folder, str(error))
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return _no_folder(folder, str(error))
    if isinstance(error, TimeoutError):
        return _busy(str(error))
    return _read_only(folder, str(error))


def from_sqlite(error: sqlite3.Error, path: Path) -> StudioError | None:
    """Return the words for a failure of the world, or ``None`` for a mistake of ours."""
    code = getattr(error, "sqlite_errorcode", None)  # absent where Python itself complains
    if code is None:
        return None
    details = f"{error.sqlite_errorname}: {error}"
    match code & 0xFF:  # the lower byte is the kind, the rest says more
        case sqlite3.SQLITE_FULL:
            return _disk_full(path, details)
        case sqlite3.SQLITE_IOERR:
            return _disk_full(path, details) if _is_full(path) else _disk_failed(path, details)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return _read_only(path, details)
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return _busy(details)
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return _damaged(path, details)
    return None


def is_damage(error: sqlite3.Error) -> bool:
    """Return whether an error from reading a database says that its file is not sound.

    Anything that SQLite cannot read in a file it could open counts, but for passing trouble.
    """
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return False
    return code & 0xFF in (
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_ERROR,
        sqlite3.SQLITE_FORMAT,
        sqlite3.SQLITE_TOOBIG,
    )


def _is_full(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.parent).free < _NEARLY_NOTHING_BYTES
    except OSError:
        return False


def _busy(details: str) -> StudioError:
    return StudioError(
        "database.busy",
        tr("Another window or terminal is writing to your data for an unusually long time."),
        tr("Wait for it to finish or close it, then try again."),
        details,
    )


def _damaged(path: Path, details: str) -> StudioError:
    return StudioError(
        "database.damaged",
        tr("Your data file {path} is damaged.", path=path),
        tr("Close the program and start it again: it then restores the newest good backup."),
        details,
    )


def _disk_full(path: Path, details: str) -> StudioError:
    return StudioError(
        "disk.full",
        tr("The disk that holds {path} is full.", path=path),
        tr("Free some space, then try again; what was saved before is safe."),
        details,
    )


def _disk_failed(path: Path, details: str) -> StudioError:
    return StudioError(
        "disk.failed",
        tr("The disk that holds {path} did not read or write as asked.", path=path),
        tr("Check that the disk is connected and healthy, then start the program again."),
        details,
    )


def _no_folder(path: Path, details: str) -> StudioError:
    return StudioError(
        "data.read_only",
        tr("{path} cannot be used: a file is where a folder has to be.", path=path),
        tr("Move that file away, or choose another folder with --home."),
        details,
    )


def _read_only(path: Path, details: str) -> StudioError:
    return StudioError(
        "data.read_only",
        tr("{path} cannot be written.", path=path),
        tr("Allow writing there, or choose another folder with --home."),
        details,
    )
