"""Chat through session, worker and store, side by side with a bare llama.cpp loop."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil

from benchmarks import raw_llama
from benchmarks.report import Figure, at_least, at_most, environment
from studio.assembly import Parts, open_parts
from studio.chat.prompt import Overrides
from studio.chat.turn import (
    ModelLoading,
    PromptReading,
    ReplyGrew,
    TurnEvent,
    TurnFailed,
    TurnFinished,
)
from studio.library.fit import estimate

STORY = "Tell me a long story about a dog."
FOLLOW_UP = (
    "And now tell the same story again, but let the dog live by the sea with an old fisherman, "
    "and let there be a storm in the night that the two of them survive together."
)
TOKENS = 128
PAIRS = 9
# Other programs take their share of the machine for seconds at a time. Many short replies, each
# beside its bare run and by turns before and after it, tell a hundredth where a few long ones
# differ by a third.
SHORT_TOKENS = 64
SHORT_PAIRS = 64


class Turn:
    """Runs one exchange and notes when what happened."""

    def __init__(self, parts: Parts, conversation_id: str) -> None:
        self._parts = parts
        self._conversation = conversation_id
        self.grew_at: list[float] = []
        self.last: TurnEvent | None = None
        self.ended_at = 0.0
        self._reached: dict[type, threading.Event] = {kind: threading.Event() for kind in _PHASES}

    def run(self, text: str, stop_at: type | None = None, tokens: int = TOKENS) -> float:
        """Return the seconds from sending to the first word, or from Stop to the end."""
        overrides = Overrides(temperature=0.0, max_tokens=tokens if stop_at is None else None)
        began = time.perf_counter()
        future = self._parts.session.send(
            self._conversation, text, self._listen, overrides=overrides
        )
        if stop_at is not None:
            self._reached[stop_at].wait(120)
            began = time.perf_counter()
            self._parts.session.stop()
        future.result()
        if isinstance(self.last, TurnFailed):
            raise self.last.error
        return (self.ended_at if stop_at else self.grew_at[0]) - began

    @property
    def tokens_per_s(self) -> float:
        """Tokens after the first by the time between the first and the last event."""
        assert isinstance(self.last, TurnFinished)
        assert self.last.reply.figures is not None
        return (self.last.reply.figures.tokens - 1) / (self.grew_at[-1] - self.grew_at[0])

    def _listen(self, event: TurnEvent) -> None:
        if isinstance(event, ReplyGrew):
            self.grew_at.append(time.perf_counter())
        if isinstance(event, TurnFinished | TurnFailed):
            self.last = event
            self.ended_at = time.perf_counter()
        if type(event) in self._reached:
            self._reached[type(event)].set()


_PHASES = (ModelLoading, PromptReading, ReplyGrew)


@contextmanager
def program(home: Path) -> Iterator[tuple[Parts, str]]:
    """Open the program's parts with the starter model at a fixed context."""
    parts = open_parts(home)
    try:
        model = parts.shelf.list()[0]
        settings = replace(
            parts.shelf.load_settings(model), context=raw_llama.CONTEXT, threads=raw_llama.THREADS
        )
        parts.shelf.set_load_settings(model, settings)
        yield parts, model.name
    finally:
        parts.close()


@contextmanager
def bare_loop(model: Path) -> Iterator[Any]:
    """Start the bare loop; yield a function that asks it."""
    command = [sys.executable, "-P", "-m", "benchmarks.raw_llama", str(model)]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment(),
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None

        def ask(**request: Any) -> float:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(json.dumps(request) + "\n")
            process.stdin.flush()
            return float(json.loads(process.stdout.readline()))

        yield ask
        process.stdin.close()


def measure(home: Path) -> list[Figure]:
    """Return the figures of chat."""
    with program(home) as (parts, name):
        path = parts.shelf.find(name).path
        with bare_loop(path) as bare:
            speed = _decode(parts, name, bare)
            second = _second_turn(parts, name, bare)
        return [speed, second, *_stops(parts, name), _memory(parts, name)]


def _new(parts: Parts, name: str) -> str:
    return parts.conversations.create(model=name).id


def _decode(parts: Parts, name: str, bare: Any) -> Figure:
    def through_program() -> float:
        turn = Turn(parts, _new(parts, name))
        turn.run(STORY, tokens=SHORT_TOKENS)
        return turn.tokens_per_s

    def bare_alone() -> float:
        return float(bare(decode=SHORT_TOKENS))

    through_program(), bare_alone()
    ours, theirs = [], []
    for number in range(SHORT_PAIRS):
        if number % 2:
            ours.append(through_program())
            theirs.append(bare_alone())
        else:
            theirs.append(bare_alone())
            ours.append(through_program())
    ratios = [own / raw for own, raw in zip(ours, theirs, strict=True)]
    note = f"{min(ours):.0f}-{max(ours):.0f} tokens/s, bare {min(theirs):.0f}-{max(theirs):.0f}"
    return at_least("chat decode against a bare loop", ratios, 0.98, " x", note)


def _second_turn(parts: Parts, name: str, bare: Any) -> Figure:
    ratios = []
    new = kept = 0
    for _ in range(PAIRS):
        conversation = _new(parts, name)
        Turn(parts, conversation).run(STORY)
        turn = Turn(parts, conversation)
        waited = turn.run(FOLLOW_UP)
        assert isinstance(turn.last, TurnFinished)
        figures = turn.last.reply.figures
        assert figures is not None
        kept, new = figures.reused_tokens, figures.prompt_tokens - figures.reused_tokens
        ratios.append(waited / bare(read=[kept, new]))
    note = f"{new} new tokens after {kept} reused"
    return at_most("second turn, first word against reading it", ratios, 1.15, " x", note)


def _stops(parts: Parts, name: str) -> list[Figure]:
    figures = []
    long = "word " * 3000
    for phase, kind, text in (
        ("loading", ModelLoading, STORY),
        ("reading the prompt", PromptReading, long),
        ("writing", ReplyGrew, STORY),
    ):
        waits = []
        for _ in range(3):
            if kind is ModelLoading:
                parts.engine.unload()
            conversation = _new(parts, name)
            waits.append(Turn(parts, conversation).run(text, stop_at=kind))
        figures.append(at_most(f"Stop while {phase}", waits, 0.5, " s", "from Stop to the end"))
    return figures


def _memory(parts: Parts, name: str) -> Figure:
    model = parts.shelf.find(name)
    errors = []
    note = ""
    for context in (2048, 8192):
        settings = replace(parts.shelf.load_settings(model), context=context)
        parts.shelf.set_load_settings(model, settings)
        parts.engine.unload()
        idle = psutil.Process(parts.broker.host("llm").pid).memory_info().rss
        conversation = _new(parts, name)
        Turn(parts, conversation).run("word " * min(1200, context - 700))
        peak = psutil.Process(parts.broker.host("llm").pid).memory_info().rss
        expected = estimate(model.facts(), parts.chooser.settled(model)).total
        errors.append(abs(expected - (peak - idle)) / (peak - idle))
        note += f"{context}: {expected / 1e6:.0f} of {(peak - idle) / 1e6:.0f} MB; "
    return at_most("memory estimate, error against measured", [max(errors)], 0.10, "", note)
