"""The widgets of the transcript's rows that are not Markdown."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from studio.translation import tr
from studio.ui import mirror
from studio.ui.chat.messages import reply_words as words
from studio.ui.chat.messages.rows import Ending, Failure, Thought, Working
from studio.ui.theme import (
    CAPTION,
    CONTROL,
    CONTROL_HEIGHT,
    RADIUS,
    SPACE,
    Theme,
    set_look,
)
from studio.ui.widgets.badge import Badge
from studio.ui.widgets.banner import Banner
from studio.ui.widgets.buttons import Button, IconButton
from studio.ui.widgets.growing import Growing

_WOULD_NOT_FIT = "memory.would_not_fit"
_CONTEXT_FULL = "prompt.context_full"
_SMALL_JUMP, _JUMP_ICON = 28, 14


class ThoughtView(QAbstractButton):
    """The heading of a reply's reasoning; clicking it unfolds what was thought."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._content = Thought(False, False, None, 0)
        self.setObjectName("thought")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_piece(self, content: Thought) -> None:
        """Show another heading."""
        self._content = content
        self.setText(words.thought(content))
        state = tr("unfolded") if content.is_open else tr("folded")
        self.setAccessibleName(f"{self.text()}, {state}")
        is_open = content.is_open
        self.setToolTip(tr("Fold") if is_open else tr("Show what the model thought first"))
        self.update()

    def heightForWidth(self, _width: int) -> int:
        """Return the height of a control."""
        return CONTROL_HEIGHT

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw icon, words, arrow and focus ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font(CONTROL))
        width = painter.fontMetrics().horizontalAdvance(self.text())
        token = "text" if self.underMouse() else "muted"
        middle, whole = (self.height() - 16) // 2, self.rect()
        self._theme.icon("brain", token, 16).paint(
            painter, mirror.placed(QRect(0, middle, 16, 16), whole)
        )
        painter.setPen(self._theme.color(token))
        rect = QRect(SPACE[4], 0, width + 2, self.height())
        painter.drawText(mirror.placed(rect, whole), mirror.at_start(self.text()), self.text())
        arrow = "chevron-up" if self._content.is_open else "chevron-down"
        place = QRect(rect.right() + 6, middle + 1, 14, 14)
        self._theme.icon(arrow, "faint", 14).paint(painter, mirror.placed(place, whole))
        if self.hasFocus():
            painter.setPen(QPen(self._theme.color("accent"), 2))
            ring = QRect(1, 2, rect.right() + 26, self.height() - 4)
            painter.drawRoundedRect(mirror.placed(ring, whole), RADIUS, RADIUS)
        painter.end()

    def hitButton(self, pos: QPoint) -> bool:
        """Take clicks on icon, words and arrow only."""
        metrics = self.fontMetrics()
        at = mirror.placed(QRect(pos, pos), self.rect()).x()
        return at <= metrics.horizontalAdvance(self.text()) + 3 * SPACE[4]


