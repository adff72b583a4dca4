"""The facts of a loaded model, where a test cares for one or two of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from studio.engine.language import ModelLoaded

_TINY = ModelLoaded(
    path="tiny.gguf",
    name="",
    architecture="llama",
    description="",
    context=512,
    context_trained=512,
    layers=2,
    layers_offloaded=0,
    device="CPU",
    weights_bytes=1,
    memory_bytes=1,
    has_template=True,
    template_error="",
    cache_can_be_cut=True,
    reasoning=False,
    seconds=0.0,
)


def loaded(**facts: Any) -> ModelLoaded:
    """Return what is told of a tiny model on the processor, but for the facts given."""
    return replace(_TINY, **facts)
