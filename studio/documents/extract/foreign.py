"""Reads the binary documents of Office 97 to 2003, RTF and Outlook messages, through kreuzberg."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from studio.documents.extract.blocks import Blocks
from studio.documents.extract.characters import clean
from studio.documents.extract.source import Findings, Source
from studio.documents.extract.words import UnreadableError
from studio.documents.values import Page

_TYPES = {
    "rtf": "application/rtf",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
    "msg": "application/vnd.ms-outlook",
}
_WITH_PAGES = frozenset({"xls", "ppt"})
_FIELD = re.compile(r"\s?(?:SEQ|PAGEREF|HYPERLINK|TOC|REF) [^\n]*?\\\* ?[A-Z]+ ")


def read(source: Source, findings: Findings, kind: str) -> Iterator[Page]:
    """Yield the sheets, the slides, or the one page.

    What kreuzberg knows of the structure is written down here, since its own Markdown escapes
    signs that a person would search for.

    Raises:
        UnreadableError: ``document.damaged``.
    """
    findings.markup = "markdown"
    findings.has_pages = kind in _WITH_PAGES
    result = _extracted(source, kind)
    findings.title = clean(
        str(result.metadata.get("title") or result.metadata.get("subject") or "")
    )
    document = result.document
    nodes = document["nodes"] if document else []
    if kind == "xls":
        yield from _sheets(nodes)
    elif kind == "ppt":
        yield from _slides(nodes)
    else:
        blocks = Blocks()
        _write(nodes, blocks)
        yield Page(1, blocks.text() or clean(result.content))


def _extracted(source: Source, kind: str) -> Any:
    import kreuzberg  # native; only the worker that reads loads it

    config = kreuzberg.ExtractionConfig(
        use_cache=False,
        enable_quality_processing=False,
        include_document_structure=True,
        content_filter=kreuzberg.ContentFilterConfig(
            include_headers=True,
            include_footers=True,
            strip_repeating_text=False,
            include_watermarks=True,
        ),
    )
    try:
        return kreuzberg.extract_bytes_sync(source.whole(), _TYPES[kind], config)
    except kreuzberg.KreuzbergError as error:
        words = str(error)
        if "password" in words.lower() or "encrypt" in words.lower():
            raise UnreadableError("document.encrypted", details=words) from error
        raise UnreadableError("document.damaged", details=words) from error


def _sheets(nodes: list[dict[str, Any]]) -> Iterator[Page]:
    """Yield a page for each heading, which is the name of a sheet."""
    groups: list[tuple[str, Blocks]] = []
    for node in nodes:
        content = node["content"]
        if content["node_type"] == "heading":
            groups.append((clean(content["text"]), Blocks()))
            groups[-1][1].heading(1, content["text"])
        elif content["node_type"] != "group":
            if not groups:
                groups.append(("", Blocks()))
            _write([node], groups[-1][1])
    for number, (name, blocks) in enumerate(groups, 1):
        yield Page(number, blocks.text(), name)


def _slides(nodes: list[dict[str, Any]]) -> Iterator[Page]:
    slides: dict[int, Blocks] = {}
    blocks = slides.setdefault(1, Blocks())
    for node in nodes:
        content = node["content"]
        if content["node_type"] == "slide":
            blocks = slides.setdefault(int(content["number"]), Blocks())
            blocks.heading(1, clean(content.get("title") or ""))
        else:
            _write([node], blocks)
    for number in range(1, max(slides) + 1):
        yield Page(number, slides[number].text() if number in slides else "")


def _write(nodes: list[dict[str, Any]], blocks: Blocks) -> None:
    for node in nodes:
        content = node["content"]
        kind = content["node_type"]
        if kind == "heading":
            blocks.heading(int(content["level"]), clean(content["text"]))
        elif kind == "table":
            blocks.table(_grid(content["grid"]))
        elif kind == "metadata_block":
            blocks.paragraph(
                "\n".join(f"{name}: {clean(value)}" for name, value in content["entries"])
            )
        elif kind == "list_item":
            blocks.item(0, clean(content["text"]))
        elif kind == "code":
            blocks.code(clean(content["text"]))
        elif kind != "group" and (text := content.get("text")):
            for paragraph in _FIELD.sub(" ", clean(text)).split("\n"):
                blocks.paragraph(paragraph)


def _grid(grid: dict[str, Any]) -> list[list[str]]:
    rows = [[""] * int(grid["cols"]) for _ in range(int(grid["rows"]))]
    for cell in grid["cells"]:
        rows[cell["row"]][cell["col"]] = clean(cell["content"])
    return rows
