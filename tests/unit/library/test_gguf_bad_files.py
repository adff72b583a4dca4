"""Every kind of file that is not a sound model is refused with its own code and words."""

from __future__ import annotations

import os
import pickle
import struct
import sys
import tarfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from support import tiny_gguf
from support.gguf_bytes import (
    ARRAY,
    BOOL,
    FLOAT32,
    INT32,
    STRING,
    UINT32,
    Draft,
    TensorEntry,
    architecture,
    array,
    small,
    text,
    value,
)

from studio.errors import StudioError
from studio.library.gguf import read_header


def _tar(path: Path) -> None:
    inside = path.with_name("inside.txt")
    inside.write_text("weights")
    with tarfile.open(path, "w") as archive:
        archive.add(inside, "inside.txt")


def _zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("archive/data.pkl", "weights")


def _content(data: bytes) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        path.write_bytes(data)

    return write


def _draft(draft: Draft) -> Callable[[Path], None]:
    return _content(draft.build())


def _cut(share: float) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        whole = tiny_gguf.write(path).read_bytes()
        path.write_bytes(whole[: int(len(whole) * share)])

    return write


_SAFETENSORS = struct.pack("<Q", 40) + b'{"weight":{"dtype":"F32","shape":[1]}}  ' + bytes(4)
_POINTER = (
    b"version https://git-lfs.github.com/spec/v1\n"
    b"oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\n"
    b"size 98362432\n"
)
_HUGE = 1 << 60

