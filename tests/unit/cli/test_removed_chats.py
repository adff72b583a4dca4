"""The terminal's way into the trash of the chats, and out of it again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from studio.assembly import Parts, open_parts
from studio.cli import chat, chats
from studio.cli.arguments import parse
from studio.errors import StudioError


@pytest.fixture
def parts(profile: Path) -> Iterator[Parts]:
    opened = open_parts(profile)
    yield opened
    opened.close()


@pytest.fixture
def kept(parts: Parts) -> str:
    """Keep a chat; return its id."""
    made = parts.conversations.create()
    parts.conversations.rename(made.id, "Bread")
    return made.id


def answer(parts: Parts, *words: str) -> Any:
    return chats.run(parts, parse(["chats", *words, "--json"]))


def test_a_chat_goes_to_the_trash_and_comes_back(parts: Parts, kept: str) -> None:
    assert answer(parts, "remove", kept) == {"removed": kept, "title": "Bread"}
    assert answer(parts, "list")["chats"] == []
    [row] = answer(parts, "list", "--trash")["chats"]
    assert (row["id"], row["title"]) == (kept, "Bread")
    assert row["trashed_at"]
    assert answer(parts, "restore", kept) == {"restored": kept, "title": "Bread"}
    [row] = answer(parts, "list")["chats"]
    assert (row["id"], row["trashed_at"]) == (kept, None)
    assert answer(parts, "list", "--trash")["chats"] == []


def test_each_step_names_the_way_back(
    parts: Parts, kept: str, capsys: pytest.CaptureFixture[str]
) -> None:
    chats.run(parts, parse(["chats", "remove", kept]))
    assert f"Bring it back: studio chats restore {kept}\n" in capsys.readouterr().out
    for refused in (["chats", "remove", kept], ["chat", "Hi", "--conversation", kept]):
        with pytest.raises(StudioError) as caught:
            (chats if refused[0] == "chats" else chat).run(parts, parse(refused))
        assert caught.value.code == "conversation.trashed"
        assert caught.value.hint == f"Bring it back: studio chats restore {kept}"
    chats.run(parts, parse(["chats", "list", "--trash"]))
    assert capsys.readouterr().out.endswith("  Bread\n")


def test_what_is_not_there_is_refused(
    parts: Parts, kept: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(StudioError) as caught:
        answer(parts, "restore", kept)
    assert caught.value.code == "conversation.not_trashed"
    for verb in ("remove", "restore"):
        with pytest.raises(StudioError) as caught:
            answer(parts, verb, "nope")
        assert caught.value.code == "conversation.unknown"
    chats.run(parts, parse(["chats", "list", "--trash"]))
    assert capsys.readouterr().out == "The trash is empty.\n"
