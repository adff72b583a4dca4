"""Leads to what happens when a chat outgrows the model's context."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QSize
from PySide6.QtWidgets import QWidget

from studio.chat.options import Overflow
from studio.ui import mirror
from studio.ui.chat.own_options import OwnOptions
from studio.ui.chat.summary_door import SummaryDoor
from studio.ui.theme import Theme

if TYPE_CHECKING:
    from studio.chat.session import ChatSession
    from studio.ui.chat.inspector.inspector import Inspector
    from studio.ui.chat.inspector.pane import InspectorPane
    from studio.ui.chat.overflow.choice import OverflowChoice
    from studio.ui.chat.overflow.menu import OverflowMenu
    from studio.ui.chat.transcript.transcript import Transcript
    from studio.ui.chat.work_area import WorkArea


class OverflowDoor(QObject):
    """Opens the menu of the ring beside Send, and does what is chosen there.

    ``session`` is asked for at need only.
    """

    def __init__(
        self,
        theme: Theme,
        work: WorkArea,
        inspector: InspectorPane,
        own: OwnOptions,
        session: Callable[[], ChatSession],
        summaries: SummaryDoor,
    ) -> None:
        super().__init__(work)
        self._theme = theme
        self._work = work
        self._own = own
        self._session = session
        self.summaries = summaries
        self._choice: OverflowChoice | None = None
        self.menu: OverflowMenu | None = None
        work.composer.context_asked.connect(self.open)
        work.transcript_made.connect(self._on_transcript_made)
        inspector.made.connect(self._on_inspector_made)
        own.shown.connect(lambda _preset: self._show_choice())

    def open(self, beside: QWidget | None = None) -> None:
        """Open the menu, by default above the ring."""
        from studio.ui.chat.overflow.menu import OverflowMenu  # the window's start need not wait

        if self.menu is None:
            self.menu = OverflowMenu(self._work)
            self.menu.chosen.connect(self.choose)
            self.menu.summary_wanted.connect(self.summaries.summarise)
            self.menu.whole_wanted.connect(self.summaries.use_the_whole_text)
        ring = self._work.composer.ring
        self.menu.show_state(
            ring.toolTip(),
            self._own.now().overflow,
            self._session().usual_overflow(),
            self.summaries.refusal(),
            has_summary=self.summaries.has_any(),
        )
        place = beside if isinstance(beside, QWidget) else ring
        self.menu.popup(place.mapToGlobal(_spot(self.menu.sizeHint(), place, above=place is ring)))

    def choose(self, overflow: Overflow | None) -> None:
        """Keep what is to happen in this chat; ``None`` leaves it to the settings."""
        self._own.change(overflow=overflow)
        self._show_choice()

    def _on_transcript_made(self, transcript: Transcript) -> None:
        transcript.overflow_wanted.connect(self.open)

    def _on_inspector_made(self, inspector: Inspector) -> None:
        from studio.ui.chat.overflow.choice import OverflowChoice  # as above

        self._choice = OverflowChoice(self._theme)
        self._choice.button.clicked.connect(lambda: self.open(self._choice and self._choice.button))
        inspector.add_to_chat(self._choice)
        self._show_choice()

    def _show_choice(self) -> None:
        if self._choice is not None:
            own = self._own.now().overflow
            self._choice.show_choice(own or self._session().usual_overflow(), is_own=bool(own))


def _spot(menu: QSize, place: QWidget, *, above: bool) -> QPoint:
    """Return where a menu begins: above the ring and within the window, or below another place."""
    if not above:
        return QPoint(0, place.height())
    return QPoint(0 if mirror.is_on() else place.width() - menu.width(), -menu.height())
