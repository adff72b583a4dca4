"""The rows that tell what the model sees of a conversation: where it begins, and a summary."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio.translation import tr
from studio.ui import mirror
from studio.ui.chat.rows import ReadsFrom, Summarised
from studio.ui.theme import CAPTION, CONTROL, SPACE, Theme
from studio.ui.widgets.buttons import Button
from studio.ui.widgets.labels import label, selectable

HEADING_INSET = 16
"""What a quiet button leaves free before its icon, in pixels."""


def _inset(top: int) -> tuple[int, int, int, int]:
    """Return the margins, from the left, of what stands below the words of the heading."""
    return (0, top, HEADING_INSET, 0) if mirror.is_on() else (HEADING_INSET, top, 0, 0)


class ReadsFromView(QWidget):
    """A quiet line above the first message that the model has read word for word."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._words = ""
        self.setObjectName("reads_from")

    def show_piece(self, content: ReadsFrom) -> None:
        """Tell how many messages are above."""
        self._words = tr("The model reads from here on")
        if content.is_summarised:
            told = tr("What is above was told to it as a summary.")
        else:
            told = tr("What is above no longer fits into its context; nothing of it is lost.")
        self.setAccessibleName(self._words)
        self.setAccessibleDescription(told)
        self.setToolTip(told)
        self.update()

    def text(self) -> str:
        """Return the words on show."""
        return self._words

    def heightForWidth(self, _width: int) -> int:
        """Return the height of one line of small letters."""
        return self._theme.scaled(CAPTION) + SPACE[1]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the words in the middle of a hairline."""
        painter = QPainter(self)
        painter.setFont(self._theme.font(CAPTION))
        width = painter.fontMetrics().horizontalAdvance(self._words)
        left = max(0, (self.width() - width) // 2)
        middle = self.height() // 2
        painter.setPen(self._theme.color("border"))
        painter.drawLine(0, middle, left - SPACE[1], middle)
        painter.drawLine(left + width + SPACE[1], middle, self.width(), middle)
        painter.setPen(self._theme.color("faint"))
        place = QRect(left, 0, self.width() - left, self.height())
        place = mirror.placed(place, self.rect())
        painter.drawText(place, mirror.at_start(self._words), self._words)
        painter.end()


class SummaryView(QWidget):
    """What the model is told in place of all messages above; it unfolds to be read and copied.

    ``summary_turned`` asks for it to be folded or unfolded, ``whole_wanted`` to do without it; what
    both carry is of no use.
    """

    summary_turned = Signal(object)
    whole_wanted = Signal(object)
    copied = Signal(object)
    resized = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._content = Summarised("", 0)
        self.setObjectName("summary")
        self.heading = Button(theme, "", "quiet", "chevron-down", "unfold_summary")
        self.heading.on_click(lambda: self.summary_turned.emit(None))
        self.words = selectable(label("", wrap=True))
        self.words.setObjectName("summary_text")
        self.words.setContentsMargins(*_inset(0))
        self._foot = QWidget()
        self.copy = Button(theme, tr("Copy", "a text"), "", "copy", "copy_summary")
        self.copy.on_click(self._copy)
        self.whole = Button(
            theme, tr("Use the whole text again"), "", "undo-2", "use_the_whole_text"
        )
        self.whole.on_click(lambda: self.whole_wanted.emit(None))
        self._lay_out()

    def show_piece(self, content: Summarised) -> None:
        """Show another summary, or the same folded or unfolded."""
        self._content = content
        told = tr(
            "The message above, summarised for the model",
            "The %n messages above, summarised for the model",
            content.messages,
        )
        self.heading.setText(told)
        state = tr("unfolded") if content.is_open else tr("folded")
        self.heading.setAccessibleName(f"{told}, {state}")
        self.heading.set_icon_name("chevron-up" if content.is_open else "chevron-down")
        self.heading.setToolTip(
            tr("Fold") if content.is_open else tr("Show what the model is told instead")
        )
        self.words.setText(content.text)
        self.words.setFont(self._theme.font(CONTROL))
        self.words.setVisible(content.is_open)
        self._foot.setVisible(content.is_open)

    def text(self) -> str:
        """Return the words of the heading."""
        return self.heading.text()

    def heightForWidth(self, width: int) -> int:
        """Return the height of what is unfolded."""
        if self._column.hasHeightForWidth():
            return self._column.heightForWidth(width)
        return self._column.sizeHint().height()

    def event(self, event: QEvent) -> bool:
        """Tell that it takes another height."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.resized.emit()
        return done

    def _lay_out(self) -> None:
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(*_inset(SPACE[0]))
        foot.setSpacing(SPACE[1])
        foot.addWidget(self.copy)
        foot.addWidget(self.whole)
        foot.addStretch(1)
        head = QHBoxLayout()
        head.addWidget(self.heading)
        head.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE[0])
        self._column.addLayout(head)
        self._column.addWidget(self.words)
        self._column.addWidget(self._foot)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._content.text)
        self.copied.emit(self._content.text)
