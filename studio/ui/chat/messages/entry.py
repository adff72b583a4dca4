"""One message as rows: parsed when it comes near the window, and kept up while it is written."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from studio.chat.conversation import Message
from studio.chat.going_on import was_cut_off
from studio.errors import StudioError
from studio.translation import tr
from studio.ui.chat.messages import reply_words as words
from studio.ui.chat.messages.flow import Flow
from studio.ui.chat.messages.rows import (
    Content,
    Failure,
    Footer,
    Person,
    Row,
    Thought,
    Wording,
    Working,
    text_height,
)
from studio.ui.chat.messages.structured import ending_of, structured_of
from studio.ui.chat.messages.unsaved_words import is_unsaved
from studio.ui.widgets.markdown.parser import clean
from studio.ui.widgets.markdown.pieces import Code

if TYPE_CHECKING:
    from studio.chat.tree import Place

FOLD_CHARS, FOLD_LINES = 2_400, 24
_PERSON_GAP, _REPLY_GAP, _PART_GAP, _FOOTER_GAP = 24, 22, 12, 6
# The buttons' icons, not their invisible edges, stand at the edge of the text.
_FOOTER_INDENT = -8


class Entry:
    """A message of the transcript. ``height`` is a guess until its rows were measured."""

    def __init__(self, message: Message, is_first: bool = False) -> None:
        self.message = message
        self.is_person = message.role == "user"
        self.rows: list[Row] = []
        self.is_ready = False
        self.is_last = False
        self.place: Place | None = None
        self.wording: Wording | None = None
        self.working: Working | None = None
        self.failure: StudioError | None = None
        self.notices: Sequence[str] = ()
        self.thought_seconds = message.thought_s
        self._is_first = is_first
        self._is_unfolded = False
        self._fixed: dict[str, Row] = {}
        self.height = self.guess()

    @property
    def is_live(self) -> bool:
        """Whether it is being written."""
        return self.message.status == "streaming"

    @property
    def is_folded(self) -> bool:
        """Whether reasoning, or most of a long text, is out of sight and can be unfolded."""
        has_thoughts = bool(self.message.reasoning.strip()) and not self._is_unfolded
        return self._is_folded() if self.is_person else has_thoughts

    def guess(self) -> float:
        """Return about how high the message will be."""
        text = self.message.content
        if self.is_person:
            return min(text_height(text), 420) + 24 + _PERSON_GAP
        return text_height(text) * 1.25 + _REPLY_GAP + 40

    def prepare(self) -> bool:
        """Parse what is needed for showing the message; tell whether some of it still waits."""
        if self.is_ready:
            return False
        flows = self._flows()
        flow = next((each for each in flows if each.waits), None)
        if flow is not None:
            flow.work()
        self.is_ready = not any(each.waits for each in flows)
        if self.rows and flow is not None and not self.is_ready:
            flow.settle()  # the rows of what is parsed now, shown once all is there
        else:
            self._arrange()
        return not self.is_ready

    def update(self, message: Message) -> None:
        """Show the message as it is now: longer, finished, or failed."""
        self.message = message
        if not self.is_live and message.thought_s is not None:
            self.thought_seconds = message.thought_s
        self._refresh()

    def set_working(self, working: Working | None) -> None:
        """Show what goes on before the first word, or nothing of that kind."""
        self.working = working
        self._refresh()

    def set_last(self, is_last: bool) -> None:
        """Say whether this is the last message, which can be written anew."""
        if is_last != self.is_last:
            self.is_last = is_last
            if self.rows:
                self._arrange()

    def set_place(self, place: Place | None) -> None:
        """Say where the message stands among its other versions."""
        if place != self.place:
            self.place = place
            if self.rows:
                self._arrange()

    def set_wording(self, wording: Wording | None) -> None:
        """Show other words for the message, which are being written, or again the message."""
        self.wording = wording
        if self.rows:
            self._arrange()

    def unfold(self) -> None:
        """Show reasoning or a long text that is folded, or fold it again."""
        self._is_unfolded = not self._is_unfolded
        self._refresh()

    def measure(self) -> None:
        """Add the heights of the rows up."""
        self.height = sum(row.room for row in self.rows) if self.rows else self.guess()

    # Most messages of a long conversation are never parsed.
    @cached_property
    def _body(self) -> Flow:
        return Flow()

    @cached_property
    def _thoughts(self) -> Flow:
        return Flow(quiet=True)

    def _refresh(self) -> None:
        flows = self._flows()
        for flow in flows:
            flow.keep_up()
        self._arrange()
        self.is_ready = not any(flow.waits for flow in flows)

    def _flows(self) -> list[Flow]:
        """Return the texts on show, from the top, with all that has arrived of them."""
        flows: list[Flow] = []
        if self._is_unfolded and not self.is_person:
            self._thoughts.follow(self.message.reasoning)
            flows.append(self._thoughts)
        if not self.is_person and structured_of(self.message) is None:
            self._body.follow(self.message.content)
            flows.append(self._body)
        return flows

    def _arrange(self) -> None:
        gap = 0 if self._is_first else _PERSON_GAP if self.is_person else _REPLY_GAP
        if self.wording is not None:
            self.rows = [self._row("wording", self.wording, gap)]
        elif self.is_person:
            text, files = clean(self.message.content), self.message.attachments
            content = Person(text, self._is_folded(), self.place, files)
            self.rows = [self._row("person", content, gap)]
        else:
            self.rows = [*self._thought_rows(), *self._body_rows(), *self._end_rows()]
            if self.rows:
                self.rows[0].gap = _REPLY_GAP
        self.measure()

    def _is_folded(self) -> bool:
        return not self._is_unfolded and _is_long(self.message.content)

    def _thought_rows(self) -> list[Row]:
        reasoning = self.message.reasoning
        if not reasoning.strip():
            return []
        is_live = self.is_live and not self.message.content.strip()
        count = len(reasoning.split()) if not is_live else 0
        heading = Thought(self._is_unfolded, is_live, self.thought_seconds, count)
        thoughts = self._thoughts.rows() if self._is_unfolded else []
        return [self._row("thought", heading, 0), *thoughts]

    def _body_rows(self) -> list[Row]:
        shown = structured_of(self.message)
        if shown is None:
            rows = self._body.rows()
        else:
            rows = [self._row("code" if isinstance(shown, Code) else "structured", shown, 0)]
        if rows and self.message.reasoning.strip():
            rows[0].gap = _PART_GAP
        return rows

    def _end_rows(self) -> list[Row]:
        message = self.message
        can_retry, can_regenerate = _ways_on(message, is_last=self.is_last)
        rows: list[Row] = []
        if self.working is not None and self.is_live:
            rows.append(self._row("working", self.working, _PART_GAP))
        if (told := ending_of(message)) is not None:
            rows.append(self._row("ending", told, _PART_GAP))
        if message.status == "failed":
            failure = Failure(_error(self.failure, message), can_retry)
            rows.append(self._row("failure", failure, _PART_GAP))
        for number, sentence in enumerate(words.notices(message, self.notices)):
            note = words.note(sentence)
            rows.append(self._row("ending", note, _PART_GAP, name=f"note{number}"))
        can_copy = bool(message.content.strip())
        can_continue = self.is_last and was_cut_off(message) and not is_unsaved(message)
        line, explained = words.figures(message.figures)
        if not self.is_live and (line or can_copy or can_regenerate or self.place):
            footer = Footer(
                line, explained, can_regenerate, self.is_last, can_copy, can_continue, self.place
            )
            rows.append(self._row("footer", footer, _FOOTER_GAP, indent=_FOOTER_INDENT))
        return rows

    def _row(self, kind: str, content: Content, gap: int, name: str = "", indent: int = 0) -> Row:
        """Return the one row of its kind, kept so that its widget is kept."""
        row = self._fixed.get(name or kind)
        if row is None:
            row = self._fixed[name or kind] = Row(kind, content, gap, indent)
        row.put(content)
        row.gap = gap
        return row


def _is_long(text: str) -> bool:
    return len(text) > FOLD_CHARS or text.count("\n") >= FOLD_LINES


def _ways_on(reply: Message, *, is_last: bool) -> tuple[bool, bool]:
    """Return whether its failure offers to try again, and whether the foot of the reply does.

    That a question is too long is not changed by trying again alone, and unsaved is no failure.
    """
    if not is_last or reply.status != "failed":
        return False, True
    if reply.failure is not None and reply.failure.code == "prompt.too_long":
        return False, True
    return not is_unsaved(reply), False


def _error(failure: StudioError | None, message: Message) -> StudioError:
    if failure is not None:
        return failure
    told = message.failure
    if told is None:
        return StudioError("chat.failed", tr("This reply could not be finished."), tr("Try again."))
    # It was told in English, perhaps; with facts in it, it stays as it was told.
    return StudioError(told.code, tr(told.what), tr(told.hint), told.details)
