"""Reads pictures of text (PNG, JPEG, TIFF, WebP, GIF, BMP), where Tesseract is installed."""

from __future__ import annotations

from collections.abc import Iterator

from studio.documents.extract import ocr
from studio.documents.extract.source import Findings, Source
from studio.documents.values import Page

_TIFF = (b"II*\0", b"MM\0*")


def read(source: Source, findings: Findings) -> Iterator[Page]:
    """Yield the one page of a picture, or those of a TIFF."""
    data = source.whole()
    tesseract = ocr.find()
    if tesseract is None:
        findings.note("ocr_missing", pages=1)
        yield Page(1, "", needs_ocr=True)
        return
    texts = tesseract.read(data, source, findings)
    findings.has_pages = data.startswith(_TIFF) and len(texts) > 1
    if not texts:
        findings.note("ocr_failed", pages=1)
        yield Page(1, "", needs_ocr=True)
    for number, text in enumerate(texts, 1):
        yield Page(number, text)
