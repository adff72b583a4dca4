"""Where things are kept, in a checkout and frozen, and the safe ways of writing there."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

import studio.paths
from studio.errors import StudioError
from studio.paths import (
    FileLock,
    Paths,
    find,
    make_private_file,
    make_private_folder,
    write_private,
)
from studio.storage.folder import prepare

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no modes")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A pretended checkout, with no data folder named anywhere."""
    monkeypatch.delenv("STUDIO_HOME", raising=False)
    root = tmp_path / "checkout"
    (root / "studio").mkdir(parents=True)
    monkeypatch.setattr(studio.paths, "__file__", str(root / "studio" / "paths.py"))
    return root


@pytest.fixture
def freeze(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path, Path], None]:
    """Pretend to be a built program."""

    def pretend(executable: Path, bundle: Path) -> None:
        executable.parent.mkdir(parents=True)
        monkeypatch.delenv("STUDIO_HOME", raising=False)
        monkeypatch.setattr(sys, "frozen", True, raising=False)
        monkeypatch.setattr(sys, "_MEIPASS", str(bundle), raising=False)
        monkeypatch.setattr(sys, "executable", str(executable))

    return pretend


def test_the_named_folder_comes_before_all_others(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    systems = find().data
    (checkout / "portable").touch()
    assert find().data == checkout / "data"
    monkeypatch.setenv("STUDIO_HOME", str(tmp_path / "environment"))
    assert find().data == tmp_path / "environment"
    assert find(tmp_path / "argument").data == tmp_path / "argument"
    assert systems.name == "local-ai-studio"
    assert systems.is_relative_to(tmp_path)  # the suite's own place for data


def test_an_empty_variable_names_nothing(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without = find().data
    monkeypatch.setenv("STUDIO_HOME", "  ")
    assert find().data == without


def test_names_are_made_absolute(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "me"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "me"))
    assert find(Path("here")).data == tmp_path / "here"
    assert find(Path("~/there")).data == tmp_path / "me" / "there"
    assert find(Path("~nobody-of-this-name/x")).data == tmp_path / "~nobody-of-this-name" / "x"


def test_a_folder_named_portable_is_no_marker(checkout: Path) -> None:
    (checkout / "portable").mkdir()
    assert find().data != checkout / "data"


def test_a_checkout_has_its_resources_and_models_beside_the_program() -> None:
    root = Path(__file__).resolve().parents[2]
    assert find().resources == root / "resources"
    assert find().shipped_models == root / "models"
    assert find().resources.is_dir()


def test_a_built_program_finds_its_bundle_and_its_marker(
    tmp_path: Path, freeze: Callable[[Path, Path], None]
) -> None:
    freeze(tmp_path / "app" / "studio", tmp_path / "app" / "_internal")
    assert find().resources == tmp_path / "app" / "_internal" / "resources"
    assert find().shipped_models == tmp_path / "app" / "_internal" / "models"
    assert find().data != tmp_path / "app" / "data"
    (tmp_path / "app" / "portable").touch()
    assert find().data == tmp_path / "app" / "data"


def test_the_marker_of_a_mac_application_is_beside_it(
    tmp_path: Path, freeze: Callable[[Path, Path], None]
) -> None:
    contents = tmp_path / "Studio.app" / "Contents"
    freeze(contents / "MacOS" / "studio", contents / "Frameworks")
    (tmp_path / "portable").touch()
    assert find().data == tmp_path / "data"


def test_everything_is_below_the_data_folder(tmp_path: Path) -> None:
    paths = find(tmp_path)
    named = {
        "studio.db": paths.database,
        "settings.json": paths.settings,
        "models": paths.models,
        "logs": paths.logs,
        "states": paths.states,
        "presets": paths.presets,
        "backups": paths.backups,
    }
    assert named == {name: tmp_path / name for name in named}


def test_finding_makes_nothing(tmp_path: Path) -> None:
    find(tmp_path / "new")
    assert list(tmp_path.iterdir()) == []


@posix
@pytest.mark.parametrize("umask", [0o000, 0o077, 0o277])
def test_folders_belong_to_their_owner_alone(tmp_path: Path, umask: int) -> None:
    paths = find(tmp_path / "deep" / "new")
    paths.data.parent.mkdir()
    before = os.umask(umask)
    try:
        prepare(paths)
        prepare(paths)
    finally:
        os.umask(before)
    folders = [paths.data, *paths.data.iterdir()]
    assert sorted(folder.name for folder in folders) == [
        "backups", "logs", "models", "new", "presets", "states",
    ]  # fmt: skip
    assert {mode(folder) for folder in folders} == {0o700}


@posix
def test_an_existing_folder_keeps_its_mode(tmp_path: Path) -> None:
    tmp_path.chmod(0o750)
    prepare(find(tmp_path))
    assert mode(tmp_path) == 0o750
    assert mode(tmp_path / "models") == 0o700


def test_a_folder_that_cannot_be_made_says_what_to_do(tmp_path: Path) -> None:
    # Modes do not bind an administrator; nobody can make a folder below a file.
    (tmp_path / "file").touch()
    with pytest.raises(StudioError) as caught:
        prepare(find(tmp_path / "file" / "data"))
    assert caught.value.code == "data.read_only"
    assert str(tmp_path / "file" / "data") in caught.value.what
    assert "--home" in caught.value.hint


def test_a_file_in_the_way_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "models").touch()
    with pytest.raises(StudioError) as caught:
        prepare(find(tmp_path))
    assert caught.value.code == "data.read_only"


