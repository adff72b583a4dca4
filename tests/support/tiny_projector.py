"""Writes tiny projectors with random weights, through which a tiny model sees pictures.

What it sees is nonsense; the way there is the real one. The kinds are those of Gemma 3, which
reads a picture at once, SmolVLM, which cuts it in slices, and Qwen2-VL, which places it in two
dimensions.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import gguf
import numpy as np
from numpy.typing import NDArray

Kind = Literal["gemma3", "idefics3", "qwen2vl_merger"]
Tensors = dict[str, NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Eye:
    """Dimensions of a projector; pictures are cut in patches of so many pixels."""

    embedding: int = 32
    feed_forward: int = 64
    layers: int = 2
    heads: int = 2
    image: int = 32
    patch: int = 8
    merged: int = 2


def write(
    path: Path, kind: Kind = "gemma3", *, width: int = 64, eye: Eye | None = None, seed: int = 2
) -> Path:
    """Write a projector and return its path.

    Args:
        width: numbers per token of the model that it belongs to.
    """
    eye = eye or Eye()
    writer = gguf.GGUFWriter(path, "clip")
    writer.add_name("Tiny eyes")
    writer.add_type("mmproj")
    writer.add_bool("clip.has_vision_encoder", True)
    writer.add_string("clip.projector_type", kind)
    writer.add_bool("clip.use_gelu", True)
    for key, number in {
        "image_size": eye.image,
        "patch_size": eye.patch,
        "embedding_length": eye.embedding,
        "feed_forward_length": eye.feed_forward,
        "block_count": eye.layers,
        "projection_dim": width,
        "attention.head_count": eye.heads,
        "projector.scale_factor": eye.merged,
        "spatial_merge_size": eye.merged,
    }.items():
        writer.add_uint32(f"clip.vision.{key}", number)
    writer.add_float32("clip.vision.attention.layer_norm_epsilon", 1e-6)
    writer.add_array("clip.vision.image_mean", [0.5, 0.5, 0.5])
    writer.add_array("clip.vision.image_std", [0.5, 0.5, 0.5])
    for name, values in _tensors(kind, width, eye, np.random.default_rng(seed)).items():
        writer.add_tensor(name, values)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def _tensors(kind: Kind, width: int, eye: Eye, random: np.random.Generator) -> Tensors:
    size = eye.embedding

    def matrix(*shape: int) -> NDArray[np.float32]:
        drawn: NDArray[np.float32] = random.standard_normal(shape, dtype=np.float32)
        return drawn * np.float32(shape[-1] ** -0.5)

    tensors: Tensors = {"v.patch_embd.weight": matrix(size, 3, eye.patch, eye.patch)}
    if kind == "qwen2vl_merger":
        tensors["v.patch_embd.weight.1"] = matrix(size, 3, eye.patch, eye.patch)
    else:
        tensors["v.patch_embd.bias"] = matrix(size)
        tensors["v.position_embd.weight"] = matrix((eye.image // eye.patch) ** 2, size)
    for block in (f"v.blk.{number}" for number in range(eye.layers)):
        for part in ("attn_q", "attn_k", "attn_v", "attn_out"):
            tensors[f"{block}.{part}.weight"] = matrix(size, size)
            tensors[f"{block}.{part}.bias"] = matrix(size)
        tensors |= _norm(f"{block}.ln1", size) | _norm(f"{block}.ln2", size)
        tensors[f"{block}.ffn_up.weight"] = matrix(eye.feed_forward, size)
        tensors[f"{block}.ffn_up.bias"] = matrix(eye.feed_forward)
        tensors[f"{block}.ffn_down.weight"] = matrix(size, eye.feed_forward)
        tensors[f"{block}.ffn_down.bias"] = matrix(size)
    tensors |= _norm("v.post_ln", size)
    merged = size * eye.merged**2
    if kind == "gemma3":
        # Gemma's words are large numbers, beside which a picture must not go under.
        tensors["mm.input_projection.weight"] = 64 * matrix(size, width)
        tensors["mm.soft_emb_norm.weight"] = np.ones(size, np.float32)
    elif kind == "idefics3":
        tensors["mm.model.fc.weight"] = matrix(width, merged)
    else:
        tensors |= {
            "mm.0.weight": matrix(merged, merged),
            "mm.0.bias": matrix(merged),
            "mm.2.weight": matrix(width, merged),
            "mm.2.bias": matrix(width),
        }
    return tensors


def _norm(name: str, size: int) -> Tensors:
    return {
        f"{name}.weight": np.ones(size, np.float32),
        f"{name}.bias": np.zeros(size, np.float32),
    }
