"""What lies in a trash goes for good in the terminal, and only when the person has said so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support import tiny_chat

from studio.assembly import Parts, open_parts
from studio.cli import chats, models, presets
from studio.cli.arguments import parse
from studio.errors import StudioError

_RUNS = {"chats": chats.run, "models": models.run, "presets": presets.run}


@pytest.fixture
def parts(profile: Path) -> Iterator[Parts]:
    tiny_chat.put(profile / "models")
    opened = open_parts(profile)
    yield opened
    opened.close()


def answer(parts: Parts, *words: str) -> Any:
    return _RUNS[words[0]](parts, parse([*words, "--json"]))


def refusal(parts: Parts, *words: str) -> StudioError:
    with pytest.raises(StudioError) as caught:
        answer(parts, *words)
    return caught.value


def trashed(parts: Parts, kind: str) -> str:
    """Put something into a trash; return what names it."""
    if kind == "chats":
        made = parts.conversations.create()
        parts.conversations.ask(made.id, "secret", "tiny")
        parts.conversations.close_interrupted()
        parts.conversations.trash(made.id)
        return made.id
    if kind == "models":
        parts.shelf.remove("tiny")
        return "tiny"
    parts.preset_keeper.create("Mine")
    parts.preset_keeper.delete("mine")
    return "mine"


@pytest.mark.parametrize("kind", ["chats", "models", "presets"])
def test_one_goes_once_that_is_confirmed(parts: Parts, kind: str) -> None:
    name = trashed(parts, kind)
    assert refusal(parts, kind, "purge").code == "purge.nothing"
    assert refusal(parts, kind, "purge", name, "--all", "--yes").code == "purge.nothing"
    refused = refusal(parts, kind, "purge", name)
    assert (refused.code, refused.hint) == ("purge.not_confirmed", "Add --yes to delete it.")
    assert refusal(parts, kind, "purge", "--all").code == "purge.not_confirmed"
    assert answer(parts, kind, "purge", name, "--yes") == {"purged": [name]}
    assert refusal(parts, kind, "purge", name, "--yes").code in (
        "conversation.unknown",
        "model.not_in_trash",
        "preset.not_trashed",
    )


@pytest.mark.parametrize("kind", ["chats", "models", "presets"])
def test_a_whole_trash_is_emptied(parts: Parts, kind: str) -> None:
    assert answer(parts, kind, "purge", "--all") == {"purged": []}
    name = trashed(parts, kind)
    assert answer(parts, kind, "purge", "--all", "--yes") == {"purged": [name]}
    assert answer(parts, kind, "purge", "--all") == {"purged": []}


def test_nothing_of_a_chat_is_left_when_the_command_ends(parts: Parts) -> None:
    parts._purges.begin_close()  # as at the end of a command: the background does no more
    answer(parts, "chats", "purge", trashed(parts, "chats"), "--yes")
    with parts.database.reading() as db:
        assert db.table("chat_messages").count == 0
        assert db.table("chat_conversations").count == 0


def test_what_is_not_in_the_trash_stays(parts: Parts) -> None:
    kept = parts.conversations.create().id
    assert refusal(parts, "chats", "purge", kept, "--yes").hint == (
        f"Move it there first: studio chats remove {kept}"
    )
    assert refusal(parts, "models", "purge", "tiny", "--yes").code == "model.not_in_trash"
    assert refusal(parts, "presets", "purge", "brief", "--yes").code == "preset.not_trashed"
    assert parts.shelf.find("tiny").path.exists()


def test_removed_models_are_listed_and_a_link_s_file_stays(
    parts: Parts, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere = tiny_chat.put(tmp_path, "linked")
    parts.shelf.add(elsewhere, copy=False)
    trashed(parts, "models")
    parts.shelf.remove("linked")
    rows = answer(parts, "models", "list", "--trash")["models"]
    assert [row["name"] for row in rows] == ["linked", "tiny"]
    models.run(parts, parse(["models", "purge", "--all", "--yes"]))
    assert capsys.readouterr().out == "Deleted for good: linked (its file stays), tiny\n"
    assert elsewhere.exists()
    models.run(parts, parse(["models", "list", "--trash"]))
    assert capsys.readouterr().out == "The trash is empty.\n"
