"""Lays out one block of an inert page for paper, a long one in parts whose seams cannot be seen.

Qt draws each line of a paragraph in time that grows with the whole paragraph, so one of a million
letters is never laid out as one: each part begins with the line that the part before it ended in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QUrl
from PySide6.QtGui import (
    QFont,
    QPagedPaintDevice,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
)

from studio.ui.widgets.markdown import empty_items
from studio.ui.widgets.wrapping import wrap_document

MOST_LETTERS = 4_000  # laid out at once: about a page
_HEAVY = 50_000  # characters: to read such HTML takes a while
_TEXT_PT = 10.5
_LOW_SURROGATES = range(0xDC00, 0xE000)


@dataclass(frozen=True, slots=True)
class Laid:
    """A document to be drawn down to ``height``, in the paper's own pixels."""

    document: QTextDocument
    height: float


def laid_out(html: str, paper: QPagedPaintDevice, width: int) -> Iterator[Laid | None]:
    """Give a block of text in the documents to be drawn one below the other; nothing, to rest."""
    whole = _inert()
    signed = empty_items.with_signs(html)
    whole.setHtml(signed)
    if signed != html:
        empty_items.take_signs(whole)
    if len(html) > _HEAVY:
        yield None
    wrap_document(whole)
    if len(html) > _HEAVY:
        yield None
    block = whole.begin()
    if whole.blockCount() == 1 and block.length() > MOST_LETTERS:
        yield from _parts(whole, block, paper, width)
    else:
        _divide(whole)
        yield _finished(whole, paper, width)


def lines(document: QTextDocument) -> list[tuple[float, float]]:
    """Return top and bottom of each line, the lowest first."""
    found: list[tuple[float, float]] = []
    layout = document.documentLayout()
    block = document.begin()
    while block.isValid():
        top = layout.blockBoundingRect(block).top()
        laid = block.layout()
        for number in range(laid.lineCount()):
            rect = laid.lineAt(number).rect()
            found.append((top + rect.top(), top + rect.bottom()))
        block = block.next()
    return sorted(found, reverse=True)


class _Inert(QTextDocument):
    """Text that loads nothing from anywhere; the pages name no resource anyway."""

    def loadResource(self, _kind: int, _address: QUrl | str) -> None:
        """Give nothing."""


def _inert() -> QTextDocument:
    document = _Inert()
    document.setUndoRedoEnabled(False)
    font = QFont()
    font.setPointSizeF(_TEXT_PT)
    document.setDefaultFont(font)
    document.setDocumentMargin(0)
    return document


def _finished(document: QTextDocument, paper: QPagedPaintDevice, width: int) -> Laid:
    document.documentLayout().setPaintDevice(paper)
    document.setTextWidth(width)
    return Laid(document, document.size().height())


def _parts(
    whole: QTextDocument, block: QTextBlock, paper: QPagedPaintDevice, width: int
) -> Iterator[Laid]:
    """Give the one paragraph of a document in parts that end where a line does."""
    begin, end = block.position(), block.position() + block.length() - 1
    while begin < end:
        stop = _whole_character(whole, min(end, begin + MOST_LETTERS), end)
        part = _part(whole, block, begin, stop)
        laid = _finished(part, paper, width)
        if stop < end:
            first = part.begin()
            last = first.layout().lineAt(first.layout().lineCount() - 1)
            if last.textStart() > 0:
                stop = begin + last.textStart()
                top = part.documentLayout().blockBoundingRect(first).top()
                laid = Laid(part, top + last.rect().top())
        yield laid
        begin = stop


def _part(whole: QTextDocument, block: QTextBlock, begin: int, stop: int) -> QTextDocument:
    """Return a part of a paragraph that looks as it does there; only the first begins an item."""
    source = QTextCursor(whole)
    source.beginEditBlock()  # else a cursor that moves has the whole laid out, to know where it is
    source.setPosition(begin)
    source.setPosition(stop, QTextCursor.MoveMode.KeepAnchor)
    part = _inert()
    part.setDefaultTextOption(whole.defaultTextOption())
    cursor = QTextCursor(part)
    cursor.insertFragment(source.selection())
    source.endEditBlock()
    if begin > block.position():
        cursor.setBlockFormat(_going_on(block))
    else:
        cursor.setBlockFormat(block.blockFormat())
        if (listed := block.textList()) is not None:
            cursor.createList(listed.format())
    return part


def _going_on(block: QTextBlock) -> QTextBlockFormat:
    """Return the look of what goes on with a paragraph below its first lines."""
    form = block.blockFormat()
    listed = block.textList()
    if listed is not None:
        form.setIndent(form.indent() + listed.format().indent())
        form.setObjectIndex(-1)
    form.setLayoutDirection(block.textDirection())
    form.setTopMargin(0)
    return form


def _divide(document: QTextDocument) -> None:
    """Divide long paragraphs among others between two words, where a seam is a short line."""
    cursor = QTextCursor(document)
    cursor.beginEditBlock()  # as above
    block = document.begin()
    while block.isValid():
        if block.length() > MOST_LETTERS:
            head = block.text()[: MOST_LETTERS // 2]  # each may be two of Qt's
            head = head[: head.rfind(" ") + 1] or head
            form = _going_on(block)
            cursor.setPosition(block.position() + len(head.encode("utf-16-le")) // 2)
            cursor.insertBlock()
            cursor.setBlockFormat(form)
        block = block.next()
    cursor.endEditBlock()


def _whole_character(document: QTextDocument, at: int, end: int) -> int:
    """Return a place that is not within a character of two halves."""
    is_within = at < end and ord(document.characterAt(at)) in _LOW_SURROGATES
    return at + 1 if is_within else at
