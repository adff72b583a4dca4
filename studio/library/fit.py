"""Estimates how much memory a GGUF model needs, and tells in words whether it fits this machine.

The formulas follow llama.cpp. For SmolLM2 135M and Qwen2.5 0.5B, contexts of 512 to 8192 and both
cache types, the result is within 4 % of the measured peak; ``tests/unit/library/test_fit.py`` has
the table.
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
from studio.sizes import MEMORY_GB, MEMORY_MB, memory_free, memory_needed
from studio.translation import tr

DEFAULT_CONTEXT = 8192
SMALLEST_CONTEXT = 512

_CELLS_STEP = 256  # llama.cpp rounds every cache up to a multiple of this
_SMALLER_CONTEXTS = (131_072, 65_536, 32_768, 16_384, 8192, 6144, 4096, 3072, 2048, 1024, 512)
_BYTES_PER_VOCABULARY_ENTRY = 160  # measured: 165 for SmolLM2 and 157 for Qwen2.5
_FIXED_OVERHEAD = 5_000_000  # code pages, graph, threads; measured: 5.0 and 5.4 MB
_GPU_RESERVE = 300 * MEMORY_MB  # what a driver keeps for itself
_TYPES = {kind.name.lower(): kind for kind in TENSOR_TYPES.values()}


@dataclass(frozen=True, slots=True)
class MemoryNeed:
    """Bytes that a model needs once its context is full, apart from the worker's own.

    ``weights``, ``cache``, ``compute`` and ``overhead`` are sums over main memory and graphics
    memory; ``gpu`` is the part of them on the graphics card. ``reclaimable`` is the part that the
    system can drop when it needs room: mapped weights that were copied into another order for
    this processor. ``smaller`` lists context, :attr:`ram` and ``gpu`` for smaller contexts,
    largest first.
    """

    context: int
    weights: int
    cache: int
    compute: int
    overhead: int
    gpu: int = 0
    reclaimable: int = 0
    smaller: tuple[tuple[int, int, int], ...] = ()

    @property
    def total(self) -> int:
        """Bytes altogether."""
        return self.weights + self.cache + self.compute + self.overhead

    @property
    def ram(self) -> int:
        """Bytes in main memory that must be free."""
        return self.total - self.gpu - self.reclaimable


@dataclass(frozen=True, slots=True)
class Fit:
    """Whether a model fits.

    Attributes:
        level: ``fits``, ``tight`` (only by taking the reserve too), ``too_big``, or ``unknown``
            to the engine, which most likely refuses to load it.
        words: one or two sentences for the person.
        ram: bytes needed in main memory, with those that a card without its own memory takes.
        gpu: bytes needed in the memory of a graphics card.
        free_bytes: bytes free where it is tightest.
        context: the largest smaller context that would fit, when the wished one does not.
    """

    level: Literal["fits", "tight", "too_big", "unknown"]
    words: str
    need: MemoryNeed
    ram: int
    gpu: int
    free_bytes: int
    context: int | None = None

    @property
    def fits(self) -> bool:
        """Whether it can be loaded."""
        return self.level in ("fits", "tight")


def estimate(
    header: GgufHeader, settings: LoadSettings, flags: frozenset[str] = frozenset()
) -> MemoryNeed:
    """Return the memory that a model needs under these settings.

    A context of ``None`` counts as :func:`default_context`, GPU layers of ``None`` as none; see
    :func:`settle` for settings with both filled in. ``flags`` are those of the processor, for
    which llama.cpp may copy some weights into another order.
    """
    context = settings.context or default_context(header)
    need = _estimate_at(header, settings, context)
    copied = _repacked(header, settings, flags)
    need = replace(need, weights=need.weights + copied, reclaimable=copied)
    smaller = []
    for size in _worth_offering(header):
        if size < context:
            less = _estimate_at(header, settings, size)
            smaller.append((size, less.ram, less.gpu))
    return replace(need, smaller=tuple(smaller))


def unknown_to_engine(fit: Fit, header: GgufHeader) -> Fit:
    """Return the verdict on a model whose architecture the engine does not know."""
    words = tr(
        "The engine does not know this kind of model ({architecture}), so it will most likely not "
        "load. Choose another model, or wait for an update of the engine.",
        architecture=header.architecture,
    )
    return replace(fit, level="unknown", words=words)


def _worth_offering(header: GgufHeader) -> list[int]:
    """Return the contexts to offer in place of one that is too large, largest first.

    None is larger than what the model was trained with, if that is known.
    """
    trained = header.context_length
    if not trained:
        return list(_SMALLER_CONTEXTS)
    return sorted({trained, *(size for size in _SMALLER_CONTEXTS if size < trained)}, reverse=True)


def with_projector(need: MemoryNeed, projector_bytes: int) -> MemoryNeed:
    """Return what a model needs together with its projector, which is where the model is."""
    on_gpu = projector_bytes if need.gpu else 0
    in_ram = projector_bytes - on_gpu
    return replace(
        need,
        overhead=need.overhead + projector_bytes,
        gpu=need.gpu + on_gpu,
        smaller=tuple((size, ram + in_ram, gpu + on_gpu) for size, ram, gpu in need.smaller),
    )


def default_context(header: GgufHeader) -> int:
    """Return the tokens that a model was trained with, at most ``DEFAULT_CONTEXT``."""
    return min(header.context_length or DEFAULT_CONTEXT, DEFAULT_CONTEXT)


def auto_context(
    header: GgufHeader,
    hardware: Hardware,
    reserve_bytes: int = MEMORY_GB,
    settings: LoadSettings | None = None,
) -> int:
    """Return the default context, reduced until the model fits beside ``reserve_bytes``.

    Never less than ``SMALLEST_CONTEXT``: whether that fits is for :func:`judge` to say.
    """
    settings = settings or LoadSettings()
    free = hardware.ram_available - reserve_bytes
    gpu = best_gpu(hardware)
    for context in (default_context(header), *_SMALLER_CONTEXTS):
        if context > default_context(header):
            continue
        need = _estimate_at(header, settings, context)
        if _in_ram(need.ram, need.gpu, gpu) <= free:
            return context
    return min(SMALLEST_CONTEXT, default_context(header))


def auto_gpu_layers(header: GgufHeader, settings: LoadSettings, hardware: Hardware) -> int:
    """Return how many layers fit on the graphics card; the output matrix counts as one more."""
    gpu = best_gpu(hardware)
    if gpu is None:
        return 0
    context = settings.context or default_context(header)
    for count in range(header.block_count + 1, 0, -1):
        need = _estimate_at(header, replace(settings, gpu_layers=count), context)
        if need.gpu + _GPU_RESERVE <= gpu.memory_free:
            return count
    return 0


def settle(
    header: GgufHeader, settings: LoadSettings, hardware: Hardware, reserve_bytes: int = MEMORY_GB
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


def judge(need: MemoryNeed, hardware: Hardware, reserve_bytes: int = MEMORY_GB) -> Fit:
    """Compare a need with what is free now, leaving ``reserve_bytes`` to other programs."""
    gpu = best_gpu(hardware)
    in_ram = _in_ram(need.ram, need.gpu, gpu)
    on_gpu = need.ram + need.gpu - in_ram
    gpu_free = gpu.memory_free if gpu else 0
    free = hardware.ram_available
    needs, has = memory_needed(in_ram), memory_free(free)
    card, card_has = memory_needed(on_gpu), memory_free(gpu_free)
    if in_ram <= free - reserve_bytes and on_gpu <= gpu_free:
        words = tr("Fits: needs {needs} of {has} free.", needs=needs, has=has)
        if on_gpu:
            words = tr(
                "Fits: needs {needs} of {has} free and {card} of {card_has} on the graphics card.",
                needs=needs,
                has=has,
                card=card,
                card_has=card_has,
            )
        return Fit("fits", words, need, in_ram, on_gpu, free)
    if in_ram <= free and on_gpu <= gpu_free:
        words = tr(
            "Tight: needs {needs} of {has} free, which leaves little for other programs.",
            needs=needs,
            has=has,
        )
        return Fit("tight", words, need, in_ram, on_gpu, free)
    if on_gpu > gpu_free:
        words = tr(
            "Too big for the graphics card: needs {card} there; {card_has} is "
            "free. Put fewer layers on it.",
            card=card,
            card_has=card_has,
        )
        return Fit("too_big", words, need, in_ram, on_gpu, gpu_free)
    usable = free - reserve_bytes
    context = next(
        (size for size, ram, there in need.smaller if _in_ram(ram, there, gpu) <= usable), None
    )
    words = tr(
        "Too big: needs {needs}; {has} is free. Try a smaller version of the model.",
        needs=needs,
        has=has,
    )
    if context:
        words = tr(
            "Too big: needs {needs}; {has} is free. Try a shorter conversation length ({context:,} "
            "tokens would fit) or a smaller version of the model.",
            needs=needs,
            has=has,
            context=context,
        )
    return Fit("too_big", words, need, in_ram, on_gpu, free, context)


def _in_ram(ram: int, on_gpu: int, gpu: Gpu | None) -> int:
    """Return the main memory needed, of which a card without its own memory takes its part."""
    return ram + on_gpu if gpu is None or gpu.unified else ram


def best_gpu(hardware: Hardware) -> Gpu | None:
    """Return the graphics card with the most free memory: the one that is counted with."""
    return max(hardware.gpus, key=lambda gpu: gpu.memory_free, default=None)


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


def _repacked(header: GgufHeader, settings: LoadSettings, flags: frozenset[str]) -> int:
    """Return the bytes of weights that are kept twice: as mapped, and in the processor's order.

    The formats are those of ``ggml_repack_get_optimal_repack_type`` in llama.cpp, built for any
    processor of its family as the set-up does.
    """
    if not settings.memory_map:
        return 0
    formats: set[str] = set()
    if "avx2" in flags:
        formats |= {"Q4_0", "Q4_K", "IQ4_NL"}
    if "asimddp" in flags:
        formats |= {"Q4_0", "Q4_K", "IQ4_NL", "Q8_0"}
    whole = sum(size for name, size in header.tensor_types.items() if name in formats)
    on_gpu = min(settings.gpu_layers or 0, header.block_count)
    if settings.gpu_layers is not None and settings.gpu_layers < 0:
        return 0
    return whole * (header.block_count - on_gpu) // max(1, header.block_count)


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
    mask, scores = _attention(header, settings, context)
    widest = max(
        4 * batch * (3 * hidden + (4 + routed) * width),
        4 * batch * (3 * width + 2 * queries + kept) + scores,
        4 * batch * (6 * inner + 2 * width) if inner else 0,
    )
    # Matrices of quantised weights are multiplied with inputs rounded to 8 bits and a scale.
    rounded_inputs = batch * max(hidden, queries, inner) * 17 // 16
    logits = 4 * header.vocabulary
    return mask + widest + rounded_inputs + logits


def _hidden(header: GgufHeader) -> tuple[int, int]:
    """Return the width of the feed-forward part, and how many experts work on one token."""
    used = header.number("expert_used_count")
    if not used or not header.expert_bytes:
        return header.feed_forward_length, 0
    each = header.number("expert_feed_forward_length", header.feed_forward_length)
    return max(used * each, header.feed_forward_length), used


def _attention(header: GgufHeader, settings: LoadSettings, context: int) -> tuple[int, int]:
    """Return the bytes of the masks and, without flash attention, of all heads' scores."""
    sizes = {_cells(layer, settings, context) for layer in layers(header) if layer.key_width}
    batch = _batch(settings, context)
    if settings.flash_attention is False:
        heads = max(header.heads, default=0)
        return 4 * batch * sum(sizes), 4 * batch * heads * max(sizes, default=0)
    return 2 * batch * sum(sizes), 0
