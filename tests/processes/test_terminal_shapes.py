"""`studio chat` with a JSON schema or a grammar: what is told, and every refusal in words."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import terminal, tiny_chat
from support.command import studio
from support.terminal import answer

DIGITS = 'root ::= "1" | "2"\n'


@pytest.fixture
def home(profile: Path) -> Path:
    """Return a data folder with a tiny model in it."""
    tiny_chat.put(profile / "models")
    return profile


def test_a_reply_is_held_to_a_grammar_and_told_of(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "digits.gbnf"
    file.write_text(DIGITS, "utf-8")
    first = answer(studio("chat", "Hi", "--grammar", str(file), "--json", home=home))
    assert first["text"] in ("1", "2")
    assert first["structured"] == {"valid": True, "problem": None}
    again = answer(
        studio("chat", "And?", "--conversation", first["conversation"], "--json", home=home)
    )
    assert again["text"] in ("1", "2")
    free = answer(
        studio(
            *("chat", "And?", "--conversation", first["conversation"], "--free-text"),
            *("--max-tokens", "4", "--json"),
            home=home,
        )
    )
    assert "structured" not in free


def test_a_schema_may_come_from_standard_input(home: Path) -> None:
    finished = terminal.studio(
        *("chat", "Hi", "--schema", "-", "--json"), home=home, stdin='{"enum": [1, 2]}'
    )
    told = answer(finished)
    assert told["text"] in ("1", "2")
    assert told["structured"]["valid"] is True


def test_a_reply_that_was_cut_off_is_told(home: Path) -> None:
    finished = studio(
        *("chat", "Hi", "--schema", "-", "--max-tokens", "2", "--json"),
        home=home,
        stdin='{"type": "object", "properties": {"a": {"const": 1}}, "required": ["a"]}',
    )
    told = answer(finished)["structured"]
    assert told["valid"] is False
    assert "cut off at the length limit" in told["problem"]
    assert "does not have the shape" in finished.stderr


@pytest.mark.parametrize(
    ("option", "text", "code"),
    [
        ("--schema", '{"type": "text"}', "shape.invalid"),
        ("--schema", "", "shape.invalid"),
        ("--schema", '{"$ref": "https://example.org"}', "shape.invalid"),
        ("--grammar", 'root ::= "a" root', "shape.invalid"),
        ("--grammar", "\x00", "shape.invalid"),
    ],
)
def test_what_cannot_be_used_is_refused_before_anything_is_kept(
    home: Path, tmp_path: Path, option: str, text: str, code: str
) -> None:
    file = tmp_path / "shape"
    file.write_text(text, "utf-8")
    finished = studio("chat", "Hi", option, str(file), "--json", home=home)
    assert finished.returncode == 1
    assert answer(finished)["error"]["code"] == code
    assert answer(studio("chats", "list", "--json", home=home))["chats"] == []


def test_a_file_that_cannot_be_read_is_told(home: Path, tmp_path: Path) -> None:
    (tmp_path / "bytes").write_bytes(b"\xff\xfe\xfa")
    for name, code in (("missing", "shape.unreadable"), ("bytes", "input.not_text")):
        finished = studio("chat", "Hi", "--schema", str(tmp_path / name), "--json", home=home)
        assert answer(finished)["error"]["code"] == code
    both = studio("chat", "-", "--schema", "-", "--json", home=home, stdin="x")
    assert answer(both)["error"]["code"] == "shape.no_input"
    usage = studio("chat", "x", "--schema", "a", "--grammar", "b", home=home)
    assert usage.returncode == 2
