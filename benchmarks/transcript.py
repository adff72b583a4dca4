"""The transcript alone: opening a long conversation, and the worst stall while scrolling it."""

from __future__ import annotations

import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication

from benchmarks.report import Figure, at_most, percentile
from studio.chat.conversation import Figures, Message
from studio.ui.chat.transcript.transcript import Transcript
from studio.ui.collector import Collector
from studio.ui.theme import Theme

MESSAGES = 2_000
_STEPS, _STEP_PX = 600, 90
_JUMPS = 40
_RUNS = 5
_REPLY = """The short answer is **yes**, with one exception that is easy to overlook.

```python
def mean(values: list[float]) -> float:
    return sum(values) / len(values)  # fails on an empty list
```

- It needs at least one value; `mean([])` raises an error.
- It reads the list twice, which does not matter below a million values.

| Way | Memory | Speed |
|:----|------:|------:|
| list | 12 MB | 38 s |
| array | 4 MB | 9 s |

Anything larger is better left to a library that was made for it, such as the one in the table.
"""


def conversation(count: int) -> list[Message]:
    """Return a conversation of ``count`` messages with code, lists and tables."""
    now = datetime(2026, 1, 1, tzinfo=UTC)
    figures = Figures(320, 280, 312, 0.21, 48.2)
    return [
        Message(f"m{n}", "c", None, "user", f"Question {n}: is that so, and why?", now)
        if n % 2 == 0
        else Message(f"m{n}", "c", None, "assistant", f"{n}. {_REPLY}", now, figures=figures)
        for n in range(count)
    ]


def themed() -> Theme:
    """Return the program's theme, with an application that wears it.

    Without a screen unless Qt was told of one.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication(sys.argv[:1])
    theme = Theme(Path(__file__).parents[1] / "resources")
    if isinstance(application, QApplication):
        theme.apply(application)
    return theme


def measure() -> list[Figure]:
    """Return the figures; shows a window, without a screen unless Qt was told of one."""
    theme = themed()
    transcript = Transcript(theme)
    transcript.resize(1280, 800)
    transcript.show()
    messages = conversation(MESSAGES)
    collector = Collector()  # as in the program
    collector.set_aside()
    opened = [_timed(lambda: _open(transcript, messages)) for _ in range(_RUNS)]
    bar = transcript.verticalScrollBar()
    steps = [_timed(lambda: bar.setValue(bar.value() - _STEP_PX)) for _ in range(_STEPS)]
    chance = random.Random(1)
    jumps = [_timed(lambda: bar.setValue(chance.randrange(bar.maximum()))) for _ in range(_JUMPS)]
    collector.close()
    widgets = f"{transcript.living_widgets} widgets alive"
    share = f"p99 {percentile(steps, 0.99):.1f} ms, median {statistics.median(steps):.1f} ms"
    far = f"{_JUMPS} jumps, median {statistics.median(jumps):.1f} ms"
    return [
        at_most(f"open {MESSAGES} messages", opened, 300, " ms", widgets),
        at_most("worst stall scrolling", [max(steps)], 50, " ms", f"{_STEPS} steps, {share}"),
        at_most("worst stall jumping anywhere", [max(jumps)], 100, " ms", far),
    ]


def _open(transcript: Transcript, messages: list[Message]) -> None:
    transcript.show_branch(messages)
    transcript.grab()


def _timed(act: Callable[[], object]) -> float:
    """Return the milliseconds of an act and of everything that Qt does because of it."""
    start = time.perf_counter()
    act()
    QApplication.sendPostedEvents()
    QApplication.processEvents()
    return 1000 * (time.perf_counter() - start)
