"""PDF files are read page by page, spans of them are found again, scans are recognised."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pypdfium2  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import tiny_documents as tiny
from support.pictures import png
from support.reading import read

from studio.documents.extract import ocr
from studio.documents.extract.document import Document
from studio.documents.extract.ocr import Tesseract
from studio.documents.extract.pdf import page_text, pdfium_span, raw_text
from studio.documents.extract.source import CancelledError, Source
from studio.documents.extract.upright import skew, straightened
from studio.documents.extract.words import UnreadableError
from studio.engine.extraction import Limits, Notice

LABELS = "/PageLabels << /Nums [0 << /S /r >> 1 << /S /D >>] >>"
SCAN = "q 612 0 0 792 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q"  # one grey dot, a page wide
needs_shebang = pytest.mark.skipif(sys.platform == "win32", reason="programs there are no scripts")


def code_of(path: Path, **given: object) -> str:
    with pytest.raises(UnreadableError) as caught:
        read(path, **given)
    return caught.value.code


def test_pages_have_numbers_labels_and_a_title(tmp_path: Path) -> None:
    path = tiny.pdf(tmp_path / "a.pdf", ["Preface here", "First page"], "A title", LABELS)
    found = read(path)
    assert (found.kind, found.title, found.has_pages, found.markup) == (
        "pdf",
        "A title",
        True,
        "plain",
    )
    assert [(page.number, page.label, page.text) for page in found.pages] == [
        (1, "i", "Preface here"),
        (2, "1", "First page"),
    ]


@pytest.mark.parametrize("title", ["Report.docx", "untitled", "Microsoft Word - x", "(anonymous)"])
def test_a_title_that_is_the_name_of_a_file_is_none(tmp_path: Path, title: str) -> None:
    assert read(tiny.pdf(tmp_path / "Plan B.pdf", ["x"], title)).title == "Plan B"


def test_a_password_is_asked_for_and_taken(tmp_path: Path) -> None:
    path = tiny.encrypted_pdf(tmp_path / "a.pdf", "Private words", "open sesame")
    assert code_of(path) == "document.password"
    assert code_of(path, password="no") == "document.wrong_password"
    assert read(path, password="open sesame").pages[0].text == "Private words"


def test_a_broken_off_file_is_damaged(tmp_path: Path) -> None:
    path = tiny.pdf(tmp_path / "a.pdf", ["x"])
    path.write_bytes(path.read_bytes()[:40])
    assert code_of(path) == "document.damaged"


def test_more_pages_than_may_be_read_are_cut_and_told(tmp_path: Path) -> None:
    path = tiny.pdf(tmp_path / "a.pdf", ["a", "b", "c"])
    assert [page.text for page in read(path, limits=Limits(pages=2)).pages] == ["a", "b"]


def test_ten_thousand_pages_are_read_and_stop_is_heard_between_them(tmp_path: Path) -> None:
    path = tiny.pdf(tmp_path / "a.pdf", [f"Page {number}" for number in range(10_000)])
    seen: list[int] = []

    def is_cancelled() -> bool:
        return len(seen) >= 100

    with pytest.raises(CancelledError):
        read(path, is_cancelled=is_cancelled, progressed=lambda done, _total: seen.append(done))
    assert len(seen) == 100


def test_a_span_is_found_again_in_pdfiums_characters(tmp_path: Path) -> None:
    path = tiny.pdf(tmp_path / "a.pdf", ["first) Tj 0 -20 Td (second line"])
    document = pypdfium2.PdfDocument(path)
    page = document[0]
    text_page = page.get_textpage()
    raw = raw_text(text_page)
    text = page_text(raw)
    assert (raw, text) == ("first\r\nsecond line", "first\nsecond line")
    start = text.index("second")
    index, count = pdfium_span(raw, start, start + 6)
    assert text_page.get_text_range(index, count) == "second"
    for each in (text_page, page, document):
        each.close()


@given(st.lists(st.sampled_from(["a", "é", "\r\n", "\n", "\r", "\x02", "\ufffe", "\0", " "])))
def test_every_kept_character_has_its_place_in_the_raw_text(pieces: list[str]) -> None:
    raw = "".join(pieces)
    text = page_text(raw)
    for place, character in enumerate(text):
        index, count = pdfium_span(raw, place, place + 1)
        assert count == 1
        assert page_text(raw[index]) == character
    with pytest.raises(ValueError, match="no span"):
        pdfium_span(raw, 0, len(text) + 1)


def test_a_word_that_was_broken_at_the_end_of_a_line_is_whole() -> None:
    assert page_text("adip\ufffeiscing\r\nelit") == "adipiscing\nelit"


def scanned(path: Path) -> Path:
    """Write a PDF of a page that is a picture, after one of text."""
    return tiny.pdf(path, ["Text enough to be read", f") Tj ET {SCAN} BT ("])


def test_without_tesseract_a_scanned_page_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "find", lambda: None)
    found = read(scanned(tmp_path / "a.pdf"))
    assert [page.needs_ocr for page in found.pages] == [False, True]


@pytest.fixture
def program(tmp_path: Path) -> Callable[[str], str]:
    """Return what writes a program in the place of Tesseract, from lines of Python."""

    def write(lines: str) -> str:
        path = tmp_path / "tesseract"
        path.write_text(f"#!{sys.executable}\nimport sys\n{lines}\n")
        path.chmod(0o755)
        return str(path)

    return write


@needs_shebang
def test_a_scanned_page_is_recognised_in_the_persons_languages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: Callable[[str], str]
) -> None:
    told = (
        "picture = sys.stdin.buffer.read()\nprint(picture[:2].decode(), *sys.argv[1:], end='\\f')"
    )
    tesseract = Tesseract(program(told), ["deu", "eng", "osd"])
    monkeypatch.setattr(ocr, "find", lambda: tesseract)
    path = scanned(tmp_path / "a.pdf")
    document = Document(Source(path, path.stat().st_size, languages=("deu", "fra")))
    first, second = document.pages()
    assert first.text == "Text enough to be read"
    assert second.text == "P5 stdin stdout -l deu --psm 1 --dpi 300"
    assert not second.needs_ocr
    assert document.findings.notices == [Notice("ocr_languages", {"names": "fra"})]


@needs_shebang
def test_a_page_that_tesseract_fails_at_stays_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: Callable[[str], str]
) -> None:
    tesseract = Tesseract(program("sys.exit(1)"), ["eng"])
    monkeypatch.setattr(ocr, "find", lambda: tesseract)
    assert read(scanned(tmp_path / "a.pdf")).pages[1].needs_ocr


@needs_shebang
def test_stop_is_heard_while_a_page_is_recognised(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: Callable[[str], str]
) -> None:
    begun = tmp_path / "begun"
    lines = f"import time\nopen({str(begun)!r}, 'w').close()\ntime.sleep(60)"
    tesseract = Tesseract(program(lines), ["eng"])
    monkeypatch.setattr(ocr, "find", lambda: tesseract)
    with pytest.raises(CancelledError):
        read(scanned(tmp_path / "a.pdf"), is_cancelled=begun.exists)


@needs_shebang
def test_a_picture_is_read_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: Callable[[str], str]
) -> None:
    told = "print(sys.stdin.buffer.read()[1:4].decode(), end='\\f')"
    tesseract = Tesseract(program(told), ["eng"])
    monkeypatch.setattr(ocr, "find", lambda: tesseract)
    path = tmp_path / "a.txt"  # whatever its name
    path.write_bytes(png())
    assert read(path).pages[0].text == "PNG"


def lines_at(degrees: float) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    """Return a picture of a page of lines that fall to the right."""
    y, x = np.mgrid[0:900, 0:700]
    level = y - x * np.tan(np.radians(degrees))
    is_line = (level % 30 < 8) & (level > 120) & (level < 780) & (x > 60) & (x < 640) & (x % 10 < 4)
    return np.where(is_line, 0, 255).astype(np.uint8)


@pytest.mark.parametrize("degrees", [-5.0, -1.2, 0.0, 2.0, 6.5])
def test_a_page_that_lies_askew_is_straightened(degrees: float) -> None:
    assert skew(lines_at(degrees)) == pytest.approx(degrees, abs=0.2)
    assert abs(skew(straightened(lines_at(degrees)))) < 0.3


def test_an_empty_page_is_not_turned() -> None:
    assert skew(np.full((300, 200), 255, np.uint8)) == 0.0
