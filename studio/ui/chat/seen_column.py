"""A column of messages that tells which of them the model still sees."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from studio.chat.conversation import Message
from studio.chat.history import last_read_from
from studio.ui.chat.branch_column import BranchColumn
from studio.ui.chat.entry import Entry
from studio.ui.chat.rows import ReadsFrom, Row, Summarised
from studio.ui.theme import Theme

if TYPE_CHECKING:
    from studio.chat.summaries import Summary

_LINE_GAP, _SUMMARY_GAP = 20, 12
_SUMMARY_INDENT = -16  # the icon of its heading stands at the edge of the text
Find = Callable[[Sequence[Message]], Sequence["Summary"]]


class SeenEntry(Entry):
    """A message with what is told before and after it of what the model sees."""

    def __init__(self, message: Message, is_first: bool = False) -> None:
        self.reads_from: ReadsFrom | None = None
        self.summary: Summarised | None = None
        super().__init__(message, is_first)

    def set_marks(self, reads_from: ReadsFrom | None, summary: Summarised | None) -> None:
        """Say whether the model begins to read here, and what summary ends here."""
        if summary and self.summary and self.summary.text == summary.text:
            summary = replace(summary, is_open=self.summary.is_open)
        if (reads_from, summary) != (self.reads_from, self.summary):
            self.reads_from, self.summary = reads_from, summary
            if self.rows:
                self._arrange()

    def turn_summary(self) -> None:
        """Unfold the summary, or fold it again."""
        if self.summary is not None:
            self.summary = replace(self.summary, is_open=not self.summary.is_open)
            self._arrange()

    def _arrange(self) -> None:
        super()._arrange()
        if self.reads_from is not None:
            self.rows.insert(0, self._row("reads_from", self.reads_from, _LINE_GAP))
        if self.summary is not None:
            self.rows.append(
                self._row("summary", self.summary, _SUMMARY_GAP, indent=_SUMMARY_INDENT)
            )
        self.measure()


class SeenColumn(BranchColumn):
    """Adds the marks to the column. ``find_summaries`` returns those that hold on a branch.

    ``whole_wanted`` asks for the summaries on show to be taken away; ``overflow_wanted`` where one
    chooses what happens when the context is full.
    """

    whole_wanted = Signal()
    overflow_wanted = Signal()
    _entry_kind: type[Entry] = SeenEntry

    def __init__(self, theme: Theme) -> None:
        self.find_summaries: Find = lambda _branch: ()
        super().__init__(theme)
        self._pool.overflow_wanted.connect(self.overflow_wanted)

    def set_messages(self, messages: Sequence[Message]) -> None:
        """Show other messages, from their end, with what the model sees of them."""
        super().set_messages(messages)
        self.mark_seen()

    def exchange(self, messages: Sequence[Message]) -> None:
        """Show another branch, with what the model sees of it."""
        super().exchange(messages)
        self.mark_seen()

    def mark_seen(self) -> None:
        """Look again at what the model has last seen, and show that."""
        branch = [entry.message for entry in self._entries]
        summaries = self.find_summaries(branch) if branch else ()
        reads_from = last_read_from(branch)
        in_force = summaries[-1] if summaries else None
        for number, entry in enumerate(self._entries):
            if isinstance(entry, SeenEntry):
                line = ReadsFrom(_is_summarised(branch)) if 0 < number == reads_from else None
                entry.set_marks(line, _summary_at(entry, number, in_force))
        self.lay_out()

    def _on_asked(self, row: Row, name: str, what: object) -> None:
        entry = self._entry_with(row)
        if name == "whole_wanted":
            self.whole_wanted.emit()
        elif name == "summary_turned" and isinstance(entry, SeenEntry):
            self._at_end = False
            entry.turn_summary()
            self.lay_out()
        else:
            super()._on_asked(row, name, what)


def _summary_at(entry: Entry, number: int, in_force: Summary | None) -> Summarised | None:
    if in_force is None or in_force.upto_message_id != entry.message.id:
        return None
    return Summarised(in_force.text, number + 1)


def _is_summarised(branch: Sequence[Message]) -> bool:
    """Tell whether the last reply was made from a summary of all that it did not read."""
    for message in reversed(branch):
        if message.role == "assistant" and "reads_from" in message.recipe:
            summarised = message.recipe.get("summarised")
            return bool(summarised) and summarised == message.recipe["reads_from"]
    return False
