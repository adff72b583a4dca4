"""Tells how full the model's context is while a reply is written."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from studio.chat.context_use import ContextUse, least_tokens
from studio.chat.turn import ContextFilled, ReplyGrew, TurnEvent, TurnFailed, TurnFinished

_EVERY_MS = 300


class LiveUse(QObject):
    """Follows the events of a turn: counted when the reply is begun, and about, as it grows.

    ``told`` carries the id of its conversation and a ContextUse, from time to time.
    """

    told = Signal(str, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._filled: ContextFilled | None = None
        self._written: list[str] = []
        self._soon = QTimer(self, singleShot=True, interval=_EVERY_MS)
        self._soon.timeout.connect(self._tell)

    def take(self, event: TurnEvent) -> None:
        """Take note of what happens in a turn."""
        if isinstance(event, ContextFilled):
            self._filled, self._written = event, []
            self._tell()
        elif isinstance(event, ReplyGrew):
            self._written.append(event.text + event.reasoning)
            if not self._soon.isActive():
                self._soon.start()
        elif isinstance(event, TurnFinished | TurnFailed):
            self._filled = None  # it is counted anew
            self._soon.stop()

    def _tell(self) -> None:
        filled = self._filled
        if filled is not None:
            tokens = min(filled.limit, filled.tokens + least_tokens("".join(self._written)))
            use = ContextUse(tokens, filled.limit, is_estimate=bool(self._written))
            self.told.emit(filled.conversation_id, use)
