"""A font is a name, and nothing but a name."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.errors import StudioError
from studio.settings import Settings

NAMES = pytest.mark.parametrize("name", ["appearance.reading_font", "appearance.code_font"])


@NAMES
@pytest.mark.parametrize("value", ["a\nb", "a\0b", "x" * 101, 5, None, ["Georgia"], "\ud800"])
def test_what_is_no_name_is_refused(tmp_path: Path, name: str, value: object) -> None:
    settings = Settings(tmp_path / "settings.json")
    with pytest.raises(StudioError) as refused:
        settings.set(name, value)
    assert refused.value.code == "settings.invalid"
    assert "font family" in refused.value.hint
    assert settings.get(name) == ""


@NAMES
def test_blanks_around_a_name_are_not_kept(tmp_path: Path, name: str) -> None:
    settings = Settings(tmp_path / "settings.json")
    settings.set(name, "  Georgia ")
    assert settings.get(name) == "Georgia"
    settings.set(name, " ")
    assert not settings.is_changed(name)


def test_the_words_for_it_name_the_special_one(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.json")
    assert "serif" in settings.declaration("appearance.reading_font").allowed()
    assert "serif" not in settings.declaration("appearance.code_font").allowed()
