"""Reads files that are to be attached: texts in any common encoding, and pictures of five kinds.

Nothing is decoded here but text. Of a picture only the few bytes that tell its size are looked at,
so that one that says it is enormous is refused before anybody unpacks it.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from studio.chat.attachments.picture_size import measure
from studio.chat.conversation import AttachmentKind as Kind
from studio.errors import StudioError
from studio.sizes import file_size
from studio.translation import mark, tr

MOST_PER_MESSAGE = 10
MOST_TEXT_BYTES = 1_000_000
MOST_PICTURE_BYTES = 20_000_000
MOST_PIXELS = 50_000_000
_MAX_NAME = 200
_MOST_KEPT_BYTES = 4 * MOST_TEXT_BYTES  # no encoding takes less than a quarter of UTF-8

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins like that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What no text holds but for blanks, line ends, a form feed, and the escape of coloured logs.
_BINARY = re.compile(rb"[\x00-\x06\x0e-\x1a\x1c-\x1f]")
_GUESSED = "windows-1252"
_WORDS = re.compile(r"[^\s\x00-\x1f\x7f]")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f/\\]")


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file as it is attached: ``content`` is the picture's bytes, or the text in UTF-8.

    Attributes:
        media_type: such as ``image/png`` or ``text/plain; charset=utf-8``, the encoding being that
            which the text was read in.
        size_bytes: of the file.
    """

    kind: Kind
    name: str
    media_type: str
    size_bytes: int
    content: bytes

    @property
    def sha256(self) -> str:
        """What the content is known by."""
        return hashlib.sha256(self.content).hexdigest()


def limits() -> str:
    """Return in a sentence what may be attached."""
    return tr(
        "Up to {count} files with each message: texts up to {text}, pictures up to {picture} and "
        "{pixels} megapixels.",
        count=MOST_PER_MESSAGE,
        text=file_size(MOST_TEXT_BYTES),
        picture=file_size(MOST_PICTURE_BYTES),
        pixels=MOST_PIXELS // 1_000_000,
    )


def read(path: Path) -> AttachedFile:
    """Read a file that is to be attached.

    Raises:
        StudioError: ``attachment.unreadable``, or as :func:`from_bytes`.
    """
    try:
        if path.is_dir():
            raise StudioError(
                "attachment.folder",
                tr("{name} is a folder.", name=path.name or path),
                tr("Attach the files in it one by one."),
            )
        with path.open("rb") as file:
            data = file.read(MOST_PICTURE_BYTES + 1)
            size = max(path.stat().st_size, len(data))
    except (OSError, ValueError) as error:
        raise StudioError(
            "attachment.unreadable",
            tr("{name} could not be opened.", name=path.name),
            tr("Check that the file is still there and that you may read it."),
            str(error),
        ) from error
    return from_bytes(path.name, data, size)


def from_bytes(name: str, data: bytes, size_bytes: int | None = None) -> AttachedFile:
    """Make what is to be attached of a file's name and its first bytes.

    Args:
        data: all of it, or more than any picture may have.
        size_bytes: its whole size, if ``data`` is not all.

    Raises:
        StudioError: ``attachment.empty``, ``attachment.too_large``, ``attachment.damaged`` or
            ``attachment.not_text``.
    """
    name = _plain_name(name)
    size = len(data) if size_bytes is None else size_bytes
    if not data:
        raise StudioError(
            "attachment.empty",
            tr("{name} is empty.", name=name),
            tr("Attach a file with a content."),
        )
    if (picture := measure(data)) is not None:
        if size > MOST_PICTURE_BYTES:
            raise _large_picture(name, size)
        _check_pixels(name, picture.width, picture.height)
        return AttachedFile("picture", name, picture.media_type, size, data)
    if size > MOST_TEXT_BYTES:
        raise _large_text(name, size)
    text, encoding = _decoded(name, data)
    if not _WORDS.search(text):
        raise _no_words(name)
    return AttachedFile("text", name, f"text/plain; charset={encoding}", size, text.encode())


