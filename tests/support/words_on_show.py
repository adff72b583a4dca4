"""Every text that a widget shows or tells, and what of it did not come through the translation."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator

from PySide6.QtCore import QAbstractItemModel, QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QWidget,
)

from studio.ui.widgets.labels import ElidedLabel

OPEN, CLOSE = "⟦", "⟧"
_INNERMOST = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
_QUANTITY = re.compile(r"\d[\d.,/]*\s?(kB|MB|GB|TB|B|px|%)(?!\w)")
_PATH = re.compile(r"(?:~|\b[A-Z]:)?[/\\]\S+")
_KEYS = re.compile(
    r"\b(Ctrl|Shift|Alt|Meta|Return|Enter|Esc|Del|Backspace|Back)\b(\+\S+)?|\bF\d{1,2}\b"
)
_PLAIN_KEY = re.compile(r"^[A-Z]$")
_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
)


def in_brackets(text: str, many: str, count: int) -> str:
    """Stand for a translation, for :func:`studio.translation.use`."""
    said = text if count in (-1, 1) else many
    return f"{OPEN}{said.replace('%n', str(count))}{CLOSE}"


def bare(text: str, data: Iterable[str]) -> str:
    """Return what is left of a text without translated words, data, paths, figures and keys."""
    before = ""
    while before != text:
        before, text = text, _INNERMOST.sub("", text)
    text = _PATH.sub("", text)
    for each in sorted(data, key=len, reverse=True):
        text = text.replace(each, "")
    text = _KEYS.sub("", _QUANTITY.sub("", text))
    return "" if _PLAIN_KEY.match(text) or not any(c.isalpha() for c in text) else text


def texts(root: QWidget, apart: Container[str] = ()) -> Iterator[tuple[str, str]]:
    """Yield where a text stands and the text, for a widget and all below it, hidden ones too.

    What is below a widget named in ``apart`` is left out, and so is what Qt makes itself.
    """
    if root.objectName() in apart or root.objectName().startswith("qt_"):
        return
    place = f"{type(root).__name__} {root.objectName()}".strip()
    for text in (*_told(root), *_shown(root)):
        yield place, text
    for child in root.children():
        if isinstance(child, QWidget):
            yield from texts(child, apart)
        elif isinstance(child, QAction) and not isinstance(root, QLineEdit):
            yield from ((f"action {child.objectName()}", text) for text in _of_action(child))


def _told(widget: QWidget) -> Iterator[str]:
    yield widget.toolTip()
    yield widget.accessibleName()
    yield widget.accessibleDescription()
    yield widget.windowTitle()


def _shown(widget: QObject) -> Iterator[str]:
    match widget:
        case QLabel() | QAbstractButton() | ElidedLabel():
            yield widget.text()
        case QMenu():
            yield widget.title()
        case QLineEdit() | QPlainTextEdit():
            yield widget.placeholderText()
        case QDoubleSpinBox():
            yield from (widget.prefix(), widget.suffix(), widget.specialValueText())
        case QAbstractSpinBox():
            yield widget.text()
        case QComboBox():
            yield from (widget.itemText(place) for place in range(widget.count()))
        case QAbstractItemView() if widget.model() is not None:
            yield from _of_rows(widget.model())


def _of_action(action: QAction) -> Iterator[str]:
    yield from (action.text(), action.toolTip(), action.statusTip())


def _of_rows(rows: QAbstractItemModel) -> Iterator[str]:
    for row in range(rows.rowCount()):
        index = rows.index(row, 0)
        yield from (str(index.data(role) or "") for role in _ROLES)
