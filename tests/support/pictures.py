"""Makes small picture files byte by byte, sound ones and broken ones."""

from __future__ import annotations

import struct
import zlib


def png(width: int = 50, height: int = 40, seed: int = 0) -> bytes:
    """Return a sound PNG; another seed gives another picture of the same size."""
    rows = b"".join(
        b"\0" + bytes((x * 5 + y * 3 + seed * 7) % 256 for x in range(width * 3))
        for y in range(height)
    )
    return png_of(width, height, zlib.compress(rows))


def png_of(width: int, height: int, data: bytes) -> bytes:
    """Return a PNG that says so of its size, whatever its data hold."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", data), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in parts)


def bmp(width: int = 4, height: int = 4) -> bytes:
    """Return a sound BMP of 24 bits."""
    row = bytes(width * 3 + (-width * 3) % 4)
    pixels = row * height
    head = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 24, 0, len(pixels), 0, 0, 0, 0)
    return b"BM" + struct.pack("<IHHI", 54 + len(pixels), 0, 0, 54) + head + pixels


def gif() -> bytes:
    """Return a sound GIF of one pixel."""
    return bytes.fromhex(
        "47494638396101000100800000ffffff00000021f90401000000002c00000000010001000002024401003b"
    )


def _chunk(kind: bytes, content: bytes) -> bytes:
    return (
        struct.pack(">I", len(content))
        + kind
        + content
        + struct.pack(">I", zlib.crc32(kind + content))
    )


def jpeg_head(width: int, height: int) -> bytes:
    """Return what a JPEG begins with, up to its size."""
    app = b"\xff\xe0\x00\x10JFIF" + bytes(10)
    frame = b"\xff\xc0\x00\x11\x08" + struct.pack(">HH", height, width) + bytes(10)
    return b"\xff\xd8" + app + frame


def webp_head(kind: bytes, width: int, height: int) -> bytes:
    """Return what a WebP of a kind begins with, up to its size."""
    if kind == b"VP8X":
        body = bytes(4) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    elif kind == b"VP8L":
        body = b"\x2f" + ((width - 1) | (height - 1) << 14).to_bytes(4, "little")
    else:
        body = bytes(3) + b"\x9d\x01\x2a" + struct.pack("<HH", width, height)
    return b"RIFF" + bytes(4) + b"WEBP" + kind + bytes(4) + body
