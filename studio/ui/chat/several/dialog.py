"""“Write several replies”: how many, then each beside the others as it comes, and one to keep."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from studio.chat.several import several
from studio.chat.several.agreement import Agreement
from studio.chat.several.agreement_words import how, in_words
from studio.chat.turn import ReplyGrew, TurnEvent, TurnFailed, TurnFinished, TurnStarted
from studio.errors import StudioError
from studio.translation import tr
from studio.ui.chat.several.reply_column import ReplyColumn
from studio.ui.chat.several.reply_columns import ReplyColumns
from studio.ui.theme import SPACE, Theme
from studio.ui.widgets.banner import Banner
from studio.ui.widgets.buttons import Button
from studio.ui.widgets.dialog_frame import ExplainDialog, foretelling, shortened
from studio.ui.widgets.editors import Choice
from studio.ui.widgets.labels import label
from studio.ui.widgets.progress_strip import ProgressStrip

_SIZE = (1240, 760)
_WOULD_NOT_FIT = "memory.would_not_fit"
_CHARACTERS_PER_TOKEN = 4  # about; the engine joins tokens that come in quick succession


class SeveralDialog(ExplainDialog):
    """Asks ``begin`` for a number of replies, with or without force, and shows their turns.

    ``kept`` carries the id of the reply that goes on; ``stop`` ends the writing, ``enough`` that
    of the reply that is being written alone.
    """

    kept = Signal(str)

    def __init__(
        self,
        theme: Theme,
        parent: QWidget,
        question: str,
        begin: Callable[[int, bool], None],
        stop: Callable[[], object],
        enough: Callable[[], object],
    ) -> None:
        super().__init__(theme, parent, "several_dialog", tr("Write several replies"), _SIZE)
        self._begin = begin
        self._stop = stop
        self._enough = enough
        self._wanted = 0
        self._characters = 0
        self._can_be_enough = False
        self._notices: list[str] = []
        self.agreement: Agreement | None = None
        self.banner = Banner(theme, closable=False)
        self.strip = ProgressStrip(theme)
        self.enough = Button(theme, tr("Enough, next one"), "quiet", name="enough_next")
        self.strip.add_button(self.enough.on_click(self._on_enough))
        self.columns = ReplyColumns(theme)
        told = tr(
            "The replies will stand here side by side, with a word on how far they agree. "
            "Keep one, and the chat goes on with it."
        )
        self.coming = foretelling(told)
        self.verdict = label("", "strong", wrap=True)
        self.verdict.setObjectName("agreement")
        self.explained = label("", "muted", wrap=True)
        self.explained.setObjectName("agreement_explained")
        self.about.setText(shortened(question))
        self.number = Choice(theme)
        self.start = Button(theme, tr("Write"), "primary", name="write_several")
        self._lay_out()
        self.number.setFocus()

    def take(self, event: TurnEvent) -> None:
        """Show what happens, reply by reply."""
        if isinstance(event, TurnStarted):
            self._add_column()
        elif self.columns.columns:
            self.columns.columns[-1].take(event)
        if isinstance(event, ReplyGrew):
            self._count(event)
        elif isinstance(event, TurnFinished):
            self._notices += [each for each in event.notices if each not in self._notices]
            self._judge()
        elif isinstance(event, TurnFailed):
            self._fail(event.error)

    def finish(self) -> None:
        """Say that nothing is being written any more."""
        self.strip.finish()
        if not self.columns.columns:
            return
        central = self.agreement.central if self.agreement else None
        if not any(each.hasFocus() for each in self.columns.columns):
            self.columns.focus(central or 0)

    def write(self, *, force: bool = False) -> None:
        """Have as many replies written as are chosen."""
        self.banner.hide()
        self._wanted = int(self.number.currentData())
        try:
            self._begin(self._wanted, force)
        except StudioError as error:
            self.banner.show_error(error)
            return
        self._controls.hide()
        self.coming.hide()
        self.columns.show()
        self._begin_strip()

    def _add_column(self) -> None:
        number = len(self.columns.columns) + 1
        title = tr("Reply {number}", number=number)
        column = self.columns.add(ReplyColumn(self.theme, title, tr("Keep this one")))
        column.chosen.connect(lambda: self._keep(column))
        column.show()  # Qt would do so later, and it may be given the focus now
        self._begin_strip()
        self.columns.ensureWidgetVisible(column)

    def _begin_strip(self) -> None:
        self._characters = 0
        self._can_be_enough = False
        self.strip.begin(self._progress(), self._stop)
        columns, has_focus = self.columns.columns, self.focusWidget() is self.enough
        is_last = len(columns) >= self._wanted  # Cancel does it then
        if is_last and has_focus:
            self.columns.focus(len(columns) - 1)  # else Cancel would have the next press
        self.enough.setVisible(not is_last)
        self.enough.setEnabled(has_focus)  # a button that is disabled gives the focus to Close

    def _count(self, event: ReplyGrew) -> None:
        """Tell how much is written; it can be enough from then on."""
        if not self._characters:
            self._can_be_enough = True
            self.enough.setEnabled(True)
        self._characters += len(event.text) + len(event.reasoning)
        tokens = max(1, self._characters // _CHARACTERS_PER_TOKEN)
        told = tr("About %n token so far", "About %n tokens so far", tokens)
        self.strip.advance(0, 0, told=told)

    def _on_enough(self) -> None:
        if self._can_be_enough:
            self._can_be_enough = False
            self._enough()

    def _progress(self) -> str:
        number = min(max(1, len(self.columns.columns)), self._wanted)
        return tr("Writing reply {number} of {count}", number=number, count=self._wanted)

    def _judge(self) -> None:
        columns = self.columns.columns
        found = several.agreement_of([each.reply for each in columns if each.reply is not None])
        places = [place for place, each in enumerate(columns) if each.reply is not None]
        central = None if found.central is None else places[found.central]
        self.agreement = found
        is_compared = found.kind != "none"
        self.verdict.setText(in_words(found) if is_compared or len(places) > 1 else "")
        self.explained.setText(" ".join([how(found), *self._notices]).strip())
        for widget in (self.verdict, self.explained):
            widget.setVisible(bool(widget.text()))
        for place, column in enumerate(columns):
            is_closest = is_compared and place == central and not _is_unanimous(found)
            column.set_mark(tr("Closest to the others") if is_closest else "")

    def _fail(self, error: StudioError) -> None:
        if error.code != _WOULD_NOT_FIT:
            self.banner.show_error(error)
            return
        anyway = Button(self.theme, tr("Load anyway"), name="load_anyway")
        self.banner.show_error(error, anyway.on_click(lambda: self.write(force=True)))

    def _keep(self, column: ReplyColumn) -> None:
        if column.reply is not None:
            self.kept.emit(column.reply.id)
            self.accept()

    def _lay_out(self) -> None:
        self.number.setObjectName("several_count")
        for number in range(several.LEAST, several.MOST + 1):
            self.number.addItem(str(number), number)
        self.number.setCurrentIndex(self.number.findData(several.USUAL))
        self._controls = QWidget()
        row = QHBoxLayout(self._controls)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE[1])
        words = label(tr("How many"))
        words.setBuddy(self.number)
        self.number.setAccessibleName(tr("How many"))
        told = tr("They are written one after another. Each stays beside the question.")
        hint = label(told, "muted")
        self.start.on_click(self.write)
        for widget in (words, self.number, self.start, hint):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch()
        self.column.addWidget(self._controls)
        for part in (self.banner, self.strip, self.verdict, self.explained):
            self.column.addWidget(part)
            part.hide()
        self.columns.hide()
        self.column.addWidget(self.coming, 1)
        self.column.addWidget(self.columns, 1)
        close = self.add_buttons()
        close.setDefault(False)
        close.setAutoDefault(False)
        self.start.setDefault(True)


def _is_unanimous(found: Agreement) -> bool:
    """Tell whether all that were compared say the same, so that none is closer than another."""
    return found.overlap is not None and found.overlap >= 1
