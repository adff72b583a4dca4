"""“Compare”: the same prompt to two models or presets, side by side, and which was better."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from studio.chat.compare.comparison import Chosen, Comparison, Which
from studio.chat.turn import TurnEvent
from studio.errors import StudioError
from studio.translation import tr
from studio.ui.chat.compare.setup import CompareSetup
from studio.ui.chat.compare.view import CompareView
from studio.ui.theme import Theme
from studio.ui.widgets.banner import Banner
from studio.ui.widgets.buttons import Button
from studio.ui.widgets.dialog_frame import ExplainDialog, foretelling, shortened
from studio.ui.widgets.progress_strip import ProgressStrip

_SIZE = (1180, 780)
_WOULD_NOT_FIT = "memory.would_not_fit"


class Begins(Protocol):
    """Begins a comparison; what comes of it is told to the dialog later."""

    def __call__(
        self, prompt: str, left: Chosen, right: Chosen, *, is_blind: bool, force: bool
    ) -> None:
        """Begin."""


class CompareDialog(ExplainDialog):
    """Asks, shows, and takes the vote; ``voted`` and ``history_wanted`` tell what is to be done."""

    voted = Signal(str)
    history_wanted = Signal()

    def __init__(
        self, theme: Theme, parent: QWidget, begin: Begins, stop: Callable[[], object]
    ) -> None:
        super().__init__(theme, parent, "compare_dialog", tr("Compare"), _SIZE)
        self._begin = begin
        self._stop = stop
        self._tell_purpose()
        self.setup = CompareSetup(theme)
        self.banner = Banner(theme, closable=False)
        self.strip = ProgressStrip(theme)
        self.view = CompareView(theme)
        told = tr(
            "Both replies will stand here side by side, with the speed of each. "
            "Then say which is better."
        )
        self.coming = foretelling(told)
        self.again = Button(theme, tr("New comparison"), name="compare_again")
        self.tally = Button(theme, tr("Tally and history"), name="compare_tally")
        self.again.on_click(self.ask)
        self.tally.on_click(self.history_wanted.emit)
        self.setup.wanted.connect(self.begin)
        self.view.voted.connect(self.voted)
        for part in (self.setup, self.banner, self.strip):
            self.column.addWidget(part)
        self.column.addWidget(self.coming, 1)
        self.column.addWidget(self.view, 1)
        self.add_buttons(self.again, self.tally).setDefault(False)
        self.setup.start.setDefault(True)
        self.view.hide()
        self.again.hide()
        self.setup.prompt.setFocus()

    def ask(self) -> None:
        """Ask for another comparison."""
        self._tell_purpose()
        self.view.hide()
        self.again.hide()
        self.banner.hide()
        self.setup.show()
        self.coming.show()
        self.setup.prompt.setFocus()

    def begin(self, *, force: bool = False) -> None:
        """Have what is chosen compared."""
        setup = self.setup
        self.banner.hide()
        setup.set_running(True)
        self.strip.begin(tr("Looking at the models"), None)
        self._begin(
            setup.prompt.toPlainText(),
            setup.left.chosen(),
            setup.right.chosen(),
            is_blind=setup.blind.isChecked(),
            force=force,
        )

    def _tell_purpose(self) -> None:
        self.about.setText(
            tr("The same prompt to two models or presets. Votes are counted in the tally.")
        )

    def refuse(self, error: StudioError) -> None:
        """Tell why nothing was begun."""
        self.strip.finish()
        self.setup.set_running(False)
        if error.code == _WOULD_NOT_FIT:
            anyway = Button(self.theme, tr("Load anyway"), name="load_anyway")
            self.banner.show_error(error, anyway.on_click(lambda: self.begin(force=True)))
        else:
            self.banner.show_error(error)

    def show_begun(self, comparison: Comparison) -> None:
        """Show that it has begun."""
        self.setup.hide()
        self.coming.hide()
        self.view.show()
        self.about.setText(shortened(comparison.prompt))
        if self.view.comparison is None or self.view.comparison.id != comparison.id:
            self.view.show_comparison(comparison)  # else its first events were quicker
        self.strip.begin(tr("Writing both replies"), self._stop)

    def take(self, which: Which, event: TurnEvent, comparison: Comparison) -> None:
        """Show what happens on one side, and what is known of both by then."""
        self.view.show_comparison(comparison)
        self.view.take(which, event)

    def finish(self, comparison: Comparison, trouble: StudioError | None = None) -> None:
        """Show that nothing is being written any more."""
        self.strip.finish()
        self.setup.set_running(False)
        self.again.show()
        self.view.show_comparison(comparison)
        if trouble is not None:
            self.banner.show_error(trouble)
        self.view.area.focus(0)  # no vote lies under the Return key
