"""Documents of Office, OpenDocument and e-books are read with headings, tables, pages and order."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import tiny_documents as tiny
from support.reading import read, text_of

from studio.documents.extract.words import UnreadableError
from studio.engine.extraction import Limits

STYLES = (
    '<w:root><w:style w:styleId="Kop1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:styleId="Own"><w:basedOn w:val="Kop1"/></w:style></w:root>'
)
NUMBERING = (
    '<w:root><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/>'
    '</w:lvl></w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num></w:root>'
)
NUMBERED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr>'


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{tiny.paragraph(text)}</w:tc>"


def test_a_word_document_keeps_headings_lists_and_tables(tmp_path: Path) -> None:
    wide, below = '<w:gridSpan w:val="2"/>', "<w:vMerge/>"
    body = (
        tiny.paragraph("Scope", '<w:pStyle w:val="Own"/>')
        + tiny.paragraph("First", NUMBERED)
        + tiny.paragraph("Second", NUMBERED)
        + f"<w:tbl><w:tr>{cell('Name | title', wide)}{cell('Age')}</w:tr>"
        + f"<w:tr>{cell('Ann', below)}{cell('Dr')}{cell('41')}</w:tr></w:tbl>"
    )
    members = {"styles.xml": STYLES, "numbering.xml": NUMBERING}
    path = tiny.docx(
        tmp_path / "a.docx", body, members, styles="styles.xml", numbering="numbering.xml"
    )
    found = read(path)
    assert (found.kind, found.markup, found.has_pages) == ("docx", "markdown", False)
    assert found.pages[0].text == (
        "# Scope\n\n1. First\n2. Second\n\n"
        "| Name \\| title |  | Age |\n| --- | --- | --- |\n|  | Dr | 41 |"
    )


def test_what_was_deleted_and_what_is_not_shown_is_left_out(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t>kept</w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
        "<w:r><w:instrText>PAGEREF x</w:instrText></w:r><w:r><w:tab/><w:t>end</w:t></w:r></w:p>"
    )
    assert text_of(tiny.docx(tmp_path / "a.docx", body)) == "kept\tend"


def test_headers_notes_and_comments_stand_around_the_text(tmp_path: Path) -> None:
    members = {
        "h.xml": f"<w:root>{tiny.paragraph('Letterhead')}</w:root>",
        "f.xml": f"<w:root>{tiny.paragraph('12')}</w:root>",
        "n.xml": f'<w:root><w:footnote w:type="separator">{tiny.paragraph("-----")}</w:footnote>'
        f"<w:footnote>{tiny.paragraph('A note')}</w:footnote></w:root>",
        "c.xml": f'<w:root><w:comment w:author="Eve">{tiny.paragraph("Why?")}</w:comment></w:root>',
    }
    path = tiny.docx(
        tmp_path / "a.docx",
        tiny.paragraph("Body"),
        members,
        header="h.xml",
        footer="f.xml",
        footnotes="n.xml",
        comments="c.xml",
    )
    assert text_of(path) == "Letterhead\n\nBody\n\nA note\n\nEve: Why?"


def test_slides_are_pages_in_the_order_in_which_they_are_shown(tmp_path: Path) -> None:
    slides = [
        tiny.shape("Second", "title") + tiny.shape("one\ntwo", "body") + tiny.shape("7", "sldNum"),
        tiny.shape("First", "ctrTitle") + f"<p:grpSp>{tiny.shape('in a group')}</p:grpSp>",
    ]
    found = read(tiny.pptx(tmp_path / "a.pptx", slides, [1, 0]))
    assert found.has_pages
    assert [(page.number, page.text) for page in found.pages] == [
        (1, "# First\n\nin a group"),
        (2, "# Second\n\n- one\n- two"),
    ]


def test_sheets_are_pages_with_dates_and_percentages_as_people_see_them(tmp_path: Path) -> None:
    rows = (
        '<row><c r="B2" t="s"><v>0</v></c><c r="D2" t="inlineStr"><is><t>Share</t></is></c></row>'
        '<row><c r="B3" s="1"><v>45292</v></c><c r="C3"><v>0.1</v></c>'
        '<c r="D3" s="2"><v>0.5</v></c></row>'
        '<row><c r="B4" t="b"><v>1</v></c><c r="C4" t="str"><f>A1</f><v>made</v></c></row>'
    )
    found = read(tiny.xlsx(tmp_path / "a.xlsx", {"Sales": rows, "Empty": ""}, ["Day"]))
    assert [page.label for page in found.pages] == ["Sales", "Empty"]
    assert found.pages[0].text == (
        "# Sales\n\n| Day |  | Share |\n| --- | --- | --- |\n"
        "| 2024-01-01 | 0.1 | 50% |\n| TRUE | made |  |"
    )
    assert found.pages[1].text == "# Empty"


def test_a_sheet_without_end_is_read_as_far_as_is_allowed(tmp_path: Path) -> None:
    rows = "".join(
        f'<row><c r="A{n}"><v>{n}</v></c><c r="B{n}"><v>5</v></c></row>' for n in range(1, 9999)
    )
    found = read(tiny.xlsx(tmp_path / "a.xlsx", {"All": rows}), limits=Limits(characters=2000))
    assert len(found.pages[0].text) == 2000


def test_an_opendocument_text_keeps_its_structure(tmp_path: Path) -> None:
    body = (
        "<text:tracked-changes><text:p>deleted</text:p></text:tracked-changes>"
        '<text:h text:outline-level="2">Head</text:h><text:p>a<text:s text:c="2"/>b<text:note>'
        "<text:p>note</text:p></text:note></text:p><text:list><text:list-item><text:p>x</text:p>"
        "<text:list><text:list-item><text:p>y</text:p></text:list-item></text:list>"
        "</text:list-item></text:list>"
    )
    assert (
        text_of(tiny.odf(tmp_path / "a.odt", "text", body))
        == "## Head\n\na  b (note)\n\n- x\n  - y"
    )


def test_an_opendocument_sheet_does_not_repeat_its_empty_edge(tmp_path: Path) -> None:
    body = (
        '<table:table table:name="S"><table:table-row><table:table-cell><text:p>k</text:p>'
        '</table:table-cell><table:table-cell table:number-columns-repeated="2"><text:p>v</text:p>'
        '</table:table-cell><table:table-cell table:number-columns-repeated="16000"/>'
        '</table:table-row><table:table-row table:number-rows-repeated="1048000">'
        "<table:table-cell/>"
        "</table:table-row></table:table>"
    )
    found = read(tiny.odf(tmp_path / "a.ods", "spreadsheet", body))
    assert [(page.label, page.text) for page in found.pages] == [
        ("S", "# S\n\n| k | v | v |\n| --- | --- | --- |")
    ]


def test_slides_of_opendocument_are_pages(tmp_path: Path) -> None:
    body = (
        '<draw:page><draw:frame presentation:class="title"><draw:text-box><text:p>Top</text:p>'
        "</draw:text-box></draw:frame></draw:page><draw:page><draw:frame><draw:text-box>"
        "<text:p>Two</text:p></draw:text-box></draw:frame></draw:page>"
    )
    found = read(tiny.odf(tmp_path / "a.odp", "presentation", body))
    assert [page.text for page in found.pages] == ["# Top", "Two"]


def test_a_book_is_read_in_the_order_of_its_spine(tmp_path: Path) -> None:
    chapters = {"b": "<h1>Two</h1>", "a": "<h1>One</h1><p>Text&nbsp;here</p>"}
    found = read(tiny.epub(tmp_path / "a.epub", chapters, ["a", "b"]))
    assert (found.title, found.language) == ("A book", "de")
    assert found.pages[0].text == "# One\n\nText here\n\n# Two"


def test_a_book_whose_chapters_are_encrypted_is_refused(tmp_path: Path) -> None:
    locked = '<e><CipherReference URI="OPS/a.xhtml"/></e>'
    path = tiny.epub(tmp_path / "a.epub", {"a": "x"}, ["a"], locked)
    with pytest.raises(UnreadableError) as caught:
        read(path)
    assert caught.value.code == "document.encrypted"
