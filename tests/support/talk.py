"""A conversation to look at, and what of a transcript can be seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, TypeVar

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from studio.chat.conversation import Figures, Message, Role
from studio.ui.chat.transcript.transcript import Transcript
from studio.ui.widgets.markdown.text_view import TextView

View = TypeVar("View", bound=QWidget)
FIGURES = Figures(320, 280, 312, 0.21, 48.2)
REPLY = """Here it is, with **weight** and a [link](https://a.b).

```python
print("hello")
```

- one
- two

Last words."""


def message(number: int, role: Role, content: str, **facts: Any) -> Message:
    made = Message(f"m{number}", "c", None, role, content, datetime(2026, 1, 1, tzinfo=UTC))
    return replace(made, **facts)


def talk(count: int) -> list[Message]:
    return [
        message(n, "user", f"Question {n}?")
        if n % 2 == 0
        else message(n, "assistant", f"Answer {n}. {REPLY}", figures=FIGURES)
        for n in range(count)
    ]


def seen(transcript: Transcript, kind: type[View]) -> list[View]:
    """Return the widgets of a kind that can be seen, from top to bottom."""
    views = [view for view in transcript.viewport().findChildren(kind) if view.isVisible()]
    return sorted(views, key=lambda view: view.mapTo(transcript, QPoint(0, 0)).y())


def on_screen(transcript: Transcript) -> str:
    """Return the words that can be read now."""
    window = transcript.viewport().rect()
    return "\n".join(
        view.text()
        for view in seen(transcript, TextView)
        if window.intersects(view.rect().translated(view.mapTo(transcript, QPoint(0, 0))))
    )


def place_of(transcript: Transcript, words: str) -> int:
    (view,) = (view for view in seen(transcript, TextView) if words in view.text())
    return view.mapTo(transcript, QPoint(0, 0)).y()
