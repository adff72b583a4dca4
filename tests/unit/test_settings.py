"""Settings: declared once, kept whole, shared between processes, and forgiving of bad files."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from studio.errors import StudioError
from studio.paths import FileLock
from studio.settings import SETTINGS, Settings

ROOT = str(Path(__file__).resolve().anchor)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "settings.json"


def stored(path: Path) -> Any:
    return json.loads(path.read_text())


def write(path: Path, content: str | bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


def test_the_declarations_are_complete_and_sound() -> None:
    assert len(SETTINGS) >= 13
    assert len({setting.name for setting in SETTINGS}) == len(SETTINGS)
    for setting in SETTINGS:
        assert setting.checked(setting.default) == setting.default, setting.name
        assert setting.title, setting.name
        assert setting.help.endswith("."), setting.name
        assert setting.category, setting.name
        assert len(setting.labels) == len(setting.choices), setting.name
        assert (setting.bounds is not None) == (setting.kind in ("int", "float")), setting.name


def test_each_category_stands_together() -> None:
    categories = [setting.category for setting in SETTINGS]
    runs = [name for n, name in enumerate(categories) if n == 0 or categories[n - 1] != name]
    assert len(runs) == len(set(runs))


def test_without_a_file_everything_has_its_default(path: Path) -> None:
    settings = Settings(path)
    assert {each.name: settings.get(each.name) for each in settings.declared} == {
        each.name: each.default for each in SETTINGS
    }
    assert settings.warnings == ()
    assert not path.parent.exists()  # looking makes nothing


def test_a_change_is_kept_and_a_default_is_not_written(path: Path) -> None:
    settings = Settings(path)
    settings.set("appearance.theme", "dark")
    settings.set("models.threads", 4)
    assert stored(path) == {"appearance.theme": "dark", "models.threads": 4}
    assert settings.is_changed("appearance.theme")
    again = Settings(path)
    assert again.get("appearance.theme") == "dark"
    again.reset("appearance.theme")
    again.set("models.threads", 0)
    assert stored(path) == {}
    assert not again.is_changed("models.threads")


def test_values_have_the_declared_form(path: Path) -> None:
    settings = Settings(path)
    settings.set("models.threads", 4.0)
    settings.set("models.reserve_gb", 2)
    settings.set("models.folders", [Path(ROOT) / "a", ROOT + "b", ROOT + "a"])
    assert repr(settings.get("models.threads")) == "4"
    assert repr(settings.get("models.reserve_gb")) == "2.0"
    assert settings.get("models.folders") == (ROOT + "a", ROOT + "b")
    assert Settings(path).get("models.folders") == (ROOT + "a", ROOT + "b")


BAD: list[tuple[str, object]] = [
    ("appearance.theme", "blue"),
    ("appearance.theme", 1),
    ("appearance.theme", ["dark"]),
    ("appearance.text_size", 10),
    ("appearance.text_size", 25),
    ("appearance.text_size", 15.5),
    ("appearance.text_size", True),
    ("appearance.text_size", "15"),
    ("appearance.text_size", 10**400),
    ("appearance.text_size", None),
    ("chat.send_with_enter", 1),
    ("chat.send_with_enter", "true"),
    ("chat.default_model", 5),
    ("chat.default_model", "a\0b"),
    ("chat.resume_cache_gb", -0.5),
    ("chat.resume_cache_gb", float("nan")),
    ("chat.resume_cache_gb", float("inf")),
    ("chat.resume_cache_gb", 10**400),
    ("chat.resume_cache_gb", False),
    ("models.folders", "not a list"),
    ("models.folders", ["relative"]),
    ("models.folders", [""]),
    ("models.folders", [ROOT + "a\0"]),
    ("models.folders", [5]),
    ("models.folders", [[ROOT]]),
    ("models.gpu_layers", -2),
]


@pytest.mark.parametrize(("name", "value"), BAD)
def test_a_bad_value_is_refused_and_nothing_changes(path: Path, name: str, value: object) -> None:
    settings = Settings(path)
    with pytest.raises(StudioError) as caught:
        settings.set(name, value)
    assert caught.value.code == "settings.invalid"
    assert name in caught.value.what
    assert caught.value.hint.startswith("It takes ")
    assert len(caught.value.what) < 120
    assert not settings.is_changed(name)
    assert not path.exists()


@pytest.mark.parametrize(("name", "value"), [(n, v) for n, v in BAD if v != 10**400])
def test_a_bad_value_in_the_file_is_told_kept_and_not_used(
    path: Path, name: str, value: object
) -> None:
    write(path, json.dumps({name: value, "chat.default_preset": "mine"}))
    settings = Settings(path)
    assert not settings.is_changed(name)
    assert settings.get("chat.default_preset") == "mine"
    [warning] = settings.warnings
    assert name in warning
    assert warning.endswith("The default is used.")
    settings.set("models.context", 4096)
    assert json.dumps(stored(path)[name]) == json.dumps(value)
    settings.reset(name)
    assert name not in stored(path)
    assert settings.warnings == ()


def test_an_unknown_name_is_told_with_what_is_near(path: Path) -> None:
    settings = Settings(path)
    for ask in (settings.get, settings.reset, settings.is_changed, settings.declaration):
        with pytest.raises(StudioError) as caught:
            ask("appearance.tehme")
        assert caught.value.code == "settings.unknown"
        assert "appearance.theme" in caught.value.hint
    with pytest.raises(StudioError) as caught:
        settings.set("zzz", 1)
    assert caught.value.hint


def test_what_a_newer_program_wrote_is_preserved(path: Path) -> None:
    newer = {"future.thing": {"a": [1, None, 1e999, "\ud800"]}, "chat.default_preset": "mine"}
    write(path, json.dumps(newer))
    settings = Settings(path)
    settings.set("appearance.text_size", 20)
    settings.reset("appearance.text_size")
    assert stored(path) == newer
    assert settings.warnings == ()


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b'"text"', b"\xff\xfe\x00", b'{"a": 1', b"[" * 100_000,
     b"1" * 10_000, b"\0" * 500],
)  # fmt: skip
def test_a_file_that_is_no_settings_file_is_kept_aside(path: Path, content: bytes) -> None:
    write(path, content)
    settings = Settings(path)
    [warning] = settings.warnings
    aside = path.with_name("settings.json.bad")
    assert str(aside) in warning
    assert aside.read_bytes() == content
    assert not path.exists()
    settings.set("models.threads", 2)
    assert stored(path) == {"models.threads": 2}
    assert Settings(path).warnings == ()


def test_a_file_that_goes_bad_later_is_kept_aside_too(path: Path) -> None:
    settings = Settings(path)
    settings.set("models.threads", 2)
    write(path, b"{")
    settings.set("models.context", 512)
    assert path.with_name("settings.json.bad").read_bytes() == b"{"
    assert len(settings.warnings) == 1
    assert stored(path) == {"models.context": 512}
    assert not settings.is_changed("models.threads")


def test_a_byte_order_mark_is_no_damage(path: Path) -> None:
    write(path, b'\xef\xbb\xbf{"models.threads": 2}')
    settings = Settings(path)
    assert (settings.get("models.threads"), settings.warnings) == (2, ())


def test_a_file_that_cannot_be_read_is_told_and_not_overwritten(path: Path) -> None:
    path.mkdir(parents=True)
    settings = Settings(path)
    [warning] = settings.warnings
    assert str(path) in warning
    with pytest.raises(StudioError) as caught:
        settings.set("models.threads", 2)
    assert caught.value.code == "data.read_only"
    assert path.is_dir()
    assert not settings.is_changed("models.threads")


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    # Modes do not bind an administrator; nobody can make a folder below a file.
    (tmp_path / "file").touch()
    settings = Settings(tmp_path / "file" / "settings.json")
    with pytest.raises(StudioError) as caught:
        settings.set("models.threads", 2)
    assert caught.value.code == "data.read_only"
    assert "--home" in caught.value.hint


def test_a_full_disk_changes_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(path)
    settings.set("models.threads", 2)
    told: list[str] = []
    settings.subscribe(lambda name, _value: told.append(name))

    def fail(_number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(StudioError) as caught:
        settings.set("models.threads", 3)
    assert caught.value.code == "disk.full"
    assert stored(path) == {"models.threads": 2}
    assert settings.get("models.threads") == 2
    assert told == []


def test_a_lock_that_is_never_given_back_is_told(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(path)
    path.parent.mkdir()
    monkeypatch.setattr("studio.settings._LOCK_S", 0.02)
    with (
        FileLock(path.with_name("settings.json.lock")).held(),
        pytest.raises(StudioError) as caught,
    ):
        settings.set("models.threads", 2)
    assert caught.value.code == "settings.busy"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no modes")
def test_the_file_belongs_to_its_owner_alone(path: Path) -> None:
    before = os.umask(0)
    try:
        Settings(path).set("models.threads", 2)
    finally:
        os.umask(before)
    files = [path, path.with_name("settings.json.lock")]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_subscribers_hear_of_changes_and_only_of_changes(path: Path) -> None:
    settings = Settings(path)
    told: list[tuple[str, Any]] = []
    unsubscribe = settings.subscribe(lambda name, value: told.append((name, value)))
    settings.set("appearance.theme", "dark")
    settings.set("appearance.theme", "dark")
    settings.reset("appearance.theme")
    unsubscribe()
    unsubscribe()
    settings.set("appearance.theme", "light")
    assert told == [("appearance.theme", "dark"), ("appearance.theme", "system")]


def test_a_subscriber_may_change_another_setting(path: Path) -> None:
    settings = Settings(path)

    def follow(name: str, _value: object) -> None:
        if name == "models.threads":
            settings.set("models.context", 512)

    settings.subscribe(follow)
    settings.set("models.threads", 2)
    assert stored(path) == {"models.threads": 2, "models.context": 512}


def test_another_process_changes_are_not_lost_and_arrive(path: Path) -> None:
    window, terminal = Settings(path), Settings(path)
    told: list[tuple[str, Any]] = []
    window.subscribe(lambda name, value: told.append((name, value)))
    terminal.set("models.threads", 2)
    assert window.get("models.threads") == 0
    window.set("models.context", 512)
    assert stored(path) == {"models.threads": 2, "models.context": 512}
    assert sorted(told) == [("models.context", 512), ("models.threads", 2)]
    terminal.reset("models.threads")
    window.refresh()
    assert window.get("models.threads") == 0
    assert told[-1] == ("models.threads", 0)


CHILD = """
import sys
from pathlib import Path
from studio.settings import Settings
settings = Settings(Path(sys.argv[1]))
for n in range(20):
    settings.set(sys.argv[2], n + 1)
"""


def test_processes_that_write_at_once_lose_nothing(path: Path) -> None:
    names = ("models.threads", "models.context", "models.gpu_layers")
    children = [subprocess.Popen([sys.executable, "-c", CHILD, str(path), name]) for name in names]
    assert [child.wait(timeout=60) for child in children] == [0, 0, 0]
    assert stored(path) == dict.fromkeys(names, 20)
    assert sorted(file.name for file in path.parent.iterdir()) == [
        "settings.json", "settings.json.lock",
    ]  # fmt: skip


def test_threads_that_write_at_once_lose_nothing(path: Path) -> None:
    settings = Settings(path)
    names = ("models.threads", "models.context", "models.gpu_layers")

    def change(name: str) -> None:
        for n in range(10):
            settings.set(name, n + 1)

    threads = [threading.Thread(target=change, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert stored(path) == dict.fromkeys(names, 10)
