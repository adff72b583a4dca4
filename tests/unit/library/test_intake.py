"""A model is brought in whole or not at all, and never over another file."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from pathlib import Path

import pytest
from support import tiny_gguf

from studio.errors import StudioError
from studio.library import intake

needs_links = pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return an empty folder for models."""
    made = tmp_path / "models"
    made.mkdir()
    return made


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Return a model that wants to come in."""
    return tiny_gguf.write(tmp_path / "new.gguf")


def test_disk_without_room_is_told_before_copying(
    source: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(1, 1, 1000))
    with pytest.raises(StudioError) as caught:
        intake.bring(source, folder, copy=True)
    assert caught.value.code == "disk.full"
    assert "as a link" in caught.value.hint
    assert list(folder.iterdir()) == []


def test_disk_that_fills_up_while_copying_keeps_nothing(
    source: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StudioError) as caught:
        intake.bring(source, folder, copy=True)
    assert caught.value.code == "disk.full"
    assert list(folder.iterdir()) == []


def test_cancelled_copy_keeps_nothing(source: Path, folder: Path) -> None:
    source.write_bytes(bytes(9 << 20))
    answers = iter([False, True])
    with pytest.raises(StudioError) as caught:
        intake.bring(source, folder, copy=True, is_cancelled=lambda: next(answers))
    assert caught.value.code == "cancelled"
    assert list(folder.iterdir()) == []
    assert source.exists()


def test_cancel_at_the_second_part_takes_the_first_away(tmp_path: Path, folder: Path) -> None:
    for number in (1, 2):
        (tmp_path / f"m-{number:05}-of-00002.gguf").write_bytes(b"x" * 100)
    asked = iter([False, True])
    with pytest.raises(StudioError, match="cancelled"):
        intake.bring(
            tmp_path / "m-00001-of-00002.gguf",
            folder,
            copy=True,
            is_cancelled=lambda: next(asked),
        )
    assert list(folder.iterdir()) == []


def test_no_part_has_its_name_before_all_are_there(tmp_path: Path, folder: Path) -> None:
    parts = [tmp_path / f"big-{number:05}-of-00002.gguf" for number in (1, 2)]
    for part in parts:
        part.write_bytes(bytes(5 << 20))
    seen: list[list[str]] = []

    def look(_done: int, _total: int) -> None:
        seen.append([path.name for path in folder.glob("*.gguf")])

    intake.bring(parts[0], folder, copy=True, progress=look)
    assert len(seen) == 4
    assert not any(seen)
    assert sorted(path.name for path in folder.iterdir()) == [part.name for part in parts]


def test_parts_keep_their_numbers_when_the_name_is_taken(tmp_path: Path, folder: Path) -> None:
    for number in (1, 2):
        (tmp_path / f"m-{number:05}-of-00002.gguf").write_bytes(b"x" * number)
    (folder / "m-00002-of-00002.gguf").write_bytes(b"another")
    told: list[tuple[int, int]] = []
    first = intake.bring(
        tmp_path / "m-00001-of-00002.gguf",
        folder,
        copy=True,
        progress=lambda *done: told.append(done),
    )
    assert first.name == "m (2)-00001-of-00002.gguf"
    assert (folder / "m (2)-00002-of-00002.gguf").read_bytes() == b"xx"
    assert (folder / "m-00002-of-00002.gguf").read_bytes() == b"another"
    assert told == [(1, 3), (3, 3)]


@pytest.mark.skipif(sys.platform == "win32", reason="such names cannot exist there")
@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("..\\..\\evil.gguf", "_.._evil.gguf"),
        ("a:b*c?.gguf", "a_b_c_.gguf"),
        ("...gguf", "model.gguf"),
        ("x" * 240 + ".gguf", "x" * 200 + ".gguf"),
    ],
)
def test_names_are_made_safe_for_every_system(
    tmp_path: Path, folder: Path, name: str, kept: str
) -> None:
    source = tmp_path / name
    source.write_bytes(b"x")
    target = intake.bring(source, folder, copy=True)
    assert target.parent == folder
    assert target.name == kept


def test_copy_in_progress_elsewhere_is_left_alone(source: Path, folder: Path) -> None:
    partial = folder / "new.gguf.part"
    partial.write_bytes(b"half")
    with pytest.raises(StudioError) as caught:
        intake.bring(source, folder, copy=True)
    assert caught.value.code == "model.being_added"
    assert partial.read_bytes() == b"half"


def test_copy_that_was_killed_long_ago_is_replaced(source: Path, folder: Path) -> None:
    partial = folder / "new.gguf.part"
    partial.write_bytes(b"half")
    os.utime(partial, (1, 1))
    target = intake.bring(source, folder, copy=True)
    assert target.read_bytes() == source.read_bytes()
    assert not partial.exists()


def test_file_that_takes_the_name_meanwhile_is_not_overwritten(source: Path, folder: Path) -> None:
    def rival(done: int, total: int) -> None:
        (folder / "new.gguf").write_bytes(b"rival")

    with pytest.raises(StudioError) as caught:
        intake.bring(source, folder, copy=True, progress=rival)
    assert caught.value.code == "model.being_added"
    assert [path.read_bytes() for path in folder.iterdir()] == [b"rival"]


def test_file_that_changes_while_it_is_copied_is_not_kept(source: Path, folder: Path) -> None:
    def grow(done: int, total: int) -> None:
        with source.open("ab") as file:
            file.write(b"more")

    with pytest.raises(StudioError) as caught:
        intake.bring(source, folder, copy=True, progress=grow)
    assert caught.value.code == "model.changed"
    assert list(folder.iterdir()) == []


def test_disk_without_hard_links_works_too(
    source: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    assert intake.bring(source, folder, copy=True).read_bytes() == source.read_bytes()
    assert [path.name for path in folder.iterdir()] == ["new.gguf"]


def test_file_that_vanished_is_told(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(StudioError) as caught:
        intake.bring(tmp_path / "gone.gguf", folder, copy=True)
    assert caught.value.code == "model.missing"


@needs_links
def test_link_points_to_the_real_file(tmp_path: Path, source: Path, folder: Path) -> None:
    (tmp_path / "alias.gguf").symlink_to(source)
    target = intake.bring(tmp_path / "alias.gguf", folder, copy=False)
    assert target.readlink() == source
    assert target.name == "alias.gguf"


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.EROFS, "data.read_only"),
        (errno.EACCES, "data.read_only"),
        (errno.ENOSPC, "disk.full"),
    ],
)
def test_no_copy_is_proposed_where_there_is_no_place_for_one(
    number: int, code: str, source: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "symlink_to", refuse)
    monkeypatch.setattr(os, "link", refuse)
    with pytest.raises(StudioError) as caught:
        intake.bring(source, folder, copy=False)
    assert caught.value.code == code
    assert "as a copy" not in str(caught.value)
    assert str(folder) in caught.value.what


def test_link_that_cannot_be_made_is_told(
    source: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "symlink_to", refuse)
    monkeypatch.setattr(os, "link", refuse)
    with pytest.raises(StudioError) as caught:
        intake.bring(source, folder, copy=False)
    assert caught.value.code == "model.link_failed"
    assert list(folder.iterdir()) == []
