"""Reads e-mail: single messages (EML, RFC 5322) and boxes of them (MBOX, RFC 4155)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message

from studio.documents.extract import html
from studio.documents.extract.blocks import Blocks, one_line
from studio.documents.extract.characters import clean, decode
from studio.documents.extract.html_tree import parse
from studio.documents.extract.source import Findings, Source
from studio.documents.values import Page

_SHOWN = ("From", "To", "Cc", "Date")
_DEEP = 8
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)


def read(source: Source, findings: Findings) -> Iterator[Page]:
    """Yield the one page of a message: its subject and names, its text, messages within it.

    Attached files are told by name, not read.
    """
    findings.markup = "markdown"
    limit = source.limits.parsed_bytes
    if source.size_bytes > limit:
        findings.note("cut_bytes", limit=limit)
    message = message_from_bytes(source.head(limit))
    findings.title = _header(message, "Subject")
    blocks = Blocks()
    attached: list[str] = []
    _write(message, blocks, attached, 0)
    _tell(attached, findings)
    yield Page(1, blocks.text())


def read_box(source: Source, findings: Findings) -> Iterator[Page]:
    """Yield the one page of a box, a message after the other, each below its subject."""
    findings.markup = "markdown"
    blocks = Blocks()
    attached: list[str] = []
    for data in _messages(source):
        source.check()
        _write(message_from_bytes(data), blocks, attached, 0)
        if blocks.size > source.limits.characters:
            break
    _tell(attached, findings)
    yield Page(1, blocks.text())


def _messages(source: Source) -> Iterator[bytes]:
    """Yield the messages of a box; one that is longer than may be parsed is cut."""
    lines: list[bytes] = []
    size, is_after_empty = 0, True
    with source.path.open("rb") as file:
        while line := file.readline(1 << 20):
            if is_after_empty and line.startswith(b"From "):
                if lines:
                    yield _QUOTED_FROM.sub(rb"\1", b"".join(lines))
                lines, size = [], 0
            elif size < source.limits.parsed_bytes:
                lines.append(line)
                size += len(line)
            is_after_empty = not line.strip()
    if lines:
        yield _QUOTED_FROM.sub(rb"\1", b"".join(lines))


def _tell(attached: list[str], findings: Findings) -> None:
    if attached:
        names = list(dict.fromkeys(attached))
        findings.note("attachments", names=", ".join(names[:20]) + (" …" if names[20:] else ""))


def _write(message: Message, blocks: Blocks, attached: list[str], depth: int) -> None:
    blocks.heading(depth + 1, _header(message, "Subject"))
    named = ((name, _header(message, name)) for name in _SHOWN)
    blocks.paragraph("\n".join(f"{name}: {value}" for name, value in named if value))
    _body(message, blocks, attached, depth)


def _body(part: Message, blocks: Blocks, attached: list[str], depth: int) -> None:
    if depth > _DEEP:
        return
    if part.is_multipart():
        _inner(part, blocks, attached, depth)
    elif part.get_content_disposition() == "attachment" or part.get_content_maintype() != "text":
        if name := _name(part):
            attached.append(name)
    elif part.get_content_type() == "text/html":
        html.write(parse(_text(part, is_html=True)), blocks)
    else:
        for paragraph in re.split(r"\n\s*\n", clean(_text(part, is_html=False))):
            blocks.paragraph(paragraph)


def _inner(part: Message, blocks: Blocks, attached: list[str], depth: int) -> None:
    kind = part.get_content_type()
    if kind == "multipart/alternative":
        _body(_best(_parts(part)), blocks, attached, depth + 1)
        return
    for inner in _parts(part):
        if kind == "message/rfc822":
            _write(inner, blocks, attached, depth + 1)
        else:
            _body(inner, blocks, attached, depth + 1)


def _parts(message: Message) -> list[Message]:
    payload = message.get_payload()
    return (
        [part for part in payload if isinstance(part, Message)] if isinstance(payload, list) else []
    )


def _best(parts: list[Message]) -> Message:
    """Return the form of a text that says most: plain text, unless it is next to nothing."""
    for part in parts:
        if part.get_content_type() == "text/plain":
            others = [each for each in parts if each is not part]
            if len(_text(part, is_html=False).strip()) > 20 or not others:
                return part
    preferred = [each for each in parts if each.get_content_type() != "text/plain"]
    return (preferred or parts or [Message()])[0 if not preferred else -1]


def _text(part: Message, *, is_html: bool) -> str:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    declared = part.get_content_charset("") or ""
    return html.text_of(data) if is_html and not declared else decode(data, declared)


def _name(part: Message) -> str:
    told = part.get_filename("")
    return one_line(clean(_decoded(told)))


def _header(message: Message, name: str) -> str:
    return one_line(clean(_decoded(str(message.get(name, "")))))


def _decoded(value: str) -> str:
    """Return the words of a header that is encoded as RFC 2047 has it, or its raw words."""
    try:
        parts = decode_header(value)
    except (HeaderParseError, ValueError):
        return value
    return "".join(
        part if isinstance(part, str) else decode(part, charset or "") for part, charset in parts
    )
