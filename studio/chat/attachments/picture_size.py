"""Tells the kind and the size of a picture from its first bytes, without unpacking anything."""

from __future__ import annotations

import struct
from dataclasses import dataclass

_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # JPEG markers that tell the size
_BARE = frozenset({0x01, *range(0xD0, 0xD9)})  # those without a length


@dataclass(frozen=True, slots=True)
class PictureSize:
    """What a picture says of itself; no pixels when it does not get to the point."""

    media_type: str
    width: int = 0
    height: int = 0


def measure(data: bytes) -> PictureSize | None:
    """Return the kind and size of a PNG, JPEG, WebP, GIF or BMP; ``None`` for anything else."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return _sized("image/png", ">II", data, 16) if data[12:16] == b"IHDR" else _png()
    if data.startswith(b"\xff\xd8\xff"):
        return _jpeg(data)
    if data[:6] in (b"GIF87a", b"GIF89a"):
        return _sized("image/gif", "<HH", data, 6)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _webp(data)
    if data.startswith(b"BM") and len(data) >= 26 and data[6:10] == bytes(4):
        return _bmp(data)
    return None


def _png() -> PictureSize:
    return PictureSize("image/png")


def _sized(media_type: str, form: str, data: bytes, at: int) -> PictureSize:
    try:
        width, height = struct.unpack_from(form, data, at)
    except struct.error:
        return PictureSize(media_type)
    return PictureSize(media_type, abs(width), abs(height))


def _jpeg(data: bytes) -> PictureSize:
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:  # fill bytes
            at += 1
        elif marker in _BARE:
            at += 2
        elif marker in _FRAMES:
            found = _sized("image/jpeg", ">HH", data, at + 5)
            return PictureSize(found.media_type, found.height, found.width)
        else:
            at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return PictureSize("image/jpeg")


def _webp(data: bytes) -> PictureSize:
    kind = data[12:16]
    if kind == b"VP8X" and len(data) >= 30:
        return PictureSize(
            "image/webp",
            1 + int.from_bytes(data[24:27], "little"),
            1 + int.from_bytes(data[27:30], "little"),
        )
    if kind == b"VP8L" and len(data) >= 25:
        bits = int.from_bytes(data[21:25], "little")
        return PictureSize("image/webp", 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF))
    if kind == b"VP8 " and data[23:26] == b"\x9d\x01\x2a":
        found = _sized("image/webp", "<HH", data, 26)
        return PictureSize(found.media_type, found.width & 0x3FFF, found.height & 0x3FFF)
    return PictureSize("image/webp")


def _bmp(data: bytes) -> PictureSize:
    if int.from_bytes(data[14:18], "little") == 12:  # of OS/2
        return _sized("image/bmp", "<HH", data, 18)
    return _sized("image/bmp", "<ii", data, 18)
