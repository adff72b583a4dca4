"""An embedding model in a GGUF file, through llama.cpp.

llama.cpp ends the whole process over a text that is longer than its batch, so each is counted
before. It is about half as fast as torch, and the file does not tell the prompts of its makers.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import llama_cpp
import numpy as np

from studio.engine.language import LoadSettings
from studio.workers.embedders.embedder import Facts, Prepared, Rows, clean, of_length_one
from studio.workers.embedders.folder import hash_of
from studio.workers.llama.context import thread_count
from studio.workers.llama.model import Model
from studio.workers.llama.native import NativeLog
from studio.workers.serve import RefusedError

WINDOW_MOST = 2048  # tokens; the memory for them is taken at once
_POOLED = (1, 2, 3)  # mean, first and last token of enum llama_pooling_type of llama.h


class GgufEmbedder:
    """A loaded embedding model.

    Raises:
        RefusedError: the file cannot be loaded, or ``embedder.other_kind``: it makes no vectors.
    """

    def __init__(self, path: Path, log: NativeLog) -> None:
        settings = LoadSettings()
        self._model = Model(path, settings, log, lambda _share: True)
        window = min(self._model.context_trained, WINDOW_MOST)
        self._context = llama_cpp.llama_init_from_model(
            self._model.handle, _context_params(window, thread_count(settings))
        )
        if not self._context:
            self._model.close()
            raise RefusedError("embedder.damaged", path=str(path), details=log.text())
        if llama_cpp.llama_pooling_type(self._context) not in _POOLED:
            kind = self._model.meta("general.architecture")
            self.close()
            raise RefusedError("embedder.other_kind", kind=kind)
        self.facts = Facts(
            name=self._model.meta("general.name") or path.stem,
            identity=hash_of(path),
            dimension=int(llama_cpp.llama_model_n_embd(self._model.handle)),
            window=window,
            backend="llama.cpp",
            device="gpu" if self._model.layers_offloaded else "cpu",
        )

    def count(self, texts: Sequence[str]) -> list[int]:
        """Return the tokens of each text alone."""
        return [len(self._tokens(text, specials=False)) for text in clean(texts)]

    def prepare(self, texts: Sequence[str], kind: str) -> list[Prepared]:
        """Return the token ids of texts; both kinds are prepared alike."""
        del kind
        ids = [self._tokens(text, specials=True) for text in clean(texts)]
        return [Prepared(len(one), one) for one in ids]

    def embed(self, batch: Sequence[Prepared]) -> Rows:
        """Return a vector for each, of length one."""
        return of_length_one(np.stack([self._vector(one.content) for one in batch]))

    def close(self) -> None:
        """Give the memory back."""
        llama_cpp.llama_free(self._context)
        self._model.close()

    def _vector(self, tokens: list[int]) -> Rows:
        if not tokens:  # of an empty text, where the model adds no token of its own
            return np.zeros(self.facts.dimension, np.float32)
        if memory := llama_cpp.llama_get_memory(self._context):
            llama_cpp.llama_memory_clear(memory, True)
        array = (llama_cpp.llama_token * len(tokens))(*tokens)
        batch = llama_cpp.llama_batch_get_one(array, len(tokens))
        status = llama_cpp.llama_decode(self._context, batch)
        if status != 0:
            raise RefusedError("engine.decode_failed", status=status)
        values = llama_cpp.llama_get_embeddings_seq(self._context, 0)
        return np.ctypeslib.as_array(values, (self.facts.dimension,)).astype(np.float32)

    def _tokens(self, text: str, *, specials: bool) -> list[int]:
        """Return tokens; what looks like a special one in a document is text."""
        data = text.encode("utf-8")
        size = len(data) + 8
        buffer = (llama_cpp.llama_token * size)()
        count = llama_cpp.llama_tokenize(
            self._model.vocabulary, data, len(data), buffer, size, specials, False
        )
        if count < 0:
            raise RefusedError("embedder.too_long", tokens=-count, window=self.facts.window)
        return list(buffer[:count])


def _context_params(window: int, threads: int) -> Any:
    params = llama_cpp.llama_context_default_params()
    params.n_ctx = params.n_batch = params.n_ubatch = window
    params.n_threads = params.n_threads_batch = threads
    params.embeddings = True
    params.n_seq_max = 1
    return params
