"""Knows what kind of document a file is: by its content first, then by its name."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from studio.documents.extract.characters import decode

HEAD_BYTES = 64 << 10

_MAGIC = (
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF87a", "image"),
    (b"GIF89a", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")

_OLE_STREAMS = (  # names as the directory has them, in UTF-16
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
    ("__properties_version1.0", "msg"),
)
_MIMETYPES = {
    "application/epub+zip": "epub",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
}
_OFFICE = (("word/", "docx"), ("ppt/", "pptx"), ("xl/", "xlsx"))
_NAMES = {
    ".htm": "html",
    ".html": "html",
    ".xhtml": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".mdx": "markdown",
    ".csv": "csv",
    ".tsv": "csv",
    ".json": "json",
    ".geojson": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".ipynb": "notebook",
    ".eml": "eml",
    ".mbox": "mbox",
    ".vtt": "subtitles",
    ".srt": "subtitles",
    ".xml": "xml",
    ".jats": "xml",
    ".fb2": "xml",
}
_HTML = re.compile(r"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype html|html)\b", re.I | re.S)
_MARKED = re.compile(r"<(head|body|div|p|table|h[1-6]|span)\b", re.I)
_XML = re.compile(r"\s*<(\?xml\b|!DOCTYPE\s+(?!html)|[A-Za-z_][\w.:-]*(\s[^<>]*)?>)")
_VTT = re.compile(r"WEBVTT(\s|$)")
_SRT = re.compile(r"\s*\d+\s*\n\d\d:\d\d:\d\d[,.]\d{3} --> ")
_HEADER = re.compile(r"(?:[A-Za-z][A-Za-z0-9-]*:[ \t][^\n]*\n(?:[ \t][^\n]*\n)*){3,}")
_HEADER_OF_MAIL = re.compile(
    r"^(from|to|subject|date|received|message-id|mime-version|return-path):", re.I | re.M
)
_MBOX = re.compile(r"From \S+.*\d{4}\s*\n[A-Za-z-]+:")
_BINARY_SHARE = 0.1


def kind_of(path: Path, head: bytes) -> str:
    """Return the kind of a document.

    Args:
        head: its first :data:`HEAD_BYTES` bytes, not empty.

    Returns:
        ``"pdf"``, ``"docx"``, ``"pptx"``, ``"xlsx"``, ``"odt"``, ``"ods"``, ``"odp"``, ``"rtf"``,
        ``"doc"``, ``"xls"``, ``"ppt"``, ``"msg"``, ``"epub"``, ``"html"``, ``"xml"``,
        ``"markdown"``, ``"csv"``, ``"json"``, ``"jsonl"``, ``"notebook"``, ``"eml"``, ``"mbox"``,
        ``"subtitles"``, ``"image"``, ``"text"`` (source code as well), ``"encrypted"``, or
        ``"unknown"``.
    """
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(_OLE):
        return _ole(path)
    if head.startswith(_ZIP):
        return _zip(path)
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if (head[:4] == b"RIFF" and head[8:12] == b"WEBP") or _is_bitmap(head):
        return "image"
    return _text(path, head)


def _is_bitmap(head: bytes) -> bool:
    return head[:2] == b"BM" and head[6:10] == b"\0\0\0\0" and head[15:18] == b"\0\0\0"


def _ole(path: Path) -> str:
    """Return which Office program of old has written a file: its streams tell."""
    with path.open("rb") as file:
        data = file.read(64 << 20)  # the directory may lie anywhere
    for name, kind in _OLE_STREAMS:
        if (name + "\0").encode("utf-16-le") in data:
            return kind
    return "unknown"


def _zip(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            if "mimetype" in names:
                with archive.open("mimetype") as member:
                    declared = member.read(200).decode("ascii", "replace").strip()
                kind = _MIMETYPES.get(declared.removesuffix("-template"))
                if kind is not None:
                    return kind
    except (zipfile.BadZipFile, EOFError, NotImplementedError, ValueError, RuntimeError):
        return "broken_zip"
    if "[Content_Types].xml" in names:
        for folder, kind in _OFFICE:
            if any(name.startswith(folder) for name in names):
                return kind
    if "META-INF/container.xml" in names:
        return "epub"
    return "unknown"


def _text(path: Path, head: bytes) -> str:
    text = decode(head)
    if _is_binary(head, text):
        return "unknown"
    by_name = _NAMES.get(path.suffix.lower(), "")
    if by_name in ("json", "jsonl", "notebook", "csv", "markdown"):
        return by_name  # these may hold marks of any other kind in their texts
    return _by_content(text, by_name) or by_name or "text"


def _by_content(text: str, by_name: str) -> str:
    if _VTT.match(text) or _SRT.match(text):
        return "subtitles"
    if _HTML.match(text) or (by_name == "html" and _MARKED.search(text)):
        return "html"
    if _MBOX.match(text):
        return "mbox"
    header = _HEADER.match(text)
    if header and len(set(map(str.lower, _HEADER_OF_MAIL.findall(header[0])))) >= 2:
        return "eml"
    if by_name in ("", "xml", "html") and _XML.match(text) and text.lstrip().startswith("<?xml"):
        return "xml"
    return ""


def _is_binary(head: bytes, text: str) -> bool:
    """Tell whether bytes are no text in any encoding."""
    strange = sum(
        (code < 0x20 and code not in (9, 10, 12, 13, 27)) or code == 0xFFFD
        for code in map(ord, text)
    )
    return strange > _BINARY_SHARE * len(text) or (b"\0" in head and strange > len(text) / 50)
