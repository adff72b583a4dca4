"""Leads to the comparison of two models or presets, and carries it between engine and window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from studio.chat.compare import comparing
from studio.chat.compare.comparison import Chosen, Comparison, Vote, Which
from studio.chat.turn import TurnEvent
from studio.errors import StudioError, in_words
from studio.ui.relay import Relay
from studio.ui.theme import Theme

if TYPE_CHECKING:
    from studio.chat.compare.comparing import Contest, Room
    from studio.chat.compare.comparisons import Comparisons
    from studio.ui.chat.compare.dialog import CompareDialog
    from studio.ui.chat.compare.history import HistoryDialog

Background = Callable[[Callable[[], None]], object]
Choices = Sequence[tuple[str, str]]


class CompareDoor(QObject):
    """Opens windows over ``parent``. :meth:`close` stops what is being written.

    Args:
        open_room: opens a place for conversations that are not kept.
        models: the models that can be chosen, like ``presets`` asked for in the ``background``.
    """

    running = Signal(bool)

    def __init__(
        self,
        theme: Theme,
        parent: QWidget,
        comparisons: Comparisons,
        open_room: Callable[[], Room],
        models: Callable[[], Choices],
        presets: Callable[[], Choices],
        background: Background,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._window = parent
        self._comparisons = comparisons
        self._open_room = open_room
        self._models = models
        self._presets = presets
        self._background = background
        self._relay = Relay(self)
        self._serves_models = False
        self._contest: Contest | None = None
        self._asked: object = None
        self.dialog: CompareDialog | None = None
        self.history: HistoryDialog | None = None

    def open(self, prompt: str = "", left: Chosen | None = None) -> None:
        """Ask what is to be compared, beginning with a prompt and what stands at the left."""
        if self.dialog is not None:
            return
        from studio.ui.chat.compare.dialog import CompareDialog  # seldom wanted

        self.dialog = dialog = CompareDialog(self._theme, self._window, self._begin, self._stop)
        dialog.setup.prompt.set_text(prompt)
        dialog.voted.connect(self._vote)
        dialog.history_wanted.connect(self.open_history)
        dialog.finished.connect(self._on_closed)
        offer = self._relay.wrap(lambda *found: self._offer(dialog, left, *found))
        self._background(lambda: offer(self._models(), self._presets()))
        dialog.open()

    def open_history(self) -> None:
        """Show what was compared so far."""
        from studio.ui.chat.compare.history import HistoryDialog  # as above

        parent = self.dialog or self._window
        self.history = HistoryDialog(self._theme, parent, self._comparisons)
        self.history.finished.connect(self._on_history_closed)
        self.history.open()

    def serve_models(self, window: QWidget) -> None:
        """Compare a model that the Models room, once it is built, asks to have compared."""
        page: Any = window.findChild(QWidget, "models_tab")
        if page is not None and not self._serves_models:
            self._serves_models = True
            page.compare_requested.connect(lambda model: self.open("", Chosen(model)))

    def close(self) -> None:
        """Stop, and let go of what was opened."""
        contest, self._contest = self._contest, None
        if contest is not None:
            contest.close()

    def _offer(
        self, dialog: CompareDialog, left: Chosen | None, models: Choices, presets: Choices
    ) -> None:
        if self.dialog is dialog:
            dialog.setup.set_choices(models, presets)
            if left is not None:
                dialog.setup.left.choose(left)

    def _begin(
        self, prompt: str, left: Chosen, right: Chosen, *, is_blind: bool, force: bool
    ) -> None:
        self.close()
        asked = self._asked = object()  # what an earlier one still tells is not this one's
        told = self._relay.wrap(partial(self._on_told, asked))
        begun = self._relay.wrap(partial(self._on_begun, asked))
        refused = self._relay.wrap(partial(self._on_refused, asked))

        def begin() -> None:
            try:
                contest = comparing.begin(
                    self._open_room,
                    self._comparisons,
                    prompt,
                    left,
                    right,
                    told,
                    is_blind=is_blind,
                    force=force,
                )
            except StudioError as error:
                refused(error)
            else:
                begun(contest)

        self._background(begin)

    def _on_begun(self, asked: object, contest: Contest) -> None:
        if self.dialog is None or asked is not self._asked:  # closed or asked anew meanwhile
            contest.close()
            return
        self._contest = contest
        self.running.emit(True)
        self.dialog.show_begun(contest.begun)
        done = self._relay.wrap(self._on_done)
        contest.written.add_done_callback(lambda future: done(contest, future))

    def _on_refused(self, asked: object, error: StudioError) -> None:
        if self.dialog is not None and asked is self._asked:
            self.dialog.refuse(error)

    def _on_told(
        self, asked: object, which: Which, event: TurnEvent, comparison: Comparison
    ) -> None:
        if self.dialog is not None and asked is self._asked:
            self.dialog.take(which, event, comparison)

    def _on_done(self, contest: Contest, done: comparing.Asked) -> None:
        if self._contest is not None and self._contest is not contest:
            return
        self.running.emit(False)
        if self.dialog is None or self._contest is None:
            return
        error = done.exception()
        trouble = contest.trouble if error is None else in_words(error)
        self.dialog.finish(contest.comparison, trouble)

    def _stop(self) -> None:
        if self._contest is not None:
            self._contest.stop()

    def _vote(self, vote: Vote) -> None:
        dialog = self.dialog
        if dialog is None or dialog.view.comparison is None:
            return
        try:
            voted = self._comparisons.vote(dialog.view.comparison.id, vote)
        except StudioError as error:
            dialog.banner.show_error(error)
        else:
            dialog.view.show_comparison(voted)

    def _on_closed(self) -> None:
        self.dialog = self._asked = None
        self.close()

    def _on_history_closed(self) -> None:
        self.history = None
