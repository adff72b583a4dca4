"""Tells what each layer of a model keeps in memory while it reads: attention, a window, a state.

Mirrors how llama.cpp lays out its caches (``llama-kv-cache*.cpp``, ``llama-memory-recurrent.cpp``
and the hyper-parameters of each architecture).
"""

from __future__ import annotations

from dataclasses import dataclass

from studio.library.gguf import GgufHeader

# Every how many layers one sees everything, for files that do not say so themselves.
_WINDOW_PERIODS = {
    "afmoe": 4,
    "cohere2": 4,
    "exaone-moe": 4,
    "exaone4": 4,
    "gemma2": 2,
    "gemma3": 6,
    "gemma3n": 5,
    "gpt-oss": 2,
    "llama4": 4,
    "olmo2": 4,
    "smallthinker": 4,
}
_FULL_LAYER_FIRST = frozenset({"smallthinker"})
_LLAMA4_WINDOW = 8192
_RECURRENT_EVERYWHERE = frozenset(
    {"arwkv7", "falcon-h1", "mamba", "mamba2", "rwkv6", "rwkv6qwen2", "rwkv7"}
)
_GEMMA3N_LAYERS_WITH_CACHE = 20
_FULL_ATTENTION_INTERVAL = {"qwen35": 4, "qwen35moe": 4, "qwen3next": 4}


@dataclass(frozen=True, slots=True)
class Layer:
    """Numbers that one layer keeps: per token, and once for its running state.

    Attributes:
        key_width, value_width: numbers kept per token; 0 without attention.
        window: tokens kept, or 0 for all.
        state: numbers of its running state, in 32 bits each; 0 without one.
    """

    key_width: int
    value_width: int
    window: int
    state: int


def layers(header: GgufHeader) -> tuple[Layer, ...]:
    """Return what each layer of a model keeps."""
    with_cache = _layers_with_cache(header)
    windows = _windows(header)
    state = _state(header)
    found = []
    for number in range(header.block_count):
        recurrent = state > 0 and _is_recurrent(header, number)
        heads = header.kv_heads[number]
        if number >= with_cache or (recurrent and not _has_attention_too(header)):
            heads = 0
        found.append(
            Layer(
                key_width=heads * header.key_length,
                value_width=0 if _keeps_keys_only(header) else heads * header.value_length,
                window=windows[number],
                state=state if recurrent else 0,
            )
        )
    return tuple(found)


def _layers_with_cache(header: GgufHeader) -> int:
    shared = header.number("attention.shared_kv_layers")
    if shared:
        return max(0, header.block_count - shared)
    if header.architecture == "gemma3n":
        return _GEMMA3N_LAYERS_WITH_CACHE
    return header.block_count


def _keeps_keys_only(header: GgufHeader) -> bool:
    """Multi-head latent attention reads values out of what it keeps as keys."""
    return header.number("attention.key_length_mla") > 0


def _windows(header: GgufHeader) -> list[int]:
    count = header.block_count
    window = header.number("attention.sliding_window")
    if header.architecture == "llama4":
        window = _LLAMA4_WINDOW
    pattern = header.metadata.get(f"{header.architecture}.attention.sliding_window_pattern")
    if isinstance(pattern, tuple) and len(pattern) >= count:
        return [window if windowed else 0 for windowed in pattern[:count]]
    period = _WINDOW_PERIODS.get(header.architecture, 0)
    if period and type(pattern) is int and pattern > 0:
        period = pattern
    if not period or not window:
        return [0] * count
    full = 0 if header.architecture in _FULL_LAYER_FIRST else period - 1
    return [0 if number % period == full else window for number in range(count)]


def _state(header: GgufHeader) -> int:
    """Return the numbers of one layer's running state: convolution and recurrence."""
    head_size = header.number("wkv.head_size")
    if head_size:
        shifts = header.number("token_shift_count", 2)
        return header.embedding_length * (shifts + head_size)
    convolution = header.number("shortconv.l_cache")
    if convolution:
        return header.embedding_length * (convolution - 1)
    inner = header.number("ssm.inner_size")
    state_size = header.number("ssm.state_size")
    channels = inner + 2 * header.number("ssm.group_count") * state_size
    kernel = max(0, header.number("ssm.conv_kernel") - 1)
    return kernel * channels + state_size * inner


def _is_recurrent(header: GgufHeader, number: int) -> bool:
    if header.architecture in _RECURRENT_EVERYWHERE:
        return True
    interval = header.number(
        "full_attention_interval", _FULL_ATTENTION_INTERVAL.get(header.architecture, 0)
    )
    if interval:
        return (number + 1) % interval != 0
    return header.kv_heads[number] == 0


def _has_attention_too(header: GgufHeader) -> bool:
    return header.architecture == "falcon-h1"
