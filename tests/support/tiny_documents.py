"""Small documents of many kinds, written byte by byte, for tests that read them."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_A = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_S = (
    'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ODF = 'xmlns:office="o" xmlns:text="t" xmlns:table="ta" xmlns:draw="d" xmlns:presentation="pr"'


def zipped(path: Path, members: Mapping[str, str | bytes]) -> Path:
    """Write an archive."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def relations(**targets: tuple[str, str]) -> str:
    """Return the relations of a part of an Office document: kind and target by id."""
    each = "".join(
        f'<Relationship Id="{key}" Type="{_TYPES}/{kind}" Target="{target}"/>'
        for key, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="r">{each}</Relationships>'


def docx(path: Path, body: str, members: Mapping[str, str] | None = None, **related: str) -> Path:
    """Write a Word document of this body; ``related`` names its parts by kind of relation."""
    return zipped(
        path,
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": relations(main=("officeDocument", "word/document.xml")),
            "word/_rels/document.xml.rels": relations(
                **{kind: (kind, target) for kind, target in related.items()}
            ),
            "word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>",
            **{
                f"word/{name}": text.replace("<w:root", f"<w:root {_W}", 1)
                for name, text in (members or {}).items()
            },
        },
    )


def paragraph(text: str, properties: str = "") -> str:
    """Return a paragraph of Word."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def pptx(path: Path, slides: Sequence[str], order: Sequence[int]) -> Path:
    """Write a presentation of these trees of shapes, shown in this order (from 0)."""
    ids = "".join(f'<p:sldId id="{256 + each}" r:id="s{each}"/>' for each in order)
    members: dict[str, str] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relations(main=("officeDocument", "ppt/presentation.xml")),
        "ppt/presentation.xml": f"<p:presentation {_A}><p:sldIdLst>{ids}</p:sldIdLst>"
        "</p:presentation>",
        "ppt/_rels/presentation.xml.rels": relations(
            **{f"s{each}": ("slide", f"slides/slide{each}.xml") for each in range(len(slides))}
        ),
    }
    for number, shapes in enumerate(slides):
        members[f"ppt/slides/slide{number}.xml"] = (
            f"<p:sld {_A}><p:spTree>{shapes}</p:spTree></p:sld>"
        )
    return zipped(path, members)


def shape(text: str, placeholder: str = "") -> str:
    """Return a shape of a slide."""
    mark = f'<p:nvPr><p:ph type="{placeholder}"/></p:nvPr>' if placeholder else ""
    lines = "".join(f"<a:p><a:r><a:t>{line}</a:t></a:r></a:p>" for line in text.split("\n"))
    return f"<p:sp><p:nvSpPr>{mark}</p:nvSpPr><p:txBody>{lines}</p:txBody></p:sp>"


def xlsx(path: Path, sheets: Mapping[str, str], strings: Sequence[str] = ()) -> Path:
    """Write a workbook of these rows; style 1 is a date, style 2 a percentage."""
    listed = "".join(
        f'<sheet name="{name}" sheetId="{number}" r:id="s{number}"/>'
        for number, name in enumerate(sheets)
    )
    related = {
        f"s{number}": ("worksheet", f"worksheets/{number}.xml") for number in range(len(sheets))
    }
    texts = "".join(f"<si><t>{text}</t></si>" for text in strings)
    members = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relations(main=("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f"<workbook {_S}><sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": relations(
            **related, texts=("sharedStrings", "texts.xml"), styles=("styles", "styles.xml")
        ),
        "xl/texts.xml": f"<sst {_S}>{texts}</sst>",
        "xl/styles.xml": f'<styleSheet {_S}><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/>'
        '<xf numFmtId="10"/></cellXfs></styleSheet>',
    }
    for number, rows in enumerate(sheets.values()):
        members[f"xl/worksheets/{number}.xml"] = (
            f"<worksheet {_S}><sheetData>{rows}</sheetData></worksheet>"
        )
    return zipped(path, members)


def odf(path: Path, kind: str, body: str) -> Path:
    """Write an OpenDocument file: ``kind`` is text, spreadsheet or presentation."""
    return zipped(
        path,
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": f"<office:document-content {_ODF}><office:body><office:{kind}>{body}"
            f"</office:{kind}></office:body></office:document-content>",
        },
    )


def epub(path: Path, chapters: Mapping[str, str], spine: Sequence[str], extra: str = "") -> Path:
    """Write a book: chapters by name, read in the order of ``spine``."""
    items = "".join(f'<item id="{name}" href="{name}.xhtml"/>' for name in chapters)
    read = "".join(f'<itemref idref="{name}"/>' for name in spine)
    members = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<c><rootfile full-path="OPS/p.opf"/></c>',
        "OPS/p.opf": "<package><title>A book</title><language>de-AT</language>"
        f"<manifest>{items}</manifest><spine>{read}</spine></package>",
        **{
            f"OPS/{name}.xhtml": f"<html><body>{text}</body></html>"
            for name, text in chapters.items()
        },
    }
    return zipped(path, {**members, **({"META-INF/encryption.xml": extra} if extra else {})})


def pdf(path: Path, pages: Sequence[str], title: str = "", labels: str = "") -> Path:
    """Write a PDF with a line of text on each page, in Helvetica."""
    count = len(pages)
    kids = " ".join(f"{4 + 2 * place} 0 R" for place in range(count))
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {labels} >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for place, text in enumerate(pages):
        written = f"BT /F 12 Tf 72 720 Td ({text}) Tj ET"
        objects += [
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] "
            f"/Resources << /Font << /F 3 0 R >> >> /Contents {5 + 2 * place} 0 R >>",
            f"<< /Length {len(written)} >>\nstream\n{written}\nendstream",
        ]
    objects.append(f"<< /Title ({title}) >>")
    data, places = bytearray(b"%PDF-1.7\n"), []
    for number, text in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{text}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n"
        f"<< /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>\n"
        f"startxref\n{len(data)}\n%%EOF\n"
    )
    path.write_bytes(data + trailer.encode("latin-1"))
    return path


def encrypted_pdf(path: Path, text: str, password: str) -> Path:
    """Write a PDF of one page that opens with a password: revision 2, RC4 of 40 bits."""
    padding = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
    padded = (password.encode("latin-1") + padding)[:32]
    owner = rc4(hashlib.md5(padded).digest()[:5], padded)
    name = b"0123456789abcdef"
    rights = (-4).to_bytes(4, "little", signed=True)
    key = hashlib.md5(padded + owner + rights + name).digest()[:5]
    of_stream = hashlib.md5(key + (5).to_bytes(3, "little") + bytes(2)).digest()[:10]
    written = rc4(of_stream, f"BT /F 12 Tf 72 720 Td ({text}) Tj ET".encode("latin-1"))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] "
        b"/Resources << /Font << /F 3 0 R >> >> /Contents 5 0 R >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(written), written),
        b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%b> /U <%b> >>"
        % (owner.hex().encode(), rc4(key, padding).hex().encode()),
    ]
    data, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, each)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    data += (
        f"xref\n0 7\n0000000000 65535 f \n{table}trailer\n<< /Size 7 /Root 1 0 R /Encrypt 6 0 R "
        f"/ID [<{name.hex()}> <{name.hex()}>] >>\nstartxref\n{len(data)}\n%%EOF\n"
    ).encode()
    path.write_bytes(data)
    return path


def rc4(key: bytes, data: bytes) -> bytes:
    """Return data through the cipher RC4, which also undoes it."""
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    i = j = 0
    found = bytearray()
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        found.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(found)
