"""What an embedder is to its worker, however it computes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Facts:
    """What :class:`studio.engine.embedding.EmbedderLoaded` tells of an embedder."""

    name: str
    identity: str
    dimension: int
    window: int
    backend: str
    device: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """A text as its embedder takes it, and how many tokens that is, with all that is added."""

    tokens: int
    content: Any


class Embedder(Protocol):
    """Makes vectors of texts."""

    @property
    def facts(self) -> Facts:
        """What it is."""

    def count(self, texts: Sequence[str]) -> list[int]:
        """Return the tokens of each text alone."""

    def prepare(self, texts: Sequence[str], kind: str) -> list[Prepared]:
        """Return texts with the prompt of their kind (``passage`` or ``query``), none cut."""

    def embed(self, batch: Sequence[Prepared]) -> Rows:
        """Return a vector for each, of length one, shape (texts, dimension)."""

    def close(self) -> None:
        """Give the memory back."""


def of_length_one(rows: Rows) -> Rows:
    """Return rows scaled to length one; a row of zeros stays what it is."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    scaled: Rows = rows / np.maximum(lengths, np.finfo(np.float32).tiny)
    return scaled


def clean(texts: Sequence[str]) -> list[str]:
    """Return texts without lone surrogates, which no tokenizer takes."""
    return [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
