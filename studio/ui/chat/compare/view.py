"""Two replies side by side with their figures, and the vote on them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio.chat.compare.comparison import SIDES, Comparison, Side, Vote, Which
from studio.chat.turn import ModelLoading, TurnEvent, TurnFailed, TurnFinished
from studio.translation import mark, tr
from studio.ui.chat.messages.reply_words import INTERRUPTED, STOPPED, STOPPED_EMPTY
from studio.ui.chat.several.reply_column import ReplyColumn
from studio.ui.chat.several.reply_columns import ReplyColumns
from studio.ui.theme import SPACE, Theme
from studio.ui.widgets.buttons import Button
from studio.ui.widgets.labels import label
from studio.ui.widgets.quantities import file_size

TITLES: dict[Which, str] = {"left": mark("Left"), "right": mark("Right")}
VOTE_WORDS: dict[Vote, str] = {
    "left": mark("Left is better"),
    "both_good": mark("Both are good"),
    "both_bad": mark("Both are bad"),
    "right": mark("Right is better"),
}
ENDINGS = {
    "waiting": mark("Waiting for the other side"),
    "writing": mark("Writing"),
    "finished": "",
    "cancelled": STOPPED,
    "failed": "",
    "interrupted": INTERRUPTED,
}


class CompareView(QWidget):
    """Shows a comparison; ``voted`` carries a :data:`Vote` that the person gives."""

    voted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.comparison: Comparison | None = None
        self.area = ReplyColumns(theme)
        self.columns = {which: self._column(which) for which in SIDES}
        self.verdict = label("", "strong", wrap=True)
        self.verdict.setObjectName("compare_verdict")
        self.votes: dict[Vote, Button] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[2])
        column.addWidget(self.area, 1)
        column.addWidget(self.verdict)
        row = QHBoxLayout()
        row.setSpacing(SPACE[1])
        for vote, words in VOTE_WORDS.items():
            button = Button(theme, tr(words), name=f"vote_{vote}")
            button.setCheckable(True)
            button.setAutoExclusive(True)  # tells screen readers that it is one of several
            button.on_click(partial(self._vote, vote))
            self.votes[vote] = button
            row.addWidget(_alone(button))
        row.addStretch()
        column.addLayout(row)

    def take(self, which: Which, event: TurnEvent) -> None:
        """Show what happens on one side; how it ends is shown by :meth:`show_comparison`."""
        is_hidden = self.comparison is not None and self.comparison.names_are_hidden
        if isinstance(event, ModelLoading) and is_hidden:
            event = replace(event, model=tr("the model"))
        if not isinstance(event, TurnFinished | TurnFailed):
            self.columns[which].take(event)

    def show_comparison(self, comparison: Comparison) -> None:
        """Show a comparison as it is now, apart from a side that is being written."""
        before, self.comparison = self.comparison, comparison
        if before is not None and _kept(before) != _kept(comparison):
            before = None
        for which in SIDES:
            side = comparison.side(which)
            if before is None or before.side(which).status != side.status:
                self._show_side(which, side)
        self._show_votes(comparison)

    def _show_side(self, which: Which, side: Side) -> None:
        comparison, column = self.comparison, self.columns[which]
        if comparison is None:
            return
        hidden = comparison.names_are_hidden
        column.set_title(tr(TITLES[which]) if hidden else f"{tr(TITLES[which])}: {side.name}")
        column.show_ended(side.reply, None if hidden else side.figures, _ending(side))
        if side.memory_bytes and not hidden:
            size = file_size(side.memory_bytes)
            column.add_figure(tr("{size} of memory", size=size))

    def _show_votes(self, comparison: Comparison) -> None:
        has_both = comparison.can_be_voted_on
        for vote, button in self.votes.items():
            button.setEnabled(has_both)
            self._mark(button, comparison.vote == vote)
        if not comparison.has_ended:
            words = tr("They are written one after the other.")
        elif not has_both:
            words = tr("There are no two replies to vote on.")
        elif not comparison.vote:
            words = tr("Which reply is better?")
        else:
            words = _verdict(comparison)
        self.verdict.setText(words)

    def _vote(self, vote: Vote) -> None:
        if self.comparison is not None:
            for each, button in self.votes.items():  # until the vote is kept
                self._mark(button, each == self.comparison.vote)
            self.voted.emit(vote)

    def _mark(self, button: Button, is_given: bool) -> None:
        button.setChecked(is_given)
        button.set_icon_name("check" if is_given else "")
        if not is_given:
            button.setIcon(QIcon())

    def _column(self, which: Which) -> ReplyColumn:
        return self.area.add(ReplyColumn(self._theme, tr(TITLES[which])))


def _alone(button: Button) -> QWidget:
    """Return a place for one button: Qt lets Tab reach one only of exclusive ones side by side."""
    place = QWidget()
    column = QVBoxLayout(place)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(button)
    return place


def _ending(side: Side) -> str:
    if side.status == "failed":
        return side.failure
    if side.status == "cancelled" and not (side.reply.strip() or side.reasoning.strip()):
        return tr(STOPPED_EMPTY)
    ending = ENDINGS[side.status]
    return tr(ending) if ending else ""


def _kept(comparison: Comparison) -> tuple[object, ...]:
    """Return what has to be the same for what a side shows to stay as it is."""
    return comparison.id, comparison.vote, comparison.names_are_hidden


def _verdict(comparison: Comparison) -> str:
    if comparison.vote in SIDES:
        winner = comparison.left if comparison.vote == "left" else comparison.right
        return tr("Better: {name}. The vote can be changed.", name=winner.name)
    if comparison.vote == "both_good":
        return tr("Both are good. The vote can be changed.")
    return tr("Both are bad. The vote can be changed.")
