"""The buttons at the end of the composer: Send, or Stop in its place and one for the queue."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence, QMouseEvent
from PySide6.QtWidgets import QWidget

from studio.translation import tr
from studio.ui.theme import Theme
from studio.ui.widgets.buttons import Button
from studio.ui.widgets.labels import plain_tip

_WIDTH = 40
_TITLE = 32  # characters


class _OneClick(Button):
    """Takes a double click for one: its second half would undo what the first has done."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Leave it at the first press."""
        event.accept()


class GoButton(_OneClick):
    """Send, or Stop in its place; its object name is ``send`` or ``stop`` accordingly."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "", "primary", "arrow-up", "send")
        self.setFixedWidth(_WIDTH)

    def offer(self, is_running: bool, shortcut: str, blocked: str, elsewhere: str) -> None:
        """Offer to stop what runs, or to send; ``blocked`` tells why that cannot be done.

        ``elsewhere`` is the title of the other chat in which it runs, if it does in another.
        """
        if is_running:
            title = shortened(elsewhere)
            there = tr("Stop the reply in “{title}”", title=title) if title else ""
            words = there or tr("Stop the reply")
            self._show("stop", words, f"{words}  ({native('Esc')})", "square")
        else:
            words = tr("Send")
            self._show("send", words, blocked or f"{words}  ({native(shortcut)})", "arrow-up")

    def _show(self, name: str, words: str, tip: str, icon: str) -> None:
        self.setAccessibleName(words)
        self.setToolTip(plain_tip(tip))
        if name == self.objectName():
            return
        self.setObjectName(name)
        self.set_icon_name(icon)


class QueueButton(_OneClick):
    """Sends what is written after the reply that runs; there while both can be done."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "", "", "arrow-up", "queue")
        self.setFixedWidth(_WIDTH)
        self.hide()

    def offer(self, is_offered: bool, shortcut: str, refuge: QWidget, elsewhere: str) -> None:
        """Be there or not; ``refuge`` gets the keyboard focus of a button that goes.

        ``elsewhere`` is as above.
        """
        if not is_offered and self.hasFocus():
            refuge.setFocus()
        title = shortened(elsewhere)
        words = tr("Send after the reply in “{title}”", title=title) if title else ""
        self.setAccessibleName(words or tr("Send after this reply"))
        self.setToolTip(plain_tip(f"{self.accessibleName()}  ({native(shortcut)})"))
        self.setVisible(is_offered)


def placeholder(is_running: bool, elsewhere: str = "") -> str:
    """Return what stands in the empty field; ``elsewhere`` is as above."""
    if not is_running:
        return tr("Message")
    if not elsewhere:
        return tr("Write on: it is sent after this reply")
    return tr("Write on: it is sent after the reply in “{title}”", title=shortened(elsewhere))


def shortened(title: str) -> str:
    """Return a title such that it goes into a sentence of one line."""
    return title if len(title) <= _TITLE else f"{title[: _TITLE - 1].rstrip()}…"


def native(shortcut: str) -> str:
    """Return keys as they are called on this system."""
    return QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)
