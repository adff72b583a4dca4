"""A tiny model that chats, put where a shelf finds it."""

from __future__ import annotations

from pathlib import Path

from support import tiny_gguf


def put(models: Path, name: str = "tiny", template: str = tiny_gguf.CHATML) -> Path:
    """Write the model into a folder, made if need be, and return its path."""
    models.mkdir(parents=True, exist_ok=True)
    path = models / f"{name}.gguf"
    return tiny_gguf.write(path, "llama", chat_template=template, context_length=2048)
