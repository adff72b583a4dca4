"""A column of messages to which another program, such as the terminal, may add, too."""

from __future__ import annotations

from collections.abc import Sequence

from studio.chat.conversation import Message
from studio.translation import tr
from studio.ui.chat.messages.entry import Entry
from studio.ui.chat.messages.rows import Working
from studio.ui.chat.transcript.branch_column import common
from studio.ui.chat.transcript.seen_column import SeenColumn, SeenEntry


class SharedColumn(SeenColumn):
    """Takes up what was written elsewhere without moving what is being read."""

    def take_up(self, messages: Sequence[Message]) -> bool:
        """Show how the conversation is now, while no reply to it is being written here.

        What is in sight stays where it is, also at the end, which is not followed then.

        Returns:
            False when nothing was changed, since other words are just being written for a message
            that is not on this branch any more.
        """
        kept = common(self._entries, messages)
        focused = self._focus.entry()
        loses_focus = focused in self._entries[kept:]
        if loses_focus and focused is not None and _is_reworded(focused):
            return False
        for entry, message in zip(self._entries[:kept], messages, strict=False):
            _renew(entry, message)
        if kept < len(self._entries) and (loses_focus or self._placing.first() >= kept):
            self.exchange(messages)
        else:
            self._put_below(kept, messages)
        for entry in self._entries[kept:]:
            _renew(entry, entry.message)
        self._lay_out_settled()
        return True

    def _put_below(self, kept: int, messages: Sequence[Message]) -> None:
        """Replace the messages after those that stay, which are below what is in sight."""
        if self._attention.entry in self._entries[kept:]:
            self._attention.turn_to(None)
        self._entries[kept:] = [
            self._entry_for(message, kept + number == 0)
            for number, message in enumerate(messages[kept:])
        ]
        for entry in self._entries:
            entry.set_last(entry is self._entries[-1])
        self._at_end = False
        self.mark_seen()


def _is_reworded(entry: Entry) -> bool:
    """Tell whether a message, or the summary at its end, is being put into other words."""
    return entry.wording is not None or (isinstance(entry, SeenEntry) and entry.is_summary_edited)


def _renew(entry: Entry, message: Message) -> None:
    """Show a message as it is now; of a reply without a word yet, say who writes it."""
    before = entry.message
    if (message.content, message.status) != (before.content, before.status):
        entry.failure, entry.notices = None, ()  # they are about what was here before
    if message != before:
        entry.update(message)
    is_awaited = entry.is_live and not (message.content or message.reasoning)
    working = Working(tr("Another program is writing this reply")) if is_awaited else None
    if working != entry.working:
        entry.set_working(working)
