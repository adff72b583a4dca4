"""An export is written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.archived import conversation, message

from studio.chat.transfer import own_json
from studio.chat.transfer.archive import ArchivedConversation
from studio.chat.transfer.saving import save
from studio.errors import StudioError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "talks.json"


def test_a_failed_export_leaves_the_old_file_alone(path: Path) -> None:
    path.write_text("old")

    def failing() -> Iterator[ArchivedConversation]:
        yield conversation(message("a"))
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError):
        own_json.write(path, failing())
    assert path.read_text() == "old"
    assert [each.name for each in path.parent.iterdir() if each.is_file()] == [path.name]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a full disk is to be had on Linux")
@pytest.mark.parametrize("size", [10, 10_000_000])
def test_a_full_disk_is_told_as_such(
    path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    path.write_text("old")
    partial = path.with_name("partial")
    partial.touch()

    def on_a_full_disk(**_: object) -> tuple[int, str]:
        return os.open("/dev/full", os.O_WRONLY), str(partial)

    monkeypatch.setattr("tempfile.mkstemp", on_a_full_disk)
    with pytest.raises(StudioError) as caught:
        own_json.write(path, [conversation(message("a", content="x" * size))])
    assert caught.value.code == "export.disk_full"
    assert path.read_text() == "old"
    assert not partial.exists()


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StudioError) as caught:
        own_json.write(tmp_path / "gone" / "talks.json", [])
    assert caught.value.code == "export.not_saved"


def test_a_missing_folder_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StudioError) as caught:
        save(tmp_path / "nowhere" / "chat.json", ["{}"])
    assert "Make the folder first" in caught.value.hint
