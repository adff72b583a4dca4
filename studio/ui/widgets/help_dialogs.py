"""The two small windows of help: every shortcut on one page, and what this program is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from studio.translation import tr
from studio.ui.theme import SPACE, Theme, set_look
from studio.ui.widgets.buttons import Button
from studio.ui.widgets.commands import MENUS, Command
from studio.ui.widgets.keys_of_parts import KEYS_OF_PARTS, KeysOfPart
from studio.ui.widgets.labels import label

_ABOUT_WIDTH = 420
_LEAST_LIST = 160
_BAR = 16
_LEAST_WIDTH = 380


def every_shortcut(theme: Theme, parent: QWidget, commands: Sequence[Command]) -> QDialog:
    """Return a window with the shortcuts of these commands, and with the keys of single parts."""
    return shortcuts_dialog(theme, parent, commands, KEYS_OF_PARTS)


def shortcuts_dialog(
    theme: Theme,
    parent: QWidget,
    commands: Sequence[Command],
    parts: Sequence[KeysOfPart] = (),
) -> QDialog:
    """Return a window with shortcuts, by menu: what each does, and its keys beside it.

    It is never higher than ``parent``; what does not fit then scrolls.
    """
    dialog, column = _dialog(parent, tr("Keyboard shortcuts"), "shortcuts_dialog")
    table = _table(commands, parts)
    scroll = _scrolling(table, tr("Keyboard shortcuts"))
    column.addWidget(scroll)
    column.addLayout(_closing_row(theme, dialog))
    whole = column.sizeHint().height() - scroll.sizeHint().height()
    room = max(_LEAST_LIST, parent.height() - whole - 2 * SPACE[4])
    scroll.setFixedSize(
        max(_LEAST_WIDTH, table.sizeHint().width() + _BAR), min(table.sizeHint().height(), room)
    )
    return dialog


def about_dialog(theme: Theme, parent: QWidget, version: str) -> QDialog:
    """Return a window that says what the program is, its version and its licences."""
    dialog, column = _dialog(parent, "Local AI Studio", "about_dialog")
    for text, look in (
        (tr("Version {version}", version=version), "muted"),
        (
            tr(
                "Chat, documents and pictures on your own machine. Nothing you write "
                "or open leaves it; the program connects to the network only when "
                "you press a download button."
            ),
            "",
        ),
        (
            tr("Apache License 2.0. Icons: Lucide, ISC licence. Window: Qt for Python, LGPL."),
            "caption",
        ),
    ):
        words = label(text, look, wrap=True)
        words.setFixedWidth(_ABOUT_WIDTH)
        column.addWidget(words)
    column.addLayout(_closing_row(theme, dialog))
    return dialog


def _dialog(parent: QWidget, title: str, name: str) -> tuple[QDialog, QVBoxLayout]:
    dialog = QDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(title)
    dialog.setObjectName(name)
    dialog.setModal(True)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(SPACE[5], SPACE[4], SPACE[5], SPACE[4])
    column.setSpacing(SPACE[3])
    column.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)
    column.addWidget(label(title, "page"))
    return dialog, column


def _table(commands: Sequence[Command], parts: Sequence[KeysOfPart]) -> QWidget:
    table = QWidget()
    set_look(table, "ground")
    grid = QGridLayout(table)
    grid.setContentsMargins(0, 0, SPACE[3], 0)
    grid.setHorizontalSpacing(SPACE[5])
    grid.setVerticalSpacing(SPACE[1])
    grid.setColumnStretch(0, 1)
    for menu in MENUS:
        shown = [command for command in commands if command.menu == menu and command.keys]
        if shown:
            _add_group(grid, menu, [(command.title, command.keys[0]) for command in shown])
    for part in parts:
        _add_group(grid, part.part, part.keys)
    return table


def _add_group(grid: QGridLayout, title: str, keys: Sequence[tuple[str, str]]) -> None:
    if grid.rowCount() > 1:
        grid.setRowMinimumHeight(grid.rowCount(), SPACE[1])
    grid.addWidget(label(tr(title), "group"), grid.rowCount(), 0, 1, 2)
    for words, combination in keys:
        row = grid.rowCount()
        grid.addWidget(label(tr(words).rstrip("…")), row, 0)
        grid.addWidget(_caps(combination), row, 1)


def _caps(keys: str) -> QWidget:
    """Return a shortcut as one cap for each key, as this system writes them."""
    text = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
    caps = QWidget()
    caps.setAccessibleName(text)
    caps.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # keys are named so everywhere
    row = QHBoxLayout(caps)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(SPACE[0])
    for key in re.split(r"\+(?=.)", text):
        cap = label(key, "key")
        cap.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row.addWidget(cap)
    row.addStretch()
    return caps


def _scrolling(inside: QWidget, words: str) -> QScrollArea:
    scroll = QScrollArea()
    scroll.setObjectName("shortcuts_scroll")
    scroll.setAccessibleName(words)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setWidgetResizable(True)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setWidget(inside)
    return scroll


def _closing_row(theme: Theme, dialog: QDialog) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addStretch()
    close = Button(theme, tr("Close"), name="close_dialog").on_click(dialog.accept)
    close.setDefault(True)
    row.addWidget(close)
    return row
