"""What the engine does not know is told before it is loaded, and is still for the engine to say."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from support import tiny_gguf

from studio.library import architectures
from studio.library.architectures import engine_knows


@pytest.mark.parametrize("architecture", tiny_gguf.ARCHITECTURES)
def test_the_installed_engine_knows_what_it_loads(architecture: str) -> None:
    assert engine_knows(architecture)


@pytest.mark.parametrize("architecture", ["quasar9", "architecture-of-2031", "Llama", "lla\0ma"])
def test_the_installed_engine_does_not_know_others(architecture: str) -> None:
    assert not engine_knows(architecture)


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"libllama.so": b""},
        {"libllama.so": b"packed beyond reading"},
        {"libllama.so": b"llama\0falcon\0"},
        {"libggml.so": b"llama\0falcon\0gemma3\0"},
    ],
)
def test_where_nobody_can_tell_nothing_is_said(
    files: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    monkeypatch.setattr(architectures, "engine_folder", lambda: tmp_path)
    assert engine_knows("quasar9")
    monkeypatch.setattr(architectures, "engine_folder", lambda: tmp_path / "gone")
    assert engine_knows("quasar9")
    monkeypatch.setattr(architectures, "engine_folder", lambda: None)
    assert engine_knows("quasar9")


@pytest.mark.parametrize("name", ["libllama.so", "libllama.dylib", "llama.dll"])
def test_another_version_of_the_engine_is_read_anew(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(architectures, "engine_folder", lambda: tmp_path)
    library = tmp_path / name
    library.write_bytes(b"llama\0falcon\0gemma3\0")
    assert not engine_knows("quasar9")
    library.write_bytes(b"llama\0falcon\0gemma3\0a longer quasar9\0")
    os.utime(library, ns=(1, 1))
    assert engine_knows("quasar9")
