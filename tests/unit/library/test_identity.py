"""A model's identity changes with its content and costs little."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from support import tiny_gguf

from studio.errors import StudioError
from studio.library.identity import fingerprint


def _sparse(path: Path, size_bytes: int) -> Path:
    with path.open("wb") as file:
        file.truncate(size_bytes)
    return path


def test_same_content_has_the_same_fingerprint(tmp_path: Path) -> None:
    first = tiny_gguf.write(tmp_path / "a.gguf", seed=1)
    copy = tmp_path / "copy.gguf"
    copy.write_bytes(first.read_bytes())
    os.utime(copy, (1, 1))
    assert fingerprint(first) == fingerprint(copy)
    assert len(fingerprint(first)) == 32


def test_other_weights_template_or_size_change_it(tmp_path: Path) -> None:
    prints = {
        fingerprint(tiny_gguf.write(tmp_path / "a.gguf", seed=1)),
        fingerprint(tiny_gguf.write(tmp_path / "b.gguf", seed=2)),
        fingerprint(tiny_gguf.write(tmp_path / "c.gguf", seed=1, chat_template="x")),
        fingerprint(_sparse(tmp_path / "d.gguf", 100 << 20)),
        fingerprint(_sparse(tmp_path / "e.gguf", (100 << 20) + 1)),
    }
    assert len(prints) == 5


def test_large_files_are_sampled_to_their_last_byte(tmp_path: Path) -> None:
    path = _sparse(tmp_path / "large.gguf", 200 << 20)
    before = fingerprint(path)
    with path.open("r+b") as file:
        file.seek(-1, os.SEEK_END)
        file.write(b"x")
    assert fingerprint(path) != before


def test_all_parts_of_a_split_model_count(tmp_path: Path) -> None:
    first = tmp_path / "m-00001-of-00002.gguf"
    second = tmp_path / "m-00002-of-00002.gguf"
    first.write_bytes(b"one")
    second.write_bytes(b"two")
    before = fingerprint(first)
    second.write_bytes(b"TWO")
    assert fingerprint(first) != before


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(StudioError, match="is not there any more"):
        fingerprint(tmp_path / "gone.gguf")
