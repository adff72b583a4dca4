"""The embedding worker with the starter embedding model, and with tiny GGUF files."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from support import tiny_gguf
from support.embedder_folders import MINILM, change, copy_minilm

from studio.documents.cutting import Cut, CutPart
from studio.documents.values import Chunk, IndexSettings, Page
from studio.engine.embedding import Embed, Embedded, EmbedderLoaded, EmbedQuery, LoadEmbedder
from studio.engine.host import Host, Job, worker_environment
from studio.engine.protocol import Batch, Done, Failed, Part, Progress

TEXTS = ("The cat sleeps on the warm stove.", "A kitten naps by the fire.", "Taxes are due in May.")
LONG = "The harbour master counts the ships and writes them into the great book. " * 12


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    started = Host("embedding", tmp_path_factory.mktemp("worker") / "embedding.log")
    started.start()
    yield started
    started.stop()


@pytest.fixture
def minilm(host: Host) -> Host:
    """Return the worker with the starter embedding model loaded."""
    load(host, MINILM)
    return host


def load(host: Host, path: Path) -> EmbedderLoaded:
    loaded = host.submit(LoadEmbedder(0, str(path))).result().result
    assert isinstance(loaded, EmbedderLoaded)
    return loaded


def failure(job: Job) -> Failed:
    *_, last = job.events()
    assert isinstance(last, Failed), last
    return last


def rows_of(job: Job) -> NDArray[np.float32]:
    rows = [
        np.frombuffer(event.values, event.dtype).reshape(event.rows, event.width)
        for event in job.events()
        if isinstance(event, Batch)
    ]
    return np.concatenate(rows).astype(np.float32)


COMPARED = """
import sys, numpy, torch
from pathlib import Path
from studio.workers.embedders.folder import read_folder
from studio.workers.embedders.library import LibraryEmbedder
from studio.workers.embedders.plain import PlainEmbedder
folder, texts = read_folder(Path(sys.argv[1])), sys.argv[2:]
plain, library = (
    kind(folder, "cpu", torch.float32) for kind in (PlainEmbedder, LibraryEmbedder)
)
one, other = (embedder.embed(embedder.prepare(texts, "passage")) for embedder in (plain, library))
assert library.facts.dimension == plain.facts.dimension == 384
assert library.facts.window == plain.facts.window == 256
assert library.facts.identity == plain.facts.identity
assert library.count(texts) == plain.count(texts)
print(numpy.abs(one - other).max())
"""


def test_vectors_are_those_of_sentence_transformers() -> None:
    """Loading without the library gives what it gives, padding and all."""
    ended = subprocess.run(
        [sys.executable, "-P", "-c", COMPARED, str(MINILM), *TEXTS, LONG],
        env=worker_environment(),
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert ended.returncode == 0, ended.stderr[-2000:]
    assert float(ended.stdout) < 1e-6


def test_rows_are_in_the_texts_order_of_length_one_and_mean_something(minilm: Host) -> None:
    texts = (*TEXTS, LONG, "")
    rows = rows_of(minilm.submit(Embed(0, texts, dtype="float32")))
    assert rows.shape == (5, 384)
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert rows[0] @ rows[1] > rows[0] @ rows[2] + 0.2
    for text, row in zip(texts, rows, strict=True):
        alone = rows_of(minilm.submit(EmbedQuery(0, text)))
        assert alone[0] @ row > 0.999
    halved = rows_of(minilm.submit(Embed(0, texts)))
    assert (halved * rows).sum(axis=1).min() > 0.999


def test_no_texts_give_no_rows(minilm: Host) -> None:
    events = list(minilm.submit(Embed(0, ())).events())
    assert events == [Done(events[0].id, Embedded(0, 0, 0.0))]


def test_a_question_is_answered_while_passages_are_embedded(minilm: Host) -> None:
    passages = minilm.submit(Embed(0, (LONG,) * 4000))
    assert isinstance(passages.next(30), Progress)
    assert len(rows_of(minilm.submit(EmbedQuery(0, "Who counts the ships?")))) == 1
    assert passages.ending is None
    began = time.monotonic()
    passages.cancel()
    assert passages.result().cancelled
    assert time.monotonic() - began < 2


@pytest.mark.parametrize("request_", [Embed(0, ("cat", LONG * 3)), EmbedQuery(0, LONG * 3)])
def test_a_text_over_the_window_is_refused_and_not_cut(
    minilm: Host, request_: Embed | EmbedQuery
) -> None:
    failed = failure(minilm.submit(request_))
    assert failed.code == "embedder.too_long"
    assert int(str(failed.facts["tokens"])) > int(str(failed.facts["window"])) == 256


def test_what_was_cut_fits_into_the_window(minilm: Host) -> None:
    pages = (Page(1, f"# The harbour\n\n{LONG * 3}"), Page(2, LONG))
    job = minilm.submit(Cut(0, pages, IndexSettings(chunk_tokens=5000), "markdown"))
    parts = [event.value for event in job.events() if isinstance(event, Part)]
    assert all(isinstance(part, CutPart) for part in parts)
    chunks: list[Chunk] = [chunk for part in parts for chunk in part.chunks]
    assert len(chunks) > 3
    assert chunks[0].heading == "The harbour"
    assert {chunk.passage for chunk in chunks} == set(
        range(sum(len(part.passages) for part in parts))
    )
    texts = tuple(f"{chunk.heading}\n{chunk.text}" for chunk in chunks)
    assert len(rows_of(minilm.submit(Embed(0, texts)))) == len(chunks)


def flip_the_header(folder: Path) -> None:
    weights = folder / "model.safetensors"
    data = bytearray(weights.read_bytes())
    data[20] ^= 0xFF
    weights.write_bytes(data)


def cut_the_weights(folder: Path) -> None:
    weights = folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:1_000_000])


def other_sizes(folder: Path) -> None:
    change(folder / "config.json", intermediate_size=1000)


def fewer_layers_stored(folder: Path) -> None:
    change(folder / "config.json", num_hidden_layers=9)


def spoil_the_tokenizer(folder: Path) -> None:
    (folder / "tokenizer.json").write_text("{}", encoding="utf-8")


@pytest.mark.parametrize(
    "harm",
    [flip_the_header, cut_the_weights, other_sizes, fewer_layers_stored, spoil_the_tokenizer],
)
def test_a_damaged_folder_is_refused_and_the_worker_goes_on(
    host: Host, tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    folder = copy_minilm(tmp_path / "harmed")
    harm(folder)
    failed = failure(host.submit(LoadEmbedder(0, str(folder))))
    assert failed.code == "embedder.damaged"
    assert failed.facts["name"] == "harmed"
    assert failure(host.submit(EmbedQuery(0, "cat"))).code == "embedder.none"


def test_an_embedding_gguf_embeds(host: Host, tmp_path: Path) -> None:
    path = tiny_gguf.write(
        tmp_path / "tiny.gguf", "qwen3", context_length=64, extra_keys={"qwen3.pooling_type": 3}
    )
    loaded = load(host, path)
    assert (loaded.window, loaded.backend) == (64, "llama.cpp")
    rows = rows_of(host.submit(Embed(0, ("a cat", "a dog", "a cat", ""), dtype="float32")))
    assert rows.shape == (4, loaded.dimension)
    np.testing.assert_allclose(np.linalg.norm(rows[:3], axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(rows[0], rows[2], atol=1e-6)
    assert failure(host.submit(Embed(0, ("cat " * 200,)))).code == "embedder.too_long"
    assert len(rows_of(host.submit(EmbedQuery(0, "a cat")))) == 1


@pytest.mark.parametrize(
    ("keys", "code"),
    [({}, "embedder.other_kind"), ({"llama.pooling_type": 4}, "embedder.other_kind")],
)
def test_a_gguf_that_makes_no_vectors_is_refused(
    host: Host, tmp_path: Path, keys: dict[str, int], code: str
) -> None:
    path = tiny_gguf.write(tmp_path / "chat.gguf", "llama", extra_keys=dict(keys))
    assert failure(host.submit(LoadEmbedder(0, str(path)))).code == code


def test_a_file_of_nonsense_is_refused(host: Host, tmp_path: Path) -> None:
    path = tmp_path / "noise.gguf"
    path.write_bytes(b"GGUF" + bytes(200))
    assert failure(host.submit(LoadEmbedder(0, str(path)))).code == "model.load_failed"
