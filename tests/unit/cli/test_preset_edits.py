"""Presets made and changed in the terminal."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support import tiny_chat

from studio.assembly import Parts, open_parts
from studio.cli import presets
from studio.cli.arguments import parse
from studio.errors import StudioError


@pytest.fixture
def parts(profile: Path) -> Iterator[Parts]:
    tiny_chat.put(profile / "models")
    opened = open_parts(profile)
    opened.preset_keeper.create("My own")
    yield opened
    opened.close()


def answer(parts: Parts, *words: str) -> Any:
    return presets.run(parts, parse(["presets", *words, "--json"]))


def code_of(parts: Parts, *words: str) -> str:
    with pytest.raises(StudioError) as caught:
        answer(parts, *words)
    return caught.value.code


def test_a_preset_is_made_empty_or_like_another(parts: Parts) -> None:
    made = answer(parts, "make", "Terse")
    assert (made["name"], made["version"], made["preset"]["system"]) == ("terse", 1, "")
    brief = answer(parts, "show", "brief")["preset"]
    assert answer(parts, "make", "Briefer", "--like", "brief")["preset"] == (
        {key: value for key, value in brief.items() if key != "suits"} | {"title": "Briefer"}
    )
    assert code_of(parts, "make", "terse") == "preset.title_taken"
    assert code_of(parts, "make", " ") == "preset.invalid"
    assert code_of(parts, "make", "X", "--like", "nope") == "preset.unknown"


def test_one_value_is_set_and_taken_away(parts: Parts) -> None:
    first = answer(parts, "show", "my-own")["preset"]
    typed: tuple[tuple[str, str, object], ...] = (
        ("system", "Be short.", "Be short."),
        ("model", "TINY", "tiny"),
        ("examples", '[{"user": "a", "assistant": "b"}]', [{"user": "a", "assistant": "b"}]),
        ("temperature", "0.25", 0.25),
        ("top_k", "7", 7),
        ("seed", "12", 12),
        ("think", "off", False),
        ("stop", "END", ["END"]),
        ("stop", '["a", "b"]', ["a", "b"]),
        ("grammar", 'root ::= "x"', 'root ::= "x"'),
    )
    for key, text, value in typed:
        told = answer(parts, "set", "my own", key, text)
        assert [change["field"] for change in told["changes"]] == [key]
        kept = answer(parts, "show", "my-own")["preset"]
        assert (kept | kept["sampling"])[key] == value
        usual = {"temperature": "0.8", "top_k": "40"}
        answer(parts, "set", "my-own", key, usual.get(key, ""))
        assert answer(parts, "show", "my-own")["preset"] == first


def test_what_cannot_be_is_refused(parts: Parts) -> None:
    for words, code in (
        (["set", "my-own"], "preset.nothing"),
        (["set", "my-own", "system"], "preset.nothing"),
        (["set", "my-own", "system", "--file", "x"], "preset.nothing"),
        (["set", "nope", "system", "x"], "preset.unknown"),
        (["set", "my-own", "systm", "x"], "preset.no_key"),
        (["set", "my-own", "temperature", "hot"], "preset.invalid"),
        (["set", "my-own", "temperature", ""], "preset.invalid"),
        (["set", "my-own", "top_k", "1.5"], "preset.invalid"),
        (["set", "my-own", "think", "perhaps"], "preset.invalid"),
        (["set", "my-own", "examples", "[{"], "preset.invalid"),
        (["set", "my-own", "examples", "[3]"], "preset.invalid"),
        (["set", "my-own", "title", ""], "preset.invalid"),
        (["set", "my-own", "model", "nope"], "model.unknown"),
        (["rename", "my-own", "Assistant"], "preset.title_taken"),
        (["reset", "my-own"], "preset.not_shipped"),
    ):
        assert code_of(parts, *words) == code
    assert answer(parts, "show", "my-own")["version"] == 1


def test_a_long_text_comes_from_standard_input(
    parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("Grüß\nkurz".encode())))
    assert answer(parts, "set", "my-own", "system", "-")["preset"]["system"] == "Grüß\nkurz"


def test_a_file_says_all_of_a_preset(
    parts: Parts, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "other.json"
    file.write_text(json.dumps({"title": "Other", "system": "Be kind."}), "utf-8")
    presets.run(parts, parse(["presets", "set", "my-own", "--file", str(file)]))
    assert capsys.readouterr().out.splitlines()[:2] == [
        "Other is now version 2.",
        "Name: My own → Other",
    ]
    assert answer(parts, "show", "my-own")["preset"]["system"] == "Be kind."
    answer(parts, "export", str(file), "--preset", "brief", "--preset", "my-own")
    assert code_of(parts, "set", "my-own", "--file", str(file)) == "preset.not_one"


def test_a_preset_is_renamed_and_one_of_the_program_s_is_as_it_came(parts: Parts) -> None:
    assert answer(parts, "rename", "my-own", "Yours")["preset"]["title"] == "Yours"
    before = answer(parts, "show", "brief")["preset"]
    answer(parts, "set", "brief", "system", "Other.")
    assert answer(parts, "reset", "brief")["preset"] == before


def test_a_file_that_is_not_there_is_said_in_a_sentence(parts: Parts, tmp_path: Path) -> None:
    gone = tmp_path / "gone.json"
    with pytest.raises(StudioError) as caught:
        answer(parts, "import", str(gone))
    assert str(caught.value) == f"There is no file {gone}. Check the path, and try again."
