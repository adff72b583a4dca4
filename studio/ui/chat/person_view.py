"""The widget of the person's own words: the text, what can be done with it, its versions."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from studio.ui.chat.branch_switcher import BranchSwitcher
from studio.ui.chat.message_actions import MENU_KEYS, Act, Busy
from studio.ui.chat.rows import LINE, Person
from studio.ui.theme import CARD_RADIUS, CONTROL_HEIGHT, SPACE, Theme
from studio.ui.widgets.buttons import Button, IconButton
from studio.ui.widgets.markdown.pieces import Plain
from studio.ui.widgets.markdown.text_view import TextView
from studio.ui.widgets.quantities import count

_FOLDED_CHARS, _FOLDED_LINES = 1_600, 16
_SHOWN_CHARS = 20_000
_SHARE = 0.7
_PAD = (16, 11)
_SWITCHER_GAP = 2
_BESIDE_LINE = _PAD[1] + (LINE - CONTROL_HEIGHT) // 2


class PersonView(QWidget):
    """The person's own words, on raised ground at the right edge of the reading column.

    ``acted`` carries an :class:`Act`; ``menu_wanted`` the place on the screen where the menu goes;
    ``turned`` -1 or 1 for the version before or after.
    """

    copied = Signal()
    unfolded = Signal()
    selection_begun = Signal()
    acted = Signal(object)
    menu_wanted = Signal(QPoint)
    turned = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._ground = QRect()
        self._is_active = False
        self._busy: Busy = ""
        self.setObjectName("your_message")
        self.setAccessibleName("Your message")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.text = TextView(theme)
        self.text.setParent(self)
        self.text.selection_begun.connect(self.selection_begun)
        self._more = Button(theme, "Show all of it", "link", name="show_all")
        self._more.on_click(self.unfolded.emit).setParent(self)
        self.copy = IconButton(theme, "copy", "Copy your message", size=16)
        self.edit = IconButton(theme, "pencil", "Edit and send again", "F2", size=16)
        self.menu = IconButton(theme, "ellipsis", "More for your message", MENU_KEYS, size=16)
        for button in (self.copy, self.edit, self.menu):
            button.setParent(self)
            # A stop that comes only with the focus would be met going forwards, not backwards. By
            # keyboard, the message itself has the keys and the menu.
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.switcher = BranchSwitcher(theme, self)
        self.switcher.turned.connect(self.turned)
        self.copy.clicked.connect(lambda: self.copied.emit())
        self.edit.clicked.connect(lambda: self.acted.emit(Act.EDIT))
        self.menu.clicked.connect(lambda: self.menu_wanted.emit(below(self.menu)))
        self._settle()

    def show_piece(self, content: Person) -> None:
        """Show another message."""
        self.text.show_piece(Plain(excerpt(content)))
        lines = content.text.count("\n") + 1
        self._more.setText(f"Show all {count(lines)} lines" if lines > 1 else "Show all of it")
        self._more.setVisible(content.folded)
        self.switcher.show_place(content.place)
        self._place()

    def set_active(self, active: bool) -> None:
        """Show the actions while the pointer or the focus is here."""
        if active != self._is_active:
            self._is_active = active
            self._settle()

    def set_busy(self, busy: Busy) -> None:
        """Say where a reply is being written: what it would disturb is not offered then."""
        if busy != self._busy:
            self._busy = busy
            self.switcher.set_busy(busy)
            self._settle()

    def clear_selection(self) -> None:
        """Select nothing."""
        self.text.clear_selection()

    def heightForWidth(self, width: int) -> int:
        """Return the height of the words, the ground around them, and what is below."""
        return self._ground_height(width) + self._foot()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the ground and what is on it."""
        super().resizeEvent(event)
        self._place()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Draw the focus ring."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the focus ring away."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground, and the focus ring around it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        has_focus = self.hasFocus()
        ring = QPen(self._theme.color("accent"), 2)
        painter.setPen(ring if has_focus else QPen(Qt.PenStyle.NoPen))
        painter.setBrush(self._theme.color("raised"))
        inset = 1.0 if has_focus else 0.0
        ground = QRectF(self._ground).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(ground, CARD_RADIUS, CARD_RADIUS)
        painter.end()

    def _ground_height(self, width: int) -> int:
        more = CONTROL_HEIGHT if not self._more.isHidden() else 0
        return self.text.heightForWidth(self._text_width(width)) + 2 * _PAD[1] + more

    def _foot(self) -> int:
        return 0 if self.switcher.isHidden() else CONTROL_HEIGHT + _SWITCHER_GAP

    def _settle(self) -> None:
        self.copy.setVisible(self._is_active)
        self.edit.setVisible(self._is_active and self._busy != "here")
        self.menu.setVisible(self._is_active)
        self._place_actions()

    def _place(self) -> None:
        inner = self._text_width(self.width())
        height = self.text.heightForWidth(inner)
        left = self.width() - inner - 2 * _PAD[0]
        self._ground = QRect(left, 0, inner + 2 * _PAD[0], self.height() - self._foot())
        self.text.setGeometry(left + _PAD[0], _PAD[1], inner, height)
        self._more.move(left + _PAD[0], _PAD[1] + height)
        below_ground = self._ground.bottom() + 1 + _SWITCHER_GAP
        self.switcher.move(self.width() - self.switcher.width() + SPACE[1], below_ground)
        self._place_actions()
        self.update()

    def _place_actions(self) -> None:
        """Put the actions before the ground, the last of them next to it."""
        right = self._ground.left() - SPACE[0]
        for button in (self.menu, self.edit, self.copy):
            if not button.isHidden():
                right -= CONTROL_HEIGHT
                button.setGeometry(right, _BESIDE_LINE, CONTROL_HEIGHT, CONTROL_HEIGHT)

    def _text_width(self, width: int) -> int:
        widest = round(width * _SHARE) - 2 * _PAD[0]
        return max(24, min(self.text.ideal_width() + 1, widest))


def below(button: QWidget) -> QPoint:
    """Return where the menu of a button goes on the screen."""
    return button.mapToGlobal(QPoint(0, button.height() + 2))


def excerpt(content: Person) -> str:
    """Return what of the person's message is shown."""
    if not content.folded:
        if len(content.text) <= _SHOWN_CHARS:
            return content.text
        return (
            f"{content.text[:_SHOWN_CHARS]}…\n(Copy gives all {count(len(content.text))} letters.)"
        )
    lines = content.text.split("\n", _FOLDED_LINES)[:_FOLDED_LINES]
    return "\n".join(lines)[:_FOLDED_CHARS].rstrip() + " …"
