"""What the program tells once at its start is in the JSON of chats, too, not only beside it."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import tiny_gguf
from support.command import studio
from support.terminal import answer

BROKEN = "{"


@pytest.fixture
def home(profile: Path) -> Path:
    """Return a home with a preset that cannot be read, which each start tells."""
    presets = profile / "presets"
    presets.mkdir(parents=True)
    (presets / "broken.json").write_text(BROKEN)
    return profile


def told_by(home: Path) -> str:
    (notice,) = studio("chats", "list", home=home).stderr.strip().splitlines()
    assert "broken" in notice
    return notice


@pytest.mark.parametrize("command", [("chats", "list"), ("compare", "tally")])
def test_a_result_has_what_was_told_at_the_start(home: Path, command: tuple[str, ...]) -> None:
    notice = told_by(home)
    done = studio(*command, "--json", home=home)
    assert answer(done)["notices"] == [notice]
    assert done.stderr.strip() == notice
    (home / "presets" / "broken.json").unlink()
    assert answer(studio(*command, "--json", home=home))["notices"] == []


def test_a_reply_has_it_before_its_own_notices(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "odd.gguf"
    tiny_gguf.write(file, "llama", chat_template="{{ raise_exception('no') }}")
    assert studio("models", "add", str(file), home=home).returncode == 0
    asked = ("chat", "Hello", "--model", "odd", "--max-tokens", "2", "--json")
    first, second, *_ = answer(studio(*asked, home=home))["notices"]
    assert first == told_by(home)
    assert "a common one is used instead" in second


def test_a_refusal_has_it_beside_the_error(home: Path) -> None:
    asked = ("chat", "Hello", "--model", "nowhere", "--json")
    told = answer(studio(*asked, home=home))
    assert told["error"]["code"]
    assert told["notices"] == [told_by(home)]
    (home / "presets" / "broken.json").unlink()
    assert set(answer(studio(*asked, home=home))) == {"error"}


def test_other_commands_answer_as_before(home: Path) -> None:
    assert "notices" not in answer(studio("doctor", "--json", home=home))
