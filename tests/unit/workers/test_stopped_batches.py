"""What a batch that was interrupted leaves behind, with an engine that says what a test wants."""

from __future__ import annotations

from typing import Any

import pytest

from studio.workers.llama.context import Context
from studio.workers.llama.readings import Readings
from studio.workers.llama.span import Spans, StoppedError

_STOPPED = 2


def interrupted(monkeypatch: pytest.MonkeyPatch, reached: int) -> Context:
    """Return a context of 40 tokens after a batch of 20 more, in which it came to ``reached``."""
    monkeypatch.setattr("llama_cpp.llama_decode", lambda *_: _STOPPED)
    monkeypatch.setattr("llama_cpp.llama_memory_seq_pos_max", lambda *_: reached - 1)
    context = Context.__new__(Context)
    nothing: Any = None
    context.handle, context._memory = nothing, nothing
    context._spans, context.readings = Spans(), Readings()
    context.tokens = list(range(40))
    context.readings.add(0, 40)
    with pytest.raises(StoppedError):
        context.decode(list(range(40, 60)))
    return context


def test_a_batch_of_which_nothing_was_read_changes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    context = interrupted(monkeypatch, 40)
    assert len(context.tokens) == 40
    assert context.readings.runs() == ((0, 40, 1),), "the next reply can be repeated"


def test_of_a_part_nobody_knows_how_it_was_read(monkeypatch: pytest.MonkeyPatch) -> None:
    context = interrupted(monkeypatch, 50)
    assert context.tokens == list(range(50))
    assert context.readings.runs() == ()
