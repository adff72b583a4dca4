"""What a screen reader is told in a conversation: who speaks, and how a reply has ended."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

from studio.chat.conversation import Message
from studio.errors import StudioError
from studio.translation import tr
from studio.ui.chat.messages.entry import Entry
from studio.ui.chat.messages.footer_view import FooterView
from studio.ui.chat.messages.person_view import PersonView
from studio.ui.chat.messages.pool import RowPool
from studio.ui.chat.messages.reply_words import ending
from studio.ui.chat.transcript.placing import Placed

_MOST_LETTERS = 2_000


def tell_speakers(placed: Sequence[Placed], entries: Sequence[Entry], pool: RowPool) -> None:
    """Let the beginning of every reply say that it is one, and each message say its words.

    Widgets are used again for other rows, so the others are told to say nothing.
    """
    if not QAccessible.isActive():
        return
    for each in placed:
        view, entry = pool.view_of(each.row), entries[each.entry]
        if view is not None:
            _describe(view, _told(view, entry, is_first=each.number == 0))


def words_of_end(reply: Message, error: StudioError | None) -> str:
    """Return what is spoken when a reply has ended: its words, and what else is to be said."""
    if error is not None:
        return f"{error.what} {error.hint}".strip()
    text, end = reply.content[:_MOST_LETTERS], ending(reply)
    said = tr("Reply: {text}", text=text) if text.strip() else ""
    return " ".join(filter(None, (said, end.words if end is not None else "")))


def _told(view: QWidget, entry: Entry, is_first: bool) -> str:
    if isinstance(view, PersonView | FooterView):
        return entry.message.content[:_MOST_LETTERS]
    return tr("Reply") if is_first and not entry.is_person else ""


def _describe(view: QWidget, words: str) -> None:
    if view.accessibleDescription() != words:
        view.setAccessibleDescription(words)
