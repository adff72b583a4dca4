"""What the widgets of a message have in common: acts that come and go, versions, and the focus."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from studio.ui.chat.messages.branch_switcher import BranchSwitcher
from studio.ui.chat.messages.message_actions import Act, Busy
from studio.ui.theme import Theme
from studio.ui.widgets.buttons import IconButton
from studio.ui.widgets.keys_of_parts import MENU_KEYS

_ICON = 16


class MessageView(QWidget):
    """A widget with a message's versions and, with the pointer or the focus near, its acts.

    ``acted`` carries an :class:`Act`; ``menu_wanted`` the place on the screen where the menu goes;
    ``turned`` -1 or 1 for the version before or after. One that derives from it places the buttons
    and says in :meth:`_settle` which of them can be seen.
    """

    copied = Signal()
    acted = Signal(object)
    menu_wanted = Signal(QPoint)
    turned = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._active = False
        self._busy: Busy = ""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.switcher = BranchSwitcher(theme, self)
        self.switcher.turned.connect(self.turned)

    def set_active(self, active: bool) -> None:
        """Show the acts while the pointer or the focus is here."""
        if active != self._active:
            self._active = active
            self._settle()

    def set_busy(self, busy: Busy) -> None:
        """Say where a reply is being written: what cannot be done then is not offered."""
        if busy != self._busy:
            self._busy = busy
            self.switcher.set_busy(busy)
            self._settle()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Draw the focus ring."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the focus ring away."""
        super().focusOutEvent(event)
        self.update()

    def _copy_button(self, words: str, name: str) -> IconButton:
        button = self._button("copy", words, name)
        button.clicked.connect(lambda: self.copied.emit())
        return button

    def _act_button(
        self, icon: str, words: str, act: Act, keys: str = "", name: str = ""
    ) -> IconButton:
        button = self._button(icon, words, name, keys)
        button.clicked.connect(lambda: self.acted.emit(act))
        return button

    def _menu_button(self, words: str, name: str) -> IconButton:
        button = self._button("ellipsis", words, name, MENU_KEYS)
        button.clicked.connect(lambda: self.menu_wanted.emit(_below(button)))
        return button

    def _button(self, icon: str, words: str, name: str, keys: str = "") -> IconButton:
        button = IconButton(self._theme, icon, words, keys, size=_ICON, name=name)
        button.setParent(self)
        return button

    def _settle(self) -> None:
        """Show and place what can be done now."""
        raise NotImplementedError


def _below(button: QWidget) -> QPoint:
    return button.mapToGlobal(QPoint(0, button.height() + 2))
