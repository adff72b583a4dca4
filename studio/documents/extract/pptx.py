"""Reads presentations (PPTX): ECMA-376 part 1, PresentationML. Each slide is a page."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from studio.documents.extract.archives import Archive, attribute, child, every, local
from studio.documents.extract.blocks import Blocks, one_line
from studio.documents.extract.office import main_part, title_of
from studio.documents.extract.source import Findings, Source
from studio.documents.values import Page

_TITLES = frozenset({"title", "ctrTitle"})
_FURNITURE = frozenset({"sldNum", "dt"})  # the slide's number and today's date
_DEEP = 40


def read(source: Source, findings: Findings) -> Iterator[Page]:
    """Yield the slides in the order in which they are shown, notes and comments below each."""
    findings.markup = "markdown"
    findings.has_pages = True
    with Archive(source.path, source.limits) as archive:
        part = main_part(archive)
        findings.title = title_of(archive)
        related = archive.relations(part)
        wanted = [attribute(each, "id") for each in _slide_ids(archive, part)]
        names = [related[key][1] for key in wanted if key in related]
        present = [name for name in names if name in archive]
        if len(present) < len(wanted):
            findings.note("parts_damaged")
        for number, name in enumerate(present, 1):
            source.check()
            yield Page(number, _slide(archive, name))
            source.progressed(number, len(present))


def _slide_ids(archive: Archive, part: str) -> Iterator[Element]:
    for element in every(archive.tree(part), "sldId"):
        # Its own number is an attribute ``id`` as well, without a namespace.
        yield Element("", {key: value for key, value in element.items() if "}" in key})


def _slide(archive: Archive, name: str) -> str:
    blocks = Blocks()
    related = archive.relations(name)
    _shapes(archive.tree(name), blocks, archive, related, 0)
    for kind, target in related.values():
        if target not in archive:
            continue
        if kind == "notesSlide":
            _notes(archive.tree(target), blocks)
        elif kind == "comments":
            for each in every(archive.tree(target), "cm"):
                blocks.paragraph(
                    " ".join(t.text or "" for t in each.iter() if local(t.tag) in ("t", "text"))
                )
    return blocks.text()


def _shapes(
    parent: Element,
    blocks: Blocks,
    archive: Archive,
    related: dict[str, tuple[str, str]],
    depth: int,
) -> None:
    for element in parent:
        name = local(element.tag)
        if name == "sp":
            _shape(element, blocks)
        elif name == "pic":
            _described(element, blocks)
        elif name == "graphicFrame":
            _described(element, blocks)
            _frame(element, blocks, archive, related)
        elif name != "Fallback" and depth < _DEEP:
            _shapes(element, blocks, archive, related, depth + 1)


def _shape(element: Element, blocks: Blocks) -> None:
    kind = _placeholder(element)
    if kind in _FURNITURE:
        return
    paragraphs = [(paragraph, _words(paragraph)) for paragraph in every(element, "p")]
    if kind in _TITLES:
        blocks.heading(1, " ".join(text for _, text in paragraphs))
        return
    is_list = kind in ("body", "obj", "") and len(paragraphs) > 1 and kind != ""
    for paragraph, text in paragraphs:
        properties = child(paragraph, "pPr")
        level = attribute(properties, "lvl") if properties is not None else ""
        if is_list or level not in ("", "0"):
            blocks.item(int(level) if level.isdecimal() else 0, text)
        else:
            blocks.paragraph(text)


def _placeholder(element: Element) -> str:
    """Return what a shape stands for; ``"obj"`` is a placeholder of no certain kind."""
    found = child(element, "nvSpPr", "nvPr", "ph")
    return "" if found is None else attribute(found, "type") or "obj"


def _frame(
    element: Element, blocks: Blocks, archive: Archive, related: dict[str, tuple[str, str]]
) -> None:
    """Write a table, a chart or a diagram."""
    for table in every(element, "tbl"):
        blocks.table(
            [
                [" ".join(_words(each) for each in every(cell, "p")) for cell in every(row, "tc")]
                for row in every(table, "tr")
            ]
        )
    for reference in element.iter():
        name = local(reference.tag)
        keys = (
            [attribute(reference, key) for key in ("id", "dm")]
            if name in ("chart", "relIds")
            else []
        )
        for key in keys:
            target = related.get(key, ("", ""))[1]
            if target in archive and name == "chart":
                blocks.table(chart(archive.tree(target)))
            elif target in archive:
                for point in every(archive.tree(target), "pt"):
                    blocks.item(0, " ".join(_words(each) for each in every(point, "p")))


def chart(root: Element) -> list[list[str]]:
    """Return what a chart shows as the rows of a table: categories down, series across."""
    series = list(every(root, "ser"))
    names = [" ".join(_values(each, "tx")) for each in series]
    columns = [_values(each, "val") or _values(each, "yVal") for each in series]
    categories = next(
        filter(None, (_values(each, "cat") or _values(each, "xVal") for each in series)), []
    )
    title = next((_words(each) for each in every(root, "title")), "")
    height = max((len(column) for column in [*columns, categories]), default=0)
    rows = [[title, *names]] if series else []
    for place in range(height):
        rows.append([_at(categories, place), *(_at(column, place) for column in columns)])
    return rows


def _values(series: Element, name: str) -> list[str]:
    found = child(series, name)
    return [] if found is None else [each.text or "" for each in every(found, "v")]


def _at(column: list[str], place: int) -> str:
    return column[place] if place < len(column) else ""


def _notes(root: Element, blocks: Blocks) -> None:
    for shape in every(root, "sp"):
        if _placeholder(shape) == "body":
            blocks.paragraph("\n".join(_words(each) for each in every(shape, "p")))


def _described(element: Element, blocks: Blocks) -> None:
    """Write what the author has said of a picture for those who cannot see it."""
    for each in every(element, "cNvPr"):
        blocks.paragraph(one_line(attribute(each, "descr")))


def _words(element: Element) -> str:
    parts = []
    for each in element.iter():
        name = local(each.tag)
        if name == "t":
            parts.append(each.text or "")
        elif name in ("br", "tab"):
            parts.append(" ")
    return "".join(parts)
