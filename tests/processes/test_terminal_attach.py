"""Attaching files in the terminal: told in the result, refused in words, nothing left behind."""

from __future__ import annotations

import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from support import pictures, terminal, tiny_chat, tiny_projector
from support.command import studio
from support.terminal import answer


@pytest.fixture
def tiny_home(profile: Path) -> Path:
    """Return a data folder with a tiny model in it."""
    tiny_chat.put(profile / "models")
    return profile


def chat(home: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return studio(
        "chat", "What is it?", "--model", "tiny", "--max-tokens", "4", "--json", *more, home=home
    )


def chats(home: Path) -> int:
    return len(answer(studio("chats", "list", "--json", home=home))["chats"])


def test_files_are_attached_and_explained(tiny_home: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "one.txt", tmp_path / "two.csv"
    one.write_text("Milk, eggs")
    two.write_text("a;b\n1;2\n")
    result = answer(chat(tiny_home, "--attach", str(one), "--attach", str(two)))
    assert result["attached"] == ["one.txt", "two.csv"]
    explained = studio("chats", "explain", result["conversation"], "--json", home=tiny_home)
    assert "Milk, eggs" in explained.stdout
    assert "two.csv" in explained.stdout


def test_a_picture_is_seen_through_a_projector(tiny_home: Path, tmp_path: Path) -> None:
    tiny_projector.write(tiny_home / "models" / "mmproj-tiny.gguf")
    picture = tmp_path / "cat.png"
    picture.write_bytes(pictures.png())
    asked = ("chat", "What is it?", "--model", "tiny", "--max-tokens", "4", "--json")
    result = answer(terminal.studio(*asked, "--attach", str(picture), home=tiny_home))
    assert result["attached"] == ["cat.png"]
    assert result["tokens"] == 4


def test_a_picture_for_a_blind_model_is_refused_and_leaves_nothing(
    tiny_home: Path, tmp_path: Path
) -> None:
    picture = tmp_path / "cat.png"
    picture.write_bytes(pictures.png())
    refused = chat(tiny_home, "--attach", str(picture))
    assert refused.returncode == 1
    assert answer(refused)["error"]["code"] == "picture.no_projector"
    assert "cannot see pictures" in refused.stderr
    assert chats(tiny_home) == 0


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("missing.txt", None, "attachment.unreadable"),
        ("empty.txt", b"", "attachment.empty"),
        ("program.bin", b"\x7fELF\0\0", "attachment.not_text"),
    ],
)
def test_what_cannot_be_attached_is_refused(
    tiny_home: Path, tmp_path: Path, name: str, data: bytes | None, code: str
) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    refused = chat(tiny_home, "--attach", str(tmp_path / name))
    assert refused.returncode == 1
    assert answer(refused)["error"]["code"] == code
    assert name in refused.stderr
    assert chats(tiny_home) == 0


@pytest.mark.parametrize("more", [(), ("--best-of", "2")], ids=["one", "several"])
def test_no_words_leave_no_chat_and_no_files_behind(
    tiny_home: Path, tmp_path: Path, more: tuple[str, ...]
) -> None:
    note = tmp_path / "note.txt"
    note.write_text("Milk")
    refused = studio("chat", " ", "--attach", str(note), "--json", *more, home=tiny_home)
    assert refused.returncode == 1
    assert answer(refused)["error"]["code"] == "prompt.empty"
    assert chats(tiny_home) == 0
    with closing(sqlite3.connect(tiny_home / "studio.db")) as db:
        for table in ("chat_conversations", "chat_attachments"):
            assert db.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_the_models_list_tells_who_sees(tiny_home: Path) -> None:
    listed = {
        m["name"]: m for m in answer(studio("models", "list", "--json", home=tiny_home))["models"]
    }
    assert listed["tiny"]["projector"] == ""
    tiny_projector.write(tiny_home / "models" / "mmproj-tiny.gguf")
    listed = {
        m["name"]: m for m in answer(studio("models", "list", "--json", home=tiny_home))["models"]
    }
    assert listed["tiny"]["projector"] == "mmproj-tiny.gguf"
    assert "sees pictures" in studio("models", "list", home=tiny_home).stdout
