"""One model's own load settings, changed in the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from support import tiny_chat

from studio.assembly import Parts, open_parts
from studio.cli import models
from studio.cli.arguments import parse
from studio.cli.steps import in_terminal
from studio.engine.language import LoadSettings
from studio.errors import StudioError
from studio.library.load_values import FIELDS, allowed, put


@pytest.fixture
def parts(profile: Path) -> Iterator[Parts]:
    tiny_chat.put(profile / "models")
    opened = open_parts(profile)
    yield opened
    opened.close()


def own(parts: Parts, *words: str) -> Any:
    return models.run(parts, parse(["models", *words, "--json"]))["own"]


def test_settings_are_kept_shown_and_put_back(
    parts: Parts, capsys: pytest.CaptureFixture[str]
) -> None:
    assert own(parts, "show", "tiny") == {}
    assert own(parts, "set", "tiny", "context", "4096") == {"context": 4096}
    both = {"context": 4096, "flash_attention": False}
    assert own(parts, "set", "tiny", "flash_attention", "off") == both
    assert own(parts, "show", "tiny") == both
    assert parts.chooser.settled(parts.shelf.find("tiny")).context == 4096
    capsys.readouterr()
    models.run(parts, parse(["models", "show", "tiny"]))
    assert "Set for it       context 4096, flash_attention off\n" in capsys.readouterr().out
    assert own(parts, "reset", "tiny", "context") == {"flash_attention": False}
    assert own(parts, "reset", "tiny") == {}


def test_values_are_read_as_they_are_typed(parts: Parts) -> None:
    typed: tuple[tuple[str, str, object], ...] = (
        ("context", "auto", None),
        ("context", "0", None),
        ("gpu_layers", "0", 0),
        ("gpu_layers", "-1", None),
        ("rope_frequency_scale", "0.5", 0.5),
        ("yarn_extrapolation", "0", 0.0),
        ("rope_scaling", "yarn", "yarn"),
        ("rope_scaling", "AUTO", None),
        ("memory_map", "off", False),
        ("cache_type", "q8_0", "q8_0"),
        ("seed", "0", 0),
    )
    for key, text, value in typed:
        _, settings = put(parts.shelf, "tiny", key, text)
        assert getattr(settings, key) == value


def test_other_values_are_refused(parts: Parts) -> None:
    for key, text, hint in (
        ("context", "-5", "It takes a whole number from 1 to 4194304 or auto."),
        ("context", "many", "It takes a whole number from 1 to 4194304 or auto."),
        ("batch", "auto", "It takes a whole number from 1 to 65536."),
        ("yarn_extrapolation", "nan", "It takes a number from 0 to 1 or auto."),
        ("memory_map", "perhaps", "It takes on or off."),
        ("contxt", "1", "Did you mean context?"),
    ):
        with pytest.raises(StudioError) as caught:
            put(parts.shelf, "tiny", key, text)
        assert caught.value.hint == hint
    assert parts.shelf.load_settings(parts.shelf.find("tiny")) == LoadSettings()


def test_every_load_setting_can_be_set() -> None:
    assert set(FIELDS) == {each.name for each in fields(LoadSettings)}
    assert all(map(allowed, FIELDS.values()))


def test_what_cannot_work_is_refused_with_a_way_out(parts: Parts, tmp_path: Path) -> None:
    own(parts, "set", "tiny", "flash_attention", "off")
    with pytest.raises(StudioError) as caught:
        own(parts, "set", "tiny", "cache_type", "q8_0")
    assert "studio models set NAME flash_attention auto" in in_terminal(caught.value).hint
    for words, code in (
        ((str(tiny_chat.put(tmp_path, "away")), "context", "1"), "model.not_listed"),
        (("nope", "context", "1"), "model.unknown"),
        (("tiny", "zebra", "1"), "settings.unknown"),
    ):
        with pytest.raises(StudioError) as caught:
            own(parts, "set", *words)
        assert caught.value.code == code
