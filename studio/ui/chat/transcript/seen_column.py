"""A column of messages that tells which of them the model still sees."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal

from studio.chat.conversation import Message
from studio.chat.overflow.history import last_read_from
from studio.chat.overflow.overflow import left_out_of
from studio.ui.chat.messages.entry import Entry
from studio.ui.chat.messages.rows import ReadsFrom, Row, Summarised
from studio.ui.chat.transcript.branch_column import BranchColumn
from studio.ui.theme import Theme

if TYPE_CHECKING:
    from studio.chat.overflow.summaries import Summary

_LINE_GAP, _SUMMARY_GAP = 20, 12
_SUMMARY_INDENT = -16  # the icon of its heading stands at the edge of the text
Find = Callable[[Sequence[Message]], Sequence["Summary"]]


class SeenEntry(Entry):
    """A message with what is told before and after it of what the model sees."""

    def __init__(self, message: Message, is_first: bool = False) -> None:
        self.reads_from: ReadsFrom | None = None
        self.source: Summary | None = None
        self.summary: Summarised | None = None
        self.is_outdated = False
        super().__init__(message, is_first)

    @property
    def is_summary_edited(self) -> bool:
        """Whether other words for the summary are being written."""
        return self.summary is not None and self.summary.wording is not None

    def set_marks(
        self, reads_from: ReadsFrom | None, source: Summary | None, summary: Summarised | None
    ) -> None:
        """Say whether the model begins to read here, and what summary ends here.

        Args:
            source: the summary as it is kept; ``summary`` as it is shown, unless it was turned.
                One that is being edited stays until that ends, for the keyboard is in it.
        """
        is_same = source is not None and self.source is not None and source.id == self.source.id
        self.is_outdated = self.is_summary_edited and not is_same
        if self.is_outdated:
            source, summary = self.source, self.summary
        if summary and source and self.summary and self.source and source.id == self.source.id:
            summary = replace(summary, is_open=self.summary.is_open)
        if (reads_from, source, summary) != (self.reads_from, self.source, self.summary):
            self.reads_from, self.source, self.summary = reads_from, source, summary
            if self.rows:
                self._arrange()

    def change_summary(self, **values: Any) -> None:
        """Show the summary otherwise, such as unfolded."""
        if self.summary is not None:
            self.summary = replace(self.summary, **values)
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

    ``whole_wanted`` asks for the summaries on show to be taken away; ``summary_reworded`` carries
    one and other words for it; ``overflow_wanted`` asks where one chooses what happens when the
    context is full.
    """

    whole_wanted = Signal()
    summary_reworded = Signal(object, str)
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
        reads_from, line_told = last_read_from(branch), _line_of(branch)
        in_force = summaries[-1] if summaries else None
        for number, entry in enumerate(self._entries):
            if isinstance(entry, SeenEntry):
                line = line_told if 0 < number == reads_from else None
                ends_here = in_force and in_force.upto_message_id == entry.message.id
                source = in_force if ends_here else None
                shown = self._shown(source, number + 1) if source is not None else None
                entry.set_marks(line, source, shown)
        self.lay_out()

    def drop_summary_wording(self, summary_id: str) -> None:
        """Show a summary again in place of other words for it."""
        self.wordings.drop(summary_id)
        for entry in self._entries:
            if isinstance(entry, SeenEntry) and entry.source and entry.source.id == summary_id:
                had_focus = self._focus.entry() is entry
                self._change_summary(entry, wording=None)
                if entry.is_outdated:
                    self.mark_seen()
                    if had_focus and entry.summary is None:
                        self._put_focus(entry)

    def _shown(self, source: Summary, messages: int) -> Summarised:
        wording = self.wordings.of(source)
        return Summarised(source.text, messages, is_open=wording is not None, wording=wording)

    def _on_asked(self, row: Row, name: str, what: object) -> None:
        entry = self._entry_with(row)
        if row.kind == "summary" and isinstance(entry, SeenEntry) and entry.source is not None:
            self._on_summary_asked(entry, entry.source, row, name)
        else:
            super()._on_asked(row, name, what)

    def _on_summary_asked(self, entry: SeenEntry, source: Summary, row: Row, name: str) -> None:
        shown = entry.summary
        if name == "whole_wanted":
            self.whole_wanted.emit()
        elif name == "summary_turned":
            self._change_summary(entry, is_open=shown is not None and not shown.is_open)
        elif name == "edit_wanted":
            self._change_summary(entry, wording=self.wordings.begin(source))
            view: Any = self._pool.view_of(row)
            view.focus_text()
        elif name == "edited":
            self.wordings.note(source)
        elif name == "cancelled":
            self.drop_summary_wording(source.id)
        elif shown is not None and shown.wording is not None:
            self.summary_reworded.emit(source, shown.wording.text)

    def _change_summary(self, entry: SeenEntry, **values: Any) -> None:
        self._at_end = False
        entry.change_summary(**values)
        self.lay_out()


def _line_of(branch: Sequence[Message]) -> ReadsFrom:
    """Return what the last reply was told of the messages that it did not read."""
    for message in reversed(branch):
        if message.role == "assistant" and "reads_from" in message.recipe:
            unread, summarised = left_out_of(message.recipe)
            return ReadsFrom(summarised, unread)
    return ReadsFrom(0, 0)
