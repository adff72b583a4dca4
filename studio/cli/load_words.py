"""Says in words how a model is loaded: what everybody asks, then what was changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from studio.engine.language import LoadSettings

_DEFAULTS = asdict(LoadSettings())
_ALWAYS_TOLD = ("context", "gpu_layers", "threads")

_Words = Callable[[Any], str]

_CHANGED: Mapping[str, _Words] = {
    "batch": lambda tokens: f"prompts read {tokens:,} tokens at a time",
    "flash_attention": lambda on: f"faster attention {'on' if on else 'off'}",
    "cache_type": lambda kind: f"the conversation kept at the precision {kind}",
    "memory_map": lambda on: f"weights read {'as they are needed' if on else 'whole at the start'}",
    "memory_lock": lambda on: f"weights {'kept in memory' if on else 'may leave memory'}",
    "rope_scaling": lambda kind: f"context stretched by {kind}",
    "rope_frequency_base": lambda value: f"position frequency {value:g}",
    "rope_frequency_scale": lambda value: f"position factor {value:g}",
    "yarn_original_context": lambda tokens: f"length before stretching {tokens:,} tokens",
    "yarn_extrapolation": lambda value: f"share of extrapolation {value:g}",
    "yarn_attention": lambda value: f"attention factor {value:g}",
    "yarn_beta_fast": lambda value: f"fast turns {value:g}",
    "yarn_beta_slow": lambda value: f"slow turns {value:g}",
    "full_sliding_window": lambda on: f"sliding window kept {'whole' if on else 'in part'}",
    "seed": lambda seed: f"seed {seed}",
}


def words(settings: LoadSettings) -> str:
    """Return a sentence's worth about settled settings, without its full stop."""
    told = [
        f"{settings.context:,} tokens in view" if settings.context else "its usual context",
        _place(settings.gpu_layers),
        f"{settings.threads} processor threads" if settings.threads else "a thread for each core",
    ]
    for name, value in asdict(settings).items():
        if name not in _ALWAYS_TOLD and value != _DEFAULTS[name]:
            told.append(_CHANGED[name](value))
    return ", ".join(told)


def _place(gpu_layers: int | None) -> str:
    if gpu_layers is None:
        return "as much as fits on the graphics card"
    if gpu_layers == 0:
        return "on the processor"
    return f"{gpu_layers} layers on the graphics card"
