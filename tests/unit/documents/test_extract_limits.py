"""Kinds are known by content, and a file that asks for too much is refused, or cut and told."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from support import tiny_documents as tiny
from support.reading import read

from studio.documents.extract.document import Document
from studio.documents.extract.kinds import kind_of
from studio.documents.extract.source import Source
from studio.documents.extract.words import UnreadableError, is_known, refusal, sentence
from studio.engine.extraction import Limits, Notice

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def code_of(path: Path, **limits: int) -> str:
    with pytest.raises(UnreadableError) as caught:
        read(path, limits=Limits(**limits))
    return caught.value.code


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.txt", b"%PDF-1.7 ...", "pdf"),
        ("a.pdf", b"{\\rtf1 x}", "rtf"),
        ("a.doc", b"\x89PNG\r\n\x1a\n", "image"),
        ("a.bin", OLE + "WordDocument\0".encode("utf-16-le"), "doc"),
        ("a.bin", OLE + "EncryptedPackage\0".encode("utf-16-le"), "encrypted"),
        ("a.bin", OLE + "__properties_version1.0\0".encode("utf-16-le"), "msg"),
        ("a.txt", b"<!DOCTYPE html><html><p>x", "html"),
        ("a", b"<?xml version='1.0'?><a>x</a>", "xml"),
        ("a", b"From: a@b\nSubject: x\nDate: today\n\nHello", "eml"),
        ("a.txt", b"Note: one\nKey: two\nOther: three\n\nHello", "text"),
        ("a.md", b"<div>inline</div>\n\n# Head", "markdown"),
        ("a.py", b"import os\n", "text"),
        ("a.xyz", "größer".encode("utf-16"), "text"),
        ("a.txt", bytes(range(256)) * 8, "unknown"),
        ("a.docx", b"PK\x03\x04 broken off", "broken_zip"),
    ],
)
def test_the_content_tells_the_kind_before_the_name(
    tmp_path: Path, name: str, data: bytes, kind: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert kind_of(path, data) == kind


def test_a_word_document_under_a_wrong_name_is_read(tmp_path: Path) -> None:
    path = tiny.docx(tmp_path / "a.pdf", tiny.paragraph("Words"))
    assert (read(path).kind, read(path).pages[0].text) == ("docx", "Words")


def as_bytes(data: bytes) -> Callable[[Path], Path]:
    def write(path: Path) -> Path:
        path.write_bytes(data)
        return path

    return write


@pytest.mark.parametrize(
    ("name", "write", "code"),
    [
        ("a.pdf", as_bytes(b""), "document.empty"),
        ("a.txt", as_bytes(b" \n\t\n"), "document.no_text"),
        ("a.bin", as_bytes(bytes(5000)), "document.unknown_kind"),
        ("a.docx", as_bytes(b"PK\x03\x04 broken off"), "document.damaged"),
        ("a.rtf", as_bytes(b"{\\rtf1 }"), "document.no_text"),
        ("a.xls", as_bytes(OLE + "Workbook\0".encode("utf-16-le")), "document.damaged"),
        (
            "a.docx",
            as_bytes(OLE + "EncryptedPackage\0".encode("utf-16-le")),
            "document.encrypted",
        ),
        (
            "a.docx",
            lambda path: tiny.docx(path, "<w:p><unclosed>"),
            "document.damaged",
        ),
        (
            "a.odt",
            lambda path: tiny.zipped(
                path,
                {
                    "mimetype": "application/vnd.oasis.opendocument.text",
                    "META-INF/manifest.xml": "<m><encryption-data/></m>",
                },
            ),
            "document.encrypted",
        ),
        ("a.zip", lambda path: tiny.zipped(path, {"a.txt": "x"}), "document.unknown_kind"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(
    tmp_path: Path, name: str, write: Callable[[Path], Path], code: str
) -> None:
    assert code_of(write(tmp_path / name)) == code


def test_a_file_over_the_limit_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"words")
    with pytest.raises(UnreadableError) as caught:
        Document(Source(path, 5, Limits(input_bytes=4)))
    assert caught.value.code == "document.too_large"
    assert caught.value.facts == {"size_bytes": 5, "limit": 4}


def test_a_long_text_is_cut_where_it_may_be_read_to(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("0123456789" * 100)
    document = Document(Source(path, 1000, Limits(characters=25)))
    assert [page.text for page in document.pages()] == ["0123456789012345678901234"]
    assert document.findings.notices == [Notice("cut_characters", {"limit": 25})]


@pytest.mark.parametrize(
    "limits",
    [
        {"members": 2},
        {"member_bytes": 1000},
        {"unpacked_bytes": 1000},
    ],
)
def test_an_archive_that_unpacks_to_too_much_is_refused(
    tmp_path: Path, limits: dict[str, int]
) -> None:
    path = tiny.docx(tmp_path / "a.docx", tiny.paragraph("x" * 5000))
    assert code_of(path, **limits) == "document.archive_bomb"


def test_an_archive_that_grows_hundreds_of_times_is_refused_before_it_is_unpacked(
    tmp_path: Path,
) -> None:
    members = {"[Content_Types].xml": b"", "word/document.xml": bytes(65 << 20)}
    assert code_of(tiny.zipped(tmp_path / "a.docx", members)) == "document.archive_bomb"


def test_a_directory_that_lies_about_sizes_is_found_out(tmp_path: Path) -> None:
    path = tiny.docx(tmp_path / "a.docx", tiny.paragraph("x" * 50_000))
    with zipfile.ZipFile(path) as archive:
        true = archive.getinfo("word/document.xml").file_size
    data = path.read_bytes().replace(true.to_bytes(4, "little"), (10).to_bytes(4, "little"))
    path.write_bytes(data)
    assert code_of(path) == "document.damaged"


def test_an_archive_within_a_document_is_not_unpacked(tmp_path: Path) -> None:
    inner = tiny.zipped(tmp_path / "inner.zip", {"deep.xml": "<p>hidden</p>"}).read_bytes()
    path = tiny.docx(tmp_path / "a.docx", tiny.paragraph("Words"))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("word/embeddings/inner.zip", inner)
    assert read(path).pages[0].text == "Words"


def test_entities_that_grow_without_end_do_not(tmp_path: Path) -> None:
    names = "abcdefghi"
    rules = "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairwise(names))
    body = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "{"z" * 1000}">{rules}]><x>&i;</x>'
    path = tmp_path / "a.xml"
    path.write_text(body)
    assert sum(len(page.text) for page in read(path).pages) < 10_000


def test_every_code_has_words() -> None:
    error = refusal("document.too_large", {"name": "a.pdf", "size_bytes": 5000, "limit": 4000})
    assert error.what == "“a.pdf” has 5,000 bytes; files of up to 4,000 are read."
    assert error.hint == "Split the file, or raise the limit."
    assert is_known("document.changed")
    assert not is_known("engine.bug")
    assert sentence(Notice("cut_pages", {"limit": 10, "pages": 20})) == (
        "Only the first 10 of 20 pages were read."
    )
