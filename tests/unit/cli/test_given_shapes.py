"""What `--schema` and `--grammar` read: UTF-8 with or without its mark, and nothing else."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from studio.chat.shape import Shape
from studio.cli import shapes
from studio.cli.arguments import parse
from studio.errors import StudioError

SCHEMA = '{"enum": ["é"]}'
BOM = b"\xef\xbb\xbf"


def read(source: str) -> Shape | None:
    return shapes.asked_for(parse(["chat", "Hi", "--schema", source]))


@pytest.fixture(params=["file", "standard input"])
def given(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    return str(request.param)


def source(given: str, data: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Give bytes in one of the two ways; return what stands for them."""
    if given == "file":
        (tmp_path / "shape.json").write_bytes(data)
        return str(tmp_path / "shape.json")
    # As a terminal in another language has it: the text layer would read these bytes wrongly.
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="cp1252"))
    return "-"


@pytest.mark.parametrize("mark", [b"", BOM], ids=["plain", "marked"])
def test_utf_8_is_read_with_or_without_its_mark(
    given: str, mark: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = mark + SCHEMA.encode()
    assert read(source(given, data, tmp_path, monkeypatch)) == Shape("json_schema", SCHEMA)


@pytest.mark.parametrize(
    "data",
    [SCHEMA.encode("latin-1"), SCHEMA.encode("utf-16"), b'"\xc3'],
    ids=["latin-1", "utf-16", "half a character"],
)
def test_what_is_not_utf_8_is_told_as_such(
    given: str, data: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(StudioError) as caught:
        read(source(given, data, tmp_path, monkeypatch))
    assert caught.value.code == "input.not_text"
    assert "schema" in caught.value.what.lower()


@pytest.mark.parametrize("letter", ["a", "é", "漢", "😀"])
def test_what_is_too_long_is_told_as_that_and_not_read_to_its_end(
    given: str, letter: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = f'{{"const": "{letter * 500_000}"}}'.encode() + b"\xff"
    with pytest.raises(StudioError) as caught:
        read(source(given, data, tmp_path, monkeypatch))
    assert caught.value.code == "shape.invalid"
    assert "100,000" in f"{caught.value.what} {caught.value.hint}"


@pytest.mark.parametrize("name", ["missing.json", ".", "a\0b"])
def test_a_file_that_cannot_be_read_is_told(name: str, tmp_path: Path) -> None:
    with pytest.raises(StudioError) as caught:
        read(str(tmp_path / name) if name != "a\0b" else name)
    assert caught.value.code == "shape.unreadable"
