"""What was chosen for a chat in the terminal can be left to the program again."""

from __future__ import annotations

from pathlib import Path

from support import tiny_chat
from support.answering_host import AnsweringHost

from studio.assembly import open_parts
from studio.cli import chat
from studio.cli.arguments import parse


def test_an_empty_name_stands_for_what_suits(profile: Path) -> None:
    tiny_chat.put(profile / "models")
    parts = open_parts(profile, lambda _worker: AnsweringHost())
    try:
        parts.settings.set("chat.default_preset", "brief")
        first = ["chat", "Hi", "--model", "tiny", "--json"]
        key = chat.run(parts, parse(first))["conversation"]
        told = parts.conversations.get(key)
        assert (told.model, told.preset) == ("tiny", "brief")
        again = ["chat", "Hi", "--conversation", key, "--json"]
        chat.run(parts, parse(again))
        assert parts.conversations.get(key).model == "tiny"
        chat.run(parts, parse([*again, "--model", "", "--preset", ""]))
        told = parts.conversations.get(key)
        assert (told.model, told.preset) == ("", "")
        new = chat.run(parts, parse(["chat", "Hi", "--preset", "", "--json"]))["conversation"]
        assert parts.conversations.get(new).preset == ""
    finally:
        parts.close()
