"""`studio chats explain` and `repeat`, as a person or a script sees them."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from support import terminal, tiny_chat, tiny_gguf
from support.command import studio
from support.terminal import answer

from studio.assembly import open_data


@pytest.fixture
def said(profile: Path) -> str:
    """Have a tiny model say something; return the id of the chat."""
    tiny_chat.put(profile / "models")
    finished = studio(
        "chat", "Hello", "--model", "tiny", "--max-tokens", "8", "--json", home=profile
    )
    return str(answer(finished)["conversation"])


def test_a_reply_is_explained_and_made_again(profile: Path, said: str) -> None:
    facts = answer(studio("chats", "explain", said, "--json", home=profile))
    model = profile / "models" / "tiny.gguf"
    assert facts["recipe"]["file_sha256"] == hashlib.sha256(model.read_bytes()).hexdigest()
    assert "Hello" in facts["prompt"]
    again: Any = answer(studio("chats", "repeat", said, "--json", home=profile))
    assert (again["same"], again["file"]) == (True, "same")
    assert again["repeats"] == facts["message"]
    assert again["told"] == "The same text as before, to the letter."
    named = studio("chats", "explain", said, "--message", facts["message"], "--json", home=profile)
    assert answer(named)["message"] == facts["message"]


def test_it_can_be_read_without_json(profile: Path, said: str) -> None:
    explained = terminal.studio("chats", "explain", said, home=profile)
    assert explained.returncode == 0, explained.stderr
    lines = explained.stdout.splitlines()
    assert "The model" in lines
    assert any(line.startswith("  Creativity ") for line in lines)
    assert lines.index("The exact prompt") < len(lines) - 1
    again = terminal.studio("chats", "repeat", said, home=profile)
    assert again.stdout.endswith("\nThe same text as before, to the letter.\n")


def test_another_file_is_told_before_a_reply_is_made_again(profile: Path, said: str) -> None:
    answer(studio("chats", "explain", said, "--json", home=profile))  # now its hash is known
    template = tiny_gguf.CHATML.replace("assistant", "helper")
    tiny_chat.put(profile / "models", template=template)
    again = studio("chats", "repeat", said, "--json", home=profile)
    assert answer(again)["file"] == "other"
    assert "not the one that wrote this reply" in again.stderr


def test_what_cannot_be_explained_is_said(profile: Path) -> None:
    parts = open_data(profile, lambda worker: pytest.fail(worker))
    try:
        empty = parts.conversations.create().id
        told = parts.conversations.create().id
        question, reply = parts.conversations.ask(told, "Hello", "tiny")
        parts.conversations.finish_reply(reply.id, "finished", content="Hi", reasoning="")
    finally:
        parts.close()
    for arguments, code in (
        (("explain", told), "reply.no_recipe"),
        (("repeat", told), "reply.no_recipe"),
        (("explain", told, "--message", question.id), "reply.not_one"),
        (("explain", empty), "reply.none"),
        (("explain", empty, "--message", reply.id), "message.unknown"),
        (("explain", told, "--message", "nothing"), "message.unknown"),
        (("repeat", "nothing"), "conversation.unknown"),
    ):
        finished = studio("chats", *arguments, "--json", home=profile)
        assert finished.returncode == 1
        assert answer(finished)["error"]["code"] == code, arguments
