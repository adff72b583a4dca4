"""What the machine must have: each lack is said in words, with the command that helps."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import needs
import pytest
import verbs
from set_up_error import SetUpError

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="checks libraries of Linux")


@on_linux
def test_missing_libraries_are_named_with_their_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(needs.WINDOW_LIBRARIES, "libnothing.so.7", "libnothing7")
    monkeypatch.setitem(needs.WINDOW_LIBRARIES, "libnowhere.so.1", "libnowhere1")

    with pytest.raises(SetUpError) as refused:
        needs.check_window()

    assert refused.value.what == (
        "The window needs parts of the system that are not installed: "
        "libnothing.so.7, libnowhere.so.1."
    )
    assert refused.value.hint == (
        "On Debian and Ubuntu: sudo apt-get install libnothing7 libnowhere1"
    )


@on_linux
def test_a_system_without_fonts_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(needs, "WINDOW_LIBRARIES", {})
    monkeypatch.setattr(needs, "FONT_FOLDERS", ("/nowhere",))

    with pytest.raises(SetUpError) as refused:
        needs.check_window()

    assert refused.value.hint == "On Debian and Ubuntu: sudo apt-get install fonts-dejavu-core"


@on_linux
def test_a_complete_system_passes() -> None:
    needs.check_window()
    needs.check_compiler()
    needs.check_venv()


def test_a_full_disk_is_told_in_figures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = type(shutil.disk_usage(tmp_path))(10_000_000_000, 9_700_000_000, 300_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)

    with pytest.raises(SetUpError, match=r"needs 4\.0 GB of disk space; 0\.3 GB is free"):
        needs.check_disk(tmp_path)


@on_linux
def test_system_packages_need_an_administrator(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(needs, "WINDOW_LIBRARIES", {"libnothing.so.7": "libnothing7"})
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    with pytest.raises(SetUpError, match="only an administrator") as refused:
        needs.install_system_packages()

    assert refused.value.hint.endswith("sudo apt-get install libnothing7")


def test_a_complete_system_installs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(needs, "missing_packages", list)
    monkeypatch.setattr(needs, "check_compiler", lambda: None)
    monkeypatch.setattr(subprocess, "run", pytest.fail)

    needs.install_system_packages()


@on_linux
def test_what_makes_environments_is_installed_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise SetUpError("It is missing.", "Install it.")

    monkeypatch.setattr(needs, "missing_packages", list)
    monkeypatch.setattr(needs, "check_compiler", lambda: None)
    monkeypatch.setattr(needs, "check_venv", missing)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    with pytest.raises(SetUpError) as refused:
        needs.install_system_packages()

    assert refused.value.hint.endswith("sudo apt-get install python3-venv")


def test_a_model_that_is_a_link_to_nowhere_does_not_end_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verbs, "_MODELS", tmp_path)
    link = tmp_path / "gone.gguf"
    try:
        link.symlink_to(tmp_path / "nowhere.gguf")
    except OSError:
        pytest.skip("links need a privilege here")
    assert str(link) in [name for name, *_ in verbs._facts_of_models()]
