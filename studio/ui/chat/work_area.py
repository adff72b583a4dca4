"""The middle of the Chat room: welcome or transcript above, banner and composer below."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from studio.ui.accessibility import announce
from studio.ui.chat.composer.composer import Composer
from studio.ui.chat.welcome import Welcome
from studio.ui.theme import SPACE, Theme
from studio.ui.widgets.badge import Badge
from studio.ui.widgets.banner import Banner

if TYPE_CHECKING:
    from studio.ui.chat.transcript.transcript import Transcript

_COMPOSER_SHARE = 0.4
_ALL = 10_000  # of a width, next to 1 for what is left at either side


class WorkArea(QWidget):
    """Lays the parts out in one reading column.

    The transcript is made when it is first asked for; ``transcript_made`` carries it then.
    """

    transcript_made = Signal(object)

    def __init__(self, theme: Theme, send_with_enter: Callable[[], bool]) -> None:
        super().__init__()
        self.setObjectName("chat_work")
        self._theme = theme
        self._send_with_enter = send_with_enter
        self._transcript: Transcript | None = None
        self._warning: Badge | None = None
        self.welcome = Welcome(theme)
        self.banner = Banner(theme)
        self.composer = Composer(theme, send_with_enter)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.welcome)
        foot = QHBoxLayout()
        foot.setContentsMargins(SPACE[4], 0, SPACE[4], SPACE[3])
        foot.addStretch(1)
        column = self._above = QVBoxLayout()
        column.setSpacing(SPACE[1])
        for part in (self.banner, self.composer):
            column.addWidget(part)
        foot.addLayout(column, _ALL)
        foot.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self._stack, 1)
        rows.addLayout(foot)
        self._fit_width()
        theme.changed.connect(self._fit_width)

    @property
    def transcript(self) -> Transcript:
        """The conversation's messages."""
        return self.make_transcript()

    def make_transcript(self) -> Transcript:
        """Make the transcript now, if it is not yet made, and return it."""
        if self._transcript is None:
            # A twentieth of a second to import, and the welcome stands without it.
            from studio.ui.chat.transcript.transcript import Transcript

            self._transcript = Transcript(self._theme, self._send_with_enter)
            self._stack.addWidget(self._transcript)
            # Qt passes over the order of what takes no focus itself, such as the whole welcome.
            self.setTabOrder(self.welcome.last_stop, self._transcript)
            self.transcript_made.emit(self._transcript)
        return self._transcript

    def add_above_composer(self, part: QWidget) -> None:
        """Put something between the messages and the composer, as wide as they are."""
        self._above.insertWidget(self._above.count() - 1, part)
        self._fit_width()

    def warn(self, words: str) -> None:
        """Tell above the composer why what is in it cannot be sent as it is; empty for no more."""
        if self._warning is None:
            if not words:
                return
            self._warning = Badge(self._theme)
            self._warning.setObjectName("draft_warning")
            self._warning.setContentsMargins(SPACE[2], 0, SPACE[2], 0)
            self.add_above_composer(self._warning)
        is_new = not self._warning.words()
        self._warning.set_verdict(words, "warning")
        self._warning.setVisible(bool(words))
        if is_new:  # not at every key that changes the numbers in it
            announce(self._warning, words)

    @property
    def upper(self) -> QWidget:
        """What is above banner and composer: the welcome, or the transcript."""
        return self._stack

    @property
    def has_transcript(self) -> bool:
        """Whether the transcript is made."""
        return self._transcript is not None

    @property
    def shows_transcript(self) -> bool:
        """Whether the transcript is on show rather than the welcome."""
        return self._stack.currentWidget() is not self.welcome

    def show_branch_or_welcome(self, *, has_messages: bool) -> None:
        """Show the conversation, or what stands before the first message."""
        if has_messages:
            self.show_transcript()
        else:
            self.show_welcome()

    def show_transcript(self) -> None:
        """Show the conversation."""
        self._stack.setCurrentWidget(self.transcript)
        self.composer.set_reason_told(False)

    def show_welcome(self) -> None:
        """Show what stands before the first message."""
        if self.has_transcript:
            self.transcript.end_find()
        self._stack.setCurrentWidget(self.welcome)
        self.composer.set_reason_told(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the composer grow to its share of the height."""
        super().resizeEvent(event)
        self.composer.set_limit(int(self.height() * _COMPOSER_SHARE))

    def _fit_width(self) -> None:
        """Let the foot be as wide as the column above it, which grows with the text size."""
        for place in range(self._above.count()):
            item = self._above.itemAt(place)
            if item is not None and (part := item.widget()) is not None:
                part.setMaximumWidth(self._theme.reading_width)
