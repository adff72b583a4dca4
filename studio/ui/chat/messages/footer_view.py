"""The foot of a reply: its versions, what can be done with it, its figures."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent

from studio.translation import tr
from studio.ui import mirror
from studio.ui.chat.messages.message_actions import Act
from studio.ui.chat.messages.message_view import MessageView
from studio.ui.chat.messages.rows import Footer
from studio.ui.theme import CAPTION, CONTROL_HEIGHT, RADIUS, SPACE, Theme
from studio.ui.widgets.buttons import Button

_GAP = 2


class FooterView(MessageView):
    """A reply's figures; with the pointer or the focus near, what can be done with it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._content = Footer("", "", False, False)
        self.setObjectName("reply_footer")
        self.go_on = Button(theme, tr("Continue"), name="continue_the_reply")
        self.go_on.setToolTip(tr("Go on with this reply where it was cut off"))
        self.go_on.setParent(self)
        self.go_on.clicked.connect(lambda: self.acted.emit(Act.CONTINUE))
        self.copy = self._copy_button(tr("Copy the reply"), "copy_the_reply")
        self.regenerate = self._act_button(
            "refresh-cw", tr("Write another reply"), Act.ANOTHER, name="write_another_reply"
        )
        self.menu = self._menu_button(tr("More for this reply"), "more_for_this_reply")
        self._settle()

    def show_piece(self, content: Footer) -> None:
        """Show the foot of another reply."""
        self._content = content
        self.setToolTip(content.explanation)
        known = content.figures
        self.setAccessibleName(tr("Reply. {figures}", figures=known) if known else tr("Reply."))
        self.switcher.show_place(content.place)
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the parts from where lines begin."""
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the figures after the actions, and the focus ring around all of it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font(CAPTION, tabular=True))
        painter.setPen(self._theme.color("faint"))
        place = mirror.placed(self.rect().adjusted(self._end, 0, 0, 0), self.rect())
        metrics = painter.fontMetrics()
        figures = metrics.elidedText(
            self._content.figures, Qt.TextElideMode.ElideRight, place.width()
        )
        painter.drawText(place, mirror.at_start(figures), figures)
        if self.hasFocus():
            painter.setPen(QPen(self._theme.color("accent"), 2))
            width = min(self.width(), self._end + metrics.horizontalAdvance(figures) + SPACE[1])
            whole = mirror.placed(QRect(0, 0, width, self.height()), self.rect())
            ring = QRectF(whole).adjusted(1, 1, -1, -1)
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
            place = QRect(left, top, max(width, CONTROL_HEIGHT), CONTROL_HEIGHT)
            part.setGeometry(mirror.placed(place, self.rect()))
            left += part.width() + (SPACE[1] if part is self.go_on else _GAP)
        self._end = left + SPACE[1]
        self.update()
