"""Counts what the message being written fills of the context, and tells that it will not fit."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from studio.errors import StudioError
from studio.translation import tr
from studio.ui.chat.work_area import WorkArea
from studio.ui.relay import Relay
from studio.ui.widgets.quantities import count

if TYPE_CHECKING:
    from studio.chat.context_use import ContextUse
    from studio.chat.conversation import Conversation
    from studio.chat.session import ChatSession

_COUNT_MS = 300


class DraftCount(QObject):
    """Shows it in the ring, and above the composer what sending would fail with.

    Args:
        session: asked for at need only.
        unmade: gives the conversation that a first message would open, once that is known.
        shown: gives the id of the conversation on show; empty for a new one.
    """

    failed = Signal(object)

    def __init__(
        self,
        work: WorkArea,
        session: Callable[[], ChatSession],
        unmade: Callable[[], Conversation | None],
        shown: Callable[[], str],
    ) -> None:
        super().__init__(work)
        self._work = work
        self._session = session
        self._unmade = unmade
        self._shown = shown
        self._counted_for = ""
        self._is_estimate = False
        self._relay = Relay(self)
        self._timer = QTimer(self, singleShot=True, interval=_COUNT_MS)
        self._timer.timeout.connect(self._count)
        work.composer.edited.connect(self.soon)

    def soon(self) -> None:
        """Count anew in a moment; what is on show of another chat or text goes at once."""
        key = self._shown()
        is_empty = not self._work.composer.text().strip()
        if key != self._counted_for or (is_empty and (self._is_estimate or not key)):
            self._clear()
        elif is_empty:
            self._work.warn("")
        self._timer.start()

    def move_to(self, conversation_id: str) -> None:
        """Say that the new chat on show has become this conversation."""
        if not self._counted_for:
            self._counted_for = conversation_id

    def show_while_written(self, use: ContextUse) -> None:
        """Show what a turn that runs here fills, other than below a warning about the draft."""
        if not self._is_estimate:
            self._show(use)
            self._is_estimate = False  # it has no part of the draft, with which it would go

    def _count(self) -> None:
        key, text = self._shown(), self._work.composer.text()
        unmade = self._unmade() if not key and text.strip() else None
        if not key and unmade is None:
            self._clear()
            return
        told = self._relay.wrap(self._on_counted)
        try:
            self._session().count(key, text, lambda use: told(key, len(text), use), unmade)
        except StudioError as error:
            self._clear()
            self.failed.emit(error)

    def _on_counted(self, key: str, length: int, use: ContextUse) -> None:
        if (key, length) != (self._shown(), len(self._work.composer.text())):
            return  # it is counted anew
        if use.limit:
            self._show(use)
        elif self._is_estimate or self._session().running_in is None:
            self._clear()  # else what was counted before the reply that is being written stands
        self._work.warn(str(use.problem) if use.problem else "")

    def _show(self, use: ContextUse) -> None:
        self._counted_for, self._is_estimate = self._shown(), use.is_estimate
        self._work.composer.set_context(use.tokens, use.limit)
        if use.is_estimate:
            used, limit = count(use.tokens), count(use.limit)
            told = tr("About {used} of {limit} tokens", used=used, limit=limit)
            self._work.composer.ring.setToolTip(told)
            self._work.composer.ring.setAccessibleName(told)

    def _clear(self) -> None:
        self._counted_for, self._is_estimate = self._shown(), False
        self._work.composer.set_context(None, None)
        self._work.warn("")
