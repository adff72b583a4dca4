"""Keeps the items of a list that do not begin with words, which Qt leaves out with their numbers.

Each gets a block of its own that is empty: a line with nothing but its number or bullet, or, where
another list or a quote follows at once, no line, and its number stands in the line of that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtGui import QTextBlock, QTextBlockFormat, QTextCursor, QTextDocument, QTextFormat

_LINE, _NO_LINE = "\ufdd2", "\ufdd3"  # no text of a reply can contain them
_IS_BESIDE = QTextFormat.Property.UserProperty.value + 6
_INSIDE = r"</?(?!(?:li|ul|ol|blockquote|img|br|hr|pre|table)\b)[a-z][^>]*>"
_AROUND = r"</?(?:ul|ol|blockquote)\b[^>]*>"
_EMPTY = re.compile(rf"(<li\b[^>]*>)(?:{_INSIDE}|{_AROUND})*</li>")
_BEGUN = re.compile(rf"(<li\b[^>]*>)(?=(?:{_INSIDE})*{_AROUND})")


def with_signs(html: str) -> str:
    """Return the HTML of a list with a sign in each item that has no words at its beginning."""
    return _BEGUN.sub(rf"\1{_NO_LINE}", _EMPTY.sub(rf"\1{_LINE}</li>", html))


def take_signs(made: QTextDocument) -> None:
    """Take the signs out of a document that was made from such HTML; their blocks stay."""
    beside = QTextBlockFormat()
    beside.setProperty(_IS_BESIDE, True)
    for cursor, block in _edited(made):
        sign = block.text()
        if sign in (_LINE, _NO_LINE):
            cursor.setPosition(block.position())
            cursor.deleteChar()
        if sign == _NO_LINE:
            cursor.mergeBlockFormat(beside)


def flatten(made: QTextDocument) -> None:
    """Take the height from blocks whose number stands beside the block after them."""
    flat = QTextBlockFormat()
    flat.setLineHeight(0, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    flat.setTopMargin(0)
    flat.setBottomMargin(0)
    for cursor, block in _edited(made):
        if is_beside(block):
            cursor.setPosition(block.position())
            cursor.mergeBlockFormat(flat)


def is_beside(block: QTextBlock) -> bool:
    """Tell whether the number or bullet of a block stands in the line of the next one."""
    return block.blockFormat().hasProperty(_IS_BESIDE) and block.next().isValid()


def _edited(made: QTextDocument) -> Iterator[tuple[QTextCursor, QTextBlock]]:
    """Give each block, with a cursor whose changes count as one."""
    cursor = QTextCursor(made)
    cursor.beginEditBlock()
    block = made.begin()
    while block.isValid():
        yield cursor, block
        block = block.next()
    cursor.endEditBlock()
