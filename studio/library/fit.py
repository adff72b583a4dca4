"""Estimates how much memory a GGUF model needs, and tells in words whether it fits this machine.

The formulas follow llama.cpp. For SmolLM2 135M and Qwen2.5 0.5B, contexts of 512 to 8192 and both
cache types, the result is within 4 % of the measured peak; ``tests/unit/library`` has the table.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from studio.engine.language import LoadSettings
from studio.library.gguf import GgufHeader
from studio.library.gguf_tables import TENSOR_TYPES, TensorType
from studio.library.hardware import Gpu, Hardware
from studio.library.layers import Layer, layers

DEFAULT_CONTEXT = 8192
SMALLEST_CONTEXT = 512
GIB = 1 << 30

_CELLS_STEP = 256  # llama.cpp rounds every cache up to a multiple of this
_SMALLER_CONTEXTS = (131_072, 65_536, 32_768, 16_384, 8192, 6144, 4096, 3072, 2048, 1024, 512)
_BYTES_PER_VOCABULARY_ENTRY = 160  # measured: 165 for SmolLM2 and 157 for Qwen2.5
_FIXED_OVERHEAD = 5_000_000  # code pages, graph, threads; measured: 5.0 and 5.4 MB
_GPU_RESERVE = 300 << 20  # what a driver keeps for itself
_TYPES = {kind.name.lower(): kind for kind in TENSOR_TYPES.values()}


@dataclass(frozen=True, slots=True)
class MemoryNeed:
    """Bytes that a model needs once its context is full, apart from the worker's own.

    ``weights``, ``cache``, ``compute`` and ``overhead`` are sums over main memory and graphics
    memory; ``gpu`` is the part of them on the graphics card. ``smaller`` lists totals at smaller
    contexts, largest first.
    """

    context: int
    weights: int
    cache: int
    compute: int
    overhead: int
    gpu: int = 0
    smaller: tuple[tuple[int, int], ...] = ()

    @property
    def total(self) -> int:
        """Bytes altogether."""
        return self.weights + self.cache + self.compute + self.overhead

    @property
    def ram(self) -> int:
        """Bytes in main memory."""
        return self.total - self.gpu


@dataclass(frozen=True, slots=True)
class Fit:
    """Whether a model fits.

    Attributes:
        level: ``fits``, ``tight`` (only by taking the reserve too) or ``too_big``.
        words: one or two sentences for the person.
        context: the largest smaller context that would fit, when the wished one does not.
    """

    level: Literal["fits", "tight", "too_big"]
    words: str
    need: MemoryNeed
    free_bytes: int
    context: int | None = None

    @property
    def fits(self) -> bool:
        """Whether it can be loaded."""
        return self.level != "too_big"


def estimate(header: GgufHeader, settings: LoadSettings) -> MemoryNeed:
    """Return the memory that a model needs under these settings.

    A context of ``None`` counts as :func:`default_context`, GPU layers of ``None`` as none; see
    :func:`settle` for settings with both filled in.
    """
    context = settings.context or default_context(header)
    need = _estimate_at(header, settings, context)
    smaller = tuple(
        (size, _estimate_at(header, settings, size).total)
        for size in _SMALLER_CONTEXTS
        if size < context
    )
    return replace(need, smaller=smaller)


def default_context(header: GgufHeader) -> int:
    """Return the tokens that a model was trained with, at most ``DEFAULT_CONTEXT``."""
    return min(header.context_length or DEFAULT_CONTEXT, DEFAULT_CONTEXT)


def auto_context(
    header: GgufHeader,
    hardware: Hardware,
    reserve_bytes: int = GIB,
    settings: LoadSettings | None = None,
) -> int:
    """Return the default context, reduced until the model fits beside ``reserve_bytes``.

    Never less than ``SMALLEST_CONTEXT``: whether that fits is for :func:`judge` to say.
    """
    settings = settings or LoadSettings()
    free = hardware.ram_available - reserve_bytes
    for context in (default_context(header), *_SMALLER_CONTEXTS):
        if context > default_context(header):
            continue
        if _estimate_at(header, settings, context).ram <= free:
            return context
    return min(SMALLEST_CONTEXT, default_context(header))


def auto_gpu_layers(header: GgufHeader, settings: LoadSettings, hardware: Hardware) -> int:
    """Return how many layers fit on the graphics card; the output matrix counts as one more."""
    gpu = _best_gpu(hardware)
    if gpu is None:
        return 0
    context = settings.context or default_context(header)
    for count in range(header.block_count + 1, 0, -1):
        need = _estimate_at(header, replace(settings, gpu_layers=count), context)
        if need.gpu + _GPU_RESERVE <= gpu.memory_free:
            return count
    return 0


def settle(
    header: GgufHeader, settings: LoadSettings, hardware: Hardware, reserve_bytes: int = GIB
) -> LoadSettings:
    """Return the settings with context and GPU layers chosen for this machine where open."""
    gpu_layers = settings.gpu_layers
    if gpu_layers is None:
        gpu_layers = auto_gpu_layers(header, settings, hardware)
    chosen = replace(settings, gpu_layers=gpu_layers)
    if chosen.context is None:
        context = auto_context(header, hardware, reserve_bytes, chosen)
        chosen = replace(chosen, context=context)
    return chosen


def judge(need: MemoryNeed, hardware: Hardware, reserve_bytes: int = GIB) -> Fit:
    """Compare a need with what is free now, leaving ``reserve_bytes`` to other programs."""
    gpu = _best_gpu(hardware)
    gpu_free = gpu.memory_free if gpu and not gpu.unified else 0
    in_ram = need.total if gpu is None or gpu.unified else need.ram
    on_gpu = need.total - in_ram
    free = hardware.ram_available
    if in_ram <= free - reserve_bytes and on_gpu <= gpu_free:
        card = f" and {_up(on_gpu)} of {_down(gpu_free)} on the graphics card" if on_gpu else ""
        return Fit("fits", f"Fits: needs {_up(in_ram)} of {_down(free)} free{card}.", need, free)
    if in_ram <= free and on_gpu <= gpu_free:
        words = (
            f"Tight: needs {_up(in_ram)} of {_down(free)} free, which leaves little for "
            "other programs."
        )
        return Fit("tight", words, need, free)
    if on_gpu > gpu_free:
        words = (
            f"Too big for the graphics card: needs {_up(on_gpu)} there; {_down(gpu_free)} is "
            "free. Put fewer layers on it."
        )
        return Fit("too_big", words, need, gpu_free)
    return _too_big(need, in_ram, free, free - reserve_bytes)


def _too_big(need: MemoryNeed, in_ram: int, free: int, usable: int) -> Fit:
    on_gpu = need.total - in_ram
    context = next((size for size, total in need.smaller if total - on_gpu <= usable), None)
    advice = f"a smaller context ({context} would fit) or " if context else ""
    words = (
        f"Too big: needs {_up(in_ram)}; {_down(free)} is free. "
        f"Try {advice}a smaller version of the model."
    )
    return Fit("too_big", words, need, free, context)


def _best_gpu(hardware: Hardware) -> Gpu | None:
    return max(hardware.gpus, key=lambda gpu: gpu.memory_free, default=None)


def _up(count: int) -> str:
    tenths = max(1, math.ceil(count / GIB * 10))
    return f"{tenths / 10:.1f} GB" if tenths < 100 else f"{math.ceil(count / GIB)} GB"


def _down(count: int) -> str:
    tenths = max(0, math.floor(count / GIB * 10))
    return f"{tenths / 10:.1f} GB" if tenths < 100 else f"{math.floor(count / GIB)} GB"


def _estimate_at(header: GgufHeader, settings: LoadSettings, context: int) -> MemoryNeed:
    on_gpu = min(settings.gpu_layers or 0, header.block_count + 1)
    if settings.gpu_layers is not None and settings.gpu_layers < 0:
        on_gpu = header.block_count + 1
    caches = list(_layer_caches(header, settings, context))
    compute = _compute(header, settings, context)
    first = header.block_count - min(on_gpu, header.block_count)
    gpu = extra = 0
    if on_gpu:
        gpu = sum(header.layer_bytes[first:]) + sum(caches[first:]) + compute
        if on_gpu > header.block_count:
            # A matrix that is input and output at once is kept on both sides.
            extra = 0 if header.output_bytes else header.input_bytes
            gpu += header.output_bytes or header.input_bytes
    return MemoryNeed(
        context=context,
        weights=header.tensor_bytes + extra,
        cache=sum(caches),
        # Beside a card, the processor keeps a small buffer of its own for the embedding.
        compute=compute + (_batch(settings, context) * header.embedding_length * 8 if gpu else 0),
        overhead=_FIXED_OVERHEAD
        + _BYTES_PER_VOCABULARY_ENTRY * (header.vocabulary + header.merges),
        gpu=gpu,
    )


def _batch(settings: LoadSettings, context: int) -> int:
    return min(settings.batch, context)


def _layer_caches(header: GgufHeader, settings: LoadSettings, context: int) -> Iterator[int]:
    kind = _TYPES.get(settings.cache_type, _TYPES["f16"])
    for layer in layers(header):
        cells = _cells(layer, settings, context)
        yield (
            cells * (_row(layer.key_width, kind) + _row(layer.value_width, kind)) + 4 * layer.state
        )


def _row(width: int, kind: TensorType) -> int:
    return math.ceil(width / kind.block) * kind.size


def _cells(layer: Layer, settings: LoadSettings, context: int) -> int:
    everything = _rounded(context)
    if not layer.window or settings.full_sliding_window:
        return everything
    return min(everything, _rounded(layer.window + _batch(settings, context)))


def _rounded(cells: int) -> int:
    return math.ceil(cells / _CELLS_STEP) * _CELLS_STEP


def _compute(header: GgufHeader, settings: LoadSettings, context: int) -> int:
    """Return the bytes of intermediate results of one batch, at the widest point of the graph.

    The numbers of vectors per token were read off llama.cpp's own reservations ("compute buffer
    size") for many shapes; only the last token's logits are kept, so they do not count.
    """
    batch = _batch(settings, context)
    width = header.embedding_length
    queries = max(header.heads, default=0) * header.key_length
    kept = max((layer.key_width + layer.value_width for layer in layers(header)), default=0)
    hidden, routed = _hidden(header)
    inner = header.number("ssm.inner_size") + 2 * header.number("ssm.group_count") * header.number(
        "ssm.state_size"
    )
    floats = max(
        3 * hidden + (4 + routed) * width,
        3 * width + 2 * queries + kept,
        6 * inner + 2 * width if inner else 0,
    )
    # Matrices of quantised weights are multiplied with inputs rounded to 8 bits and a scale.
    rounded_inputs = batch * max(hidden, queries, inner) * 17 // 16
    logits = 4 * header.vocabulary
    return (
        4 * batch * floats + _attention_scores(header, settings, context) + rounded_inputs + logits
    )


def _hidden(header: GgufHeader) -> tuple[int, int]:
    """Return the width of the feed-forward part, and how many experts work on one token."""
    used = header.number("expert_used_count")
    if not used or not header.expert_bytes:
        return header.feed_forward_length, 0
    each = header.number("expert_feed_forward_length", header.feed_forward_length)
    return max(used * each, header.feed_forward_length), used


def _attention_scores(header: GgufHeader, settings: LoadSettings, context: int) -> int:
    """Return the bytes of the mask and, without flash attention, of all heads' scores."""
    sizes = {_cells(layer, settings, context) for layer in layers(header) if layer.key_width}
    if not sizes:
        return 0
    batch = _batch(settings, context)
    if settings.flash_attention is False:
        return batch * (4 * sum(sizes) + 4 * max(header.heads, default=0) * max(sizes))
    return batch * 2 * sum(sizes)
