"""A tiny model that chats, put where a shelf finds it."""

from __future__ import annotations

import tempfile
from functools import lru_cache
from pathlib import Path

from support import tiny_gguf


def put(models: Path, name: str = "tiny", template: str = tiny_gguf.CHATML) -> Path:
    """Write the model into a folder, made if need be, and return its path."""
    models.mkdir(parents=True, exist_ok=True)
    path = models / f"{name}.gguf"
    path.write_bytes(_made(template))
    return path


@lru_cache(maxsize=4)
def _made(template: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tiny.gguf"
        tiny_gguf.write(path, "llama", chat_template=template, context_length=2048)
        return path.read_bytes()
