"""An embedder of any other make, loaded by sentence-transformers, which takes seconds to import."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from safetensors import SafetensorError
from sentence_transformers import SentenceTransformer

from studio.workers.embedders.embedder import Facts, Prepared, Rows, clean, of_length_one
from studio.workers.embedders.folder import Folder
from studio.workers.serve import RefusedError

_ENDLESS = 1 << 20  # tokens; what transformers gives as the window of a model that has none


class LibraryEmbedder:
    """A folder as sentence-transformers understands it."""

    def __init__(self, folder: Folder, device: str, dtype: torch.dtype) -> None:
        try:
            self._model = SentenceTransformer(
                str(folder.path),
                device=device,
                local_files_only=True,
                trust_remote_code=False,
                model_kwargs={"use_safetensors": True, "dtype": dtype},
            )
        except (OSError, ValueError, RuntimeError, KeyError, SafetensorError) as error:
            raise RefusedError(
                "embedder.damaged", path=str(folder.path), details=repr(error)
            ) from error
        self._prompts = folder.prompts
        self._tokenizer: Any = self._model.tokenizer
        window = self._model.max_seq_length or self._tokens_most()
        self.facts = Facts(
            name=folder.path.name,
            identity=folder.identity(),
            dimension=len(self._encode([""])[0]),
            window=int(min(window, _ENDLESS)),
            backend=f"sentence-transformers {str(dtype).removeprefix('torch.')}",
            device=device,
        )

    def count(self, texts: Sequence[str]) -> list[int]:
        """Return the tokens of each text alone."""
        return self._lengths(clean(texts), specials=False)

    def prepare(self, texts: Sequence[str], kind: str) -> list[Prepared]:
        """Return texts with the prompt of their kind, and their tokens."""
        prompt = self._prompts[kind]
        whole = [prompt + text for text in clean(texts)]
        lengths = self._lengths(whole, specials=True)
        return [
            Prepared(length, (prompt, text))
            for length, text in zip(lengths, clean(texts), strict=True)
        ]

    def embed(self, batch: Sequence[Prepared]) -> Rows:
        """Return a vector for each, of length one."""
        prompt = batch[0].content[0]
        return self._encode([one.content[1] for one in batch], prompt)

    def close(self) -> None:
        """Give the memory back."""
        del self._model

    def _encode(self, texts: list[str], prompt: str = "") -> Rows:
        rows = self._model.encode(
            texts,
            prompt=prompt or None,
            batch_size=len(texts),
            show_progress_bar=False,
            convert_to_numpy=False,
            convert_to_tensor=True,
        )
        return of_length_one(rows.float().cpu().numpy())

    def _lengths(self, texts: Sequence[str], *, specials: bool) -> list[int]:
        if not texts:
            return []
        backend = getattr(self._tokenizer, "backend_tokenizer", self._tokenizer)
        backend.no_truncation()
        backend.no_padding()
        encoded = backend.encode_batch_fast(list(texts), add_special_tokens=specials)
        return [len(one) for one in encoded]

    def _tokens_most(self) -> int:
        return int(getattr(self._tokenizer, "model_max_length", _ENDLESS))
