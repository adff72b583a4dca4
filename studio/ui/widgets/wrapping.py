"""Keeps text quick to lay out when a word in it is endless, such as pasted data."""

from __future__ import annotations

import re

from PySide6.QtGui import QTextDocument, QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

# Qt looks for places to break in time that grows with the square of a word's length.
_ENDLESS_WORD = re.compile(r"\S{2000}")
_USUAL = QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere


def wrap_for(field: QPlainTextEdit | QTextEdit, text: str) -> bool:
    """Have a field break lines anywhere if the text that goes into it has a word without end.

    Returns:
        Whether it has.
    """
    is_endless = _ENDLESS_WORD.search(text) is not None
    if is_endless:
        field.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
    return is_endless


def show_text(field: QPlainTextEdit | QTextEdit, text: str) -> None:
    """Show another text in place of all that is in a field, quick to lay out like that."""
    is_endless = wrap_for(field, text)
    field.setPlainText(text)
    if not is_endless:  # only now: what was there before may have had one
        field.setWordWrapMode(_USUAL)


def wrap_document(document: QTextDocument) -> None:
    """Do the same for a document that is laid out by itself, once it has its text."""
    if _ENDLESS_WORD.search(document.toPlainText()):
        option = document.defaultTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAnywhere)
        document.setDefaultTextOption(option)
