"""The terminal puts chats in order as the window does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from studio.assembly import Parts, open_parts
from studio.cli import chats
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


def order(parts: Parts, *words: str) -> Any:
    told = chats.run(parts, parse(["chats", "order", *words, "--json"]))
    [listed] = chats.run(parts, parse(["chats", "list", "--json"]))["chats"]
    assert told == listed
    return [told[name] for name in ("folder", "tags", "pinned", "archived")]


def test_only_what_is_named_changes(parts: Parts, kept: str) -> None:
    assert order(parts, kept, "--folder", "Kitchen", "--pin") == ["Kitchen", [], True, False]
    told = order(parts, kept, "--tag", "rye", "--tag", "Rye", "--tag", "slow", "--archive")
    assert told == ["Kitchen", ["Rye", "slow"], True, True]
    assert order(parts, kept, "--no-pin", "--no-archive") == [
        "Kitchen", ["Rye", "slow"], False, False,
    ]  # fmt: skip
    assert order(parts, kept, "--folder", "", "--tag", "") == ["", [], False, False]


def test_where_it_stands_is_told(
    parts: Parts, kept: str, capsys: pytest.CaptureFixture[str]
) -> None:
    chats.run(parts, parse(["chats", "order", kept, "--pin"]))
    chats.run(parts, parse(["chats", "order", kept, "--folder", "Kitchen", "--tag", "rye"]))
    assert capsys.readouterr().out.splitlines() == [
        "Bread: in no folder, no tags, pinned",
        "Bread: in the folder Kitchen, tags rye, pinned",
    ]


def test_the_list_tells_what_is_archived(
    parts: Parts, kept: str, capsys: pytest.CaptureFixture[str]
) -> None:
    order(parts, kept, "--archive")
    capsys.readouterr()
    chats.run(parts, parse(["chats", "list"]))
    assert capsys.readouterr().out.endswith("  Bread  (archived)\n")


def test_a_refusal_changes_nothing(parts: Parts, kept: str) -> None:
    for words, code in (
        ([kept], "order.nothing"),
        (["nope", "--pin"], "conversation.unknown"),
        ([kept, "--folder", "Kitchen", "--tag", "x" * 61], "name.too_long"),
    ):
        with pytest.raises(StudioError) as caught:
            order(parts, *words)
        assert caught.value.code == code
    assert parts.conversations.get(kept).folder == ""


def test_the_list_is_narrowed_to_a_tag(parts: Parts, kept: str) -> None:
    parts.conversations.create()
    chats.run(parts, parse(["chats", "order", kept, "--tag", "Rye"]))
    [listed] = chats.run(parts, parse(["chats", "list", "--tag", "rye", "--json"]))["chats"]
    assert listed["id"] == kept
    assert chats.run(parts, parse(["chats", "list", "--tag", "r", "--json"]))["chats"] == []
