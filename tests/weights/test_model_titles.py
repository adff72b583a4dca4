"""Titles by the real starter model: made beside the conversation, which loses nothing by it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.exchanges import finished, turn

from studio.assembly import Parts, open_parts
from studio.chat.conversation import Figures
from studio.chat.prompt import Overrides
from studio.errors import StudioError

STEADY = Overrides(temperature=0.0, max_tokens=24)


@pytest.fixture
def real(profile: Path, starter_model: Path) -> Iterator[Parts]:
    parts = open_parts(profile)
    assert starter_model in [model.path for model in parts.shelf.list()]
    yield parts
    parts.close()


def two_turns(parts: Parts) -> tuple[str, Figures]:
    """Talk, and return the conversation and the figures of its second reply."""
    chat = parts.conversations.create().id
    finished(turn(parts, chat, "Explain photosynthesis to a ten year old.", STEADY))
    second = finished(turn(parts, chat, "And why are leaves green?", STEADY)).reply
    assert second.figures is not None
    return chat, second.figures


def named(parts: Parts) -> list[str]:
    found: list[str] = []
    parts.session.titles.want(lambda: True)
    parts.session.titles.observe(found.append)
    return found


def test_a_new_chat_gets_a_title_and_its_second_turn_reuses_as_much(real: Parts) -> None:
    without, before = two_turns(real)
    assert real.conversations.get(without).title == "Explain photosynthesis to a ten year old."
    told = named(real)
    chat, after = two_turns(real)
    found = real.conversations.get(chat)
    assert told == [chat, without], "the one before had none yet"
    assert found.title_by == "model"
    assert 1 <= len(found.title.split()) <= 6
    assert found.title != "Explain photosynthesis to a ten year old."
    assert after.prompt_tokens == before.prompt_tokens
    assert after.reused_tokens == before.reused_tokens


def test_a_title_of_the_person_stays(real: Parts) -> None:
    told = named(real)
    chat = real.conversations.create().id
    real.conversations.rename(chat, "Mine")
    finished(turn(real, chat, "What is the capital of France?", STEADY))
    assert told == []
    assert real.conversations.get(chat).title == "Mine"


def test_it_is_made_once_and_only_if_it_is_wanted(
    real: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat = real.conversations.create().id
    finished(turn(real, chat, "What is the capital of France?", STEADY))
    assert real.conversations.get(chat).title_by == ""
    tried: list[object] = []
    titles = real.session.titles
    found: Callable[..., str] = titles._asked

    def asked(*given: object) -> str:
        tried.append(given)
        return found(*given)

    monkeypatch.setattr(titles, "_asked", asked)
    named(real)
    finished(turn(real, chat, "And of Italy?", STEADY))
    finished(turn(real, chat, "And of Spain?", STEADY))
    assert len(tried) == 1, "also when the model has found none"


def test_a_question_does_not_wait_for_a_title(real: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    asked_at: list[float] = []
    given_up: list[str] = []
    titles = real.session.titles
    named(real)
    chat = real.conversations.create().id
    other = real.conversations.create().id
    replies: list[threading.Event] = [threading.Event()]

    found: Callable[..., str] = titles._asked

    def asked(*given: object) -> str:
        asked_at.append(time.monotonic())
        if len(asked_at) > 1:
            return found(*given)
        real.session.send(other, "Hello", lambda _event: None, overrides=STEADY).add_done_callback(
            lambda _done: replies[0].set()
        )
        given_up.append(found(*given))
        return given_up[0]

    monkeypatch.setattr(titles, "_asked", asked)
    finished(turn(real, chat, "What is the capital of France?", STEADY))
    assert replies[0].wait(60)
    assert given_up == [""]
    assert len(asked_at) == 3, "both chats are tried again, once nobody waits"
    assert real.conversations.branch(other)[-1].status == "finished"


def test_it_is_named_anew_when_that_is_asked_for(real: Parts) -> None:
    chat = real.conversations.create().id
    finished(turn(real, chat, "Explain photosynthesis to a ten year old.", STEADY))
    real.conversations.rename(chat, "Mine")
    elsewhere = real.conversations.create().id
    finished(turn(real, elsewhere, "Give me three facts about the moon.", STEADY))
    found = real.session.name_anew(chat)
    refused = found.exception(120)  # a small model may find no title in three tries
    now = real.conversations.get(chat)
    if refused is None:
        assert now == found.result()
        assert now.title_by == "model"
    else:
        assert isinstance(refused, StudioError)
        assert refused.code == "title.none"
        assert now.title == "Mine"
    again = finished(turn(real, elsewhere, "And a fourth?", STEADY)).reply.figures
    assert again is not None
    assert again.reused_tokens > again.prompt_tokens / 2  # the other chat has lost nothing by it


def test_an_unknown_chat_is_refused(real: Parts) -> None:
    with pytest.raises(StudioError) as caught:
        real.session.name_anew("nowhere").result(60)
    assert caught.value.code == "conversation.unknown"