class WorkingView(QWidget):
    """What goes on before the first word of a reply, with a thin bar below."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._content = Working("")
        self.setObjectName("working")
        self._bar = QProgressBar(self, textVisible=False)
        self._bar.setAccessibleName(tr("Progress of the reply"))

    def show_piece(self, content: Working) -> None:
        """Show how far it has come."""
        self._content = content
        known = content.share is not None
        self._bar.setRange(0, 1000 if known else 0)
        self._bar.setValue(round(1000 * (content.share or 0)))
        self.setAccessibleName(f"{content.words} {content.numbers}".strip())
        self.update()

    def text(self) -> str:
        """Return the words and numbers on show."""
        return self.accessibleName()

    def heightForWidth(self, _width: int) -> int:
        """Return the height of a line and the bar."""
        return 40

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the bar."""
        super().resizeEvent(event)
        bar = QRect(0, 30, min(280, self.width()), 6)
        self._bar.setGeometry(mirror.placed(bar, self.rect()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the words, and the numbers after them."""
        painter = QPainter(self)
        painter.setFont(self._theme.font(CONTROL))
        painter.setPen(self._theme.color("muted"))
        told, numbers = self._content.words, self._content.numbers
        painter.drawText(QRect(0, 0, self.width(), 24), mirror.at_start(told), told)
        shift = painter.fontMetrics().horizontalAdvance(told) + SPACE[2]
        painter.setFont(self._theme.font(CAPTION, tabular=True))
        painter.setPen(self._theme.color("faint"))
        place = mirror.placed(QRect(shift, 0, self.width(), 24), self.rect())
        painter.drawText(place, mirror.at_start(numbers), numbers)
        painter.end()


class EndingView(Badge):
    """How a reply ended, in words."""

    def show_piece(self, content: Ending) -> None:
        """Show another ending."""
        self.set_verdict(content.words, content.token)


class FailureView(Growing):
    """The banner of a reply that could not be finished; its details unfold."""

    retried = Signal()
    load_anyway = Signal()
    overflow_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.banner = Banner(theme, closable=False)
        self.banner.is_spoken = False  # it comes into view with every row that is scrolled past
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.banner)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def show_piece(self, content: Failure) -> None:
        """Show another failure."""
        actions: list[QWidget] = []
        if content.retry and content.error.code == _WOULD_NOT_FIT:
            anyway = Button(self._theme, tr("Load anyway"), name="load_anyway")
            actions.append(anyway.on_click(self.load_anyway.emit))
        if content.retry and content.error.code == _CONTEXT_FULL:
            other = Button(self._theme, tr("Other ways"), name="choose_overflow")
            actions.append(other.on_click(self.overflow_wanted.emit))
        if content.retry:
            retry = Button(self._theme, tr("Try again"), icon="rotate-ccw", name="try_again")
            actions.append(retry.on_click(self.retried.emit))
        self.banner.show_error(content.error, *actions)

    def heightForWidth(self, width: int) -> int:
        """Return the height of the banner."""
        return self.banner.heightForWidth(width)


class JumpButton(IconButton):
    """A round button that leads back to the end, at the lower edge of ``window``."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(theme, "arrow-down", tr("Jump to the end"), "End", 16, "jump_to_the_end")
        set_look(self, "round")
        self._window = window
        self.setParent(window)
        self.hide()

    def offer(self, wanted: bool, edge: int) -> None:
        """Come into view beyond ``edge``, where the rows end in English, or go.

        Without room for it there, it stands smaller in the middle, in front of the last rows.
        """
        area = self._window.parentWidget() or self._window
        is_clear = edge + CONTROL_HEIGHT + 2 * SPACE[0] <= self._window.width()
        side = CONTROL_HEIGHT if is_clear else _SMALL_JUMP
        left = edge + SPACE[0] if is_clear else (area.width() - side) // 2
        place = QRect(left, self._window.height() - side - SPACE[1], side, side)
        self.setGeometry(mirror.placed(place, self._window.rect()))
        self.setVisible(wanted)
        if wanted:
            self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw a disc, its edge or the focus ring, and the arrow."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = 2 if self.hasFocus() else 1
        is_pointed = self.underMouse()
        painter.setBrush(self._theme.color("raised" if is_pointed else "surface"))
        painter.setPen(QPen(self._theme.color("accent" if self.hasFocus() else "edge"), ring))
        painter.drawEllipse(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        icon = self._theme.icon(self._icon_name, "text" if is_pointed else "muted", _JUMP_ICON)
        place = QRect(0, 0, _JUMP_ICON, _JUMP_ICON)
        place.moveCenter(self.rect().center())
        icon.paint(painter, place)
        painter.end()


class RuleView(QWidget):
    """A thematic break: a short hairline."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def show_piece(self, _content: object) -> None:
        """Every break looks alike."""

    def heightForWidth(self, _width: int) -> int:
        """Return the room around the line."""
        return 17

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line."""
        painter = QPainter(self)
        painter.fillRect(QRect(0, 8, self.width(), 1), self._theme.color("border"))
        painter.end()
