"""Reads OpenDocument texts, sheets and presentations (ISO/IEC 26300)."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from studio.documents.extract.archives import Archive, attribute, child, children, every, local
from studio.documents.extract.blocks import Blocks, one_line
from studio.documents.extract.characters import clean
from studio.documents.extract.source import Findings, Source
from studio.documents.extract.words import UnreadableError
from studio.documents.values import Page

_PASSED_OVER = frozenset(
    {"tracked-changes", "sequence-decls", "variable-decls", "user-field-decls", "forms"}
    | {"bibliography-configuration", "label-ranges", "shapes", "calculation-settings"}
)
_MOST_COLUMNS = 1024
_MOST_REPEATED_ROWS = 1000
_DEEP = 60


def read(source: Source, findings: Findings) -> Iterator[Page]:
    """Yield the sheets, the slides, or the one page of a text."""
    findings.markup = "markdown"
    with Archive(source.path, source.limits) as archive:
        _check_encryption(archive)
        findings.title = _title(archive)
        root = archive.tree("content.xml")
        body = child(root, "body")
        document = next(iter(body), None) if body is not None else None
        if document is None:
            raise UnreadableError("document.damaged", details="there is no body")
        kind = local(document.tag)
        page_name = {"spreadsheet": "table", "presentation": "page"}.get(kind)
        findings.has_pages = page_name is not None
        if page_name is None:
            blocks = Blocks()
            _write(document, blocks, source, 0)
            yield Page(1, blocks.text())
            return
        pages = list(children(document, page_name))
        for number, page in enumerate(pages, 1):
            source.check()
            yield _page(page, number, source)
            source.progressed(number, len(pages))


def _check_encryption(archive: Archive) -> None:
    manifest = "META-INF/manifest.xml"
    if manifest in archive and b"encryption-data" in archive.read(manifest):
        raise UnreadableError("document.encrypted")


def _title(archive: Archive) -> str:
    if "meta.xml" not in archive:
        return ""
    titles = (one_line(clean(each.text or "")) for each in every(archive.tree("meta.xml"), "title"))
    return next(filter(None, titles), "")


def _page(page: Element, number: int, source: Source) -> Page:
    blocks = Blocks()
    name = one_line(attribute(page, "name"))
    if local(page.tag) == "table":
        blocks.heading(1, name)
        blocks.table(_rows(page, source))
        for note in every(page, "annotation"):
            blocks.paragraph(_text(note))
        return Page(number, blocks.text(), name)
    for frame in page:
        if attribute(frame, "class") == "title":
            blocks.heading(1, " ".join(_words(each) for each in every(frame, "p")))
        else:
            _write(
                Element("", {}) if local(frame.tag) in _PASSED_OVER else frame, blocks, source, 0
            )
            _own_paragraph(frame, blocks)
    return Page(number, blocks.text())


def _own_paragraph(frame: Element, blocks: Blocks) -> None:
    """Write what the author has said of a picture for those who cannot see it."""
    for name in ("title", "desc"):
        for each in children(frame, name):
            blocks.paragraph(one_line(each.text or ""))


def _write(parent: Element, blocks: Blocks, source: Source, depth: int) -> None:
    for element in parent:
        source.check()
        name = local(element.tag)
        if name == "h":
            level = attribute(element, "outline-level")
            blocks.heading(int(level) if level.isdecimal() else 1, _words(element))
        elif name == "p":
            blocks.paragraph(_words(element))
        elif name == "list":
            _list(element, blocks, 0)
        elif name == "table":
            blocks.table(_rows(element, source))
        elif name not in _PASSED_OVER and depth < _DEEP:
            _write(element, blocks, source, depth + 1)


def _list(element: Element, blocks: Blocks, depth: int) -> None:
    for item in element:
        for part in item:
            if local(part.tag) == "list" and depth < _DEEP:
                _list(part, blocks, depth + 1)
            elif local(part.tag) == "h":
                level = attribute(part, "outline-level")
                blocks.heading(int(level) if level.isdecimal() else 1, _words(part))
            else:
                blocks.item(depth, _words(part))


def _rows(table: Element, source: Source) -> list[list[str]]:
    """Return the texts of a table's cells; empty ones at the edge are left out."""
    found: list[list[str]] = []
    for row in _parts(table, "table-row"):
        source.check()
        texts: list[str] = []
        for cell in row:
            if local(cell.tag) not in ("table-cell", "covered-table-cell"):
                continue
            text = _text(cell) or attribute(cell, "string-value")
            texts += [text] * min(_repeated(cell, "columns"), _MOST_COLUMNS - len(texts))
        while texts and not texts[-1]:
            texts.pop()
        times = min(_repeated(row, "rows"), _MOST_REPEATED_ROWS) if texts else 1
        found += [texts] * times
    return found


def _parts(element: Element, name: str) -> Iterator[Element]:
    """Yield the rows of a table, also those in groups, but not those of a table within."""
    for each in element:
        if local(each.tag) == name:
            yield each
        elif local(each.tag) in ("table-rows", "table-header-rows", "table-row-group"):
            yield from _parts(each, name)


def _repeated(element: Element, what: str) -> int:
    told = attribute(element, f"number-{what}-repeated")
    return max(1, int(told)) if told.isdecimal() else 1


def _text(element: Element) -> str:
    return " ".join(
        _words(each) for each in element.iter() if local(each.tag) in ("p", "h")
    ).strip()


def _words(element: Element, depth: int = 0) -> str:
    """Return the text of a paragraph; notes in it follow in brackets."""
    parts = [element.text or ""]
    for each in element:
        name = local(each.tag)
        if name == "s":
            count = attribute(each, "c")
            parts.append(" " * (min(int(count), 100) if count.isdecimal() else 1))
        elif name in ("tab", "line-break"):
            parts.append("\t" if name == "tab" else "\n")
        elif name in ("note", "annotation"):
            parts.append(f" ({_text(each)}) ")
        elif name in ("frame", "text-box", "custom-shape"):
            parts.append(f"\n{_text(each)}\n")
        elif name not in _PASSED_OVER and depth < _DEEP:
            parts.append(_words(each, depth + 1))
        parts.append(each.tail or "")
    return "".join(parts)
