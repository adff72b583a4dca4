"""Reads electronic books (EPUB): the chapters in the order of their spine."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from studio.documents.extract import html
from studio.documents.extract.archives import Archive, every
from studio.documents.extract.blocks import Blocks, one_line
from studio.documents.extract.html_tree import parse
from studio.documents.extract.source import Findings, Source
from studio.documents.extract.words import UnreadableError
from studio.documents.values import Page

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_PAGES = ("html", "htm", "xhtml", "xml")


def read(source: Source, findings: Findings) -> Iterator[Page]:
    """Yield the one page; chapters that are encrypted are left out and told."""
    findings.markup = "markdown"
    with Archive(source.path, source.limits) as archive:
        package = _package(archive)
        root = archive.tree(package)
        findings.title = _first(root, "title")
        findings.language = _first(root, "language").partition("-")[0].lower()[:2]
        encrypted = _encrypted(archive)
        blocks = Blocks()
        chapters = list(_chapters(archive, package))
        for name in chapters:
            source.check()
            if name in encrypted:
                findings.note("rights")
                continue
            html.write(parse(html.text_of(archive.read(name))), blocks)
            if blocks.size > source.limits.characters:
                break
        if chapters and encrypted.issuperset(chapters):
            raise UnreadableError("document.encrypted")
    yield Page(1, blocks.text())


def _package(archive: Archive) -> str:
    for element in every(archive.tree(_CONTAINER), "rootfile"):
        name = element.get("full-path", "")
        if name in archive:
            return name
    raise UnreadableError("document.damaged", details="the package is missing")


def _chapters(archive: Archive, package: str) -> Iterator[str]:
    root = archive.tree(package)
    folder = posixpath.dirname(package)
    items = {
        element.get("id", ""): posixpath.normpath(
            posixpath.join(folder, unquote(element.get("href", "")))
        )
        for element in every(root, "item")
    }
    for element in every(root, "itemref"):
        name = items.get(element.get("idref", ""), "")
        if name in archive and name.rpartition(".")[2].lower() in _PAGES:
            yield name


def _encrypted(archive: Archive) -> frozenset[str]:
    if _ENCRYPTION not in archive:
        return frozenset()
    tree = archive.tree(_ENCRYPTION)
    return frozenset(unquote(each.get("URI", "")) for each in every(tree, "CipherReference"))


def _first(root: Element, name: str) -> str:
    return next(filter(None, (one_line(each.text or "") for each in every(root, name))), "")
