"""`studio chat --overflow`, as a person or a script sees it."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import terminal, tiny_chat
from support.command import studio
from support.terminal import answer

from studio.assembly import open_data

LONG = "word " * 45


@pytest.fixture
def home(profile: Path) -> Path:
    """Return a data folder with a tiny model that sees little at once."""
    tiny_chat.put(profile / "models")
    told = studio("settings", "set", "models.context", "512", "--json", home=profile)
    assert told.returncode == 0, told.stderr
    return profile


def ask(*more: str) -> tuple[str, ...]:
    return ("chat", LONG, "--model", "tiny", "--max-tokens", "8", *more, "--json")


def test_a_chat_keeps_its_way_and_stops_when_it_is_full(home: Path) -> None:
    first = answer(studio(*ask("--overflow", "stop"), home=home))
    key = first["conversation"]
    assert first["text"]
    refused = studio(*ask("--conversation", key), home=home)
    while refused.returncode == 0:
        refused = studio(*ask("--conversation", key), home=home)
    assert refused.returncode == 1
    error = answer(refused)["error"]
    assert error["code"] == "prompt.context_full"
    assert "--overflow" in error["hint"]
    rolled = terminal.studio(*ask("--conversation", key, "--overflow", "roll"), home=home)
    assert answer(rolled)["text"]
    assert "no longer fit" in rolled.stderr


def test_a_model_that_sums_up_is_asked_to(home: Path) -> None:
    key = answer(studio(*ask("--overflow", "compact"), home=home))["conversation"]
    for _ in range(3):
        last = studio(*ask("--conversation", key), home=home)
        assert set(answer(last)) >= {"text", "model", "prompt_tokens", "conversation", "citations"}
    assert "as a summary" in last.stderr
    parts = open_data(home, lambda worker: pytest.fail(worker))
    try:
        assert parts.conversations.get(key).options.overflow == "compact"
        assert [each.role for each in parts.conversations.branch(key)] == ["user", "assistant"] * 4
    finally:
        parts.close()


def test_an_unknown_way_is_told(home: Path) -> None:
    told = studio("chat", "Hello", "--overflow", "rol", home=home)
    assert told.returncode == 2
    assert "Did you mean roll?" in told.stderr


def test_the_oldest_part_is_summed_up_on_demand_and_read_again(home: Path) -> None:
    key = answer(studio(*ask(), home=home))["conversation"]
    alone = studio("chats", "summarise", key, "--json", home=home)
    assert answer(alone)["error"]["code"] == "summary.nothing"
    for _ in range(2):
        studio(*ask("--conversation", key), home=home)
    made = answer(terminal.studio("chats", "summarise", key, "--json", home=home))
    assert made["summary"]
    assert made["messages"] % 2 == 0
    asked = studio(*ask("--conversation", key), home=home)
    assert answer(asked)["text"] is not None
    explained = answer(studio("chats", "explain", key, "--json", home=home))
    assert "Summary of the conversation so far" in explained["prompt"]
    undone = studio("chats", "summarise", key, "--undo", home=home)
    assert undone.stdout.startswith("The model reads the whole text again")
    again = studio("chats", "summarise", key, "--undo", home=home)
    assert again.stdout == "There is no summary in this chat.\n"
