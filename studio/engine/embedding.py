"""The messages of the embedding worker: which embedder to load, and texts to make vectors of."""

from __future__ import annotations

from dataclasses import dataclass

from studio.engine.protocol import Request, message

WORKER = "embedding"


@message
@dataclass(frozen=True, slots=True)
class LoadEmbedder(Request):
    """Load an embedder in place of the one before; the answer is ``EmbedderLoaded``.

    Attributes:
        path: a folder of sentence-transformers, or a GGUF file of an embedding model.
        device: ``cpu``, ``cuda`` or ``mps``; empty takes the best there is.
    """

    path: str
    device: str = ""


@message
@dataclass(frozen=True, slots=True)
class EmbedderLoaded:
    """What is loaded.

    Attributes:
        identity: SHA-256 over the files that decide its vectors. Vectors of one identity can be
            compared with each other.
        dimension: values of a vector.
        window: tokens that it sees of a text, with those that it adds itself.
        backend: what computes, such as ``torch bfloat16``, ``sentence-transformers float32`` or
            ``llama.cpp``.
        device: where it computes: ``cpu``, ``cuda``, ``mps``, or ``gpu`` for whatever llama.cpp
            has found.
        seconds: that loading took.
        held_bytes: memory that comes free when another is loaded.
    """

    path: str
    name: str
    identity: str
    dimension: int
    window: int
    backend: str
    device: str
    seconds: float
    held_bytes: int


@message
@dataclass(frozen=True, slots=True)
class Embed(Request):
    """Make vectors of texts: ``Progress`` in tokens, then ``Batch`` events in the texts' order.

    A text that does not fit into the window fails the request with ``embedder.too_long``; none is
    ever cut silently. What was cancelled gives no vectors. :class:`EmbedQuery` is answered between
    two of its batches.

    Attributes:
        kind: ``passage`` or ``query``; some embedders are told which it is.
        dtype: of the rows: ``float16`` or ``float32``. They are of length one.
    """

    texts: tuple[str, ...]
    kind: str = "passage"
    dtype: str = "float16"


@message
@dataclass(frozen=True, slots=True)
class EmbedQuery(Request):
    """Make the vector of one question, let in between two batches of passages.

    The answer is a ``Batch`` of one float32 row of length one. A question over the window is
    refused as by ``Embed``.
    """

    text: str


@message
@dataclass(frozen=True, slots=True)
class Embedded:
    """Texts were embedded: how many, their tokens, and the seconds without the urgent ones."""

    texts: int
    tokens: int
    seconds: float