def from_kept_text(name: str, content: bytes) -> AttachedFile:
    """Return a text that was attached once, from its content in UTF-8.

    It may be longer than its file, and hold what a file in that encoding may not.

    Raises:
        StudioError: ``attachment.empty``, ``attachment.too_large`` or ``attachment.not_text``.
    """
    name = _plain_name(name)
    if len(content) > _MOST_KEPT_BYTES:
        raise _large_text(name, len(content))
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        raise _not_text(name, str(error)) from error
    if not _WORDS.search(text):
        raise _no_words(name)
    return AttachedFile("text", name, "text/plain; charset=utf-8", len(content), content)


def is_guessed(media_type: str) -> bool:
    """Tell whether a text's encoding is not sure, so that its letters may be wrong."""
    return media_type.endswith(f"charset={_GUESSED}")


def too_many(count: int) -> StudioError:
    """Return the refusal of more files than a message takes."""
    return StudioError(
        "attachment.too_many",
        tr(
            "A message takes {most} files, and this would be the {count:,}th.",
            most=MOST_PER_MESSAGE,
            count=count,
        ),
        tr("Remove one, or send the others with the next message."),
    )


def _plain_name(name: str) -> str:
    """Return a name on one line that leads nowhere."""
    plain = " ".join(_UNSEEN.sub(" ", name.encode("utf-8", "replace").decode()).split())
    return plain[-_MAX_NAME:] or "file"


def _large_picture(name: str, size: int) -> StudioError:
    what = mark("{name} has {size}; a picture may have {most}.")
    hint = tr("Save it smaller, and attach that.")
    return _too_large(name, what, size, MOST_PICTURE_BYTES, hint)


def _no_words(name: str) -> StudioError:
    return StudioError(
        "attachment.empty", tr("{name} has no words.", name=name), tr("Attach another file.")
    )


def _large_text(name: str, size: int) -> StudioError:
    what = mark("{name} has {size}; a text may have {most}.")
    hint = tr("Attach the part of it that matters.")
    return _too_large(name, what, size, MOST_TEXT_BYTES, hint)


def _too_large(name: str, what: str, size: int, most: int, hint: str) -> StudioError:
    told = tr(what, name=name, size=file_size(size), most=file_size(most))
    return StudioError("attachment.too_large", told, hint)


def _check_pixels(name: str, width: int, height: int) -> None:
    if width < 1 or height < 1:
        raise StudioError(
            "attachment.damaged",
            tr("{name} is damaged: it says that it has no pixels.", name=name),
            tr("Save it again as PNG or JPEG, and attach that."),
        )
    if width * height > MOST_PIXELS:
        raise StudioError(
            "attachment.too_large",
            tr(
                "{name} has {width:,} by {height:,} pixels; a picture may have {millions} million.",
                name=name,
                width=width,
                height=height,
                millions=MOST_PIXELS // 1000000,
            ),
            tr("Save it smaller, and attach that; models see no more than a few million anyway."),
        )


def _decoded(name: str, data: bytes) -> tuple[str, str]:
    """Return a text and its encoding."""
    for bom, encoding in _MARKS:
        if data.startswith(bom):
            try:
                return data.decode(encoding), encoding.removesuffix("-sig")
            except UnicodeDecodeError as error:
                raise _not_text(name, str(error)) from error
    if _BINARY.search(data):
        raise _not_text(name, "it holds bytes that no text has")
    try:
        return data.decode(), "utf-8"
    except UnicodeDecodeError:
        return data.decode(_GUESSED, "replace"), _GUESSED


def _not_text(name: str, details: str) -> StudioError:
    return StudioError(
        "attachment.not_text",
        tr("{name} is neither a text nor a picture that can be attached.", name=name),
        tr(
            "Attach plain text (such as .txt, .md, .csv or source code), or a PNG, "
            "JPEG, WebP, GIF or BMP picture; of a PDF or an office file, copy the "
            "text that matters."
        ),
        details,
    )
