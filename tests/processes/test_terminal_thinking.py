"""`studio chat --think` and its like, as a person or a script sees them."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import terminal, tiny_chat, tiny_gguf
from support.command import studio
from support.terminal import answer

from studio.assembly import open_data
from studio.chat.options import Options

THINKS = tiny_gguf.CHATML + (
    "{% if add_generation_prompt and (think is not defined or think) %}{{ '<think>\n' }}{% endif %}"
)


@pytest.fixture
def home(profile: Path) -> Path:
    """Return a data folder with a tiny model that thinks, and one that does not."""
    tiny_chat.put(profile / "models", "thinker", THINKS)
    tiny_chat.put(profile / "models", "plain")
    return profile


def options(home: Path, key: str) -> Options:
    parts = open_data(home, lambda worker: pytest.fail(worker))
    try:
        return parts.conversations.get(key).options
    finally:
        parts.close()


def test_what_is_asked_for_is_kept_with_the_chat(home: Path) -> None:
    first = terminal.studio(
        *("chat", "Hello", "--model", "thinker", "--max-tokens", "12", "--temperature", "0"),
        *("--think-tokens", "4", "--json"),
        home=home,
    )
    told = answer(first)
    key = told["conversation"]
    assert "It thought for 4 tokens" in " ".join(told["notices"])
    assert options(home, key) == Options(reasoning_tokens=4)
    go_on = ("chat", "And now?", "--conversation", key, "--max-tokens", "12", "--json")
    again = answer(studio(*go_on, "--no-think", home=home))
    assert again["text"]
    assert again["notices"] == []
    assert options(home, key) == Options(reasoning=False, reasoning_tokens=4)
    made_again = answer(studio("chats", "repeat", key, "--json", home=home))
    assert made_again["same"] is True
    answer(studio(*go_on, "--think", home=home))
    assert options(home, key).reasoning is True


def test_a_model_without_thoughts_says_so(home: Path) -> None:
    told = studio(
        *("chat", "Hello", "--model", "plain", "--max-tokens", "4", "--think", "--effort", "low"),
        home=home,
    )
    assert told.returncode == 0, told.stderr
    assert "This model does not think before it answers." in told.stderr
    assert "This model cannot be told how hard to think." in told.stderr


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        (("--think", "--think-tokens", "0"), 1),
        (("--think", "--no-think"), 2),
        (("--think-tokens", "-1"), 2),
        (("--think-tokens", "many"), 2),
    ],
)
def test_what_cannot_be_is_refused(home: Path, wrong: tuple[str, ...], status: int) -> None:
    told = studio("chat", "Hello", "--model", "plain", *wrong, home=home)
    assert told.returncode == status
    assert told.stderr.strip()
    assert not told.stdout
