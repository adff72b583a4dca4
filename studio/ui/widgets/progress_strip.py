"""Work that runs: what, n of N, the time left, and Cancel."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout

from studio.translation import tr
from studio.ui.theme import CAPTION, SPACE, Theme, set_look
from studio.ui.widgets.buttons import Button
from studio.ui.widgets.labels import label
from studio.ui.widgets.quantities import count, duration

_STEPS = 1000
_NUMBERS_AFTER_MS = 1000


class ProgressStrip(QFrame):
    """A bar that moves at once and has numbers after a second. Hidden while nothing runs."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._cancel: Callable[[], object] | None = None
        self._told = ""
        self.setObjectName("progress")
        set_look(self, "card")
        self._title = label("", "strong")
        self._numbers = label("", "muted")
        self._bar = QProgressBar(textVisible=False, maximum=0)
        self._button = Button(theme, tr("Cancel"), "quiet", name="progress_cancel")
        self._button.on_click(self._on_cancel_clicked)
        self._patience = QTimer(self, singleShot=True, interval=_NUMBERS_AFTER_MS)
        self._patience.timeout.connect(self._tell)
        self._lay_out()
        self._show_type()
        theme.changed.connect(self._show_type)
        self.hide()

    def begin(self, title: str, cancel: Callable[[], object] | None = None) -> None:
        """Show that ``title`` has begun; ``cancel`` stops it."""
        self._told = ""
        self._title.setText(title)
        self._numbers.setText("")
        self.set_cancel(cancel)
        self._bar.setRange(0, 0)
        self.setAccessibleName(title)
        self._bar.setAccessibleName(title)
        self._patience.start()
        self.show()

    def set_cancel(self, cancel: Callable[[], object] | None) -> None:
        """Say what stops the work, for work that is known only once it has begun."""
        self._cancel = cancel
        self._button.setVisible(cancel is not None)
        self._button.setEnabled(True)
        self._button.setText(tr("Cancel"))

    def add_button(self, button: Button) -> None:
        """Offer one more thing to do meanwhile, before Cancel."""
        self._row.insertWidget(1, button, 0, Qt.AlignmentFlag.AlignVCenter)

    def advance(
        self, done: float, total: float, seconds_left: float | None = None, told: str = ""
    ) -> None:
        """Show ``done`` of ``total``; ``told`` words them when they are not plain counts."""
        if total > 0:
            self._bar.setRange(0, _STEPS)
            self._bar.setValue(round(_STEPS * min(1.0, done / total)))
        told = told or tr("{done} of {total}", done=count(int(done)), total=count(int(total)))
        left = ""
        if seconds_left is not None:
            left = tr("{time} left", time=duration(seconds_left))
        self._told = " · ".join(part for part in (told, left) if part)
        if not self._patience.isActive():
            self._tell()

    def finish(self) -> None:
        """Take the strip away."""
        self._patience.stop()
        self.hide()

    def numbers(self) -> str:
        """Return the figures on show."""
        return self._numbers.text()

    def _tell(self) -> None:
        self._numbers.setText(self._told)
        self.setAccessibleDescription(self._told)

    def _lay_out(self) -> None:
        words = QHBoxLayout()
        words.setSpacing(SPACE[2])
        words.addWidget(self._title)
        words.addWidget(self._numbers)
        words.addStretch()
        column = QVBoxLayout()
        column.setSpacing(SPACE[1])
        column.addLayout(words)
        column.addWidget(self._bar)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(SPACE[3], SPACE[2], SPACE[2], SPACE[2])
        row.setSpacing(SPACE[2])
        row.addLayout(column, 1)
        row.addWidget(self._button, 0, Qt.AlignmentFlag.AlignVCenter)

    def _on_cancel_clicked(self) -> None:
        self._button.setEnabled(False)
        self._button.setText(tr("Stopping"))
        if self._cancel is not None:
            self._cancel()

    def _show_type(self) -> None:
        self._numbers.setFont(self._theme.font(CAPTION, tabular=True))
