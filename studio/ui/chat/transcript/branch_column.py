"""A column of messages with which something can be done: reworded, switched, gone on with, deleted.

What it concerns only here, such as the editor in a row, happens here; the rest is asked for with
signals. By keyboard, all of it is done with the message that has the focus.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QToolTip

from studio.chat.conversation import Message
from studio.ui.chat.messages.entry import Entry
from studio.ui.chat.messages.message_actions import (
    DELETE_KEYS,
    Act,
    Busy,
    Offer,
    message_menu,
    offers,
    switch_refusal,
)
from studio.ui.chat.messages.rows import Row
from studio.ui.chat.messages.wording_view import WordingView
from studio.ui.chat.transcript.branch_focus import MessageFocus
from studio.ui.chat.transcript.find_column import FindableColumn
from studio.ui.chat.transcript.placing import Placed
from studio.ui.chat.unsaved_wordings import UnsavedWordings
from studio.ui.theme import Theme
from studio.ui.widgets.keys_of_parts import MENU_KEYS

if TYPE_CHECKING:
    from studio.chat.tree import Place

_KEYS = {"F2": Act.EDIT, "Ctrl+C": Act.COPY, DELETE_KEYS: Act.DELETE}
_STEPS = {"Alt+Left": -1, "Alt+Right": 1}
_OPENING = ("Return", "Enter", "Space")
_Tops = tuple[float | None, float | None]
_NEW_TOP = 0.3  # of the window's height is above a message that comes back


class BranchColumn(FindableColumn):
    """Adds to the column what can be done with its messages.

    ``acted`` carries a message and the :class:`Act` that the person wants; ``version_wanted`` the
    id of another version that is to be shown; ``reworded`` a message and other words for it. Those
    that are half written are in ``wordings``.
    """

    acted = Signal(object, object)
    version_wanted = Signal(str)
    reworded = Signal(object, str)

    def __init__(self, theme: Theme) -> None:
        self._places: Mapping[str, Place] = {}
        self.wordings = UnsavedWordings()
        self._busy: Busy = ""
        super().__init__(theme)
        self._focus = MessageFocus(self, self._entries, self._pool)
        self._pool.asked.connect(self._on_asked)

    def set_places(self, places: Mapping[str, Place]) -> None:
        """Say which messages have other versions; shown with the next messages or layout."""
        self._places = places
        for entry in self._entries:
            entry.set_place(places.get(entry.message.id))

    def set_busy(self, busy: Busy) -> None:
        """Say where a reply is being written, if anywhere: it decides what can be done."""
        self._busy = busy
        self._attention.set_busy(busy)

    def set_sent(self, message_id: str, is_sent: bool) -> None:
        """Say that other words for a message are on their way, or that they came back."""
        entry, wording = self.entry_of(message_id), self.wordings.get(message_id)
        if wording is not None:
            wording.is_sent = is_sent
        view = self._focus.view_of(entry) if entry is not None else None
        if wording is not None and isinstance(view, WordingView):
            view.show_piece(wording)

    def drop_wording(self, message_id: str) -> None:
        """Show a message again in place of other words for it."""
        self.wordings.drop(message_id)
        entry = self.entry_of(message_id)
        if entry is not None and entry.wording is not None:
            top = self._tops(self._entries.index(entry))[0]
            entry.set_wording(None)
            self._show_from(entry, top or 0.0)

    def keep_up_to(self, message_id: str | None) -> None:
        """Take all messages after this one away; all of them with ``None``."""
        ids = [entry.message.id for entry in self._entries]
        kept = ids.index(message_id) + 1 if message_id in ids else len(ids)
        if message_id is None:
            kept = 0
        if kept < len(ids):
            if self._focus.entry() in self._entries[kept:]:
                self._focus.wait()
            self.cut(kept)

    def exchange(self, messages: Sequence[Message]) -> None:
        """Show another branch: the first message that is another one stands where that one stood.

        The keyboard focus stays with it, too.
        """
        kept = common(self._entries, messages)
        tops = self._tops(kept)
        has_focus, step = self._focus.entry() is not None, self._focus.step()
        self._entries[kept:] = [
            self._entry_for(message, kept + number == 0)
            for number, message in enumerate(messages[kept:])
        ]
        for entry in self._entries:
            entry.set_last(entry is self._entries[-1])
        self._attention.turn_to(None)
        self._at_end = False
        if self._entries:
            self._go_to_changed(kept, tops)
        else:
            self._placing.forget()
        self._lay_out_settled()
        if has_focus:
            self._put_focus(next(iter(self._entries[kept:] or self._entries[-1:]), None), step)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the keys say with the message that has the focus."""
        entry = self._focus.entry()
        keys = QKeySequence(event.keyCombination()).toString()
        if entry is None or entry.wording is not None:
            super().keyPressEvent(event)
        elif keys in _STEPS:
            self._turn(entry, _STEPS[keys])
        elif keys in _KEYS:
            self.do(entry, _KEYS[keys])
        elif keys == MENU_KEYS or (keys in _OPENING and self._focus.is_whole(entry)):
            self._open_menu(entry, self._focus.below(entry))
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the message under the pointer, or with the focus."""
        place = self.viewport().mapFromGlobal(event.globalPos())
        is_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        entry = self._placing.entry_at(place.y()) if is_mouse else self._focus.entry()
        if entry is not None and entry.wording is None:
            self._open_menu(entry, event.globalPos() if is_mouse else self._focus.below(entry))

    def _entry_for(self, message: Message, is_first: bool) -> Entry:
        entry = super()._entry_for(message, is_first)
        entry.place = self._places.get(message.id)
        entry.wording = self.wordings.of(message)
        return entry

    def _on_asked(self, row: Row, name: str, what: object) -> None:
        entry = self._entry_with(row)
        if entry is None:
            return
        if name == "turned" and isinstance(what, int):
            self._turn(entry, what)
        elif name == "menu_wanted" and isinstance(what, QPoint):
            self._open_menu(entry, what)
        elif name == "acted" and isinstance(what, Act):
            self.do(entry, what)
        elif name == "edited":
            self.wordings.note(entry.message)
        elif name == "cancelled":
            self.drop_wording(entry.message.id)
            self._put_focus(entry)
        elif name == "submitted" and entry.wording is not None:
            self.reworded.emit(entry.message, entry.wording.text)

    def offered(self, entry: Entry) -> list[Offer]:
        """Return what can be done with a message, and what cannot be done now."""
        return offers(entry.message, is_last=entry.is_last, busy=self._busy)

    def do(self, entry: Entry, act: Act) -> None:
        """Do it, or ask for it; say why when it cannot be done now."""
        if refusal := next((o.refusal for o in self.offered(entry) if o.act is act), ""):
            QToolTip.showText(self._focus.below(entry), refusal, self)
        elif act is Act.COPY:
            QGuiApplication.clipboard().setText(entry.message.content)
            self.copied.emit(entry.message.content)
        elif act is Act.EDIT:
            self._reword(entry)
        else:
            self.acted.emit(entry.message, act)

    def _turn(self, entry: Entry, step: int) -> None:
        place = entry.place
        wanted = place and (place.before if step < 0 else place.after)
        if refusal := switch_refusal(self._busy):
            QToolTip.showText(self._focus.below(entry), refusal, self)
        elif wanted:
            self.version_wanted.emit(wanted)

    def _reword(self, entry: Entry) -> None:
        top = self._tops(self._entries.index(entry))[0]
        entry.set_wording(self.wordings.begin(entry.message))
        self._show_from(entry, max(0.0, top or 0.0))
        if isinstance(view := self._focus.view_of(entry), WordingView):
            view.focus_text()
            self.lay_out()  # the widget that has lost the focus need not be kept any more

    def _open_menu(self, entry: Entry, place: QPoint) -> None:
        message_menu(self, self.offered(entry), lambda act: self.do(entry, act)).popup(place)

    def _show_from(self, entry: Entry, top: float) -> None:
        self._at_end = False
        self._placing.go_to(self._entries.index(entry), 0, top)
        self._lay_out_settled()

    def _lay_out_settled(self) -> None:
        """Lay out, and follow the end from then on if that is what shows."""
        self.lay_out()
        bar = self.verticalScrollBar()
        self._at_end = bar.value() >= bar.maximum()

    def _put_focus(self, entry: Entry | None, step: int = 0) -> None:
        self._focus.put(entry, step)
        self.lay_out()  # a widget that has lost the focus need not be kept any more

    def _tops(self, index: int) -> _Tops:
        return _tops([each for each in self._placing.rows if each.entry == index], self._entries)

    def _go_to_changed(self, kept: int, tops: _Tops) -> None:
        """Bring the first changed message to where the one before it in its place stood."""
        top, foot = tops
        index = min(kept, len(self._entries) - 1)
        if index < kept:  # nothing follows any more: the last one stays
            self._placing.go_to(index, 0, self._tops(index)[0] or 0.0)
        elif top is not None and (top >= 0 or foot is None):
            self._placing.go_to(index, 0, top)
        elif foot is not None:
            entry = self._entries[index]
            entry.prepare()
            self._placing.go_to(index, max(0, len(entry.rows) - 1), foot)
        else:
            self._placing.go_to(index, 0, _NEW_TOP * self.viewport().height())


def _tops(rows: Sequence[Placed], entries: Sequence[Entry]) -> _Tops:
    """Return where the first and the last row of an entry begin, if they are near the window."""
    if not rows:
        return None, None
    first, last = rows[0], rows[-1]
    is_whole = last.number == len(entries[last.entry].rows) - 1
    return first.top if first.number == 0 else None, last.top if is_whole else None


def common(entries: Sequence[Entry], messages: Sequence[Message]) -> int:
    """Return with how many of the same messages both begin."""
    for number, (entry, message) in enumerate(zip(entries, messages, strict=False)):
        if entry.message.id != message.id:
            return number
    return min(len(entries), len(messages))
