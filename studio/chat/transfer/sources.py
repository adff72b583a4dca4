"""Opens files that are to be imported, told apart by what is in them and never by their names."""

from __future__ import annotations

import contextlib
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from studio.chat.transfer.json_stream import Read
from studio.chat.transfer.report import Report
from studio.chat.transfer.zip_rest import ZIP_FAULTS, leave_out_rest
from studio.errors import StudioError
from studio.sizes import FILE_MB, file_size
from studio.translation import tr

MAX_ZIP_LIST = 16 * FILE_MB  # bytes of the zip's list of contents: some 100,000 files
MAX_ZIP_RATIO = 200  # text shrinks to a tenth; a file made to burst shrinks to a thousandth
_SMALL = 50 * FILE_MB
_PIECE = 4 * FILE_MB

_WANTED = re.compile(r"(?:[^/]*/){0,3}conversations(-\d{1,6})?\.json")


class _Bounded(io.FileIO):
    """A file of which nothing large is read at once, such as a zip's own list without end."""

    def read(self, size: int | None = -1, /) -> bytes:
        limit = MAX_ZIP_LIST + 1
        data = super().read(limit if size is None or size < 0 else min(size, limit)) or b""
        if len(data) == limit:
            raise zipfile.BadZipFile("too many files in it")
        return data


@contextlib.contextmanager
def reading(path: Path) -> Iterator[Read]:
    """Open a file; the function that is given reads its next bytes.

    Raises:
        StudioError: ``import.unreadable``.
    """
    with contextlib.ExitStack() as stack:
        try:
            file = stack.enter_context(path.open("rb"))
        except OSError as error:
            raise _unreadable(path, error) from error

        def read(size: int) -> bytes:
            try:
                return file.read(size)
            except OSError as error:
                raise _unreadable(path, error) from error

        yield read


def is_zip(path: Path) -> bool:
    """Tell whether a file is a zip, by its first bytes.

    Raises:
        StudioError: ``import.unreadable``.
    """
    with reading(path) as read:
        return read(4) in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")


def zipped_conversations(path: Path, report: Report) -> Iterator[tuple[str, Read]]:
    """Open one after the other the files of conversations in ChatGPT's zip, and their names.

    What else is in it is counted in the report at the end.

    Raises:
        StudioError: ``import.unreadable``; ``import.zip_damaged``; ``import.zip_empty`` when it
            holds no conversations; ``import.zip_locked``; ``import.too_large`` when it would burst.
    """
    with _worded(path), _Bounded(path) as file, zipfile.ZipFile(file) as archive:
        wanted = _wanted(archive, path)
        for info in wanted:
            _check(info, path)
            with archive.open(info) as member:
                yield f"{path.name} ({info.filename.rpartition('/')[2]})", _reader(member, path)
        leave_out_rest(archive, {info.filename for info in wanted}, report)


def _reader(member: IO[bytes], path: Path) -> Read:
    def read(size: int) -> bytes:
        with _worded(path):
            return member.read(min(size, _PIECE))

    return read


def _wanted(archive: zipfile.ZipFile, path: Path) -> list[zipfile.ZipInfo]:
    """Return the one file, and the numbered ones that take its place in large exports."""
    found = sorted(
        (info for info in archive.infolist() if _WANTED.fullmatch(info.filename)),
        key=lambda info: (info.filename.count("/"), "-" in info.filename, info.filename),
    )
    if not found:
        raise StudioError(
            "import.zip_empty",
            tr("There are no conversations in {name}.", name=path.name),
            tr("Choose the zip file that ChatGPT has sent, with conversations.json in it."),
        )
    return found


def _check(info: zipfile.ZipInfo, path: Path) -> None:
    if info.file_size > _SMALL and info.file_size > MAX_ZIP_RATIO * info.compress_size:
        raise StudioError(
            "import.too_large",
            tr(
                "The file {name} would grow from {packed} to {unpacked}, which no export does.",
                name=path.name,
                packed=file_size(info.compress_size),
                unpacked=file_size(info.file_size),
            ),
            tr("Do not open this file; ask ChatGPT for a new export."),
        )
    if info.flag_bits & 0x1:
        raise StudioError(
            "import.zip_locked",
            tr("The file {name} is locked with a password.", name=path.name),
            tr("Unpack it with another program, then import conversations.json."),
        )


@contextlib.contextmanager
def _worded(path: Path) -> Iterator[None]:
    try:
        yield
    except ZIP_FAULTS as error:
        raise StudioError(
            "import.zip_damaged",
            tr("The zip file {name} is damaged.", name=path.name),
            tr(
                "Download it again, or unpack it with another program and import "
                "conversations.json."
            ),
            f"{type(error).__name__}: {error}",
        ) from error
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> StudioError:
    return StudioError(
        "import.unreadable",
        tr(
            "The file {name} cannot be read: {problem}.",
            name=path.name,
            problem=error.strerror or error,
        ),
        tr("Check that it is still there and that you may read it."),
        str(error),
    )
