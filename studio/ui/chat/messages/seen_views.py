"""The rows that tell what the model sees of a conversation: where it begins, and a summary."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from studio.translation import tr
from studio.ui import mirror
from studio.ui.chat.messages.rows import ReadsFrom, Summarised
from studio.ui.chat.messages.wording_view import Sayings, WordingView
from studio.ui.theme import CAPTION, CONTROL, SPACE, Theme
from studio.ui.widgets.buttons import Button
from studio.ui.widgets.dialog_frame import CopyButton
from studio.ui.widgets.growing import Growing
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
        """Tell what the model was told of the messages above."""
        self._words = _line(content)
        told = _explained(content)
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
        metrics = painter.fontMetrics()
        words = metrics.elidedText(self._words, Qt.TextElideMode.ElideRight, self.width())
        width = metrics.horizontalAdvance(words)
        left = max(0, (self.width() - width) // 2)
        middle = self.height() // 2
        painter.setPen(self._theme.color("border"))
        painter.drawLine(0, middle, left - SPACE[1], middle)
        painter.drawLine(left + width + SPACE[1], middle, self.width(), middle)
        painter.setPen(self._theme.color("faint"))
        place = QRect(left, 0, self.width() - left, self.height())
        place = mirror.placed(place, self.rect())
        painter.drawText(place, mirror.at_start(words), words)
        painter.end()


def _line(content: ReadsFrom) -> str:
    if not content.summarised:
        return tr("The model reads from here on")
    if not content.unread:
        return tr("The model reads from here on, and what is above as a summary")
    return tr(
        "The model reads from here on, and the first message as a summary",
        "The model reads from here on, and the first %n messages as a summary",
        content.summarised,
    )


def _explained(content: ReadsFrom) -> str:
    if not content.summarised:
        return tr("What is above no longer fits into its context; nothing of it is lost.")
    if not content.unread:
        return tr("What is above was told to it as a summary.")
    summarised = tr(
        "The first message was told to it as a summary.",
        "The first %n messages were told to it as a summary.",
        content.summarised,
    )
    unread = tr(
        "The message after that no longer fits into its context; nothing of it is lost.",
        "The %n messages after that no longer fit into its context; nothing of them is lost.",
        content.unread,
    )
    return f"{summarised} {unread}"


class SummaryWordingView(WordingView):
    """Other words for a summary. What is typed here means nothing to the message above."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, lambda: False)
        self.setObjectName("summary_wording")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let no key of the text reach the message that the summary belongs to."""
        event.accept()

    def _sayings(self) -> Sayings:
        return Sayings(
            tr("Save"),
            tr("Other words for the summary"),
            tr("Leave the summary as it is  (Esc)"),
            tr("The model reads this in place of the messages above."),
        )


class SummaryView(Growing):
    """What the model is told in place of all messages above; it unfolds to be read and reworded.

    ``summary_turned`` asks for it to be folded or unfolded, ``whole_wanted`` to do without it,
    ``edit_wanted`` for other words; ``edited`` tells of a change to those, and ``submitted`` or
    ``cancelled`` of their end.
    """

    summary_turned = Signal()
    whole_wanted = Signal()
    edit_wanted = Signal()
    edited = Signal()
    submitted = Signal()
    cancelled = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._content = Summarised("", 0)
        self.setObjectName("summary")
        self.heading = Button(theme, "", "quiet", "chevron-down", "unfold_summary")
        self.heading.on_click(self.summary_turned.emit)
        self.words = selectable(label("", wrap=True))
        self.words.setObjectName("summary_text")
        self.words.setContentsMargins(*_inset(0))
        self.wording: SummaryWordingView | None = None
        self._foot = QWidget()
        self.edit = Button(theme, tr("Edit", "a summary"), "", "pencil", "edit_summary")
        self.edit.on_click(self.edit_wanted.emit)
        self.copy = CopyButton(theme, lambda: self._content.text, "copy_summary")
        self.whole = Button(
            theme, tr("Use the whole text again"), "", "undo-2", "use_the_whole_text"
        )
        self.whole.on_click(self.whole_wanted.emit)
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
        is_edited = content.wording is not None
        self.words.setVisible(content.is_open and not is_edited)
        self._foot.setVisible(content.is_open and not is_edited)
        self._show_wording(content)

    def text(self) -> str:
        """Return the words of the heading."""
        return self.heading.text()

    def focus_text(self) -> None:
        """Put the keyboard focus into the other words."""
        if self.wording is not None:
            self.wording.focus_text()

    def heightForWidth(self, width: int) -> int:
        """Return the height of what is unfolded."""
        window = self.parentWidget()
        if self._content.wording is not None and self.wording is not None and window is not None:
            self.wording.height_in(width, window.height())
        self._break_foot(width)
        if self._column.hasHeightForWidth():
            return self._column.heightForWidth(width)
        return self._column.sizeHint().height()

    def _lay_out(self) -> None:
        foot = self._buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._foot)
        foot.setContentsMargins(*_inset(SPACE[0]))
        foot.setSpacing(SPACE[1])
        first = QHBoxLayout()
        for button in (self.edit, self.copy):
            first.addWidget(button)
        foot.addLayout(first)
        foot.setAlignment(first, Qt.AlignmentFlag.AlignLeft)
        foot.addWidget(self.whole, 0, Qt.AlignmentFlag.AlignLeft)
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

    def _break_foot(self, width: int) -> None:
        """Put the last button, which has many words, below the others where it does not fit."""
        buttons = (self.edit, self.copy, self.whole)
        wanted = sum(button.sizeHint().width() + SPACE[1] for button in buttons) + HEADING_INSET
        ways = QBoxLayout.Direction
        self._buttons.setDirection(ways.LeftToRight if wanted <= width else ways.TopToBottom)

    def _show_wording(self, content: Summarised) -> None:
        view = self.wording
        if content.wording is not None:
            view = self.wording = view or self._made_wording()
            view.show_piece(content.wording)
            view.setVisible(content.is_open)
        elif view is not None:
            if view.isAncestorOf(self.window().focusWidget() or self):
                self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            view.hide()

    def _made_wording(self) -> SummaryWordingView:
        made = SummaryWordingView(self._theme)
        made.setContentsMargins(*_inset(0))
        made.edited.connect(self.edited)
        made.submitted.connect(self.submitted)
        made.cancelled.connect(self.cancelled)
        self._column.insertWidget(self._column.indexOf(self._foot), made)
        return made
