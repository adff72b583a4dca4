"""What a refused chat in the terminal leaves behind: nothing new, and all that was there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from studio.assembly import Parts, open_parts
from studio.chat.attachments.attachments import Attachments
from studio.chat.session import ChatSession
from studio.cli import chat
from studio.cli.arguments import parse
from studio.errors import StudioError


@pytest.fixture
def parts(profile: Path) -> Iterator[Parts]:
    opened = open_parts(profile)
    yield opened
    opened.close()


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "note.txt"
    path.write_text("Milk")
    return path


@pytest.fixture(params=[StudioError("chat.busy", "It writes.", "Wait."), ValueError("a mistake")])
def failure(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Exception:
    """Have every question be refused before it is stored."""
    error: Exception = request.param

    def refuse(*_given: object, **_more: object) -> None:
        raise error

    monkeypatch.setattr(ChatSession, "send", refuse)
    return error


def test_a_new_chat_goes_with_its_files(parts: Parts, note: Path, failure: Exception) -> None:
    with pytest.raises(type(failure)):
        chat.run(parts, parse(["chat", "Hello", "--attach", str(note)]))
    assert parts.conversations.list() == []
    with parts.database.reading() as db:
        assert db.table("chat_attachments").count == 0


def test_a_chat_that_was_there_stays_as_it_was(
    parts: Parts, note: Path, failure: Exception
) -> None:
    there = parts.conversations.create().id
    parts.conversations.set_draft(there, "half a thought")
    with pytest.raises(type(failure)):
        chat.run(parts, parse(["chat", "Hello", "--conversation", there, "--attach", str(note)]))
    assert parts.conversations.get(there).draft == "half a thought"
    assert Attachments(parts.database).waiting("") == ()
