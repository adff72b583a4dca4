"""Reads the text of PDF files page by page, through PDFium, and has scanned pages recognised."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from studio.documents.extract import ocr
from studio.documents.extract.characters import clean, is_wanted
from studio.documents.extract.scans import is_scan, picture_of
from studio.documents.extract.source import Findings, Source
from studio.documents.extract.words import UnreadableError
from studio.documents.values import Page

if TYPE_CHECKING:
    import pypdfium2  # type: ignore[import-untyped]

_IN_MEMORY_BYTES = 64 << 20
_NOT_ENCRYPTED_BY_PASSWORD = 5  # FPDF_ERR_SECURITY
_PASSWORD = 4  # FPDF_ERR_PASSWORD
_OF_PROGRAMS = re.compile(
    r"\S+\.[a-z]\w{1,4}$|microsoft \w+ - |\(?(untitled|anonymous|unknown)\)?$|document ?\d*$",
    re.IGNORECASE,
)


def read(source: Source, findings: Findings) -> Iterator[Page]:
    """Yield the pages.

    The text of a page is :func:`page_text` of its raw text, unless it was recognised in a picture.

    Raises:
        UnreadableError: ``document.password``, ``document.wrong_password``,
            ``document.encrypted``, ``document.damaged``.
    """
    findings.has_pages = True
    with _opened(source) as document:
        findings.title = _title(document)
        whole = len(document)
        count = min(whole, source.limits.pages)
        if count < whole:
            findings.note("cut_pages", limit=count, pages=whole)
        damaged = unread = failed = 0
        for index in range(count):
            source.check()
            page = _page(document, index, source, findings)
            source.progressed(index + 1, count)
            damaged += page is None
            if page is not None and page.needs_ocr:
                unread += ocr.find() is None
                failed += ocr.find() is not None
            yield page or Page(index + 1, "", _label(document, index))
        if count and damaged == count:
            raise UnreadableError("document.damaged", details="no page could be loaded")
        for code, pages in (
            ("pages_damaged", damaged),
            ("ocr_missing", unread),
            ("ocr_failed", failed),
        ):
            if pages:
                findings.note(code, pages=pages)


def raw_text(text_page: pypdfium2.PdfTextPage) -> str:
    """Return the text of a page as PDFium has it: character ``i`` is PDFium's character ``i``.

    PDFium's text as a whole leaves out characters without a meaning, after which places no longer
    agree; such pages are asked for one character after the other.
    """
    count = text_page.count_chars()
    text = str(text_page.get_text_range()) if count else ""
    if len(text) == count:
        return text
    import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

    return "".join(chr(pdfium.FPDFText_GetUnicode(text_page, place)) for place in range(count))


def page_text(raw: str) -> str:
    """Return the text of a page that is kept, from its :func:`raw_text`.

    Line ends become ``"\\n"``. Characters that mean nothing are left out, among them PDFium's mark
    for a hyphen at the end of a line, which joins the two halves of its word.
    """
    return clean(raw)


def pdfium_span(page_text_raw: str, start: int, end: int) -> tuple[int, int]:
    """Return where a span of a page's kept text lies in PDFium's characters.

    Args:
        page_text_raw: the page's :func:`raw_text`.
        start: of the span ``[start, end)`` in :func:`page_text` of it.
        end: its end.

    Returns:
        Index and count of characters, for ``FPDFText_GetRect`` and its kin, and for Qt's
        ``QPdfDocument.getSelectionAtIndex``.
    """
    places = _kept(page_text_raw)
    if not 0 <= start < end <= len(places):
        raise ValueError(f"[{start}, {end}) is no span of a page of {len(places)} characters")
    return places[start], places[end - 1] + 1 - places[start]


def _kept(raw: str) -> list[int]:
    """Return the place in the raw text of each character that is kept."""
    return [
        place
        for place, (character, after) in enumerate(pairwise(raw + "\0"))
        if not (character == "\r" and after == "\n") and is_wanted(character)
    ]


@contextmanager
def _opened(source: Source) -> Iterator[pypdfium2.PdfDocument]:
    import pypdfium2  # native; only the worker that reads loads it

    small = source.size_bytes <= _IN_MEMORY_BYTES
    given: Any = source.path.read_bytes() if small else source.path
    try:
        document = pypdfium2.PdfDocument(given, password=source.password or None)
    except pypdfium2.PdfiumError as error:
        raise _refused(error, bool(source.password)) from error
    try:
        yield document
    finally:
        document.close()


def _refused(error: Exception, had_password: bool) -> UnreadableError:
    code = getattr(error, "err_code", None)
    if code == _PASSWORD:
        return UnreadableError("document.wrong_password" if had_password else "document.password")
    if code == _NOT_ENCRYPTED_BY_PASSWORD:
        return UnreadableError("document.encrypted")
    return UnreadableError("document.damaged", details=str(error))


def _title(document: pypdfium2.PdfDocument) -> str:
    """Return the title that the file gives, unless a program has put the file's name there."""
    title = clean(document.get_metadata_value("Title")).strip()
    return "" if _OF_PROGRAMS.match(title) else title


def _label(document: pypdfium2.PdfDocument, index: int) -> str:
    label = clean(document.get_page_label(index)).strip()
    return "" if label == str(index + 1) else label


def _page(
    document: pypdfium2.PdfDocument, index: int, source: Source, findings: Findings
) -> Page | None:
    """Return a page, or ``None`` for one that PDFium cannot load."""
    import pypdfium2

    try:
        page = document[index]
    except pypdfium2.PdfiumError:
        return None
    try:
        text_page = page.get_textpage()
        try:
            text = page_text(raw_text(text_page))
        finally:
            text_page.close()
        needs_ocr = is_scan(page, text)
        if needs_ocr and (recognised := _recognised(page, source, findings)):
            text, needs_ocr = recognised, False
    except pypdfium2.PdfiumError:
        return None
    finally:
        page.close()
    return Page(index + 1, text, _label(document, index), needs_ocr)


def _recognised(page: pypdfium2.PdfPage, source: Source, findings: Findings) -> str:
    tesseract = ocr.find()
    if tesseract is None:
        return ""
    picture, dpi = picture_of(page)
    return "\n".join(tesseract.read(picture, source, findings, dpi))
