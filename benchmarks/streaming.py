"""A reply of 20,000 characters that grows by 100 tokens a second: how long each frame takes."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime

from PySide6.QtCore import QEventLoop, QTimer

from benchmarks.report import Figure, at_most, percentile
from benchmarks.stalls import Watch
from benchmarks.transcript import conversation, themed
from studio.chat.conversation import Message
from studio.ui.chat.transcript.transcript import Transcript
from studio.ui.collector import Collector
from studio.ui.theme import Theme

CHARACTERS = 20_000
_TOKEN_CHARACTERS = 4
_PIECE_MS = 60  # as the worker joins them
_PIECE = 100 * _TOKEN_CHARACTERS * _PIECE_MS // 1000
_SECONDS = 10
_PROSE = "The river bends here, and **nobody** knows why; `maps` are silent about it. "
_CODE = "    total = total + values[index] * weights[index]  # the sum so far\n"


def measure() -> list[Figure]:
    """Return the figures; shows a window, without a screen unless Qt was told of one."""
    theme = themed()
    mixed = "".join(message.content for message in conversation(120) if message.role != "user")
    return [
        *_stream(theme, "a reply of many blocks", mixed),
        *_stream(theme, "one long paragraph", _PROSE * 400),
        *_stream(theme, "one long block of code", "```python\n" + _CODE * 500),
    ]


def _stream(theme: Theme, name: str, text: str) -> list[Figure]:
    transcript = Transcript(theme)
    transcript.resize(1280, 800)
    transcript.show()
    now = datetime(2026, 1, 1, tzinfo=UTC)
    question = Message("q", "c", None, "user", "Go on.", now)
    reply = Message("r", "c", "q", "assistant", "", now, status="streaming")
    transcript.show_branch(conversation(20))
    transcript.begin(question, reply)
    transcript.grow("r", text[:CHARACTERS], "")
    stalls = _watched(transcript, _pieces(text[CHARACTERS:]))
    transcript.close()
    transcript.deleteLater()
    note = f"{_SECONDS} s at 100 tokens/s from {CHARACTERS:,} characters on"
    return [
        at_most(f"{name}, p99 stall", [percentile(stalls, 0.99)], 16, " ms", note),
        at_most(f"{name}, worst stall", [max(stalls)], 50, " ms", note),
    ]


def _watched(transcript: Transcript, pieces: Iterator[str]) -> list[float]:
    collector = Collector()
    collector.set_aside()
    watch, loop = Watch(), QEventLoop()
    feed = QTimer(interval=_PIECE_MS)
    feed.timeout.connect(lambda: transcript.grow("r", next(pieces), ""))
    feed.start()
    QTimer.singleShot(1000, watch.start)  # the first 20,000 characters are laid out by then
    QTimer.singleShot(1000 * (1 + _SECONDS), loop.quit)
    loop.exec()
    feed.stop()
    collector.close()
    return watch.stalls_ms


def _pieces(text: str) -> Iterator[str]:
    for start in itertools.count(0, _PIECE):
        yield text[start : start + _PIECE] or "more "