# What a file is: how it is made, the code it is refused with, words that must be in the sentence.
BAD_FILES: dict[str, tuple[Callable[[Path], None], str, str]] = {
    "missing": (lambda path: None, "model.missing", "not there"),
    "empty": (_content(b""), "model.empty", "is empty"),
    "folder": (lambda path: path.mkdir(), "model.is_folder", "is a folder"),
    "web page": (_content(b"<!DOCTYPE html>\n<html><body>404"), "model.html", "web page"),
    "web page after blanks": (
        _content(b"\xef\xbb\xbf \r\n<!-- saved --><HTML lang=en>"),
        "model.html",
        "web page",
    ),
    "git lfs": (_content(_POINTER), "model.lfs_pointer", "real file of 98 MB"),
    "safetensors": (_content(_SAFETENSORS), "model.other_format", "a safetensors file"),
    "zip": (_zip, "model.other_format", "a zip archive or a PyTorch file"),
    "pickle": (_content(pickle.dumps({"a": 1})), "model.other_format", "a Python pickle"),
    "tar": (_tar, "model.other_format", "a tar archive"),
    "gzip": (_content(b"\x1f\x8b\x08" + bytes(40)), "model.other_format", "a gzip archive"),
    "ggml": (_content(b"lmgg" + bytes(40)), "model.other_format", "old GGML format"),
    "ggjt": (_content(b"tjgg\x03" + bytes(40)), "model.other_format", "ggjt"),
    "json": (_content(b'{"error": "Entry not found"}'), "model.other_format", "a JSON text"),
    "pdf": (_content(b"%PDF-1.7\n"), "model.other_format", "a PDF document"),
    "program": (_content(b"\x7fELF" + bytes(60)), "model.other_format", "a Linux program"),
    "random bytes": (_content(bytes(range(7, 247)) * 9), "model.not_gguf", "not a GGUF model"),
    "three bytes": (_content(b"GGU"), "model.truncated", "ends in the middle"),
    "only the magic": (_content(b"GGUF"), "model.truncated", "ends in the middle"),
    "cut in the header": (_cut(0.005), "model.truncated", "ends in the middle"),
    "cut in the data": (_cut(0.5), "model.truncated", "kB are missing"),
    "version 1": (_draft(small(version=1)), "model.unsupported_version", "version 1"),
    "version 9": (_draft(small(version=9)), "model.unsupported_version", "version 9"),
    "version 0": (_draft(small(version=0)), "model.unsupported_version", "version 0"),
    "2^60 tensors": (_draft(small(tensor_count=_HUGE)), "model.damaged", "tensors"),
    "2^60 settings": (_draft(small(value_count=_HUGE)), "model.damaged", "settings"),
    "more tensors than bytes": (_draft(small(tensor_count=9000)), "model.truncated", "ends"),
    "key of 2^60 bytes": (
        _draft(small(values=[struct.pack("<Q", _HUGE)], value_count=1)),
        "model.damaged",
        "bytes long",
    ),
    "text of 2^60 bytes": (
        _draft(Draft([text("general.name") + struct.pack("<IQ", STRING, _HUGE)])),
        "model.damaged",
        "“general.name” claims to be",
    ),
    "text of a million bytes": (
        _draft(Draft([text("general.name") + struct.pack("<IQ", STRING, 1_000_000)])),
        "model.truncated",
        "ends in the middle",
    ),
    "2^60 tokens": (
        _draft(Draft([text("tokens") + struct.pack("<IIQ", ARRAY, STRING, _HUGE)])),
        "model.damaged",
        "texts in “tokens”",
    ),
    "2^60 numbers": (
        _draft(Draft([text("scores") + struct.pack("<IIQ", ARRAY, FLOAT32, _HUGE)])),
        "model.damaged",
        "numbers in “scores”",
    ),
    "token of 2^63 bytes": (
        _draft(Draft([text("tokens") + struct.pack("<IIQQ", ARRAY, STRING, 1, 1 << 63)])),
        "model.truncated",
        "ends in the middle",
    ),
    "list of lists": (
        _draft(Draft([text("deep") + struct.pack("<IIQ", ARRAY, ARRAY, 1) + bytes(64)])),
        "model.damaged",
        "“deep” is a list of lists",
    ),
    "unknown kind of value": (
        _draft(Draft([text("odd") + struct.pack("<I", 99) + bytes(16)])),
        "model.damaged",
        "“odd” is of an unknown kind",
    ),
    "unknown kind of list": (
        _draft(Draft([text("odd") + struct.pack("<IIQ", ARRAY, 77, 1) + bytes(16)])),
        "model.damaged",
        "“odd” is of an unknown kind",
    ),
    "truth value of 7": (
        _draft(Draft([text("flag") + struct.pack("<IB", BOOL, 7) + bytes(64)])),
        "model.damaged",
        "neither true nor false",
    ),
    "key twice": (
        _draft(small(values=[architecture(), architecture()])),
        "model.damaged",
        "“general.architecture” is there twice",
    ),
    "no architecture": (_draft(small(values=[])), "model.damaged", "which architecture"),
    "architecture is a number": (
        _draft(small(values=[value("general.architecture", UINT32, 7)])),
        "model.damaged",
        "“general.architecture” should be a text",
    ),
    "architecture is a list": (
        _draft(small(values=[array("general.architecture", STRING, ["llama"])])),
        "model.damaged",
        "“general.architecture” should be a text",
    ),
    "context is a text": (
        _draft(small(values=[architecture(), value("llama.context_length", STRING, "8k")])),
        "model.damaged",
        "“llama.context_length” should be a whole number",
    ),
    "context is negative": (
        _draft(small(values=[architecture(), value("llama.context_length", INT32, -1)])),
        "model.damaged",
        "“llama.context_length” should be a whole number",
    ),
    "layers beyond reason": (
        _draft(small(values=[architecture(), value("llama.block_count", UINT32, 1 << 31)])),
        "model.damaged",
        "layers",
    ),
    "heads for too few layers": (
        _draft(
            small(
                values=[
                    architecture(),
                    value("llama.block_count", UINT32, 4),
                    array("llama.attention.head_count_kv", UINT32, [2, 2]),
                ]
            )
        ),
        "model.damaged",
        "a number for each layer",
    ),
    "template is a number": (
        _draft(small(values=[architecture(), value("tokenizer.chat_template", UINT32, 1)])),
        "model.damaged",
        "“tokenizer.chat_template” should be a text",
    ),
    "tensor without dimensions": (
        _draft(small(tensors=[TensorEntry("a", shape=())])),
        "model.damaged",
        "0 dimensions",
    ),
    "tensor of nine dimensions": (
        _draft(small(tensors=[TensorEntry("a", shape=(1,) * 9)])),
        "model.damaged",
        "9 dimensions",
    ),
    "tensor of 2^64 values": (
        _draft(small(tensors=[TensorEntry("a", shape=(1 << 32, 1 << 32))])),
        "model.damaged",
        "impossible shape",
    ),
    "tensor with an empty side": (
        _draft(small(tensors=[TensorEntry("a", shape=(32, 0))])),
        "model.damaged",
        "impossible shape",
    ),
    "row that no block divides": (
        _draft(small(tensors=[TensorEntry("a", shape=(33,), type=2)])),
        "model.damaged",
        "impossible shape",
    ),
    "tensor of petabytes": (
        _draft(small(tensors=[TensorEntry("a", shape=(1 << 52,))])),
        "model.damaged",
        "claims to be",
    ),
    "tensor twice": (
        _draft(small(tensors=[TensorEntry("a"), TensorEntry("a", offset=128)])),
        "model.damaged",
        "“a” is there twice",
    ),
    "tensor outside": (
        _draft(small(tensors=[TensorEntry("a"), TensorEntry("b", offset=1 << 40)])),
        "model.damaged",
        "“b” lies outside",
    ),
    "tensors overlap": (
        _draft(small(tensors=[TensorEntry("a"), TensorEntry("b", offset=64)])),
        "model.damaged",
        "“b” overlaps",
    ),
    "gap between tensors": (
        _draft(small(tensors=[TensorEntry("a", offset=64), TensorEntry("b", offset=192)])),
        "model.damaged",
        "not where it should be",
    ),
    "number format to come": (
        _draft(small(tensors=[TensorEntry("a", type=200)])),
        "model.unsupported_type",
        "does not know yet",
    ),
    "number format of the past": (
        _draft(small(tensors=[TensorEntry("a", type=31)])),
        "model.unsupported_type",
        "no longer knows",
    ),
    "number format of nonsense": (
        _draft(small(tensors=[TensorEntry("a", type=1 << 31)])),
        "model.damaged",
        "impossible kind",
    ),
    "alignment of 3": (
        _draft(small(values=[architecture(), value("general.alignment", UINT32, 3)])),
        "model.damaged",
        "not a power of two",
    ),
    "alignment of 0": (
        _draft(small(values=[architecture(), value("general.alignment", UINT32, 0)])),
        "model.damaged",
        "alignment is impossible",
    ),
    "alignment is a text": (
        _draft(small(values=[architecture(), value("general.alignment", STRING, "32")])),
        "model.damaged",
        "alignment is impossible",
    ),
}


