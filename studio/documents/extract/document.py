"""Reads a document of any kind into pages of clean text, within limits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from studio.documents.extract import (
    docx,
    epub,
    foreign,
    html,
    mail,
    markup,
    notebook,
    odf,
    pdf,
    pictures,
    plain,
    pptx,
    records,
    subtitles,
    xlsx,
)
from studio.documents.extract.characters import clean, tidy
from studio.documents.extract.kinds import HEAD_BYTES, kind_of
from studio.documents.extract.source import Findings, Source
from studio.documents.extract.words import UnreadableError
from studio.documents.values import Extracted, Page

Reader = Callable[[Source, Findings], Iterator[Page]]


def _foreign(kind: str) -> Reader:
    return lambda source, findings: foreign.read(source, findings, kind)


_READERS: dict[str, Reader] = {
    "pdf": pdf.read,
    "docx": docx.read,
    "pptx": pptx.read,
    "xlsx": xlsx.read,
    "odt": odf.read,
    "ods": odf.read,
    "odp": odf.read,
    "epub": epub.read,
    "html": html.read,
    "xml": markup.read,
    "markdown": plain.read_markdown,
    "text": plain.read,
    "csv": records.read_table,
    "json": records.read_json,
    "jsonl": records.read_json_lines,
    "notebook": notebook.read,
    "eml": mail.read,
    "mbox": mail.read_box,
    "subtitles": subtitles.read,
    "image": pictures.read,
    **{kind: _foreign(kind) for kind in ("rtf", "doc", "xls", "ppt", "msg")},
}
_AS_IT_STANDS = frozenset({"pdf", "text", "markdown"})  # spans must agree with what viewers show


class Document:
    """A document being read: its kind at once, its pages one by one, the rest afterwards.

    Raises:
        UnreadableError: as :mod:`studio.documents.extract.words` lists.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._findings = Findings()
        self._has_text = False
        if source.size_bytes == 0:
            raise UnreadableError("document.empty")
        if source.size_bytes > source.limits.input_bytes:
            raise UnreadableError(
                "document.too_large", size_bytes=source.size_bytes, limit=source.limits.input_bytes
            )
        self.kind = kind_of(source.path, source.head(HEAD_BYTES))

    def pages(self) -> Iterator[Page]:
        """Yield the pages; none without text but such as stand among others or need OCR.

        Raises:
            CancelledError: the person has pressed Stop.
            UnreadableError: the file cannot be read, or has no text.
        """
        left = self._source.limits.characters
        for page in self._readers_pages():
            text = page.text if self.kind == "pdf" else clean(page.text)
            text = text if self.kind in _AS_IT_STANDS else tidy(text)
            if len(text) > left:
                self._findings.note("cut_characters", limit=self._source.limits.characters)
            text = text[:left]
            self._has_text |= page.needs_ocr or bool(text.strip())
            yield replace(page, text=text)
            left -= len(text)
            if left <= 0:
                break
        if not self._has_text:
            raise UnreadableError("document.no_text")

    def described(self, pages: tuple[Page, ...] = ()) -> Extracted:
        """Return what is known of the document, once all its pages have been read."""
        found = self._findings
        return Extracted(
            kind=self.kind,
            title=clean(found.title).strip() or _name(self._source.path),
            pages=pages,
            has_pages=found.has_pages,
            markup=found.markup,
            language=found.language if found.language.isalpha() else "",
        )

    @property
    def findings(self) -> Findings:
        """What was told beside the pages, complete once they have been read."""
        return self._findings

    def _readers_pages(self) -> Iterator[Page]:
        if self.kind == "encrypted":
            raise UnreadableError("document.encrypted")
        if self.kind == "broken_zip":
            raise UnreadableError("document.damaged", details="the archive has no directory")
        reader = _READERS.get(self.kind)
        if reader is None:
            raise UnreadableError("document.unknown_kind")
        return reader(self._source, self._findings)


def _name(path: Path) -> str:
    return " ".join(clean(path.stem).split())
