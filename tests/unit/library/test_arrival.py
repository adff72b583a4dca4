"""Getting a starter model puts it on the list: fetched, or shown again where it is already."""

from __future__ import annotations

import hashlib
import sys
from argparse import Namespace
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from support import tiny_gguf

from studio.assembly import Parts
from studio.cli import models as terminal
from studio.library import arrival, starter
from studio.library.arrival import get_starters
from studio.library.shelf import Shelf
from studio.library.starter import Starter, StarterFile

Folders = dict[str, Path]


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    """Return the folders of the shelf, the shipped one where the frozen program has it."""
    made = {"own": "own", "shipped": "models", "extra": "extra"}
    for name in made.values():
        (tmp_path / name).mkdir()
    return {folder: tmp_path / name for folder, name in made.items()}


@pytest.fixture
def shipped(folders: Folders, monkeypatch: pytest.MonkeyPatch) -> Starter:
    """A starter that came with the program, and was taken off the list."""
    path = tiny_gguf.write(folders["shipped"] / "tiny.gguf")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    file = StarterFile("pack/tiny.gguf", "tiny.gguf", path.stat().st_size, digest)
    made = Starter("tiny", "chat", "tiny==1", "Apache-2.0", "https://example.org", (file,))
    monkeypatch.setattr(starter, "STARTERS", (made,))
    monkeypatch.setattr(starter, "SHIPPED", (made,))
    return made


@pytest.fixture
def fetched(monkeypatch: pytest.MonkeyPatch) -> list[Starter]:
    """Note what would be fetched, in place of fetching it."""
    asked: list[Starter] = []

    def install(
        _models: Path, _python: str, _words: object, wanted: list[Starter], **_more: object
    ) -> None:
        asked.extend(wanted)

    monkeypatch.setattr(starter, "install", install)
    return asked


def test_one_that_is_there_and_hidden_is_shown_and_not_fetched(
    shelf: Shelf, shipped: Starter, fetched: list[Starter]
) -> None:
    shelf.remove("tiny")
    assert shelf.list() == []
    assert get_starters(shelf) == ["tiny"]
    assert [model.name for model in shelf.list()] == ["tiny"]
    assert fetched == []


def test_one_that_is_damaged_is_fetched(
    shelf: Shelf, shipped: Starter, fetched: list[Starter], folders: Folders
) -> None:
    (folders["shipped"] / "tiny.gguf").write_bytes(b"short")
    get_starters(shelf, [shipped])
    assert fetched == [shipped]


@pytest.mark.parametrize("frozen", [True, False])
def test_the_terminal_shows_a_hidden_one_again(
    frozen: bool,
    shelf: Shelf,
    shipped: Starter,
    folders: Folders,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "frozen", frozen, raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", str(folders["shipped"].parent), raising=False)
    assert arrival.ships_with_the_program() is frozen
    shelf.remove("tiny")
    parts = cast("Parts", SimpleNamespace(shelf=shelf))
    told = terminal.run(parts, Namespace(verb="get", model="starter", json=False))
    assert told == {"models": ["tiny"]}
    assert capsys.readouterr().out == "Here now: tiny\n"
    assert [model.name for model in shelf.list()] == ["tiny"]
