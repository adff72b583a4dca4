"""How far the reading of a prompt has come: told before the first batch, and after each."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from studio.engine.language import LoadSettings
from studio.workers.llama import context as contexts
from studio.workers.llama.context import Context
from studio.workers.llama.prompt_reading import read


class Reader:
    """A context that reads ten tokens at a time and may stop before it begins."""

    can_be_cut, has_pictures, size, step = True, False, 100, 10

    def __init__(self, *, stops: bool = False) -> None:
        self.tokens = [1] * 5
        self.abort = SimpleNamespace(is_set=stops)

    def read_some(self, prompt: list[int], end: int) -> None:
        self.tokens = prompt[: min(end, len(self.tokens) + self.step)]


def test_nothing_of_all_is_told_before_the_first_batch() -> None:
    told: list[tuple[int, int]] = []
    left: list[float | None] = []

    def progress(done: int, total: int, seconds_left: float | None) -> None:
        told.append((done, total))
        left.append(seconds_left)

    reader: Any = Reader()
    read(reader, [1] * 30, progress)
    assert told == [(0, 25), (10, 25), (20, 25), (25, 25)]
    assert left[0] is None
    assert left[-1] == 0


@pytest.mark.parametrize(("batch", "on_card", "step"), [(512, 0, 128), (64, 0, 64), (512, 9, 512)])
def test_a_processor_reads_in_smaller_steps(
    monkeypatch: pytest.MonkeyPatch, batch: int, on_card: int, step: int
) -> None:
    def nothing(*_given: object) -> SimpleNamespace:
        return SimpleNamespace(n_ctx=2048)

    for name in ("llama_init_from_model", "llama_get_memory"):
        monkeypatch.setattr(f"llama_cpp.{name}", nothing)
    monkeypatch.setattr("llama_cpp.llama_n_batch", lambda _handle: batch)
    monkeypatch.setattr(contexts, "_context_params", nothing)
    model: Any = SimpleNamespace(handle=None, layers_offloaded=on_card)
    unused: Any = SimpleNamespace(clear=lambda: None)
    made = Context(model, LoadSettings(), unused, unused)
    assert (made.batch_size, made.step) == (batch, step)
