"""One reply among others beside it: a heading, its words as they come, its figures, a button."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio.chat.conversation import Figures, Message
from studio.chat.turn import (
    ModelLoading,
    PromptReading,
    ReplyGrew,
    TurnEvent,
    TurnFailed,
    TurnFinished,
)
from studio.errors import StudioError
from studio.translation import tr
from studio.ui.chat.messages import reply_words
from studio.ui.theme import CARD_RADIUS, SPACE, Theme
from studio.ui.widgets.badge import Badge
from studio.ui.widgets.buttons import Button
from studio.ui.widgets.labels import label
from studio.ui.widgets.markdown.link_dialog import follow
from studio.ui.widgets.reading_area import ReadingArea

_KEEPING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEPS: dict[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class ReplyColumn(QWidget):
    """A card that the arrow keys go past and Enter chooses.

    ``chosen`` tells that the person wants this reply; ``step_wanted`` carries -1 or 1 for the
    column before or after; ``focused`` that the keyboard is here now.
    """

    chosen = Signal()
    step_wanted = Signal(int)
    focused = Signal()

    def __init__(self, theme: Theme, title: str, action: str = "") -> None:
        super().__init__()
        self._theme = theme
        self.reply: Message | None = None
        self._is_thinking = False
        self.setObjectName("reply_column")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._title = label("", "strong", wrap=True)
        self.mark = Badge(theme)
        self.mark.hide()
        self.state = label("", "muted", wrap=True)
        self.state.setObjectName("column_state")
        self.text = ReadingArea(theme, "column_text")
        self.figures = label("", "caption", wrap=True)
        self.figures.setObjectName("column_figures")
        self.button = Button(theme, action, name="keep_reply").on_click(self.chosen.emit)
        self.button.setEnabled(False)
        self.button.setVisible(bool(action))
        self._lay_out()
        self.set_title(title)
        self.text.link_followed.connect(lambda address: follow(theme, self, address, asks=True))
        theme.changed.connect(self.update)

    def title(self) -> str:
        """Return the heading."""
        return self._title.text()

    def set_title(self, title: str) -> None:
        """Show another heading."""
        self._title.setText(title)
        self.setAccessibleName(title)
        action = self.button.text()
        self.button.setAccessibleName(f"{action}: {title}" if action else title)

    def set_mark(self, words: str) -> None:
        """Set the reply apart from the others, in words; empty for not."""
        self.mark.set_verdict(words, "success")
        self.mark.setVisible(bool(words))
        self._describe()

    def take(self, event: TurnEvent) -> None:
        """Show what happens with the reply."""
        if isinstance(event, ModelLoading):
            share = event.share
            self._say(tr("Loading {model} {share:.0%}", model=event.model, share=share))
        elif isinstance(event, PromptReading):
            self._say(tr("Reading the prompt"))
        elif isinstance(event, ReplyGrew):
            self._grow(event)
        elif isinstance(event, TurnFinished):
            self.show_reply(event.reply)
        elif isinstance(event, TurnFailed):
            self.fail(event.error, event.reply)

    def show_reply(self, reply: Message) -> None:
        """Show a reply that has ended."""
        self.reply = reply
        ending = reply_words.ending(reply)
        self._end(reply.content, reply.figures, ending.words if ending else "")
        self.button.setEnabled(bool(reply.content.strip()))

    def fail(self, error: StudioError, reply: Message | None = None) -> None:
        """Tell why there is no whole reply, and show what there is of it."""
        self.reply = reply
        self._end(reply.content if reply else self.text.text(), None, str(error))
        self.button.setEnabled(reply is not None and bool(reply.content.strip()))

    def show_ended(self, content: str, figures: Figures | None, ending: str) -> None:
        """Show a reply from before, with how it ended if that is worth telling."""
        self._end(content, figures, ending)
        self.button.setEnabled(True)

    def add_figure(self, words: str) -> None:
        """Tell one more figure behind the others."""
        self.figures.setText(" · ".join(filter(None, (self.figures.text(), words))))
        self._describe()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the column beside this one, scroll, or choose this one."""
        bar = self.text.verticalScrollBar()
        if (step := _STEPS.get(event.key())) is not None:
            self.step_wanted.emit(-step if self.isRightToLeft() else step)
        elif event.key() in _KEEPING and self.button.isEnabled() and not self.button.isHidden():
            self.chosen.emit()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            down = event.key() == Qt.Key.Key_Down
            bar.setValue(bar.value() + (1 if down else -1) * 3 * bar.singleStep())
        elif event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            down = event.key() == Qt.Key.Key_PageDown
            bar.setValue(bar.value() + (1 if down else -1) * bar.pageStep())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Draw the ring, and come into sight."""
        super().focusInEvent(event)
        self.focused.emit()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the card, with a ring while the keyboard is here."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        has_focus = self.hasFocus()
        painter.setPen(QPen(self._theme.color("accent" if has_focus else "border"), 1 + has_focus))
        painter.setBrush(self._theme.color("surface"))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), CARD_RADIUS, CARD_RADIUS)
        painter.end()

    def _grow(self, event: ReplyGrew) -> None:
        if event.text:
            self._say(tr("Writing"))
            self.text.append(event.text)
        elif event.reasoning:
            self._say(tr("Thinking"))

    def _end(self, content: str, figures: Figures | None, ending: str) -> None:
        self.text.show_text(content)
        line, explained = reply_words.figures(figures, is_short=True)
        self.figures.setText(line)
        self.figures.setToolTip(explained)
        self._say(ending)
        self._describe()

    def _say(self, words: str) -> None:
        """Tell how it goes; the reply's own words are told once it has ended."""
        if words != self.state.text():
            self.state.setText(words)
            self.state.setVisible(bool(words))
            self.setAccessibleDescription(words)

    def _describe(self) -> None:
        told = (self.mark.words(), self.state.text(), self.text.text(), self.figures.text())
        self.setAccessibleDescription(" ".join(filter(None, told)))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE[3], SPACE[2], SPACE[2], SPACE[2])
        column.setSpacing(SPACE[1])
        column.addWidget(self._title)
        column.addWidget(self.mark)
        column.addWidget(self.state)
        column.addWidget(self.text, 1)
        column.addWidget(self.figures)
        foot = QHBoxLayout()
        foot.addWidget(self.button)
        foot.addStretch()
        column.addLayout(foot)