def test_a_folder_that_takes_no_file_is_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_where: object) -> None:
        raise OSError(30, "Read-only file system")

    prepare(find(tmp_path))
    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    with pytest.raises(StudioError) as caught:
        prepare(find(tmp_path))
    assert caught.value.code == "data.read_only"


def test_a_full_disk_is_not_called_read_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_paths: Paths) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Paths, "ensure", refuse)
    with pytest.raises(StudioError) as caught:
        prepare(find(tmp_path))
    assert caught.value.code == "disk.full"


def test_preparing_leaves_no_file_behind(tmp_path: Path) -> None:
    prepare(find(tmp_path))
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == []


@posix
def test_private_files_have_their_mode_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        make_private_file(tmp_path / "made")
        write_private(tmp_path / "written", b"content")
        (tmp_path / "open").touch()
        make_private_file(tmp_path / "open")
    finally:
        os.umask(before)
    assert {mode(file) for file in tmp_path.iterdir()} == {0o600}


def test_making_a_private_file_keeps_its_content(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("content")
    make_private_file(tmp_path / "file")
    assert (tmp_path / "file").read_text() == "content"


def test_making_a_private_folder_where_a_file_is_fails(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FileExistsError):
        make_private_folder(tmp_path / "file")


def test_a_file_is_replaced_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_private(tmp_path / "file", b"old")
    write_private(tmp_path / "file", b"new")
    assert (tmp_path / "file").read_bytes() == b"new"

    def fail(_number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space"):
        write_private(tmp_path / "file", b"newer")
    assert (tmp_path / "file").read_bytes() == b"new"
    assert [file.name for file in tmp_path.iterdir()] == ["file"]


def test_a_lock_has_one_holder_or_many_sharers(tmp_path: Path) -> None:
    first, second, third = (FileLock(tmp_path / "lock") for _ in range(3))
    assert first.acquire(timeout_s=0)
    assert not second.acquire(timeout_s=0)
    assert not second.acquire(shared=True, timeout_s=0)
    assert first.acquire(shared=True, timeout_s=0)
    assert second.acquire(shared=True, timeout_s=0)
    assert not third.acquire(timeout_s=0)
    first.release()
    first.release()
    assert second.acquire(timeout_s=0)
    second.release()
    assert third.acquire(timeout_s=0)
    third.release()


def test_waiting_for_a_lock_ends(tmp_path: Path) -> None:
    with (
        FileLock(tmp_path / "lock").held(),
        pytest.raises(TimeoutError, match="locked by another"),
        FileLock(tmp_path / "lock").held(timeout_s=0.02),
    ):
        pass


def test_a_killed_holder_gives_its_lock_back(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from studio.paths import FileLock\n"
        "lock = FileLock(Path(sys.argv[1])); lock.acquire(); print('held', flush=True)\n"
        "time.sleep(60)"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "lock")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        lock = FileLock(tmp_path / "lock")
        assert not lock.acquire(timeout_s=0)
        holder.kill()
        holder.wait(timeout=60)
    assert lock.acquire()
    lock.release()
