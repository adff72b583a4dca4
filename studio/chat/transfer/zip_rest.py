"""Tells what else lies in ChatGPT's zip, beside the chats: none of it is taken over.

Of a list that can be read the entries are counted; of all else, and of what is damaged, the file.
"""

from __future__ import annotations

import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Collection

from studio.chat.transfer.json_stream import JsonStream
from studio.chat.transfer.report import (
    ACCOUNT,
    FEEDBACK,
    FILES,
    GROUP_CHATS,
    SHARED,
    TEXT_DOCUMENTS,
    Report,
)
from studio.errors import StudioError
from studio.sizes import FILE_MB

ZIP_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    NotImplementedError,  # a compression that Python does not know
    ValueError,  # offsets that point nowhere
)

_MOST_READ = 64 * FILE_MB  # bytes of one list that are gone through to count it
_LISTS = {
    "group_chats.json": GROUP_CHATS,
    "shared_conversations.json": SHARED,
    "message_feedback.json": FEEDBACK,
    "model_comparisons.json": FEEDBACK,
}
_OFTEN_EMPTY = {"shopping.json", "sora.json"}
_ACCOUNT = {"user.json", "user_settings.json", "account.json"}
# What tells of the other files only: the chats once more as a page, and lists of files.
_OF_THE_ZIP = {"chat.html", "assets.json", "export_manifest.json"}
_OF_SYSTEMS = re.compile(r"(?:.*/)?(?:__MACOSX/.*|\.[^/]*|Thumbs\.db|desktop\.ini)")


def leave_out_rest(archive: zipfile.ZipFile, taken: Collection[str], report: Report) -> None:
    """Count all in a zip but the files that were ``taken``, by their names in it."""
    for info in archive.infolist():
        if info.is_dir() or info.filename in taken or _OF_SYSTEMS.fullmatch(info.filename):
            continue
        folder, _, name = info.filename.lower().rpartition("/")
        if name in _LISTS:
            report.leave_out(_LISTS[name], _entries(archive, info))
        elif name in _OFTEN_EMPTY:
            report.leave_out(FILES, min(1, _entries(archive, info)))
        elif name in _ACCOUNT:
            report.leave_out(ACCOUNT)
        elif folder.rpartition("/")[2] == "textdocs":
            report.leave_out(TEXT_DOCUMENTS)
        elif name not in _OF_THE_ZIP:
            report.leave_out(FILES)


def _entries(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> int:
    """Return how many entries are in a file that holds a list; 1 when that cannot be told."""
    if info.flag_bits & 0x1 or info.file_size > _MOST_READ:
        return 1
    try:
        with archive.open(info) as member:
            return _counted(JsonStream(member.read, info.filename))
    except StudioError as error:
        return 0 if error.code == "import.empty" else 1
    except ZIP_FAULTS:
        return 1


def _counted(stream: JsonStream) -> int:
    """Count the elements of a list, or of all lists in an object."""
    if stream.begins("["):
        return _elements(stream)
    if not stream.begins("{"):
        return 1
    count = 0
    for _ in stream.members():
        if stream.begins("["):
            count += _elements(stream)
        else:
            stream.skip()
    return count


def _elements(stream: JsonStream) -> int:
    count = 0
    for _ in stream.elements():
        stream.skip()
        count += 1
    return count
