"""Asks before a link is opened, and shows where it really leads."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from studio.markdown import is_safe_address
from studio.translation import tr
from studio.ui.theme import SPACE, Theme
from studio.ui.widgets.buttons import Button
from studio.ui.widgets.labels import label, selectable
from studio.ui.widgets.markdown.links import shown_address

_WIDTH = 440


def link_dialog(theme: Theme, parent: QWidget, address: str) -> QDialog:
    """Return a window that shows an address and offers to open or to copy it."""
    dialog = QDialog(parent)
    dialog.setObjectName("link_dialog")
    dialog.setWindowTitle(tr("Open this address?"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(SPACE[4], SPACE[4], SPACE[4], SPACE[3])
    column.setSpacing(SPACE[2])
    told = tr("It comes from a reply, and leads out of this program to your browser or mail.")
    for text, look in ((tr("Open this address?"), "section"), (told, "muted")):
        words = label(text, look, wrap=True)
        words.setFixedWidth(_WIDTH)
        column.addWidget(words)
    shown = selectable(label(_breakable(shown_address(address)), "reading", wrap=True))
    shown.setObjectName("link_address")
    shown.setFixedWidth(_WIDTH)
    column.addWidget(shown)
    column.addLayout(_buttons(theme, dialog, address))
    return dialog


def follow(theme: Theme, parent: QWidget, address: str, asks: bool) -> None:
    """Open an address, after asking if that is wished for."""
    if asks:
        link_dialog(theme, parent, address).open()
    else:
        open_address(address)


def open_address(address: str) -> bool:
    """Hand a web or mail address to the system; tell whether that was done."""
    return is_safe_address(address) and QDesktopServices.openUrl(QUrl(address))


def _buttons(theme: Theme, dialog: QDialog, address: str) -> QHBoxLayout:
    go = Button(theme, tr("Open"), "primary", "external-link", name="link_open")
    go.on_click(lambda: open_address(address))
    go.on_click(dialog.accept)
    copy = Button(theme, tr("Copy address"), icon="copy", name="link_copy")
    copy.on_click(lambda: QGuiApplication.clipboard().setText(address))
    copy.on_click(dialog.accept)
    cancel = Button(theme, tr("Cancel"), "quiet", name="link_cancel").on_click(dialog.reject)
    cancel.setDefault(True)
    row = QHBoxLayout()
    row.setContentsMargins(0, SPACE[2], 0, 0)
    row.setSpacing(SPACE[1])
    row.addWidget(copy)
    row.addStretch()
    row.addWidget(cancel)
    row.addWidget(go)
    return row


def _breakable(address: str) -> str:
    """Let a long address be broken after the marks that divide it."""
    for mark in "/?&=":
        address = address.replace(mark, f"{mark}\N{ZERO WIDTH SPACE}")
    return address
