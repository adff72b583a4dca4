"""Closed, full and old-fashioned outputs, and arguments of odd bytes, end in words."""

from __future__ import annotations

import io
import json
import os
import shutil
import sys
from pathlib import Path

import pytest
from support import tiny_gguf

from studio import __main__
from studio.assembly import open_parts
from studio.cli import doctor
from studio.cli.arguments import parse
from studio.cli.printing import write_reply
from studio.cli.run import run


class Full(io.TextIOWrapper):
    """An output that takes nothing."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8")

    def write(self, _text: str) -> int:
        raise OSError(28, "No space left on device")


def named(profile: Path, name: str) -> None:
    """Keep a chat under a name."""
    parts = open_parts(profile)
    parts.conversations.rename(parts.conversations.create().id, name)
    parts.close()


def test_an_old_encoding_gets_what_it_knows(profile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named(profile, "Brot für 漢字")
    monkeypatch.setenv("PYTHONIOENCODING", "cp1252")  # else Windows gets UTF-8
    out = io.TextIOWrapper(io.BytesIO(), encoding="cp1252")
    monkeypatch.setattr(sys, "stdout", out)
    assert run(parse(["chats", "list"])) == 0
    assert run(parse(["chats", "list", "--json"])) == 0
    out.flush()
    words, facts = out.buffer.getvalue().splitlines()
    assert words.decode("cp1252").endswith("Brot für ??")
    assert json.loads(facts)["chats"][0]["title"] == "Brot für 漢字"


def test_half_a_character_of_a_reply_does_not_end_it(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    monkeypatch.setattr(sys, "stdout", out)
    run(parse(["settings", "list", "--json"]))
    write_reply("half \ud83d")
    assert out.buffer.getvalue().endswith(b"half ?")


@pytest.mark.parametrize("arguments", [["settings", "list"], ["chats", "title", "no", "--json"]])
def test_a_closed_or_full_output_is_told(
    arguments: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for out in (None, Full()):
        monkeypatch.setattr(sys, "stdout", out)
        assert run(parse(arguments)) == 1
        told = capsys.readouterr().err
        assert "The output could not be written: " in told
        assert "Traceback" not in told


def test_without_a_place_for_words_a_result_is_still_given(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    assert run(parse(["chats", "title", "nope", "--json"])) == 1
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "conversation.unknown"


def test_a_chosen_chat_that_is_no_text_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(parse(["chats", "export", "x.json", "--conversation", "\udcff"])) == 1
    assert "“--conversation” is not text in UTF-8." in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["models", "add", "~nobody-here/x.gguf"],
        ["models", "add", "a" * 300 + ".gguf"],
        ["chats", "import", "~nobody-here/x.json"],
        ["chats", "import", "a" * 300 + ".json"],
        ["presets", "import", "~nobody-here/x.json"],
        ["presets", "import", "a" * 300 + ".json"],
        ["chat", "Hi", "--schema", "~nobody-here/x.json"],
        ["chat", "Hi", "--attach", "a" * 300 + ".txt"],
    ],
)
def test_a_path_that_cannot_be_one_is_told(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(parse(arguments)) == 1
    told = capsys.readouterr().err
    assert "inside the program" not in told
    assert told.count("\n") == 1


def test_a_disk_that_cannot_be_looked_at_is_a_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_path: Path) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(shutil, "disk_usage", refuse)
    found = doctor._disk(tmp_path / ("a" * 300))
    assert found.state == "bad"
    assert found.words.startswith(f"{tmp_path} cannot be looked at: Input/output error.")


def test_a_model_given_by_its_file_is_found_from_every_folder(
    profile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from studio.cli import chat, compare

    folder = tmp_path / "elsewhere"
    folder.mkdir()
    path = tiny_gguf.write(folder / "mine.gguf")
    parts = open_parts(profile)
    try:
        monkeypatch.chdir(folder)
        given = parse(["chat", "Hi", "--model", f".{os.sep}mine.gguf"])
        made = parts.conversations.get(chat._conversation(parts, given))
        assert made.model == str(path)
        side = compare.chosen(parts, "mine.gguf:brief")
        monkeypatch.chdir(tmp_path)
        for name in (made.model, side.model):
            assert parts.shelf.find(name).path == path
    finally:
        parts.close()


def test_a_closed_standard_input_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert run(parse(["chat", "-", "--json"])) == 1
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "input.none"


def test_ctrl_c_while_the_program_is_still_loading_stops_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(_arguments: list[str]) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(__main__, "_run", interrupted)
    assert __main__.main() == 130
    assert capsys.readouterr().err == "Stopped.\n"


@pytest.mark.parametrize("inside", ["", "inside"])
def test_a_file_in_place_of_the_data_folder_is_named(
    inside: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    assert run(parse(["--home", str(tmp_path / "file" / inside), "chats", "list", "--json"])) == 1
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "data.read_only"
