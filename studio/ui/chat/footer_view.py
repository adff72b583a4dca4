"""The foot of a reply: its versions, what can be done with it, its figures."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from studio.ui.chat.branch_switcher import BranchSwitcher
from studio.ui.chat.message_actions import MENU_KEYS, Act, Busy
from studio.ui.chat.person_view import below
from studio.ui.chat.rows import Footer
from studio.ui.theme import CAPTION, CONTROL_HEIGHT, RADIUS, SPACE, Theme
from studio.ui.widgets.buttons import Button, IconButton

_GAP = 2


class FooterView(QWidget):
    """A reply's figures; with the pointer or the focus near, what can be done with it.

    ``acted`` carries an :class:`Act`; ``menu_wanted`` the place on the screen where the menu goes;
    ``turned`` -1 or 1 for the version before or after.
    """

    copied = Signal()
    acted = Signal(object)
    menu_wanted = Signal(QPoint)
    turned = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._content = Footer("", "", False, False)
        self._active = False
        self._busy: Busy = ""
        self.setObjectName("reply_footer")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.switcher = BranchSwitcher(theme, self)
        self.switcher.turned.connect(self.turned)
        self.go_on = Button(theme, "Continue", name="continue_the_reply")
        self.go_on.setToolTip("Go on with this reply where it was cut off")
        self.copy = IconButton(theme, "copy", "Copy the reply", size=16)
        self.regenerate = IconButton(theme, "refresh-cw", "Write another reply", size=16)
        self.menu = IconButton(theme, "ellipsis", "More for this reply", MENU_KEYS, size=16)
        for button in (self.go_on, self.copy, self.regenerate, self.menu):
            button.setParent(self)
        self.go_on.clicked.connect(lambda: self.acted.emit(Act.CONTINUE))
        self.copy.clicked.connect(lambda: self.copied.emit())
        self.regenerate.clicked.connect(lambda: self.acted.emit(Act.ANOTHER))
        self.menu.clicked.connect(lambda: self.menu_wanted.emit(below(self.menu)))
        self._settle()

    def show_piece(self, content: Footer) -> None:
        """Show the foot of another reply."""
        self._content = content
        self.setToolTip(content.explanation)
        self.setAccessibleName(f"Reply. {content.figures}".strip())
        self.switcher.show_place(content.place)
        self._settle()

    def set_active(self, active: bool) -> None:
        """Show the actions while the pointer or the focus is here."""
        if active != self._active:
            self._active = active
            self._settle()

    def set_busy(self, busy: Busy) -> None:
        """Say where a reply is being written: what cannot be done then is not offered."""
        if busy != self._busy:
            self._busy = busy
            self.switcher.set_busy(busy)
            self._settle()

    def text(self) -> str:
        """Return the figures on show."""
        return self._content.figures

    def heightForWidth(self, _width: int) -> int:
        """Return the height of a control, with air for the ring around a button with a frame."""
        return CONTROL_HEIGHT + 2 * self._air()

    def sizeHint(self) -> QSize:
        """Return the height of a control."""
        return QSize(200, self.heightForWidth(200))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Draw the focus ring."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the focus ring away."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the figures after the actions, and the focus ring around all of it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font(CAPTION, tabular=True))
        painter.setPen(self._theme.color("faint"))
        place = self.rect().adjusted(self._end, 0, 0, 0)
        metrics = painter.fontMetrics()
        figures = metrics.elidedText(
            self._content.figures, Qt.TextElideMode.ElideRight, place.width()
        )
        painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), figures)
        if self.hasFocus():
            painter.setPen(QPen(self._theme.color("accent"), 2))
            width = min(self.width(), self._end + metrics.horizontalAdvance(figures) + SPACE[1])
            ring = QRectF(1, 1, width - 2, self.height() - 2)
            painter.drawRoundedRect(ring, RADIUS, RADIUS)
        painter.end()

    def _settle(self) -> None:
        content, active = self._content, self._active or self._content.is_last
        self.go_on.setVisible(content.can_continue and not self._busy)
        self.copy.setVisible(active and content.can_copy)
        self.regenerate.setVisible(active and content.can_regenerate and not self._busy)
        self.menu.setVisible(active)
        # A stop that comes only with the focus would be met going forwards, not backwards.
        stops = Qt.FocusPolicy.TabFocus if content.is_last else Qt.FocusPolicy.NoFocus
        for button in (self.copy, self.regenerate, self.menu):
            button.setFocusPolicy(stops)
        self._place()

    def _air(self) -> int:
        return SPACE[0] if self._content.can_continue else 0

    def _place(self) -> None:
        left, top = 0, self._air()
        for part in (self.switcher, self.go_on, self.copy, self.regenerate, self.menu):
            if part.isHidden():
                continue
            left += SPACE[1] if part is self.go_on else 0
            width = part.sizeHint().width() if part in (self.switcher, self.go_on) else 0
            part.setGeometry(left, top, max(width, CONTROL_HEIGHT), CONTROL_HEIGHT)
            left += part.width() + (SPACE[1] if part is self.go_on else _GAP)
        self._end = left + SPACE[1]
        self.update()
