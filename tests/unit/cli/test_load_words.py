"""How a model is loaded is told in words, whatever was changed."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest

from studio.cli.load_words import words
from studio.engine.language import LoadSettings

SETTLED = LoadSettings(context=8192, gpu_layers=0, threads=2)
CHANGED: dict[str, tuple[Any, str]] = {
    "context": (None, "its usual context, on the processor, 2 processor threads"),
    "gpu_layers": (20, "8,192 tokens in view, 20 layers on the graphics card, 2 processor threads"),
    "threads": (None, "8,192 tokens in view, on the processor, a thread for each core"),
    "batch": (2048, "prompts read 2,048 tokens at a time"),
    "flash_attention": (False, "faster attention off"),
    "cache_type": ("q8_0", "the conversation kept at the precision q8_0"),
    "memory_map": (False, "weights read whole at the start"),
    "memory_lock": (True, "weights kept in memory"),
    "rope_scaling": ("yarn", "context stretched by yarn"),
    "rope_frequency_base": (500_000.0, "position frequency 500000"),
    "rope_frequency_scale": (0.5, "position factor 0.5"),
    "yarn_original_context": (4096, "length before stretching 4,096 tokens"),
    "yarn_extrapolation": (0.5, "share of extrapolation 0.5"),
    "yarn_attention": (1.5, "attention factor 1.5"),
    "yarn_beta_fast": (16.0, "fast turns 16"),
    "yarn_beta_slow": (2.0, "slow turns 2"),
    "full_sliding_window": (True, "sliding window kept whole"),
    "seed": (7, "seed 7"),
}


def test_defaults_are_not_told() -> None:
    assert words(SETTLED) == "8,192 tokens in view, on the processor, 2 processor threads"


def test_every_setting_has_its_words() -> None:
    assert {each.name for each in fields(LoadSettings)} == set(CHANGED)


@pytest.mark.parametrize("name", sorted(CHANGED))
def test_what_was_changed_is_told_in_words(name: str) -> None:
    value, told = CHANGED[name]
    assert words(replace(SETTLED, **{name: value})).endswith(told)
