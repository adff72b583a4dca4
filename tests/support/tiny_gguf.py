"""Writes tiny GGUF models with random weights, which llama.cpp loads and generates text with.

A file is below one megabyte and loads in milliseconds. The text is nonsense, but always the same
nonsense for one seed, and greedy decoding only ever picks printable ASCII and never ends by
itself, because all other tokens have a logit of zero.

    path = tiny_gguf.write(tmp_path / "tiny.gguf", "qwen3", chat_template=tiny_gguf.CHATML)

``ARCHITECTURES`` lists what can be written. Any other name gets the layout of llama, which is how
a file of an architecture that llama.cpp does not know is made.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import gguf
import numpy as np
from numpy.typing import NDArray
from support.tiny_vocabulary import MARKERS, VOCABULARIES, Vocabulary

Floats = NDArray[np.float32]
Tensors = dict[str, Floats]

CHATML = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n"
    "{{ message['content'] }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
_KEPT_F32 = ("norm", "ssm_a", "ssm_d", "conv1d", "shortconv.conv")


@dataclass(frozen=True, slots=True)
class Size:
    """Dimensions of a model; the defaults suit every quantisation of the KV cache."""

    embedding: int = 64
    heads: int = 2
    kv_heads: int = 1
    head_length: int = 32
    feed_forward: int = 128
    layers: int = 2
    conv_kernel: int = 4
    inner: int = 128
    state: int = 16
    groups: int = 2
    time_step_rank: int = 8
    experts: int = 4
    experts_used: int = 2


@dataclass(frozen=True, slots=True)
class Family:
    """What is particular about an architecture."""

    tensors: Callable[[_Random, Size], Tensors]
    keys: Callable[[gguf.GGUFWriter, Size], None]
    tokenizer: str = "bpe"
    renamed: Mapping[str, str] = field(default_factory=dict)


class _Random:
    """Draws weights whose size keeps activations near one."""

    def __init__(self, seed: int) -> None:
        self._generator = np.random.default_rng(seed)

    def matrix(self, rows: int, columns: int) -> Floats:
        values: Floats = self._generator.standard_normal((rows, columns), dtype=np.float32)
        return values * np.float32(columns**-0.5)

    def vector(self, length: int, around: float = 0.0, spread: float = 0.1) -> Floats:
        values: Floats = self._generator.standard_normal(length, dtype=np.float32)
        return values * np.float32(spread) + np.float32(around)


def write(
    path: Path | str,
    architecture: str = "llama",
    *,
    name: str = "Tiny",
    chat_template: str | None = None,
    context_length: int = 512,
    tokenizer: str | None = None,
    eos: str | None = None,
    add_bos: bool | None = None,
    size: Size | None = None,
    seed: int = 1,
    quantization: str = "F32",
    padding_tokens: int = 0,
    extra_tokens: Sequence[str] = (),
    extra_keys: Mapping[str, str | bool | int | float] | None = None,
) -> Path:
    """Write a model and return its path.

    Args:
        path: file to write; its folder must exist.
        architecture: name as llama.cpp knows it, see ``ARCHITECTURES``.
        name: ``general.name`` of the file.
        chat_template: Jinja source, or ``None`` for a base model without one.
        context_length: tokens that the file claims to be trained with.
        tokenizer: ``"bpe"`` or ``"spm"``; ``None`` takes what the family uses.
        eos: the token that ends a reply; naming a printable one makes replies end.
        add_bos: ``tokenizer.ggml.add_bos_token``; ``None`` leaves it out.
        size: dimensions.
        seed: of the random weights.
        quantization: ``"F32"``, ``"F16"``, ``"Q8_0"``, ``"Q4_0"`` or ``"Q4_1"``, for matrices.
        padding_tokens: further, unused tokens, to make a large vocabulary.
        extra_tokens: further markers that the tokenizer keeps whole.
        extra_keys: further or overriding metadata, key to value.
    """
    family = _FAMILIES.get(architecture, _FAMILIES["llama"])
    size = size or Size()
    kind = tokenizer or family.tokenizer
    vocabulary = VOCABULARIES[kind]((*MARKERS, *extra_tokens), padding_tokens, eos)
    random = _Random(seed)
    tensors = _embeddings(random, size, vocabulary) | family.tensors(random, size)
    for old, new in family.renamed.items():
        tensors[new] = tensors.pop(old)
    writer = gguf.GGUFWriter(Path(path), architecture)
    writer.add_name(name)
    _add_common_keys(writer, size, context_length)
    family.keys(writer, size)
    _add_vocabulary(writer, vocabulary, add_bos)
    if chat_template is not None:
        writer.add_chat_template(chat_template)
    for key, value in (extra_keys or {}).items():
        _override(writer, key, value)
    _add_tensors(writer, tensors, quantization)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return Path(path)


def _add_common_keys(writer: gguf.GGUFWriter, size: Size, context_length: int) -> None:
    writer.add_context_length(context_length)
    writer.add_embedding_length(size.embedding)
    writer.add_block_count(size.layers)
    writer.add_feed_forward_length(size.feed_forward)


def _add_vocabulary(writer: gguf.GGUFWriter, vocabulary: Vocabulary, add_bos: bool | None) -> None:
    writer.add_tokenizer_model(vocabulary.model)
    if vocabulary.merges:
        writer.add_tokenizer_pre("gpt-2")
        writer.add_token_merges(list(vocabulary.merges))
    writer.add_token_list(vocabulary.tokens)
    writer.add_token_types(vocabulary.types)
    writer.add_token_scores(vocabulary.scores)
    writer.add_bos_token_id(vocabulary.bos)
    writer.add_eos_token_id(vocabulary.eos)
    if add_bos is not None:
        writer.add_add_bos_token(add_bos)


def _override(writer: gguf.GGUFWriter, key: str, value: str | bool | int | float) -> None:
    writer.kv_data[0].pop(key, None)
    if isinstance(value, bool):
        writer.add_bool(key, value)
    elif isinstance(value, int):
        writer.add_uint32(key, value)
    elif isinstance(value, float):
        writer.add_float32(key, value)
    else:
        writer.add_string(key, value)


def _add_tensors(writer: gguf.GGUFWriter, tensors: Tensors, quantization: str) -> None:
    kind = gguf.GGMLQuantizationType[quantization]
    file_type = {"F32": 0, "F16": 1, "Q4_0": 2, "Q4_1": 3, "Q8_0": 7}[quantization]
    writer.add_file_type(file_type)
    for name, values in tensors.items():
        keep = values.ndim == 1 or values.shape[-1] % 32 or any(part in name for part in _KEPT_F32)
        if keep or kind is gguf.GGMLQuantizationType.F32:
            writer.add_tensor(name, values)
        else:
            writer.add_tensor(name, gguf.quants.quantize(values, kind), raw_dtype=kind)


def _embeddings(random: _Random, size: Size, vocabulary: Vocabulary) -> Tensors:
    count = len(vocabulary.tokens)
    output = 3 * random.matrix(count, size.embedding)
    output[~vocabulary.printable] = 0
    return {
        "token_embd.weight": random.matrix(count, size.embedding) * 8,
        "output_norm.weight": random.vector(size.embedding, around=1),
        "output.weight": output,
    }


def _attention_block(random: _Random, size: Size, block: str) -> Tensors:
    queries, keys = size.heads * size.head_length, size.kv_heads * size.head_length
    return {
        f"{block}.attn_norm.weight": random.vector(size.embedding, around=1),
        f"{block}.attn_q.weight": random.matrix(queries, size.embedding),
        f"{block}.attn_k.weight": random.matrix(keys, size.embedding),
        f"{block}.attn_v.weight": random.matrix(keys, size.embedding),
        f"{block}.attn_output.weight": random.matrix(size.embedding, queries),
    }


def _feed_forward(random: _Random, size: Size, block: str) -> Tensors:
    return {
        f"{block}.ffn_norm.weight": random.vector(size.embedding, around=1),
        f"{block}.ffn_gate.weight": random.matrix(size.feed_forward, size.embedding),
        f"{block}.ffn_up.weight": random.matrix(size.feed_forward, size.embedding),
        f"{block}.ffn_down.weight": random.matrix(size.embedding, size.feed_forward),
    }


def _head_norms(random: _Random, size: Size, block: str) -> Tensors:
    return {
        f"{block}.attn_q_norm.weight": random.vector(size.head_length, around=1),
        f"{block}.attn_k_norm.weight": random.vector(size.head_length, around=1),
    }


def _blocks(size: Size) -> list[str]:
    return [f"blk.{number}" for number in range(size.layers)]


def _llama_tensors(random: _Random, size: Size) -> Tensors:
    tensors: Tensors = {}
    for block in _blocks(size):
        tensors |= _attention_block(random, size, block) | _feed_forward(random, size, block)
    return tensors


def _qwen2_tensors(random: _Random, size: Size) -> Tensors:
    tensors = _llama_tensors(random, size)
    for block in _blocks(size):
        for part, heads in (("q", size.heads), ("k", size.kv_heads), ("v", size.kv_heads)):
            tensors[f"{block}.attn_{part}.bias"] = random.vector(heads * size.head_length)
    return tensors


def _qwen3_tensors(random: _Random, size: Size) -> Tensors:
    tensors = _llama_tensors(random, size)
    for block in _blocks(size):
        tensors |= _head_norms(random, size, block)
    return tensors


def _gemma3_tensors(random: _Random, size: Size) -> Tensors:
    tensors = _qwen3_tensors(random, size)
    for block in _blocks(size):
        for part in ("post_attention_norm", "post_ffw_norm"):
            tensors[f"{block}.{part}.weight"] = random.vector(size.embedding, around=1)
    return tensors


def _qwen3moe_tensors(random: _Random, size: Size) -> Tensors:
    """Each layer chooses some of its experts, whose matrices lie in one tensor."""
    tensors = _qwen3_tensors(random, size)
    for block in _blocks(size):
        tensors[f"{block}.ffn_gate_inp.weight"] = random.matrix(size.experts, size.embedding)
        for part in ("gate", "up", "down"):
            shape = tensors.pop(f"{block}.ffn_{part}.weight").shape
            tensors[f"{block}.ffn_{part}_exps.weight"] = np.stack(
                [random.matrix(*shape) for _ in range(size.experts)]
            )
    return tensors


def _mamba_block(random: _Random, size: Size, block: str) -> Tensors:
    decay = np.tile(-np.arange(1, size.state + 1, dtype=np.float32), (size.inner, 1))
    return {
        f"{block}.attn_norm.weight": random.vector(size.embedding, around=1),
        f"{block}.ssm_in.weight": random.matrix(2 * size.inner, size.embedding),
        f"{block}.ssm_conv1d.weight": random.matrix(size.inner, size.conv_kernel),
        f"{block}.ssm_conv1d.bias": random.vector(size.inner),
        f"{block}.ssm_x.weight": random.matrix(size.time_step_rank + 2 * size.state, size.inner),
        f"{block}.ssm_dt.weight": random.matrix(size.inner, size.time_step_rank),
        f"{block}.ssm_dt.bias": random.vector(size.inner),
        f"{block}.ssm_a": decay,
        f"{block}.ssm_d": random.vector(size.inner, around=1),
        f"{block}.ssm_out.weight": random.matrix(size.embedding, size.inner),
    }


def _mamba_tensors(random: _Random, size: Size) -> Tensors:
    tensors: Tensors = {}
    for block in _blocks(size):
        tensors |= _mamba_block(random, size, block)
    return tensors


def _lfm2_tensors(random: _Random, size: Size) -> Tensors:
    """Even layers are short convolutions, odd ones attention."""
    tensors: Tensors = {}
    for number, block in enumerate(_blocks(size)):
        if number % 2:
            tensors |= _attention_block(random, size, block) | _head_norms(random, size, block)
        else:
            tensors |= {
                f"{block}.attn_norm.weight": random.vector(size.embedding, around=1),
                f"{block}.shortconv.conv.weight": random.matrix(size.embedding, size.conv_kernel),
                f"{block}.shortconv.in_proj.weight": random.matrix(
                    3 * size.embedding, size.embedding
                ),
                f"{block}.shortconv.out_proj.weight": random.matrix(size.embedding, size.embedding),
            }
        tensors |= _feed_forward(random, size, block)
    return tensors


def _falcon_h1_tensors(random: _Random, size: Size) -> Tensors:
    """Every layer runs attention and a Mamba-2 mixer side by side."""
    tensors = _llama_tensors(random, size)
    channels = size.inner + 2 * size.groups * size.state
    for block in _blocks(size):
        tensors[f"{block}.ffn_norm"] = tensors.pop(f"{block}.ffn_norm.weight")
        tensors |= {
            f"{block}.ssm_in.weight": random.matrix(
                size.inner + channels + size.time_step_rank, size.embedding
            ),
            f"{block}.ssm_conv1d.weight": random.matrix(channels, size.conv_kernel),
            f"{block}.ssm_conv1d.bias": random.vector(channels),
            f"{block}.ssm_dt.bias": random.vector(size.time_step_rank),
            f"{block}.ssm_a": -np.ones((size.time_step_rank, 1), dtype=np.float32),
            f"{block}.ssm_d": np.ones((size.time_step_rank, 1), dtype=np.float32),
            f"{block}.ssm_norm.weight": np.ones(
                (size.groups, size.inner // size.groups), dtype=np.float32
            ),
            f"{block}.ssm_out.weight": random.matrix(size.embedding, size.inner),
        }
    return tensors


def _attention_keys(writer: gguf.GGUFWriter, size: Size) -> None:
    writer.add_head_count(size.heads)
    writer.add_head_count_kv(size.kv_heads)
    writer.add_key_length(size.head_length)
    writer.add_value_length(size.head_length)
    writer.add_rope_dimension_count(size.head_length)
    writer.add_rope_freq_base(10000.0)
    writer.add_layer_norm_rms_eps(1e-5)


def _qwen3moe_keys(writer: gguf.GGUFWriter, size: Size) -> None:
    _attention_keys(writer, size)
    writer.add_expert_count(size.experts)
    writer.add_expert_used_count(size.experts_used)
    writer.add_expert_feed_forward_length(size.feed_forward)


def _gemma3_keys(writer: gguf.GGUFWriter, size: Size) -> None:
    _attention_keys(writer, size)
    writer.add_sliding_window(64)


def _qwen2vl_keys(writer: gguf.GGUFWriter, size: Size) -> None:
    _attention_keys(writer, size)
    part = size.head_length // 8  # of time, height and width
    writer.add_rope_dimension_sections([2 * part, part, part, 0])


def _mamba_keys(writer: gguf.GGUFWriter, size: Size) -> None:
    writer.add_ssm_conv_kernel(size.conv_kernel)
    writer.add_ssm_inner_size(size.inner)
    writer.add_ssm_state_size(size.state)
    writer.add_ssm_time_step_rank(size.time_step_rank)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_head_count(0)


def _lfm2_keys(writer: gguf.GGUFWriter, size: Size) -> None:
    _attention_keys(writer, size)
    writer.kv_data[0].pop("lfm2.attention.head_count_kv")
    writer.add_head_count_kv([size.kv_heads * (number % 2) for number in range(size.layers)])
    writer.add_shortconv_l_cache(size.conv_kernel)


def _falcon_h1_keys(writer: gguf.GGUFWriter, size: Size) -> None:
    _attention_keys(writer, size)
    writer.add_ssm_conv_kernel(size.conv_kernel)
    writer.add_ssm_inner_size(size.inner)
    writer.add_ssm_state_size(size.state)
    writer.add_ssm_time_step_rank(size.time_step_rank)
    writer.add_ssm_group_count(size.groups)


_FAMILIES = {
    "llama": Family(_llama_tensors, _attention_keys),
    "qwen2": Family(_qwen2_tensors, _attention_keys),
    "qwen2vl": Family(_qwen2_tensors, _qwen2vl_keys),
    "qwen3": Family(_qwen3_tensors, _attention_keys),
    "qwen3moe": Family(_qwen3moe_tensors, _qwen3moe_keys),
    "gemma3": Family(_gemma3_tensors, _gemma3_keys, tokenizer="spm"),
    "mamba": Family(_mamba_tensors, _mamba_keys),
    "lfm2": Family(
        _lfm2_tensors, _lfm2_keys, renamed={"output_norm.weight": "token_embd_norm.weight"}
    ),
    "falcon-h1": Family(_falcon_h1_tensors, _falcon_h1_keys),
}
ARCHITECTURES = tuple(_FAMILIES)
