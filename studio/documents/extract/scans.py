"""Tells scanned pages of a PDF from others, and makes the picture of one that is recognised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.documents.extract.upright import straightened

if TYPE_CHECKING:
    import pypdfium2  # type: ignore[import-untyped]

_DPI = 300
_POINTS = 72.0  # in an inch
_MOST_PIXELS = 16_000_000  # A4 at 300 dpi has nine million
_NEXT_TO_NOTHING = 24  # letters: a page number, a stamp of the scanner
_FEW = 120  # letters: a line across the top of a page that is else a picture
_SOME_OF_PAGE, _MOST_OF_PAGE = 0.1, 0.5
_OUTLINES = 50  # shapes on a page without text: letters that were drawn, not written
_STRANGE_SHARE = 0.3
_DEEP = 4


def is_scan(page: pypdfium2.PdfPage, text: str) -> bool:
    """Tell whether a page shows text that its text layer does not have."""
    letters = sum(map(str.isalnum, text))
    strange = sum("\ue000" <= character <= "\uf8ff" or character == "\ufffd" for character in text)
    if strange > _STRANGE_SHARE * (letters + strange) and strange > _NEXT_TO_NOTHING:
        return True  # fonts that do not tell what their signs mean
    if letters >= _FEW:
        return False
    covered, shapes = _on_show(page)
    if letters >= _NEXT_TO_NOTHING:
        return covered > _MOST_OF_PAGE
    return covered > _SOME_OF_PAGE or (letters == 0 and shapes >= _OUTLINES)


def picture_of(page: pypdfium2.PdfPage) -> tuple[bytes, int]:
    """Return a page as a grey picture (PGM, upright lines) and its dots per inch."""
    width, height = (size / _POINTS for size in page.get_size())
    dpi = int(min(_DPI, (_MOST_PIXELS / max(1e-3, width * height)) ** 0.5))
    bitmap = page.render(scale=dpi / _POINTS, grayscale=True)
    try:
        pixels = straightened(bitmap.to_numpy().reshape(bitmap.height, bitmap.width).copy())
    finally:
        bitmap.close()
    rows, columns = pixels.shape
    return b"P5 %d %d 255\n" % (columns, rows) + pixels.tobytes(), dpi


def _on_show(page: pypdfium2.PdfPage) -> tuple[float, int]:
    """Return the share of a page that pictures cover, and how many shapes are drawn on it."""
    import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

    width, height = page.get_size()
    kinds = [pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_SHADING]
    covered, shapes = 0.0, 0
    for shown in page.get_objects(filter=kinds, max_depth=_DEEP):
        if shown.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = shown.get_bounds()
            covered += abs((right - left) * (top - bottom))
        else:
            shapes += 1
    return covered / max(1.0, width * height), shapes
