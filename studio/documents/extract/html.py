"""Reads HTML pages: headings, paragraphs, lists and tables that a person would see."""

from __future__ import annotations

import re
from collections.abc import Iterator

from studio.documents.extract.blocks import Blocks, one_line
from studio.documents.extract.characters import decode
from studio.documents.extract.html_tree import Node, parse
from studio.documents.extract.source import Findings, Source
from studio.documents.values import Page

_UNSEEN_NAMES = "script style template head noscript svg iframe object datalist"
_UNSEEN = frozenset(_UNSEEN_NAMES.split())
_BLOCKS_NAMES = (
    "address article aside blockquote body center dd details dialog div dl dt fieldset "
    "figcaption figure footer form header hgroup html legend li main nav ol p pre section "
    "summary table ul h1 h2 h3 h4 h5 h6 hr tr td th tbody thead tfoot caption option select"
)
_BLOCKS = frozenset(_BLOCKS_NAMES.split())
_HEADING = re.compile(r"h[1-6]")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"""<\?xml[^>]+encoding\s*=\s*["']([\w.:-]+)""")


def read(source: Source, findings: Findings) -> Iterator[Page]:
    """Yield the one page of a file."""
    findings.markup = "markdown"
    limit = source.limits.parsed_bytes
    if source.size_bytes > limit:
        findings.note("cut_bytes", limit=limit)
    root = parse(text_of(source.head(limit)))
    findings.title, findings.language = title_of(root), language_of(root)
    blocks = Blocks()
    write(root, blocks)
    yield Page(1, blocks.text())


def text_of(data: bytes) -> str:
    """Return the source of a page in the encoding that it declares."""
    head = data[:4096]
    found = _CHARSET.search(head) or _XML_ENCODING.search(head)
    return decode(data, found[1].decode("ascii") if found else "")


def title_of(root: Node) -> str:
    """Return the title of a page; empty where it has none."""
    found = _first(root, "title")
    return one_line(_words(found)) if found is not None else ""


def language_of(root: Node) -> str:
    """Return the language that a page tells, as ISO 639-1; empty where it tells none."""
    found = _first(root, "html")
    told = found.attributes.get("lang") or found.attributes.get("xml:lang") if found else ""
    return (told or "").partition("-")[0].lower()[:2]


def write(node: Node, blocks: Blocks) -> None:
    """Write down what is to be seen in an element."""
    line: list[str] = []
    for part in node.content:
        if isinstance(part, str):
            line.append(part.replace("\n", " "))
        elif _is_unseen(part):
            continue
        elif part.tag in _BLOCKS or _holds_blocks(part):
            _flush(line, blocks)
            _block(part, blocks)
        else:
            line.append(_inline(part))
    _flush(line, blocks)


def _flush(line: list[str], blocks: Blocks) -> None:
    rows = (one_line(row) for row in "".join(line).split("\n"))
    blocks.paragraph("\n".join(row for row in rows if row))
    line.clear()


def _block(node: Node, blocks: Blocks) -> None:
    if _HEADING.fullmatch(node.tag):
        blocks.heading(int(node.tag[1]), _inline(node))
    elif node.tag == "pre":
        blocks.code(_words(node))
    elif node.tag in ("ul", "ol", "menu"):
        _list(node, blocks, 0)
    elif node.tag == "table":
        _table(node, blocks)
    else:
        write(node, blocks)


def _list(node: Node, blocks: Blocks, depth: int) -> None:
    number = 0
    for part in node.content:
        if isinstance(part, str) or _is_unseen(part):
            continue
        if part.tag in ("ul", "ol"):
            _list(part, blocks, depth + 1)
            continue
        number += 1
        is_inner = [isinstance(each, Node) and each.tag in ("ul", "ol") for each in part.content]
        if _has(part, ("table", "pre")):
            write(part, blocks)
            continue
        own = [each for each, inner in zip(part.content, is_inner, strict=True) if not inner]
        blocks.item(
            depth, _inline(Node(part.tag, {}, own)), f"{number}." if node.tag == "ol" else "-"
        )
        for each, inner in zip(part.content, is_inner, strict=True):
            if inner and isinstance(each, Node):
                _list(each, blocks, depth + 1)


def _table(node: Node, blocks: Blocks) -> None:
    """Write a table as one, or what is in it where it only arranges the page."""
    rows = list(_rows(node))
    for caption in (part for part in node.content if isinstance(part, Node)):
        if caption.tag == "caption":
            blocks.paragraph(one_line(_inline(caption)))
    if any(
        _has(cell, ("table", "h1", "h2", "h3", "ul", "ol", "pre")) for row in rows for cell in row
    ):
        for row in rows:
            for cell in row:
                write(cell, blocks)
        return
    blocks.table(_grid(rows))


def _rows(node: Node) -> Iterator[list[Node]]:
    for part in node.content:
        if not isinstance(part, Node) or _is_unseen(part):
            continue
        if part.tag == "tr":
            cells = [each for each in part.content if isinstance(each, Node)]
            yield [each for each in cells if each.tag in ("td", "th") and not _is_unseen(each)]
        elif part.tag in ("tbody", "thead", "tfoot"):
            yield from _rows(part)
        elif part.tag in ("td", "th"):
            yield [part]


def _grid(rows: list[list[Node]]) -> list[list[str]]:
    """Return the texts of cells; wide ones are followed by empty ones."""
    grid = []
    for row in rows:
        texts: list[str] = []
        for cell in row:
            span = cell.attributes.get("colspan", "1")
            texts += [_inline(cell), *[""] * (min(int(span), 50) - 1 if span.isdecimal() else 0)]
        grid.append(texts)
    return grid


def _inline(node: Node) -> str:
    """Return the text of an element; ``br`` and the ends of blocks in it are line ends."""
    if node.tag == "br":
        return "\n"
    if node.tag == "img":
        return node.attributes.get("alt", "")
    if node.tag in ("input", "textarea") and node.attributes.get("type", "text") != "hidden":
        return node.attributes.get("value", "")
    parts = []
    for part in node.content:
        if isinstance(part, str):
            parts.append(part.replace("\n", " "))
        elif not _is_unseen(part):
            words = _inline(part)
            parts.append(f"\n{words}\n" if part.tag in _BLOCKS else words)
    return "".join(parts)


def _words(node: Node) -> str:
    """Return the text of an element as it was written."""
    return "".join(
        part if isinstance(part, str) else "\n" if part.tag == "br" else _words(part)
        for part in node.content
    )


def _is_unseen(node: Node) -> bool:
    return (
        node.tag in _UNSEEN
        or "hidden" in node.attributes
        or _HIDDEN.search(node.attributes.get("style", "")) is not None
    )


def _holds_blocks(node: Node) -> bool:
    """Tell whether there are blocks in an element that is none itself, such as a link."""
    return _has(node, _BLOCKS)


def _has(node: Node, tags: tuple[str, ...] | frozenset[str]) -> bool:
    return any(
        isinstance(part, Node) and (part.tag in tags or _has(part, tags)) for part in node.content
    )


def _first(node: Node, tag: str) -> Node | None:
    for part in node.content:
        if isinstance(part, Node):
            found = part if part.tag == tag else _first(part, tag)
            if found is not None:
                return found
    return None
