"""The terminal's way through the branches of a chat: other words, other replies, other chats."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support import tiny_chat
from support.answering_host import ANSWER, AnsweringHost

from studio.assembly import Parts, open_parts
from studio.cli import chat, chats
from studio.cli.arguments import parse
from studio.errors import StudioError


@pytest.fixture
def parts(profile: Path) -> Iterator[Parts]:
    tiny_chat.put(profile / "models")
    opened = open_parts(profile, lambda _worker: AnsweringHost())
    yield opened
    opened.close()


@pytest.fixture
def key(parts: Parts) -> str:
    """Ask a question; return the id of its chat."""
    return str(
        chat.run(parts, parse(["chat", "Hello", "--model", "tiny", "--json"]))["conversation"]
    )


def answer(parts: Parts, *words: str) -> Any:
    return chats.run(parts, parse(["chats", *words, "--json"]))


def shown(parts: Parts, key: str) -> list[tuple[str, int, int]]:
    rows = answer(parts, "show", key)["messages"]
    return [(row["text"], row["version"], row["versions"]) for row in rows]


def ids(parts: Parts, key: str) -> list[str]:
    return [row["id"] for row in answer(parts, "show", key)["messages"]]


def test_a_question_is_asked_in_other_words_beside_itself(parts: Parts, key: str) -> None:
    before = ids(parts, key)
    told = answer(parts, "edit", key, "Hello again")
    assert (told["text"], told["conversation"]) == (ANSWER, key)
    assert ids(parts, key)[-1] == told["message"]
    assert shown(parts, key) == [("Hello again", 2, 2), (ANSWER, 1, 1)]
    assert [row["id"] for row in answer(parts, "switch", key, before[1])["messages"]] == before


def test_the_words_may_come_from_standard_input(
    parts: Parts, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Piped")))
    answer(parts, "edit", key, "-")
    assert shown(parts, key)[0] == ("Piped", 2, 2)


def test_a_reply_gets_words_of_the_person_beside_itself(parts: Parts, key: str) -> None:
    reply = ids(parts, key)[1]
    told = answer(parts, "edit", key, "My words", "--message", reply)
    assert told["message"] != reply
    assert shown(parts, key) == [("Hello", 1, 1), ("My words", 2, 2)]
    again = answer(parts, "edit", key, "My words", "--message", told["message"])
    assert again["message"] == told["message"]


def test_another_reply_or_several_are_written_beside_the_last(parts: Parts, key: str) -> None:
    first = ids(parts, key)[1]
    told = answer(parts, "regenerate", key)
    assert told["message"] not in ids(parts, key)[:1]
    assert shown(parts, key)[1] == (ANSWER, 2, 2)
    several = answer(parts, "regenerate", key, "--message", first, "--best-of", "2")
    assert len(several["replies"]) == 2
    assert several["message"] == ids(parts, key)[1] == several["replies"][0]["id"]
    assert shown(parts, key)[1][2] == 4


def test_a_reply_that_was_cut_off_is_gone_on_with(parts: Parts, key: str) -> None:
    reply = ids(parts, key)[1]
    with pytest.raises(StudioError) as caught:
        answer(parts, "continue", key)
    assert caught.value.code == "reply.ended"
    with parts.database.transaction() as db:
        db.table("chat_messages").update(reply, {"status": "cancelled", "stop": ""})
    assert answer(parts, "continue", key)["message"] == reply
    assert shown(parts, key)[1] == (ANSWER * 2, 1, 1)
    empty = parts.conversations.create().id
    with pytest.raises(StudioError) as caught:
        answer(parts, "continue", empty)
    assert caught.value.code == "reply.none_to_go_on_with"


def test_a_new_chat_begins_with_what_was_said(parts: Parts, key: str) -> None:
    question, reply = ids(parts, key)
    whole = answer(parts, "fork", key)
    assert whole["forked_from"] == reply
    assert [text for text, *_ in shown(parts, whole["id"])] == ["Hello", ANSWER]
    part = answer(parts, "fork", key, "--message", question)
    assert [text for text, *_ in shown(parts, part["id"])] == ["Hello"]


def test_a_message_is_deleted_and_put_back(
    parts: Parts, key: str, capsys: pytest.CaptureFixture[str]
) -> None:
    question, reply = ids(parts, key)
    chats.run(parts, parse(["chats", "delete", key, question]))
    told, back = capsys.readouterr().out.splitlines()
    assert told == "Deleted 2 messages."
    assert ids(parts, key) == []
    assert answer(parts, *back.partition("studio chats ")[2].split())["conversation"] == key
    assert ids(parts, key) == [question, reply]


def test_each_message_is_shown_with_its_id(
    parts: Parts, key: str, capsys: pytest.CaptureFixture[str]
) -> None:
    answer(parts, "regenerate", key)
    question, reply = ids(parts, key)
    before = answer(parts, "show", key)["messages"][1]["before"]
    chats.run(parts, parse(["chats", "show", key]))
    assert capsys.readouterr().out.splitlines()[-4:] == [
        f"{question}  you",
        "    Hello",
        f"{reply}  tiny  version 2 of 2, beside {before}",
        f"    {ANSWER}",
    ]


def test_a_chat_in_the_trash_is_brought_back_first(parts: Parts, key: str) -> None:
    message = ids(parts, key)[0]
    parts.conversations.trash(key)
    for words in (
        ["edit", key, "x"],
        ["regenerate", key],
        ["continue", key],
        ["fork", key],
        ["switch", key, message],
        ["delete", key, message],
    ):
        with pytest.raises(StudioError) as caught:
            answer(parts, *words)
        assert caught.value.code == "conversation.trashed"


def test_what_is_not_there_is_refused(parts: Parts, key: str) -> None:
    other = parts.conversations.create().id
    message = ids(parts, key)[0]
    for words, code in (
        (["show", "nope"], "conversation.unknown"),
        (["switch", key, "nope"], "message.unknown"),
        (["delete", other, message], "message.unknown"),
        (["edit", other, "x"], "question.none"),
        (["edit", key, " "], "prompt.empty"),
        (["regenerate", other], "question.none"),
        (["fork", other], "message.none"),
        (["restore", key, "--deleted", "nope"], "removal.unknown"),
    ):
        with pytest.raises(StudioError) as caught:
            answer(parts, *words)
        assert caught.value.code == code
    assert len(ids(parts, key)) == 2
