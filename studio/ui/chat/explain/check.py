"""The small window while a model's file is read, to tell whether it is the one from before."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from studio.background import Flag
from studio.translation import mark, tr
from studio.ui.relay import Relay
from studio.ui.theme import Theme
from studio.ui.widgets.dialog_frame import ExplainDialog
from studio.ui.widgets.progress_strip import ProgressStrip

_ABOUT = mark(
    "It has changed on the disk since this reply was written. It is read "
    "once, so that you know whether the same text can come of it."
)
_SIZE = (480, 200)


class CheckDialog(ExplainDialog):
    """Shows how much is read.

    ``told`` may be called from any thread; ``is_closed`` is set once nobody waits any more.
    """

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent, "check_dialog", tr("Is it the same model file?"), _SIZE)
        self.is_closed = Flag()
        self._relay = Relay(self)
        self.told = self._relay.wrap(self._advance)
        self.about.setText(tr(_ABOUT))
        self._strip = ProgressStrip(theme)
        self.column.addWidget(self._strip)
        self.column.addStretch()
        self.setMinimumHeight(0)
        self._strip.begin(tr("Reading the file"), self.reject)
        self.resize(self.width(), self.sizeHint().height())

    def done(self, result: int) -> None:
        """Let the reading end, however the window is closed."""
        self.is_closed.set()
        super().done(result)

    def _advance(self, share: float) -> None:
        self._strip.advance(share, 1.0, None, f"{round(100 * share)} %")
