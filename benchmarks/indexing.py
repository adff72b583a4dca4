"""Embedding through the worker, side by side with the embedder alone on the same chunks."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.report import Figure, at_least, at_most, environment, percentile
from studio.engine.embedding import Embed, EmbedderLoaded, EmbedQuery, LoadEmbedder
from studio.engine.host import Host

_ROOT = Path(__file__).resolve().parents[1]
MODEL = _ROOT / "models" / "all-MiniLM-L6-v2"
CHUNKS = 120
PAIRS = 5
QUESTIONS = 8


def measure(home: Path) -> list[Figure]:
    """Return the figures; ``home`` takes the worker's log and the texts."""
    home.mkdir(parents=True, exist_ok=True)
    texts = _chunks()
    host = Host("embedding", home / "embedding.log")
    host.start()
    try:
        loaded = host.submit(LoadEmbedder(0, str(MODEL))).result().result
        assert isinstance(loaded, EmbedderLoaded)
        dtype = loaded.backend.rpartition(" ")[2]
        with _raw(home, texts, dtype) as raw:
            shares, speeds = [], []
            _through_worker(host, texts)
            for number in range(PAIRS):
                runs: list[Callable[[], float]] = [lambda: _through_worker(host, texts), raw]
                order = runs if number % 2 else runs[::-1]
                seconds = [run() for run in order]
                worker, alone = seconds if number % 2 else seconds[::-1]
                shares.append(alone / worker)
                speeds.append(len(texts) / worker)
        waits = _question_waits_s(host, texts)
    finally:
        host.stop()
    note = f"{loaded.backend}, {statistics.median(speeds):.0f} chunks/s of {CHUNKS} mixed ones"
    return [
        at_least("indexing against the embedder alone", shares, 0.9, "", note),
        at_most(
            "a question while indexing (p95)",
            [percentile(waits, 0.95)],
            0.5,
            " s",
            f"its embedding; median {statistics.median(waits):.2f} s",
        ),
        at_most("loading the embedding model", [loaded.seconds], 5, " s", "once, with its library"),
    ]


def _through_worker(host: Host, texts: tuple[str, ...]) -> float:
    began = time.perf_counter()
    host.submit(Embed(0, texts)).result()
    return time.perf_counter() - began


def _question_waits_s(host: Host, texts: tuple[str, ...]) -> list[float]:
    job = host.submit(Embed(0, texts * 20))
    waits = []
    for _ in range(QUESTIONS):
        time.sleep(0.3)
        began = time.perf_counter()
        host.submit(EmbedQuery(0, "How is a conversation kept?")).result()
        waits.append(time.perf_counter() - began)
    job.cancel()
    job.result()
    return waits


@contextmanager
def _raw(home: Path, texts: tuple[str, ...], dtype: str) -> Iterator[RawRun]:
    path = home / "texts.json"
    path.write_text(json.dumps(texts), encoding="utf-8")
    command = [sys.executable, "-m", "benchmarks.raw_embedder", str(MODEL), str(path), dtype]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment(),
    ) as process:
        run = RawRun(process)
        run.read()
        yield run
        assert process.stdin is not None
        process.stdin.close()


class RawRun:
    """Runs the embedder alone once, when called."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def __call__(self) -> float:
        """Return the seconds that all texts took."""
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return float(self.read())

    def read(self) -> str:
        """Return the next line that it says."""
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()


def _chunks() -> tuple[str, ...]:
    """Return pieces of the project's own prose of 5 to 80 words, as uneven as real chunks are."""
    words = " ".join(
        path.read_text("utf-8") for path in sorted((_ROOT / "docs").glob("*.md"))
    ).split()
    chunks, at = [], 0
    for number in range(CHUNKS):
        size = 5 + number * 37 % 76
        chunks.append(" ".join(words[at : at + size]))
        at = (at + size) % max(1, len(words) - 120)
    return tuple(chunks)
