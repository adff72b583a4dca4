"""Leads from one version of a message to the next: two arrows, and "2 of 3" between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QIcon, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from studio.translation import mark, tr
from studio.ui import mirror
from studio.ui.chat.messages.message_actions import Busy, switch_refusal
from studio.ui.theme import CAPTION, CONTROL_HEIGHT, Theme
from studio.ui.widgets.buttons import IconButton
from studio.ui.widgets.quantities import count

if TYPE_CHECKING:
    from studio.chat.tree import Place

_ICON = 16
_STEPS = {
    -1: ("chevron-left", "previous_version", mark("Previous version"), "Alt+Left"),
    1: ("chevron-right", "next_version", mark("Next version"), "Alt+Right"),
}


class BranchSwitcher(QWidget):
    """Hidden while a message has no other versions; ``turned`` carries -1 or 1."""

    turned = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._place: Place | None = None
        self._busy: Busy = ""
        self.setObjectName("branch_switcher")
        self._buttons: dict[int, IconButton] = {}
        self.hide()

    def show_place(self, place: Place | None) -> None:
        """Show where a message stands among its versions."""
        self._place = place
        if place is not None and not self._buttons:  # most messages have only one version
            self._make_buttons()
        self._settle()
        self.setVisible(place is not None)

    def set_busy(self, busy: Busy) -> None:
        """Say where a reply is being written: in this chat nothing can be switched then."""
        if busy != self._busy:
            self._busy = busy
            self._settle()

    def button(self, step: int) -> IconButton:
        """Return the button that leads to the previous version, -1, or the next, 1.

        There is none before a message with versions was shown.
        """
        return self._buttons[step]

    def text(self) -> str:
        """Return the words between the arrows."""
        if self._place is None:
            return ""
        return tr(
            "{number} of {total}",
            number=count(self._place.number),
            total=count(self._place.count),
        )

    def _told(self) -> str:
        if self._place is None:
            return ""
        return tr(
            "Version {number} of {total}",
            number=count(self._place.number),
            total=count(self._place.count),
        )

    def sizeHint(self) -> QSize:
        """Return the room for arrows and words."""
        words = QFontMetrics(self._font()).horizontalAdvance(self.text())
        return QSize(2 * CONTROL_HEIGHT + words, CONTROL_HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the words."""
        painter = QPainter(self)
        painter.setFont(self._font())
        painter.setPen(self._theme.color("muted"))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self.text())
        painter.end()

    def _make_buttons(self) -> None:
        for step, (icon, name, words, _keys) in _STEPS.items():
            button = IconButton(self._theme, icon, tr(words), size=_ICON, name=name)
            button.setParent(self)
            button.clicked.connect(lambda _checked, by=step: self.turned.emit(by))
            button.show()
            self._buttons[step] = button
        self._theme.changed.connect(self._settle)  # after the buttons have taken on the new look

    def _font(self) -> QFont:
        return self._theme.font(CAPTION, tabular=True)

    def _icon(self, name: str, leads_on: bool) -> QIcon:
        """Return an arrow; one that leads nowhere is fainter than other disabled icons."""
        if leads_on:
            return self._theme.icon(name, "muted", _ICON)
        faint = self._theme.icon(name, "border", _ICON)
        pixmap = faint.pixmap(QSize(_ICON, _ICON), self.devicePixelRatioF())
        made = QIcon()
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled):
            made.addPixmap(pixmap, mode)
        return made

    def _settle(self) -> None:
        refusal = switch_refusal(self._busy)
        self.setAccessibleName(self._told())
        self.resize(self.sizeHint())
        place = self._place
        for step, button in self._buttons.items():
            icon, _name, words, keys = _STEPS[step]
            neighbour = place and (place.before if step < 0 else place.after)
            button.set_words(tr(words), keys)
            button.setAccessibleDescription(self.accessibleName())
            if refusal:
                button.setToolTip(refusal)
            button.setEnabled(neighbour is not None and not refusal)
            button.setIcon(self._icon(icon, button.isEnabled()))
            left = 0 if step < 0 else self.width() - CONTROL_HEIGHT
            box = QRect(left, 0, CONTROL_HEIGHT, CONTROL_HEIGHT)
            button.setGeometry(mirror.placed(box, self.rect()))
        self.update()
