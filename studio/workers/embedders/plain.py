"""An embedder that is a transformer and a mean, loaded without a large library."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor

from studio.workers.embedders.bert import Bert, is_plain
from studio.workers.embedders.embedder import Facts, Prepared, Rows, clean, of_length_one
from studio.workers.embedders.folder import Folder
from studio.workers.serve import RefusedError

_POOLING = {"pooling_mode_mean_tokens": "mean", "pooling_mode_cls_token": "cls"}


def is_simple(folder: Folder) -> bool:
    """Tell whether :class:`PlainEmbedder` makes the very vectors of this folder."""
    return (
        folder.kinds in (("Transformer", "Pooling"), ("Transformer", "Pooling", "Normalize"))
        and is_plain(folder.config)
        and _pooling(folder.pooling) is not None
        and not folder.lower_case
        and (folder.transformer / "tokenizer.json").is_file()
        and (folder.transformer / "model.safetensors").is_file()
        and (folder.pooling.get("include_prompt", True) or not any(folder.prompts.values()))
    )


class PlainEmbedder:
    """Tokenizer and encoder of a folder for which :func:`is_simple` is true."""

    def __init__(self, folder: Folder, device: str, dtype: torch.dtype) -> None:
        self._tokenizer = _tokenizer(folder.transformer / "tokenizer.json")
        self._bert = Bert(folder.transformer, folder.config, device, dtype)
        self._pooling = _pooling(folder.pooling)
        self._prompts = folder.prompts
        self._padding = int(folder.config.get("pad_token_id") or 0)
        self.facts = Facts(
            name=folder.path.name,
            identity=folder.identity(),
            dimension=self._bert.width,
            window=min(folder.window or self._bert.positions, self._bert.positions),
            backend=f"torch {str(dtype).removeprefix('torch.')}",
            device=device,
        )

    def count(self, texts: Sequence[str]) -> list[int]:
        """Return the tokens of each text alone."""
        encoded = self._tokenizer.encode_batch_fast(clean(texts), add_special_tokens=False)
        return [len(one) for one in encoded]

    def prepare(self, texts: Sequence[str], kind: str) -> list[Prepared]:
        """Return the token ids of texts with the prompt of their kind."""
        prompt = self._prompts[kind]
        encoded = self._tokenizer.encode_batch_fast([prompt + text for text in clean(texts)])
        return [Prepared(len(one), one.ids) for one in encoded]

    @torch.inference_mode()
    def embed(self, batch: Sequence[Prepared]) -> Rows:
        """Return a vector for each, of length one."""
        longest = max(one.tokens for one in batch)
        ids = torch.tensor(
            [[*one.content, *[self._padding] * (longest - one.tokens)] for one in batch]
        )
        lengths = torch.tensor([one.tokens for one in batch])
        mask = torch.arange(longest)[None] < lengths[:, None]
        ids, mask = ids.to(self._bert.device), mask.to(self._bert.device)
        hidden = self._bert(ids, None if bool(mask.all()) else mask).float()
        return of_length_one(self._pooled(hidden, mask).cpu().numpy())

    def close(self) -> None:
        """Give the memory back."""
        del self._bert

    def _pooled(self, hidden: Tensor, mask: Tensor) -> Tensor:
        if self._pooling == "cls":
            return hidden[:, 0]
        weights = mask[:, :, None].float()
        return (hidden * weights).sum(1) / weights.sum(1)


def _tokenizer(path: Path) -> Tokenizer:
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # the library raises no narrower kind
        raise RefusedError("embedder.damaged", path=str(path), details=str(error)) from error
    tokenizer.no_truncation()  # a text that is too long is told, not cut
    tokenizer.no_padding()
    return tokenizer


def _pooling(told: dict[str, Any]) -> str | None:
    """Return ``mean`` or ``cls``; ``None`` for any other way of making one vector of many."""
    if isinstance(told.get("pooling_mode"), str):
        return told["pooling_mode"] if told["pooling_mode"] in _POOLING.values() else None
    active = [key for key, on in told.items() if key.startswith("pooling_mode_") and on]
    return _POOLING.get(active[0]) if len(active) == 1 else None
