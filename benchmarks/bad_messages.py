"""Replies that would bring a window down: how long the GUI thread is ever busy with showing one."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from PySide6.QtCore import QEventLoop, QObject, QTimer

from benchmarks.report import Figure, at_most
from benchmarks.stalls import Watch
from benchmarks.transcript import themed
from studio.chat.conversation import Message
from studio.ui.chat.transcript.transcript import Transcript
from studio.ui.collector import Collector

_PATIENCE_S = 60.0
_REHEARSAL_MS = 2_000
_REPLIES = {
    "1 MB of prose": "Some *words* of many, and then some more.\n\n" * 23_000,
    "a line of 100,000 letters": "x" * 100_000,
    "a table of 5,000 rows": "|n|v|\n|-|-|\n" + "|1|2|\n" * 5_000,
    "3,000 lines of code": "```py\n" + "print(1)\n" * 3_000,
    "quotes 50 deep": "".join(">" * depth + f" {depth}\n" for depth in range(1, 51)),
    "a list of 2,000 items": "1. item\n" * 2_000,
    "3,000 links that never end": "[a](b" * 3_000,
    "10,000 signs of emphasis": "**a** *b* ~~c~~ " * 1_000,
}


def measure() -> list[Figure]:
    """Return the longest time without a look at the event loop, opening and scrolling each."""
    theme = themed()
    transcript = Transcript(theme)
    transcript.resize(1280, 800)
    transcript.show()
    collector = Collector()  # as in the program, like the rehearsal
    transcript.rehearse()
    _wait(_REHEARSAL_MS)
    collector.set_aside()
    figures = []
    for name, text in _REPLIES.items():
        stall_ms, ready_s = _worst_stall_ms(transcript, text)
        told = f"{len(text):,} letters, all there after {ready_s:.1f} s"
        figures.append(at_most(f"worst stall, {name}", [stall_ms], 50, " ms", told))
    collector.close()
    return figures


def _wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _worst_stall_ms(transcript: Transcript, text: str) -> tuple[float, float]:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    messages = [
        Message("q", "c", None, "user", "Go on.", now),
        Message("a", "c", "q", "assistant", text, now),
    ]
    loop, owner = QEventLoop(), QObject()
    watch = Watch()
    began = time.perf_counter()
    ready_s = 0.0

    def look() -> None:
        nonlocal ready_s
        bar = transcript.verticalScrollBar()
        if not ready_s and transcript.entries[-1].is_ready:
            ready_s = time.perf_counter() - began
            bar.setValue(bar.maximum() // 2)
        elif ready_s:
            bar.setValue(bar.maximum())
            QTimer.singleShot(500, owner, loop.quit)
        if time.perf_counter() - began > _PATIENCE_S:
            loop.quit()

    watch.start()
    QTimer.singleShot(0, owner, lambda: transcript.show_branch(messages))
    timer = QTimer(owner, interval=100)
    timer.timeout.connect(look)
    timer.start()
    loop.exec()
    timer.stop()
    return max(watch.stalls_ms), ready_s or _PATIENCE_S
