"""The two small windows of help: every shortcut on one page, and what this program is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QVBoxLayout,
    QWidget,
)

from studio.ui.theme import SPACE, Theme
from studio.ui.widgets.buttons import Button
from studio.ui.widgets.commands import MENUS, Command
from studio.ui.widgets.labels import label

_ABOUT_WIDTH = 420


def shortcuts_dialog(theme: Theme, parent: QWidget, commands: Sequence[Command]) -> QDialog:
    """Return a window with every shortcut, by menu, in two columns."""
    dialog, column = _dialog(parent, "Keyboard shortcuts", "shortcuts_dialog")
    columns = QHBoxLayout()
    columns.setSpacing(SPACE[6])
    for menus in (MENUS[:3], MENUS[3:]):
        side = QVBoxLayout()
        side.setSpacing(SPACE[4])
        for menu in menus:
            shown = [command for command in commands if command.menu == menu and command.keys]
            if shown:
                side.addLayout(_group(menu, shown))
        side.addStretch()
        columns.addLayout(side)
    column.addLayout(columns)
    column.addLayout(_closing_row(theme, dialog))
    return dialog


def about_dialog(theme: Theme, parent: QWidget, version: str) -> QDialog:
    """Return a window that says what the program is, its version and its licences."""
    dialog, column = _dialog(parent, "Local AI Studio", "about_dialog")
    for text, look in (
        (f"Version {version}", "muted"),
        (
            "Chat, documents and pictures on your own machine. Nothing you write or open leaves "
            "it; the program connects to the network only when you press a download button.",
            "",
        ),
        ("Apache License 2.0. Icons: Lucide, ISC licence. Window: Qt for Python, LGPL.", "caption"),
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


def _group(menu: str, commands: Sequence[Command]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(SPACE[5])
    grid.setVerticalSpacing(SPACE[1])
    grid.addWidget(label(menu, "group"), 0, 0, 1, 2)
    for row, command in enumerate(commands, start=1):
        grid.addWidget(label(command.title.rstrip("…")), row, 0)
        keys = QKeySequence(command.keys[0]).toString(QKeySequence.SequenceFormat.NativeText)
        grid.addWidget(_key(keys), row, 1, Qt.AlignmentFlag.AlignRight)
    grid.setColumnStretch(0, 1)
    return grid


def _key(text: str) -> QLabel:
    return label(text, "key")


def _closing_row(theme: Theme, dialog: QDialog) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addStretch()
    close = Button(theme, "Close", name="close_dialog").on_click(dialog.accept)
    close.setDefault(True)
    row.addWidget(close)
    return row