@pytest.mark.parametrize("kind", BAD_FILES)
def test_bad_file_is_refused_in_words(tmp_path: Path, kind: str) -> None:
    make, code, words = BAD_FILES[kind]
    path = tmp_path / "model.gguf"
    make(path)
    with pytest.raises(StudioError) as caught:
        read_header(path)
    error = caught.value
    assert error.code == code
    assert words in error.what
    assert "model.gguf" in error.what
    assert error.hint
    assert "Traceback" not in str(error)


def test_truncated_data_names_the_missing_bytes(tmp_path: Path) -> None:
    path = tmp_path / "model.gguf"
    whole = small().build()
    path.write_bytes(whole[:-100])
    with pytest.raises(StudioError) as caught:
        read_header(path)
    assert caught.value.what == (f"model.gguf is incomplete: 100 B of {len(whole)} B are missing.")


def test_big_endian_file_is_recognised(tmp_path: Path) -> None:
    path = tmp_path / "model.gguf"
    big = Draft([architecture(order=">")], [TensorEntry("a")], bytes(128), order=">")
    path.write_bytes(big.build())
    if sys.byteorder == "big":
        assert read_header(path).architecture == "llama"
        return
    with pytest.raises(StudioError) as caught:
        read_header(path)
    assert caught.value.code == "model.byte_order"
    assert "big endian" in caught.value.what


def _refuse(path: Path, *_: object, **__: object) -> None:
    raise PermissionError(13, "Permission denied", str(path))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no such permission")
def test_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tiny_gguf.write(tmp_path / "model.gguf")
    path.chmod(0)
    with monkeypatch.context() as patch:
        if os.access(path, os.R_OK):  # root may read everything
            patch.setattr(Path, "open", _refuse)
        with pytest.raises(StudioError) as caught:
            read_header(path)
    assert caught.value.code == "model.unreadable"
    assert "Permission denied" in caught.value.what


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_pipe_does_not_hang(tmp_path: Path) -> None:
    path = tmp_path / "model.gguf"
    os.mkfifo(path)
    started = time.monotonic()
    with pytest.raises(StudioError, match="a device or a pipe"):
        read_header(path)
    assert time.monotonic() - started < 5


def test_file_that_shrinks_while_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "model.gguf"
    path.write_bytes(small().build())
    sizes = iter([path.stat(), os.stat_result((*path.stat()[:6], 1 << 30, *path.stat()[7:]))])
    with monkeypatch.context() as patch:
        patch.setattr(Path, "stat", lambda self, **_: next(sizes))
        with pytest.raises(StudioError) as caught:
            read_header(path)
    assert caught.value.code == "model.truncated"


def test_control_characters_of_a_file_do_not_reach_the_sentence(tmp_path: Path) -> None:
    path = tmp_path / "model.gguf"
    evil = "\x1b[31m" + "x" * 500
    path.write_bytes(small(values=[architecture(), *[value(evil, UINT32, 1)] * 2]).build())
    with pytest.raises(StudioError) as caught:
        read_header(path)
    assert "\x1b" not in caught.value.what
    assert len(caught.value.what) < 200
