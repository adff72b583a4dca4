"""Reads Word documents (DOCX): ECMA-376 part 1, WordprocessingML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from studio.documents.extract.archives import (
    Archive,
    attribute,
    child,
    children,
    every,
    local,
)
from studio.documents.extract.blocks import Blocks, one_line
from studio.documents.extract.office import main_part, title_of
from studio.documents.extract.source import Findings, Source
from studio.documents.values import Page

_HEADING_NAME = re.compile(r"heading (\d)", re.IGNORECASE)
_PASSED_OVER = frozenset(  # deleted text, instructions of fields, the picture of what is text
    {"del", "moveFrom", "instrText", "delText", "Fallback", "pPr", "rPr", "tblPr", "sectPr"}
)
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_DEEP = 60


def read(source: Source, findings: Findings) -> Iterator[Page]:
    """Yield the one page: a document of Word has pages only once it is printed.

    Headers come first and footers last, each once; notes and comments after the text.
    """
    findings.markup = "markdown"
    with Archive(source.path, source.limits) as archive:
        part = main_part(archive)
        findings.title = title_of(archive)
        related = list(archive.relations(part).values())
        blocks = Blocks()
        writer = _Writer(blocks, _headings(archive, part), _numbered(archive, part), source)
        for kind in ("header", "document", "footnotes", "endnotes", "comments", "footer"):
            names = (
                [part] if kind == "document" else [name for each, name in related if each == kind]
            )
            for text in dict.fromkeys(_written(archive, names, kind, writer)):
                blocks.paragraph(text)
        if not findings.title:
            findings.title = writer.title
    yield Page(1, blocks.text())


def _written(archive: Archive, names: list[str], kind: str, writer: _Writer) -> Iterator[str]:
    """Write the document itself; yield the paragraphs of what stands around it."""
    for name in names:
        if name not in archive:
            continue
        root = archive.tree(name)
        if kind == "document":
            body = child(root, "body")
            writer.write(root if body is None else body, 0)
        elif kind in ("header", "footer"):
            texts = (one_line(words(each)) for each in _parts(root, "p"))
            yield from (text for text in texts if any(map(str.isalpha, text)))  # no page numbers
        else:
            for note in (each for each in root if attribute(each, "type") in ("", "normal")):
                text = one_line(" ".join(words(each) for each in _parts(note, "p")))
                author = attribute(note, "author")
                if text:
                    yield f"{author}: {text}" if kind == "comments" and author else text


class _Writer:
    """Writes paragraphs and tables in order.

    Args:
        headings: level by id of the paragraph's style.
        numbered: for each list and level of it, whether its items are numbered.
    """

    def __init__(
        self,
        blocks: Blocks,
        headings: dict[str, int],
        numbered: dict[tuple[str, str], bool],
        source: Source,
    ) -> None:
        self.title = ""
        self._blocks = blocks
        self._headings = headings
        self._numbered = numbered
        self._counts: dict[tuple[str, int], int] = {}
        self._source = source

    def write(self, parent: Element, depth: int) -> None:
        """Write what stands in an element; what is nested deeper than any document is left out."""
        for element in parent:
            self._source.check()
            name = local(element.tag)
            if name == "p":
                self._paragraph(element)
            elif name == "tbl":
                self._blocks.table(rows(element))
            elif name not in _PASSED_OVER and depth < _DEEP:
                self.write(element, depth + 1)

    def _paragraph(self, element: Element) -> None:
        text = words(element)
        properties = child(element, "pPr")
        style = self._value(properties, "pStyle")
        level = self._headings.get(style, 0)
        outline = self._value(properties, "outlineLvl")
        if outline.isdecimal() and int(outline) < 9:
            level = int(outline) + 1
        if style == "Title" and not self.title:
            self.title = one_line(text)
        if level:
            self._blocks.heading(level, text)
        elif (numbering := child(element, "pPr", "numPr")) is not None:
            self._item(numbering, text)
        else:
            self._blocks.paragraph(text)

    def _item(self, numbering: Element, text: str) -> None:
        level, of = self._value(numbering, "ilvl") or "0", self._value(numbering, "numId")
        depth = int(level) if level.isdecimal() else 0
        if not text.strip():
            return
        if not self._numbered.get((of, level), False):
            self._blocks.item(depth, text)
            return
        for deeper in [key for key in self._counts if key[0] == of and key[1] > depth]:
            del self._counts[deeper]
        count = self._counts[of, depth] = self._counts.get((of, depth), 0) + 1
        self._blocks.item(depth, text, f"{count}.")

    @staticmethod
    def _value(element: Element | None, name: str) -> str:
        found = child(element, name) if element is not None else None
        return attribute(found, "val") if found is not None else ""


def words(element: Element, depth: int = 0) -> str:
    """Return the text of a paragraph, that of boxes in it on lines of their own."""
    parts = []
    for each in element:
        name = local(each.tag)
        if name == "t":
            parts.append(each.text or "")
        elif name in _SIGNS:
            parts.append(_SIGNS[name])
        elif name == "docPr" and (description := attribute(each, "descr")):
            parts.append(f"\n{one_line(description)}\n")
        elif name not in _PASSED_OVER and depth < _DEEP:
            inner = words(each, depth + 1)
            parts.append(f"\n{inner}\n" if name in ("p", "txbxContent") else inner)
    return "".join(parts)


def rows(table: Element) -> list[list[str]]:
    """Return the texts of a table's cells; merged ones are followed by empty ones.

    A table within a cell is part of the cell's text.
    """
    found = []
    for row in _parts(table, "tr"):
        texts: list[str] = []
        for cell in _parts(row, "tc"):
            span = child(cell, "tcPr", "gridSpan")
            width = attribute(span, "val") if span is not None else "1"
            merged = child(cell, "tcPr", "vMerge")
            goes_on = merged is not None and attribute(merged, "val") != "restart"
            text = "" if goes_on else " ".join(words(each) for each in _parts(cell, "p"))
            texts += [text, *[""] * (min(int(width), 60) - 1 if width.isdecimal() else 0)]
        found.append(texts)
    return found


def _parts(element: Element, name: str, depth: int = 0) -> Iterator[Element]:
    """Yield the outermost descendants of a name that are on show."""
    for each in element:
        each_name = local(each.tag)
        if each_name == name:
            yield each
        elif each_name not in _PASSED_OVER and depth < _DEEP:
            yield from _parts(each, name, depth + 1)


def _headings(archive: Archive, part: str) -> dict[str, int]:
    """Return the level of each style that is a heading, also through the one it is based on."""
    name = archive.target(part, "styles")
    if not name or name not in archive:
        return {}
    levels: dict[str, int] = {}
    based: dict[str, str] = {}
    for style in every(archive.tree(name), "style"):
        key = attribute(style, "styleId")
        title = child(style, "name")
        outline, parent = child(style, "pPr", "outlineLvl"), child(style, "basedOn")
        called = _HEADING_NAME.match(attribute(title, "val")) if title is not None else None
        if outline is not None and attribute(outline, "val").isdecimal():
            levels[key] = int(attribute(outline, "val")) + 1
        elif called:
            levels[key] = int(called[1])
        if parent is not None:
            based[key] = attribute(parent, "val")
    for key in based:
        at, seen = key, {key}
        while at not in levels and (at := based.get(at, "")) and at not in seen:
            seen.add(at)
        if at in levels:
            levels[key] = levels[at]
    return {key: level for key, level in levels.items() if level <= 9}


def _numbered(archive: Archive, part: str) -> dict[tuple[str, str], bool]:
    name = archive.target(part, "numbering")
    if not name or name not in archive:
        return {}
    root = archive.tree(name)
    kinds: dict[tuple[str, str], bool] = {}
    for abstract in children(root, "abstractNum"):
        for level in children(abstract, "lvl"):
            form = child(level, "numFmt")
            key = attribute(abstract, "abstractNumId"), attribute(level, "ilvl")
            kinds[key] = form is not None and attribute(form, "val") not in ("bullet", "none")
    found = {}
    for number in children(root, "num"):
        to = child(number, "abstractNumId")
        for (abstract_id, level_id), kind in kinds.items():
            if to is not None and attribute(to, "val") == abstract_id:
                found[attribute(number, "numId"), level_id] = kind
    return found
