"""Reads plain text, Markdown and source code in any encoding, however long they are."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from studio.documents.extract.characters import clean, decode, encoding_of
from studio.documents.extract.source import Findings, Source
from studio.documents.values import Page

_BYTES_OF_CHARACTER = 4  # at most, in every encoding that texts are written in
_SAMPLE_BYTES = 1 << 20
_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n(?:---|\.\.\.)\n", re.DOTALL)
_FRONT_TITLE = re.compile(r"^title:\s*[\"']?(.+?)[\"']?\s*$", re.MULTILINE | re.IGNORECASE)
_HEADING = re.compile(r"^#{1,2}[ \t]+(.+?)[ \t]*#*$|\A\s*(\S[^\n]*)\n=+\s*$", re.MULTILINE)
_FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)


def read(source: Source, findings: Findings) -> Iterator[Page]:
    """Yield the one page of a text."""
    yield Page(1, text_of(source, findings))


def read_markdown(source: Source, findings: Findings) -> Iterator[Page]:
    """Yield the one page of a Markdown file, its front matter without its marks."""
    findings.markup = "markdown"
    text = text_of(source, findings)
    front = _FRONT_MATTER.match(text)
    if front and (title := _FRONT_TITLE.search(front[1])):
        findings.title = title[1]
    elif heading := _HEADING.search(_FENCE.sub("", text[: 1 << 16])):
        findings.title = heading[1] or heading[2]
    yield Page(1, f"{front[1]}\n\n{text[front.end() :].lstrip()}" if front else text)


def text_of(source: Source, findings: Findings) -> str:
    """Return the text of a file, as much of it as may be read, with line ends ``"\\n"``."""
    limit = source.limits.characters * _BYTES_OF_CHARACTER
    data = source.head(min(limit, source.size_bytes))
    text = clean(decode(data))
    if source.size_bytes > limit and len(text) <= source.limits.characters:
        findings.note("cut_bytes", limit=limit)
    return text


def lines_of(source: Source, findings: Findings) -> Iterator[str]:
    """Yield the lines of a file without holding more of it than a piece."""
    limit = source.limits.characters * _BYTES_OF_CHARACTER
    decoder = codecs.getincrementaldecoder(_encoding(source))("replace")
    rest, read_bytes = "", 0
    with source.path.open("rb") as file:
        while piece := file.read(_SAMPLE_BYTES):
            read_bytes += len(piece)
            *lines, rest = (rest + decoder.decode(piece)).split("\n")
            yield from map(clean, lines)
            if read_bytes > limit:
                findings.note("cut_bytes", limit=read_bytes)
                return
    yield clean(rest + decoder.decode(b"", final=True))


def _encoding(source: Source) -> str:
    head = source.head(_SAMPLE_BYTES)
    for mark, name in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if head.startswith(mark):
            return name
    return "utf-8-sig" if head.startswith(codecs.BOM_UTF8) else encoding_of(head)
