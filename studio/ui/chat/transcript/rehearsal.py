"""Draws one row of every kind where nobody sees it, so that the first reply finds all ready.

The first widget of a kind costs ten times what the next one does: Qt looks up its style, fonts are
loaded, Python's names for Qt's values come into being. All at once that is a pause to be felt in
the first moment of the first reply; one row per idle moment is not.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from studio.chat.conversation import Figures, Message
from studio.translation import tr
from studio.ui.chat.messages.entry import Entry
from studio.ui.chat.messages.pool import RowPool
from studio.ui.chat.messages.rows import Row, Working

_PAUSE_MS = 30
_QUESTION = "A question"
# Its code is in no language: a lexer takes megabytes, and is loaded in the background anyway.
_REPLY = """# Heading

Plain, **strong**, *soft* and `code`, with a [link](https://example.org).

- first
- second

1. one
2. two

> quoted

| a | b |
|---|---|
| 1 | 2 |

---

```
def answer() -> int:
    return 42
```
"""


class Rehearsal(QObject):
    """Goes through its rows, one at a time, until all are drawn."""

    def __init__(self, pool: RowPool, width: int, column: QWidget) -> None:
        super().__init__(column)
        self._column = column
        self._pool = pool
        self._width = width
        self._rows = _rows()
        self._timer = QTimer(self, interval=_PAUSE_MS)
        self._timer.timeout.connect(self._step)
        self._timer.start()

    def _step(self) -> None:
        row = next(self._rows, None)
        if row is None:
            self._timer.stop()
            self._column.grab()
            self.deleteLater()
            return
        self._pool.rehearse(row, self._width)


def _rows() -> Iterator[Row]:
    now = datetime.now(UTC)
    figures = Figures(1, 1, 1, 1.0, 1.0)
    question = Message("", "", None, "user", _QUESTION, now)
    reply = Message("", "", None, "assistant", _REPLY, now, reasoning="Hm.", figures=figures)
    yield Row("working", Working(tr("Starting")), 0)
    for message in (question, reply):
        entry = Entry(message)
        entry.prepare()
        yield from entry.rows
