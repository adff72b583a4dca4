"""Turns bytes into text, whatever their encoding, and text into such as can be kept and shown."""

from __future__ import annotations

import codecs
import re

_SAMPLE_BYTES = 128 << 10
_STRAY_SHARE = 0.002  # bytes that are no UTF-8, in a text that is UTF-8 all the same

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is its first half
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029\x0b\x0c]")
# Control characters, lone surrogates, marks of byte order, noncharacters.
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufdd0-\ufdef\ufffe\uffff]"
)
_SPACES_AT_END = re.compile(r"[ \t]+$", re.MULTILINE)
_MANY_LINES = re.compile(r"\n{4,}")


def clean(text: str) -> str:
    """Return a text without what cannot be kept or shown; its line ends are ``"\\n"`` alone."""
    return _UNWANTED.sub("", _LINE_ENDS.sub("\n", text))


def tidy(text: str) -> str:
    """Return a text without spaces at the ends of lines and without long gaps."""
    return _MANY_LINES.sub("\n\n\n", _SPACES_AT_END.sub("", text)).strip("\n")


def is_wanted(character: str) -> bool:
    """Tell whether :func:`clean` keeps a character, line ends aside."""
    return _UNWANTED.match(character) is None


def decode(data: bytes, declared: str = "") -> str:
    """Return the text of some bytes.

    A mark of byte order goes before what the bytes declare, that before what they look like: valid
    UTF-8 is hardly ever anything else; the rest is left to a detector of encodings.

    Args:
        data: may be broken off within a character.
        declared: name of an encoding that the bytes themselves tell, such as HTML does.
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(name, "replace")
    return data.decode(encoding_of(data, declared), "replace")


def encoding_of(data: bytes, declared: str = "") -> str:
    """Return the name of the encoding of bytes without a mark of byte order."""
    if (wide := _wide(data[:4096])) is not None:
        return wide
    is_utf8 = _is_utf8(data)
    named = _known(declared)
    if named and not (is_utf8 and not data.isascii()):
        return named
    return "utf-8" if is_utf8 else _detected(data)


def _known(name: str) -> str:
    try:
        found = codecs.lookup(name.strip()) if name.strip() else None
    except (LookupError, ValueError):
        return ""
    if found is None or not getattr(found, "_is_text_encoding", True) or "16" in found.name:
        return ""  # what is readable as far as this declaration is not UTF-16
    return "cp1252" if found.name in ("iso8859-1", "ascii") else found.name  # as browsers have it


def _wide(head: bytes) -> str | None:
    """Return UTF-16 where every other byte is zero, as in most of its texts."""
    pairs = len(head) // 2
    if pairs < 2:
        return None
    even, odd = head[0 : 2 * pairs : 2].count(0), head[1 : 2 * pairs : 2].count(0)
    if odd > 0.4 * pairs and even < 0.05 * pairs:
        return "utf-16-le"
    if even > 0.4 * pairs and odd < 0.05 * pairs:
        return "utf-16-be"
    return None


def _is_utf8(data: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        decoder.decode(data)  # a character that is broken off at the end is not an error
    except UnicodeDecodeError:
        pass
    else:
        return b"\x1b$" not in data  # ISO 2022 is all ASCII, too
    sample = data[:_SAMPLE_BYTES]
    strays = sample.decode("utf-8", "replace").count("\ufffd")
    good = sum(byte >= 0xC2 for byte in sample) - strays
    return strays <= _STRAY_SHARE * len(sample) and good > 10 * strays


def _detected(data: bytes) -> str:
    from charset_normalizer import from_bytes  # only the rare text of another age needs it

    found = from_bytes(_foreign_part(data)).best()
    return found.encoding if found is not None else "cp1252"


def _foreign_part(data: bytes) -> bytes:
    """Return a sample that holds the bytes which tell encodings apart: whole lines of them."""
    if len(data) <= _SAMPLE_BYTES:
        return data
    lines = (line for line in data.splitlines(keepends=True) if not line.isascii())
    sample = bytearray()
    for line in lines:
        sample += line
        if len(sample) >= _SAMPLE_BYTES:
            break
    return bytes(sample[:_SAMPLE_BYTES])
