"""The transformer that nearly all small embedders are, in plain torch, from its safetensors.

It computes what ``transformers`` computes, with the same operations, for BERT (MiniLM, BGE, E5)
and XLM-RoBERTa (multilingual E5, BGE-M3). With that library the worker takes three times as long to
start, and a first question would wait for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor
from torch.nn import functional

from studio.workers.serve import RefusedError

_FAMILIES = ("bert", "roberta", "xlm-roberta")
_PREFIXES = ("bert.", "roberta.")


def is_plain(config: Mapping[str, Any]) -> bool:
    """Tell whether :class:`Bert` computes what this configuration of transformers says."""
    return (
        config.get("model_type") in _FAMILIES
        and config.get("hidden_act", "gelu") == "gelu"
        and config.get("position_embedding_type", "absolute") == "absolute"
        and not config.get("is_decoder", False)
        and not config.get("add_cross_attention", False)
    )


class Bert:
    """An encoder's weights.

    Args:
        folder: holds ``model.safetensors``.
        config: the folder's ``config.json``.
        dtype: to compute in.

    Raises:
        RefusedError: ``embedder.damaged``, the weights cannot be read or do not fit the
            configuration.
    """

    def __init__(
        self, folder: Path, config: Mapping[str, Any], device: str, dtype: torch.dtype
    ) -> None:
        self._heads = int(config["num_attention_heads"])
        self._layers = int(config["num_hidden_layers"])
        self._epsilon = float(config.get("layer_norm_eps", 1e-12))
        self.width = int(config["hidden_size"])
        self.device = device
        # RoBERTa's first position is the one after that of the padding.
        self._first = 0 if config["model_type"] == "bert" else int(config["pad_token_id"]) + 1
        self.positions = int(config["max_position_embeddings"]) - self._first
        path = folder / "model.safetensors"
        try:
            stored = load_file(path)
            self._weights = {
                _plain(name): tensor.to(device, dtype) for name, tensor in stored.items()
            }
            self._check(int(config["vocab_size"]), int(config["intermediate_size"]))
        except (SafetensorError, OSError, KeyError, ValueError) as error:
            raise RefusedError("embedder.damaged", path=str(path), details=repr(error)) from error

    def __call__(self, ids: Tensor, mask: Tensor | None) -> Tensor:
        """Return the last hidden states, shape (texts, tokens, width).

        Args:
            ids: of tokens, shape (texts, tokens).
            mask: which of them are no padding, same shape, boolean; ``None`` if all.
        """
        hidden = self._embedded(ids)
        seen = None if mask is None else mask[:, None, None, :]
        for number in range(self._layers):
            hidden = self._layer(f"encoder.layer.{number}.", hidden, seen)
        return hidden

    def _embedded(self, ids: Tensor) -> Tensor:
        places = torch.arange(self._first, self._first + ids.shape[1], device=self.device)
        words = functional.embedding(ids, self._weights["embeddings.word_embeddings.weight"])
        kinds = self._weights["embeddings.token_type_embeddings.weight"][0]
        table = self._weights["embeddings.position_embeddings.weight"]
        return self._norm("embeddings.", words + kinds + functional.embedding(places, table))

    def _layer(self, name: str, hidden: Tensor, seen: Tensor | None) -> Tensor:
        query, key, value = (
            self._split(self._linear(f"{name}attention.self.{part}", hidden))
            for part in ("query", "key", "value")
        )
        attended = functional.scaled_dot_product_attention(query, key, value, attn_mask=seen)
        joined = attended.transpose(1, 2).reshape(hidden.shape)
        hidden = self._norm(
            f"{name}attention.output.",
            self._linear(f"{name}attention.output.dense", joined) + hidden,
        )
        inner = functional.gelu(self._linear(f"{name}intermediate.dense", hidden))
        return self._norm(f"{name}output.", self._linear(f"{name}output.dense", inner) + hidden)

    def _split(self, values: Tensor) -> Tensor:
        return values.view(*values.shape[:2], self._heads, -1).transpose(1, 2)

    def _linear(self, name: str, values: Tensor) -> Tensor:
        return functional.linear(
            values, self._weights[f"{name}.weight"], self._weights[f"{name}.bias"]
        )

    def _norm(self, name: str, values: Tensor) -> Tensor:
        return functional.layer_norm(
            values,
            (self.width,),
            self._weights[f"{name}LayerNorm.weight"],
            self._weights[f"{name}LayerNorm.bias"],
            self._epsilon,
        )

    def _check(self, vocabulary: int, inner: int) -> None:
        """Refuse weights of another size before the first text meets them."""
        wide = self.width
        sizes = {
            "embeddings.word_embeddings": (vocabulary, wide),
            "embeddings.position_embeddings": (self.positions + self._first, wide),
        }
        for number in range(self._layers):
            layer = f"encoder.layer.{number}."
            for part in ("self.query", "self.key", "self.value", "output.dense"):
                sizes[f"{layer}attention.{part}"] = (wide, wide)
            sizes[f"{layer}intermediate.dense"] = (inner, wide)
            sizes[f"{layer}output.dense"] = (wide, inner)
        for name, size in sizes.items():
            if tuple(self._weights[f"{name}.weight"].shape) != size:
                raise ValueError(f"{name} is {self._weights[f'{name}.weight'].shape}, not {size}")


def _plain(name: str) -> str:
    for prefix in _PREFIXES:
        name = name.removeprefix(prefix)
    return name
