"""How the embedding worker spends a machine: where it computes, and how much of it at once."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.workers.embedders.batches import SECONDS, Pace, batches
from studio.workers.embedders.device import choose, computes_bfloat16
from studio.workers.embedders.embedder import Prepared, clean, of_length_one
from studio.workers.serve import RefusedError


def machine(*, cuda: bool = False, bf16: bool = False, mps: bool = False, cpu: Any = None) -> Any:
    """Return what torch would tell of a machine."""
    return SimpleNamespace(
        cuda=SimpleNamespace(is_available=lambda: cuda, is_bf16_supported=lambda: bf16),
        backends=SimpleNamespace(mps=SimpleNamespace(is_available=lambda: mps)),
        cpu=cpu or SimpleNamespace(),
        bfloat16="bfloat16",
        float32="float32",
    )


AMX = SimpleNamespace(_is_avx512_bf16_supported=lambda: False, _is_amx_tile_supported=lambda: True)
OLD = SimpleNamespace(_is_avx512_bf16_supported=lambda: False, _is_amx_tile_supported=lambda: False)


@pytest.mark.parametrize(
    ("torch", "wanted", "chosen"),
    [
        (machine(), "", ("cpu", "float32")),
        (machine(cpu=OLD), "", ("cpu", "float32")),
        (machine(cpu=AMX), "", ("cpu", "bfloat16")),
        (machine(cuda=True, bf16=True), "", ("cuda", "bfloat16")),
        (machine(cuda=True), "", ("cuda", "float32")),
        (machine(cuda=True, bf16=True, cpu=OLD), "cpu", ("cpu", "float32")),
        (machine(mps=True, cpu=AMX), "", ("mps", "float32")),
    ],
)
def test_the_best_there_is_is_chosen(torch: Any, wanted: str, chosen: tuple[str, str]) -> None:
    assert choose(torch, wanted) == chosen


@pytest.mark.parametrize("wanted", ["cuda", "mps", "tpu"])
def test_what_is_not_there_is_refused(wanted: str) -> None:
    with pytest.raises(RefusedError) as refused:
        choose(machine(), wanted)
    assert refused.value.code == "embedder.no_device"


def test_a_torch_that_cannot_tell_counts_as_no() -> None:
    assert not computes_bfloat16(machine())


def prepared(*tokens: int) -> list[Prepared]:
    return [Prepared(number, None) for number in tokens]


@given(st.lists(st.integers(0, 600), max_size=60), st.integers(1, 2000))
def test_every_text_is_in_one_batch_and_the_longest_come_first(
    tokens: list[int], pace_tokens: int
) -> None:
    pace = Pace()
    pace.tokens = pace_tokens
    made = list(batches(prepared(*tokens), pace))
    order = [place for batch in made for place in batch]
    assert sorted(order) == list(range(len(tokens)))
    assert [tokens[place] for place in order] == sorted(tokens, reverse=True)
    for batch in made:
        assert len(batch) == 1 or len(batch) * tokens[batch[0]] <= pace_tokens


def test_the_pace_follows_the_machine_within_bounds() -> None:
    pace = Pace()
    first = pace.tokens
    pace.learn(first, SECONDS / 100)
    assert pace.tokens == 2 * first, "one lucky batch does not set the pace"
    pace.learn(pace.tokens, 2 * SECONDS)
    assert pace.tokens == first
    pace.learn(first, 1000)
    assert 0 < pace.tokens < first
    for _ in range(20):
        pace.learn(pace.tokens, 0.0)
    assert pace.tokens < 1 << 15


def test_vectors_are_of_length_one_and_zeros_stay() -> None:
    rows = of_length_one(np.array([[3, 4], [0, 0]], np.float32))
    assert rows.tolist() == [pytest.approx([0.6, 0.8]), [0, 0]]


def test_a_lone_surrogate_is_no_obstacle() -> None:
    assert clean(["a\ud800b", "猫"]) == ["a?b", "猫"]
