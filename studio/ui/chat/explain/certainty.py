"""“How sure was the model”: its reply coloured by certainty, with what else it had in mind."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from studio.chat.certainty import Asked, Judged
from studio.chat.conversation import Message
from studio.errors import StudioError, in_words
from studio.translation import mark, tr
from studio.ui.chat.explain.alternatives import AlternativesPanel
from studio.ui.chat.explain.levels import DOUBTFUL, Legend
from studio.ui.chat.explain.pieces import PiecesView, is_doubtful
from studio.ui.relay import Relay
from studio.ui.theme import SPACE, Theme
from studio.ui.widgets.banner import Banner
from studio.ui.widgets.buttons import Button
from studio.ui.widgets.dialog_frame import ExplainDialog
from studio.ui.widgets.progress_strip import ProgressStrip
from studio.ui.widgets.quantities import count

if TYPE_CHECKING:
    from studio.chat.session import ChatSession

_SIZE = (900, 620)
_ASKING = mark("The model reads its reply again. That takes about as long as writing it took.")
_CALM = ("chat.busy", "chat.stopped", "reply.no_recipe")
_TIMED_FROM_S, _TIMED_FROM_SHARE = 2.0, 0.05


class CertaintyDialog(ExplainDialog):
    """Asks the model as soon as it is shown; closing it, or Cancel, stops that."""

    def __init__(
        self,
        theme: Theme,
        parent: QWidget,
        session: Callable[[], ChatSession],
        reply: Message,
    ) -> None:
        super().__init__(theme, parent, "certainty_dialog", tr("How sure was the model"), _SIZE)
        self._session = session
        self._reply = reply
        self._relay = Relay(self)
        self._asked: Asked | None = None
        self._began = 0.0
        self.pieces: tuple[Judged, ...] = ()
        self.strip = ProgressStrip(theme)
        self.banner = Banner(theme, closable=False)
        self.legend = Legend(theme)
        self.text = PiecesView(theme)
        self.panel = AlternativesPanel(theme)
        self.next = Button(theme, tr("Next unsure place"), icon="arrow-down", name="next_doubt")
        self.next.on_click(self.text.go_to_doubt)
        self.next.setToolTip(tr("Next unsure place  (N)"))
        self.text.moved.connect(self._on_moved)
        self._lay_out()
        self.ask()

    def ask(self) -> None:
        """Ask the model, again after a failure."""
        self.banner.hide()
        self.next.setEnabled(False)
        self.about.setText(tr(_ASKING))
        self.text.show_plain(self._reply.content)
        self._began = time.monotonic()
        try:
            asked = self._session().certainty(self._reply.id, self._relay.wrap(self._on_share))
        except StudioError as error:
            self._show_error(error)
            return
        self._asked = asked
        self.strip.begin(tr("Asking the model"), self._stop)
        asked.add_done_callback(self._relay.wrap(self._on_done))

    def done(self, result: int) -> None:
        """Stop asking, however the window is closed."""
        self._stop()
        super().done(result)

    def _lay_out(self) -> None:
        middle = QHBoxLayout()
        middle.setSpacing(SPACE[2])
        middle.addWidget(self.text, 1)
        middle.addWidget(self.panel)
        self.column.addWidget(self.strip)
        self.column.addWidget(self.banner)
        self.column.addLayout(middle, 1)
        self.column.addWidget(self.legend)
        self.add_buttons(self.next)
        self.text.setFocus()

    def _stop(self) -> None:
        if self._asked is not None and not self._asked.done():
            self._session().stop()

    def _on_share(self, share: float) -> None:
        spent = time.monotonic() - self._began
        is_timed = spent >= _TIMED_FROM_S and share >= _TIMED_FROM_SHARE
        left = spent * (1 - share) / share if is_timed else None
        self.strip.advance(share, 1.0, left, f"{round(100 * share)} %")

    def _on_done(self, asked: Asked) -> None:
        self._asked = None
        self.strip.finish()
        if (error := asked.exception()) is not None:
            self._show_error(in_words(error))
            return
        self.pieces = asked.result()
        self.text.show_pieces(self.pieces)
        self.about.setText(_summary(self.pieces))
        self.next.setEnabled(any(map(is_doubtful, self.pieces)))
        self.text.setFocus()

    def _on_moved(self, number: int) -> None:
        self.panel.show_piece(self.pieces[number])

    def _show_error(self, error: StudioError) -> None:
        self.about.setText(tr("Nothing is known of it yet."))
        again = Button(self.theme, tr("Ask again"), name="ask_again").on_click(self.ask)
        if error.code in _CALM:
            self.banner.say(error.what, error.hint, again)
        else:
            self.banner.show_error(error, again)


def _summary(pieces: tuple[Judged, ...]) -> str:
    doubtful = sum(piece.probability < DOUBTFUL for piece in pieces)
    if not doubtful:
        told = tr(
            "The model was fairly sure of each of the {total} pieces.",
            total=count(len(pieces)),
        )
    else:
        told = tr(
            "The model was unsure of {doubtful} of the {total} pieces: it gave each of these less "
            "than an even chance.",
            total=count(len(pieces)),
            doubtful=count(doubtful),
        )
    caution = tr("Sure does not mean right: a model can be sure of what is wrong.")
    return f"{told} {caution}"
