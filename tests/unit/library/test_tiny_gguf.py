"""The tiny models really load in llama.cpp, generate, and turn text into tokens and back."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from support import tiny_gguf

_GENERATE = """
import json, sys
from llama_cpp import Llama
for path in sys.argv[1:]:
    model = Llama(path, n_ctx=128, n_threads=1, verbose=False)
    reply = model("Hello the world", max_tokens=12, temperature=0)["choices"][0]
    tokens = model.tokenize("Grüße 世".encode(), add_bos=False)
    back = model.detokenize(tokens).decode().strip()
    print(json.dumps({"text": reply["text"], "stop": reply["finish_reason"], "back": back}))
"""


def _generate(*paths: Path) -> list[dict[str, str]]:
    # A process of its own, so that a crash of the native library fails this test alone.
    command = [sys.executable, "-c", _GENERATE, *map(str, paths)]
    finished = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert finished.returncode == 0, finished.stderr[-2000:]
    return [json.loads(line) for line in finished.stdout.splitlines()]


def test_every_architecture_generates_printable_text(tmp_path: Path) -> None:
    paths = [
        tiny_gguf.write(tmp_path / f"{architecture}.gguf", architecture)
        for architecture in tiny_gguf.ARCHITECTURES
    ]
    for path, reply in zip(paths, _generate(*paths), strict=True):
        assert reply["stop"] == "length", path.name
        assert reply["text"].strip(), path.name
        assert reply["text"].isascii(), path.name
        assert reply["back"] == "Grüße 世", path.name


def test_a_printable_end_token_ends_replies(tmp_path: Path) -> None:
    first = _generate(tiny_gguf.write(tmp_path / "endless.gguf"))[0]["text"]
    path = tiny_gguf.write(tmp_path / "ending.gguf", eos=first[1])
    reply = _generate(path)[0]
    assert reply["stop"] == "stop"
    assert first.startswith(reply["text"])


def test_the_same_seed_writes_the_same_file(tmp_path: Path) -> None:
    first = tiny_gguf.write(tmp_path / "a.gguf", seed=3).read_bytes()
    assert tiny_gguf.write(tmp_path / "b.gguf", seed=3).read_bytes() == first
    assert tiny_gguf.write(tmp_path / "c.gguf", seed=4).read_bytes() != first


@pytest.mark.parametrize("quantization", ["F16", "Q8_0", "Q4_0", "Q4_1"])
def test_quantised_files_are_smaller(tmp_path: Path, quantization: str) -> None:
    full = tiny_gguf.write(tmp_path / "full.gguf").stat().st_size
    path = tiny_gguf.write(tmp_path / "small.gguf", quantization=quantization)
    assert path.stat().st_size < 0.6 * full
