"""Summaries that are too long: refused where they are made, and passed over in prompts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import tiny_chat
from support.answering_host import AnsweringHost
from support.archived import NOW, conversation, message
from support.exchanges import finished, turn

from studio.assembly import Parts, open_parts
from studio.chat.options import Options, Overflow
from studio.chat.overflow.summaries import MOST_CHARACTERS, Summaries
from studio.chat.store import ConversationStore
from studio.chat.transfer import own_json
from studio.chat.turn import TurnFailed
from studio.engine.host import Job
from studio.engine.language import Count, Generate, PromptCounted
from studio.engine.protocol import Done, Request
from studio.errors import StudioError
from studio.storage.database import Database


class WordCounter(AnsweringHost):
    """Counts a token for each word, and keeps what it was told of the last reply."""

    def __init__(self) -> None:
        super().__init__()
        self.read = ""

    def submit(self, request: Request) -> Job:
        if isinstance(request, Count):
            job = Job(self, request)
            size = sum(len(message.content.split()) for message in request.messages)
            job.deliver(Done(0, PromptCounted(size, "")))
            return job
        if isinstance(request, Generate):
            self.read = "\n".join(message.content for message in request.messages)
        return super().submit(request)


@pytest.fixture
def host() -> WordCounter:
    return WordCounter()


@pytest.fixture
def parts(profile: Path, host: WordCounter) -> Iterator[Parts]:
    tiny_chat.put(profile / "models")
    opened = open_parts(profile, lambda _worker: host)
    yield opened
    opened.close()


@pytest.fixture
def key(parts: Parts) -> str:
    """Return a chat with two exchanges."""
    made = parts.conversations.create(model="tiny").id
    for text in ("First", "Second"):
        finished(turn(parts, made, text))
    return made


def sum_up(parts: Parts, key: str, exchanges: int, words: int, word: str) -> None:
    last = parts.conversations.branch(key)[2 * exchanges - 1].id
    parts.session.summaries.add(key, last, f"{word} " * words)


@pytest.mark.parametrize("overflow", ["roll", "compact", "stop"])
def test_a_summary_without_room_is_left_out_and_told(
    parts: Parts, key: str, host: WordCounter, overflow: Overflow
) -> None:
    parts.conversations.set_options(key, Options(overflow=overflow))
    sum_up(parts, key, 1, 3000, "long")
    ended = finished(turn(parts, key, "Third"))
    assert "long" not in host.read
    assert "First" in host.read
    (told,) = ended.notices
    assert "the model did not see the summary" in told
    assert "Shorten it" in told
    assert len(parts.session.summaries.of(key)) == 1


def test_an_earlier_summary_takes_its_place(parts: Parts, key: str, host: WordCounter) -> None:
    sum_up(parts, key, 1, 10, "brief")
    sum_up(parts, key, 2, 3000, "long")
    ended = finished(turn(parts, key, "Third"))
    assert "brief brief" in host.read
    assert "long" not in host.read
    assert "First" not in host.read
    assert "Second" in host.read
    assert ended.reply.recipe["summarised"] == 2


def test_the_summary_is_named_where_nothing_may_be_left_out(parts: Parts, key: str) -> None:
    finished(turn(parts, key, "much " * 1900))
    parts.conversations.set_options(key, Options(overflow="stop"))
    sum_up(parts, key, 1, 3000, "long")
    last = turn(parts, key, "again " * 200)[-1]
    assert isinstance(last, TurnFailed)
    assert last.error.code == "prompt.context_full"
    assert "summary" in last.error.what
    assert "Shorten the summary" in last.error.hint


def test_a_message_that_is_too_long_itself_is_told_as_before(parts: Parts, key: str) -> None:
    sum_up(parts, key, 1, 10, "brief")
    last = turn(parts, key, "much " * 3000)[-1]
    assert isinstance(last, TurnFailed)
    assert last.error.code == "prompt.too_long"
    assert "takes 3,0" in last.error.what


def test_a_summary_is_not_made_too_long(store: ConversationStore, database: Database) -> None:
    summaries, key = Summaries(database), store.create().id
    question, _ = store.ask(key, "Hello", "")
    made = summaries.add(key, question.id, "x" * (MOST_CHARACTERS + 1))
    assert len(made.text) == MOST_CHARACTERS
    with pytest.raises(StudioError) as caught:
        summaries.rewrite(made.id, "y" * (MOST_CHARACTERS + 1))
    assert caught.value.code == "summary.too_long"
    assert "20,000" in caught.value.what
    assert summaries.of(key) == [made]
    summaries.rewrite(made.id, "y" * MOST_CHARACTERS)


@pytest.mark.parametrize("more", [0, 1])
def test_one_that_is_too_long_is_not_imported(tmp_path: Path, more: int) -> None:
    path = tmp_path / "chats.json"
    own_json.write(path, [conversation(message("a"))])
    data = json.loads(path.read_text("utf-8"))
    text = "x" * (MOST_CHARACTERS + more)
    data["conversations"][0]["summaries"] = [
        {"upto_message_id": "a", "text": text, "created_at": NOW.isoformat()}
    ]
    path.write_text(json.dumps(data), "utf-8")
    if not more:
        (read,) = own_json.read(path)
        assert read.summaries[0].text == text
        return
    with pytest.raises(StudioError) as caught:
        list(own_json.read(path))
    assert caught.value.code == "import.damaged"
    assert "longer than 20,000 characters" in f"{caught.value.what} {caught.value.details}"


def test_one_that_leaves_no_room_to_be_summed_up_again_is_told(
    parts: Parts, key: str, host: WordCounter
) -> None:
    for text in ("Third", "Fourth"):
        finished(turn(parts, key, text))
    sum_up(parts, key, 1, 3000, "long")
    host.read = ""
    with pytest.raises(StudioError) as caught:
        parts.session.summarise(key, lambda _messages, _share: None).result(20)
    assert caught.value.code == "summary.no_room"
    assert "The summary that this chat has is so long" in caught.value.what
    assert "Shorten the summary" in caught.value.hint
    assert not host.read, "the model was asked all the same"
    assert len(parts.session.summaries.of(key)) == 1


def test_a_context_too_short_for_any_summary_is_told(
    parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studio.prompting.summary._CUT", " cut " * 3000)
    key = parts.conversations.create(model="tiny").id
    for text in ("much " * 1900, "Second", "Third"):
        finished(turn(parts, key, text))
    with pytest.raises(StudioError) as caught:
        parts.session.summarise(key, lambda _messages, _share: None).result(20)
    assert caught.value.code == "summary.no_room"
    assert "too short to read the oldest messages" in caught.value.what
    assert "longer conversation length" in caught.value.hint
