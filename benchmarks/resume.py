"""Coming back to a long conversation: its state loaded from disk, against reading it again."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

import numpy as np

from benchmarks.raw_llama import THREADS
from benchmarks.report import Figure, at_least
from studio.engine.language import LoadSettings, Sampling
from studio.workers.llama.context import Context
from studio.workers.llama.model import Model
from studio.workers.llama.native import AbortFlag, NativeLog
from studio.workers.llama.prompt_reading import read
from studio.workers.llama.sampler import Sampler

TOKENS = 2000


def measure(model_path: Path) -> list[Figure]:
    """Return how much faster loading is, with the next token's logits compared bit by bit."""
    log, abort = NativeLog(), AbortFlag()
    settings = LoadSettings(context=4096, threads=THREADS)
    model = Model(model_path, settings, log, lambda _share: True)
    story = model.tokenize(
        "Once upon a time there was a dog that lived by the sea. " * 200, add_bos=False
    )
    prompt = story[:TOKENS]
    with tempfile.TemporaryDirectory() as folder:
        state = str(Path(folder) / "conversation.kv")
        context = Context(model, settings, abort, log)
        context.prepare(prompt, state, reuse=True)
        began = time.perf_counter()
        read(context, prompt, lambda _done, _total, _left: None)
        read_s = time.perf_counter() - began
        context.save()
        sampler = Sampler(model, Sampling())
        context.decode([story[TOKENS]])
        straight = sampler.logits(context.handle).copy()
        context.close()

        later = Context(model, settings, abort, log)
        following = story[: TOKENS + 1]
        began = time.perf_counter()
        reused = later.prepare(following, state, reuse=True)
        load_s = time.perf_counter() - began
        later.decode(following[reused.tokens :])
        same = bool(np.array_equal(straight, sampler.logits(later.handle)))
        later.close()
        sampler.close()
    model.close()
    note = (
        f"{read_s:.1f} s to read {TOKENS} tokens, {load_s * 1000:.0f} ms to load {reused.tokens}; "
        f"next logits {'identical' if same else 'DIFFER'}"
    )
    figure = at_least("coming back to 2,000 tokens", [read_s / load_s], 50, " x", note)
    return [figure] if same else [Figure(figure.name, figure.value, figure.budget, False, note)]
