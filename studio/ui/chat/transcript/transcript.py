"""The conversation on show, and the reply that is being written at its end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from time import monotonic

from PySide6.QtCore import QTimer

from studio.chat.conversation import Message
from studio.errors import StudioError
from studio.translation import tr
from studio.ui.accessibility import announce
from studio.ui.chat.messages import reply_words
from studio.ui.chat.messages.entry import Entry
from studio.ui.chat.messages.rows import Working
from studio.ui.chat.transcript.shared_column import SharedColumn
from studio.ui.chat.transcript.speech import words_of_end
from studio.ui.theme import Theme

GROW_MS = 40
_SLOWEST_MS = 400
_SHARE_OF_TIME = 4
_PATIENCE_MS = 1_000


def _starting() -> Working:
    return Working(tr("Starting"))


class Transcript(SharedColumn):
    """Shows a branch, and a turn's events as they come."""

    def __init__(self, theme: Theme, send_with_enter: Callable[[], bool] = lambda: True) -> None:
        super().__init__(theme)
        self._pool.send_with_enter = send_with_enter
        self.setObjectName("transcript")
        self._open: Entry | None = None
        self._text: list[str] = []
        self._reasoning: list[str] = []
        self._working: Working | None = None
        self._has_grown = False
        self._thinking_since: float | None = None
        self._coalesce = QTimer(self, singleShot=True, interval=GROW_MS)
        self._coalesce.timeout.connect(self._show_growth)
        self._second = QTimer(self, interval=_PATIENCE_MS)
        self._second.timeout.connect(self._on_second_passed)

    def show_branch(self, messages: Sequence[Message]) -> None:
        """Show another conversation, from its end; a reply in it may still be being written."""
        self._forget_open()
        self.set_messages(messages)
        last = self.entries[-1] if messages else None
        if last is not None and last.is_live:
            self._open = last
            self._has_grown = bool(last.message.content or last.message.reasoning)
            if last.message.reasoning and not last.message.content.strip():
                self._time_thinking(last.message.thought_s or 0.0)
            elif not last.message.content:
                self._show_working(_starting())

    def begin(self, question: Message | None, reply: Message) -> None:
        """Add a question and its empty reply; without a question, replace the last reply."""
        self._forget_open()
        if question is not None:
            self.add(question)
        elif self.entries and not self.entries[-1].is_person:
            self.cut(len(self.entries) - 1)
        self._open = self.add(reply)
        self._show_working(_starting())

    def resume(self, reply: Message) -> None:
        """Go on with a reply that is on show, in its own row."""
        entry = self.entry_of(reply.id)
        if entry is None or entry is self._open:
            return
        self._forget_open()
        if self._focus.entry() is entry:
            self._focus.wait()  # its foot goes until it is written
        self._open = entry
        entry.failure, entry.notices = None, ()
        entry.update(reply)
        self._show_working(_starting())
        self.jump_to_end()

    def exchange(self, messages: Sequence[Message]) -> None:
        """Show another branch in place of this one; no reply is being written in either."""
        self._forget_open()
        super().exchange(messages)

    def take_up(self, messages: Sequence[Message]) -> bool:
        """Show how the conversation is now; no reply to it is being written here."""
        self._forget_open()
        return super().take_up(messages)

    def loading(self, model: str, share: float) -> None:
        """Tell how far the model is loaded, from 0 to 1."""
        self._show_working_soon(reply_words.loading(model, share))

    def summarising(self, messages: int, share: float) -> None:
        """Tell how far the summary of the oldest messages has come, from 0 to 1."""
        self._show_working_soon(reply_words.summarising(messages, share))

    def reading(self, done: int, total: int, seconds_left: float | None) -> None:
        """Tell how many tokens of the prompt the model has read."""
        self._show_working_soon(reply_words.reading(done, total, seconds_left))

    def grow(self, reply_id: str, text: str, reasoning: str) -> None:
        """Add to the reply; what comes within 40 ms, or a little more, is drawn in one go."""
        if self._open is None or self._open.message.id != reply_id:
            return
        self._text.append(text)
        self._reasoning.append(reasoning)
        if not self._coalesce.isActive():
            self._coalesce.start()

    def note(self, sentence: str) -> None:
        """Say something below the reply that is being written; nothing takes it away again."""
        entry, notices = self._open, (sentence,) if sentence else ()
        if entry is not None and tuple(entry.notices) != notices:
            entry.notices = notices
            entry.update(entry.message)
            self.lay_out()

    def correct(self, reply: Message) -> None:
        """Show a reply that has ended as it is in the store now."""
        entry = self.entry_of(reply.id)
        if entry is not None and entry is not self._open:
            entry.failure, entry.notices = None, ()
            entry.update(reply)
            self.lay_out()

    def finish(self, reply: Message, notices: Sequence[str] = ()) -> None:
        """Show the reply as it was stored, with its figures; ``notices`` are worth reading."""
        self._end(reply, None, notices)

    def fail(self, error: StudioError, reply: Message | None) -> None:
        """Say below the reply why it could not be finished; what had arrived stays."""
        self._show_growth()
        shown = reply or (self._open.message if self._open is not None else None)
        if shown is not None:
            self._end(replace(shown, status="failed"), error, ())

    def _end(self, reply: Message, error: StudioError | None, notices: Sequence[str]) -> None:
        self._show_growth()
        entry = self._open or self.entry_of(reply.id)
        self._note_thinking(entry, ended=True)
        self._forget_open()
        if entry is None:
            return
        entry.failure = error
        entry.notices = tuple(notices)
        entry.working = None
        entry.update(reply)
        self.mark_seen()
        if self._focus.end_waiting():
            self._put_focus(entry)
        announce(self, words_of_end(reply, error))

    def _show_working(self, working: Working) -> None:
        entry = self._open
        if entry is None or self._has_grown:
            return
        entry.set_working(working)
        self.lay_out()

    def _show_working_soon(self, working: Working) -> None:
        """Progress comes in bursts, of which only the last step is worth drawing."""
        self._working = working
        if not self._coalesce.isActive():
            self._coalesce.start()

    def _show_growth(self) -> None:
        self._coalesce.stop()
        if self._working is not None:
            self._show_working(self._working)
            self._working = None
        text, reasoning = "".join(self._text), "".join(self._reasoning)
        self._text, self._reasoning = [], []
        entry = self._open
        if entry is None or not (text or reasoning):
            return
        now = entry.message
        self._has_grown = True
        entry.working = None
        grown = replace(now, content=now.content + text, reasoning=now.reasoning + reasoning)
        if reasoning and self._thinking_since is None and not now.content:
            self._time_thinking(now.thought_s or 0.0)
        self._note_thinking(entry, ended=bool(grown.content.strip()))
        began = monotonic()
        entry.update(grown)
        self.lay_out()
        self._pace(monotonic() - began)

    def _pace(self, took_s: float) -> None:
        """Draw less often what takes long, so that drawing never takes most of the time."""
        wait_ms = round(1000 * _SHARE_OF_TIME * took_s)
        self._coalesce.setInterval(min(_SLOWEST_MS, max(GROW_MS, wait_ms)))

    def _time_thinking(self, so_far_s: float) -> None:
        self._thinking_since = monotonic() - so_far_s
        self._second.start()

    def _note_thinking(self, entry: Entry | None, ended: bool) -> None:
        """Keep how long the model has thought, until its first word."""
        if entry is None or self._thinking_since is None or not self._second.isActive():
            return
        entry.thought_seconds = monotonic() - self._thinking_since
        if ended:
            self._second.stop()

    def _on_second_passed(self) -> None:
        if self._open is not None:
            self._note_thinking(self._open, ended=False)
            self._open.update(self._open.message)
            self.lay_out()

    def _forget_open(self) -> None:
        self._open = None
        self._working = None
        self._has_grown = False
        self._text, self._reasoning = [], []
        self._thinking_since = None
        self._coalesce.stop()
        self._second.stop()
