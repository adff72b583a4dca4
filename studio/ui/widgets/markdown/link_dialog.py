"""Asks before a link is opened, and shows where it really leads."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QDesktopServices,
    QFont,
    QFontMetrics,
    QGuiApplication,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from studio.markdown import is_safe_address
from studio.translation import tr
from studio.ui.accessibility import announce
from studio.ui.theme import CONTROL, SPACE, Theme, set_look
from studio.ui.widgets.badge import Badge
from studio.ui.widgets.buttons import Button
from studio.ui.widgets.labels import label, selectable
from studio.ui.widgets.markdown.links import has_login, told_aim, whole_address

_WIDTH = 440
_MOST_LINES = 6  # more are scrolled to
_AROUND_TEXT = 24  # frame, padding and the document's margin, of both sides


class LinkDialog(QDialog):
    """Shows an address, names the site it leads to, and offers to open or to copy it."""

    def __init__(self, theme: Theme, parent: QWidget, address: str) -> None:
        super().__init__(parent)
        self._theme = theme
        self._address = address
        self._trouble = Badge(theme)
        self._trouble.setObjectName("link_trouble")
        self._trouble.hide()
        self._copy = Button(theme, tr("Copy address"), icon="copy", name="link_copy")
        self._cancel = Button(theme, tr("Cancel"), "quiet", name="link_cancel")
        self.setObjectName("link_dialog")
        self.setWindowTitle(tr("Open this address?"))
        self._lay_out()
        self._cancel.setFocus()  # rather than the address, which comes first

    def tell_failure(self) -> None:
        """Tell that the address could not be opened, and what is left to do."""
        words = tr(
            "It could not be opened: no program for it was found here. "
            "Copy the address, and open it where there is one."
        )
        self._trouble.set_verdict(words, "danger")
        self._trouble.show()
        announce(self._trouble, words, at_once=True)
        self._copy.setFocus()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE[4], SPACE[4], SPACE[4], SPACE[3])
        column.setSpacing(SPACE[2])
        told = tr("It comes from a reply, and leads out of this program to your browser or mail.")
        for text, look in ((tr("Open this address?"), "section"), (told, "muted")):
            column.addWidget(label(text, look, wrap=True))
        if aim := told_aim(self._address):
            site = selectable(label(aim, "strong", wrap=True))
            site.setObjectName("link_site")
            column.addWidget(site)
        column.addWidget(self._shown())
        if has_login(self._address):
            words = tr("What stands before the “@” is a name to log in with, and not the site.")
            column.addWidget(Badge(self._theme, words, "warning"))
        column.addWidget(self._trouble)
        for place in range(column.count()):
            if (item := column.itemAt(place)) is not None and (part := item.widget()) is not None:
                part.setFixedWidth(_WIDTH)
        column.addLayout(self._buttons())

    def _shown(self) -> QPlainTextEdit:
        text = whole_address(self._address)
        field = QPlainTextEdit()
        field.setObjectName("link_address")
        field.setAccessibleName(tr("Address"))
        field.setReadOnly(True)
        field.setTabChangesFocus(True)
        field.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
        field.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        set_look(field, "details")
        field.setPlainText(text)
        font = self._theme.font(CONTROL)
        field.setFont(font)
        lines = _lines(text, font, _WIDTH - _AROUND_TEXT)
        field.setFixedHeight(lines * QFontMetrics(font).lineSpacing() + _AROUND_TEXT)
        return field

    def _buttons(self) -> QHBoxLayout:
        go = Button(self._theme, tr("Open"), "primary", "external-link", name="link_open")
        go.on_click(self._open)
        self._copy.on_click(lambda: QGuiApplication.clipboard().setText(self._address))
        self._copy.on_click(self.accept)
        self._cancel.on_click(self.reject)
        self._cancel.setDefault(True)
        row = QHBoxLayout()
        row.setContentsMargins(0, SPACE[2], 0, 0)
        row.setSpacing(SPACE[1])
        row.addWidget(self._copy)
        row.addStretch()
        row.addWidget(self._cancel)
        row.addWidget(go)
        return row

    def _open(self) -> None:
        if open_address(self._address):
            self.accept()
        else:
            self.tell_failure()


def follow(theme: Theme, parent: QWidget, address: str, asks: bool) -> None:
    """Open an address, after asking if that is wished for; tell if it could not be opened."""
    if not asks and open_address(address):
        return
    dialog = link_dialog(theme, parent, address)
    dialog.open()
    if not asks:
        dialog.tell_failure()


def link_dialog(theme: Theme, parent: QWidget, address: str) -> LinkDialog:
    """Return a window that asks about an address, and is gone for good once it is closed."""
    dialog = LinkDialog(theme, parent, address)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog


def open_address(address: str) -> bool:
    """Hand a web or mail address to the system; tell whether that was done."""
    return is_safe_address(address) and QDesktopServices.openUrl(QUrl(address))


def _lines(text: str, font: QFont, width: int) -> int:
    """Return how many lines an address takes, up to the most that are shown."""
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    lines = 0
    while lines < _MOST_LINES and (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        lines += 1
    layout.endLayout()
    return max(1, lines)
