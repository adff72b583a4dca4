"""Reads XML of any kind: articles (JATS), books (DocBook, FictionBook), and data."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, fromstring

from studio.documents.extract import html
from studio.documents.extract.archives import every, local
from studio.documents.extract.blocks import Blocks, one_line
from studio.documents.extract.html_tree import parse
from studio.documents.extract.source import Findings, Source
from studio.documents.values import Page

_TITLES = frozenset({"title", "article-title", "book-title", "head", "heading"})
_SECTIONS = frozenset({"sec", "section", "abstract", "chapter", "part", "appendix", "div", "app"})
_PROSE = frozenset({"p", "para", "simpara", "paragraph", "text", "v", "subtitle", "item", "li"})
_UNREAD = frozenset({"binary", "style", "script"})
_NAMED_TO = 200  # characters; a value that is longer tells by itself what it is
_DEEP = 100


def read(source: Source, findings: Findings) -> Iterator[Page]:
    """Yield the one page of an XML document; one that is not well formed is read as HTML is."""
    findings.markup = "markdown"
    limit = source.limits.parsed_bytes
    data = source.head(limit)
    blocks = Blocks()
    try:
        root = fromstring(data)
    except (ParseError, LookupError, ValueError):
        if source.size_bytes > limit:
            findings.note("cut_bytes", limit=limit)
        html.write(parse(html.text_of(data)), blocks)
    else:
        findings.title = _title(root)
        _write(root, blocks, 1, source)
    yield Page(1, blocks.text())


def _title(root: Element) -> str:
    for name in ("article-title", "book-title", "title"):
        for element in every(root, name):
            return one_line("".join(element.itertext()))
    return ""


def _write(parent: Element, blocks: Blocks, level: int, source: Source) -> None:
    for element in parent:
        source.check()
        name = local(element.tag)
        if not name or name in _UNREAD:
            continue
        if name in _TITLES:
            blocks.heading(level, "".join(element.itertext()))
        elif name in ("table", "tgroup"):
            _table(element, blocks)
        elif _is_text(element):
            _paragraph(element, name, blocks)
        elif level < _DEEP:
            _write(element, blocks, level + (name in _SECTIONS), source)


def _paragraph(element: Element, name: str, blocks: Blocks) -> None:
    text = one_line("".join(_pieces(element)))
    is_value = text and len(element) == 0 and name not in _PROSE and len(text) <= _NAMED_TO
    blocks.paragraph(f"{name}: {text}" if is_value else text)


def _pieces(element: Element) -> Iterator[str]:
    yield element.text or ""
    for each in element:
        if local(each.tag) and local(each.tag) not in _UNREAD:
            yield from _pieces(each)
        yield each.tail or ""


def _is_text(element: Element) -> bool:
    """Tell whether an element holds words itself, beside other elements or alone."""
    if len(element) == 0 or (element.text or "").strip():
        return True
    return any((each.tail or "").strip() for each in element)


def _table(element: Element, blocks: Blocks) -> None:
    rows = [each for each in element.iter() if local(each.tag) in ("tr", "row")]
    cells = ([each for each in row if local(each.tag) in ("td", "th", "entry")] for row in rows)
    blocks.table([[one_line("".join(_pieces(each))) for each in row] for row in cells])
