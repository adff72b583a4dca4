"""Names what a file is when it is not the GGUF model that its name promises."""

from __future__ import annotations

import re

from studio.errors import StudioError
from studio.sizes import file_size
from studio.translation import mark, tr

SNIFF_BYTES = 1024  # enough for every mark below; a tar archive carries its own at byte 257

_ANOTHER_FILE = mark("Look for a file that ends in .gguf on the model's page and add that one.")
_DOWNLOAD_AGAIN = mark("Download it again from the model's page.")
_CONVERT = mark(
    "Look for a GGUF version of this model, or convert it with llama.cpp's convert_hf_to_gguf."
)

# Longest marks first where one begins with another.
_MARKS: tuple[tuple[bytes, str, str], ...] = (
    (b"tjgg", mark("a model in the old GGML format (ggjt, before August 2023)"), _ANOTHER_FILE),
    (b"fmgg", mark("a model in the old GGML format (ggmf, before August 2023)"), _ANOTHER_FILE),
    (b"lmgg", mark("a model in the old GGML format (before August 2023)"), _ANOTHER_FILE),
    (b"algg", mark("a LoRA adapter in the old GGML format"), _ANOTHER_FILE),
    (b"PK\x03\x04", mark("a zip archive or a PyTorch file"), _CONVERT),
    (b"\x1f\x8b", mark("a gzip archive"), mark("Unpack it and add the .gguf file that is inside.")),
    (
        b"\xfd7zXZ\x00",
        mark("an xz archive"),
        mark("Unpack it and add the .gguf file that is inside."),
    ),
    (b"BZh", mark("a bzip2 archive"), mark("Unpack it and add the .gguf file that is inside.")),
    (
        b"7z\xbc\xaf\x27\x1c",
        mark("a 7z archive"),
        mark("Unpack it and add the .gguf file that is inside."),
    ),
    (
        b"Rar!\x1a\x07",
        mark("a RAR archive"),
        mark("Unpack it and add the .gguf file that is inside."),
    ),
    (
        b"\x28\xb5\x2f\xfd",
        mark("a zstd archive"),
        mark("Unpack it and add the .gguf file that is inside."),
    ),
    (b"\x89HDF\r\n\x1a\n", mark("a Keras or HDF5 file"), _CONVERT),
    (b"%PDF-", mark("a PDF document"), _ANOTHER_FILE),
    (b"\x89PNG\r\n\x1a\n", mark("a PNG picture"), _ANOTHER_FILE),
    (b"\xff\xd8\xff", mark("a JPEG picture"), _ANOTHER_FILE),
    (b"\x7fELF", mark("a Linux program"), _ANOTHER_FILE),
    (b"MZ", mark("a Windows program"), _ANOTHER_FILE),
)
_PICKLE = re.compile(rb"\x80[\x02-\x05]")
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*[{\[]\s*[\"{}\[\]\d]")
_POINTER = re.compile(rb"version https://git-lfs\.github\.com/spec/")
_POINTER_SIZE = re.compile(rb"^size (\d{1,18})$", re.MULTILINE)


def describe(name: str, start: bytes, size: int) -> StudioError:
    """Return the error for a file that does not begin as GGUF.

    Args:
        name: the file's name, for the sentence.
        start: its first ``SNIFF_BYTES`` bytes, fewer if it is shorter.
        size: its whole size in bytes.
    """
    return (
        _as_web_page(name, start)
        or _as_pointer(name, start)
        or _as_known_format(name, start, size)
        or StudioError(
            "model.not_gguf",
            tr("{name} is not a GGUF model: it does not begin like one.", name=name),
            tr("Download it again, or choose another file."),
            f"first bytes: {start[:16].hex(' ')}",
        )
    )


def _as_web_page(name: str, start: bytes) -> StudioError | None:
    if not _PAGE.match(start):
        return None
    return StudioError(
        "model.html",
        tr("{name} is a web page that was saved under a model's name.", name=name),
        " ".join(
            (
                tr("The download probably ended at a sign-in or error page."),
                tr(_DOWNLOAD_AGAIN),
            )
        ),
    )


def _as_pointer(name: str, start: bytes) -> StudioError | None:
    if not _POINTER.match(start):
        return None
    found = _POINTER_SIZE.search(start)
    what = tr("{name} is only a Git LFS note that stands for the real file.", name=name)
    if found:
        what = tr(
            "{name} is only a Git LFS note that stands for the real file of {size}.",
            name=name,
            size=file_size(int(found[1])),
        )
    return StudioError(
        "model.lfs_pointer",
        what,
        tr("Run “git lfs pull” where it was cloned, or download the file from the model's page."),
    )


def _as_known_format(name: str, start: bytes, size: int) -> StudioError | None:
    kind = _known_format(start, size)
    if kind is None:
        return None
    what, hint = kind
    return StudioError(
        "model.other_format",
        tr("{name} is {what}, not a GGUF model.", name=name, what=tr(what)),
        tr(hint),
    )


def _known_format(start: bytes, size: int) -> tuple[str, str] | None:
    for beginning, what, hint in _MARKS:
        if start.startswith(beginning):
            return what, hint
    if _is_safetensors(start, size):
        return mark("a safetensors file"), _CONVERT
    if _PICKLE.match(start):
        return mark("a Python pickle, which could run code when opened"), _CONVERT
    if start[257:262] == b"ustar":
        return mark("a tar archive"), mark("Unpack it and add the .gguf file that is inside.")
    if _JSON.match(start):
        return mark("a JSON text"), _ANOTHER_FILE
    return None


def _is_safetensors(start: bytes, size: int) -> bool:
    header = int.from_bytes(start[:8], "little")
    return start[8:9] == b"{" and 2 <= header <= size - 8
