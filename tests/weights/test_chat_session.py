"""Whole turns with the real engine and a tiny model: kept, resumed, stopped, broken and mended."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support import tiny_gguf

from studio.assembly import Parts, open_parts
from studio.chat.prompt import ContextUse, Overrides
from studio.chat.turn import (
    ModelLoading,
    PromptReading,
    ReplyGrew,
    TurnEvent,
    TurnFailed,
    TurnFinished,
    TurnStarted,
)
from studio.errors import StudioError

SHORT = Overrides(temperature=0.0, max_tokens=8)
LONG = Overrides(temperature=0.0, max_tokens=400)


@pytest.fixture
def parts(profile: Path) -> Iterator[Parts]:
    models = profile / "models"
    models.mkdir(parents=True)
    tiny_gguf.write(
        models / "tiny.gguf", "llama", chat_template=tiny_gguf.CHATML, context_length=2048
    )
    opened = open_parts(profile)
    yield opened
    opened.close()


def new(parts: Parts) -> str:
    return parts.conversations.create(model="tiny").id


def turn(
    parts: Parts,
    conversation: str,
    text: str,
    overrides: Overrides = SHORT,
    at: Callable[[TurnEvent], None] = lambda _: None,
) -> list[TurnEvent]:
    """Run one exchange; ``at`` is told every event on the session's thread."""
    events: list[TurnEvent] = []

    def listen(event: TurnEvent) -> None:
        events.append(event)
        at(event)

    parts.session.send(conversation, text, listen, overrides=overrides).result(120)
    return events


def finished(events: list[TurnEvent]) -> TurnFinished:
    assert isinstance(events[-1], TurnFinished), events[-1]
    return events[-1]


def once(kind: type, act: Callable[[], object]) -> Callable[[TurnEvent], None]:
    """Return a listener that acts at the first event of a kind."""
    done = threading.Event()

    def at(event: TurnEvent) -> None:
        if isinstance(event, kind) and not done.is_set():
            done.set()
            act()

    return at


def kill_worker(parts: Parts) -> None:
    host = parts.broker.running("llm")
    assert host is not None
    assert host.pid is not None
    os.kill(host.pid, signal.SIGKILL)


def test_a_turn_tells_its_steps_and_is_kept(parts: Parts) -> None:
    conversation = new(parts)
    events = turn(parts, conversation, "Hello there")
    kinds = [type(event) for event in events]
    assert kinds[0] is TurnStarted
    assert {ModelLoading, PromptReading, ReplyGrew} <= set(kinds)
    reply = finished(events).reply
    assert reply.content == "".join(e.text for e in events if isinstance(e, ReplyGrew))
    assert reply.status == "finished"
    assert reply.stop in {"max_tokens", "end"}
    assert reply.figures is not None
    assert reply.figures.prompt_tokens > 0
    assert reply.recipe["sampling"]["temperature"] == 0.0
    assert reply.recipe["device"].startswith(("CPU", "GPU"))
    assert reply.thought_s is None
    assert isinstance(reply.recipe["sampling"]["seed"], int)
    assert parts.conversations.branch(conversation)[-1] == reply
    assert parts.session.running_in is None


def test_the_second_turn_reuses_the_first(parts: Parts) -> None:
    conversation = new(parts)
    first = finished(turn(parts, conversation, "Hello there")).reply.figures
    second = finished(turn(parts, conversation, "And now?")).reply.figures
    assert first is not None
    assert second is not None
    assert second.reused_tokens >= first.prompt_tokens


def test_another_reply_to_the_same_question(parts: Parts) -> None:
    conversation = new(parts)
    turn(parts, conversation, "Hello there")
    events: list[TurnEvent] = []
    parts.session.regenerate(conversation, events.append).result(120)
    assert isinstance(events[-1], TurnFinished)
    branch = parts.conversations.branch(conversation)
    assert [message.role for message in branch] == ["user", "assistant"]


def test_a_restart_resumes_from_disk(parts: Parts, profile: Path) -> None:
    conversation = new(parts)
    first = finished(turn(parts, conversation, "Hello there, " * 20)).reply.figures
    parts.close()
    later = open_parts(profile)
    try:
        second = finished(turn(later, conversation, "And now?")).reply.figures
    finally:
        later.close()
    assert first is not None
    assert second is not None
    assert second.reused_tokens >= first.prompt_tokens


@pytest.mark.parametrize("phase", [ModelLoading, PromptReading, ReplyGrew])
def test_stop_in_any_phase_keeps_what_was_said(phase: type, parts: Parts) -> None:
    conversation = new(parts)
    events = turn(parts, conversation, "Hello " * 200, LONG, once(phase, parts.session.stop))
    reply = finished(events).reply
    assert reply.status == "cancelled"
    assert reply.content == "".join(e.text for e in events if isinstance(e, ReplyGrew))
    assert finished(turn(parts, conversation, "Hello again")).reply.status == "finished"


@pytest.mark.parametrize("phase", [PromptReading, ReplyGrew])
def test_a_killed_worker_is_told_and_the_next_turn_works(phase: type, parts: Parts) -> None:
    conversation = new(parts)
    events = turn(
        parts, conversation, "Hello " * 200, LONG, once(phase, lambda: kill_worker(parts))
    )
    last = events[-1]
    assert isinstance(last, TurnFailed)
    assert last.error.code == "worker.out_of_memory"
    assert last.reply is not None
    assert last.reply.status == "failed"
    assert last.reply.content == "".join(e.text for e in events if isinstance(e, ReplyGrew))
    assert parts.conversations.message(last.reply.id) == last.reply
    assert finished(turn(parts, conversation, "Hello again")).reply.status == "finished"


def test_a_long_history_is_cut_with_a_notice(parts: Parts) -> None:
    model = parts.shelf.find("tiny")
    parts.shelf.set_load_settings(model, replace(parts.shelf.load_settings(model), context=512))
    conversation = new(parts)
    for number in range(6):
        last = finished(turn(parts, conversation, f"Number {number}. " + "again " * 12))
    assert any("no longer fit" in notice for notice in last.notices)
    assert last.reply.figures is not None
    assert last.reply.figures.prompt_tokens < 512


def test_a_question_longer_than_the_context_is_told(parts: Parts) -> None:
    conversation = new(parts)
    last = turn(parts, conversation, "word " * 5000)[-1]
    assert isinstance(last, TurnFailed)
    assert last.error.code == "prompt.too_long"
    assert parts.conversations.branch(conversation)[0].content.startswith("word word")


def test_a_model_deleted_while_loaded_goes_on_until_its_worker_ends(parts: Parts) -> None:
    conversation = new(parts)
    first = finished(turn(parts, conversation, "Hello there")).reply
    path = parts.shelf.find("tiny").path
    content = path.read_bytes()
    path.unlink()

    second = finished(turn(parts, conversation, "Still there?"))
    assert second.notices == (
        "The file of tiny is gone; it stays usable until another model is loaded.",
    )
    assert second.reply.model == "tiny"
    assert first.figures is not None
    assert second.reply.figures is not None
    assert second.reply.figures.reused_tokens >= first.figures.prompt_tokens
    third = finished(turn(parts, conversation, "And still?"))
    assert third.notices == ()

    kill_worker(parts)
    while parts.session.loaded() is not None:
        time.sleep(0.01)
    last = turn(parts, conversation, "And without a worker?")[-1]
    assert isinstance(last, TurnFailed)
    assert last.error.code == "model.unknown"
    path.write_bytes(content)
    assert finished(turn(parts, conversation, "And now?")).reply.status == "finished"
    assert len(parts.conversations.branch(conversation)) >= 8


def test_a_model_replaced_while_loaded_is_loaded_anew(parts: Parts) -> None:
    conversation = new(parts)
    turn(parts, conversation, "Hello there")
    path = parts.shelf.find("tiny").path
    path.unlink()
    tiny_gguf.write(path, "llama", chat_template=tiny_gguf.CHATML, seed=7, context_length=1024)
    events = turn(parts, conversation, "And now?")
    assert any(isinstance(event, ModelLoading) for event in events)
    loaded = parts.session.loaded()
    assert loaded is not None
    assert loaded.context_trained == 1024


def test_a_full_disk_loses_nothing_of_the_reply(parts: Parts) -> None:
    conversation = new(parts)
    turn(parts, conversation, "Hello there")

    def fill_disk() -> None:
        connection = parts.database.connection()
        pages = next(connection.query("PRAGMA page_count"))["page_count"]
        connection.execute(f"PRAGMA max_page_count = {pages}")

    at = once(ReplyGrew, fill_disk)
    events = turn(parts, conversation, "Tell me all", replace(LONG, max_tokens=1500), at)
    last = events[-1]
    said = "".join(e.text for e in events if isinstance(e, ReplyGrew))
    assert isinstance(last, TurnFailed)
    assert last.error.code == "disk.full"
    assert last.reply is not None
    assert last.reply.content == said


def test_two_turns_at_once_are_refused(parts: Parts) -> None:
    conversation = new(parts)
    refused: list[str] = []

    def again() -> None:
        with pytest.raises(StudioError) as caught:
            parts.session.send(conversation, "Me too", lambda _: None)
        refused.append(caught.value.code)

    turn(parts, conversation, "Hello", at=once(ReplyGrew, again))
    assert refused == ["chat.busy"]


def test_an_empty_message_is_refused(parts: Parts) -> None:
    with pytest.raises(StudioError, match="nothing to answer"):
        parts.session.send(new(parts), "  \n", lambda _: None)


def test_the_context_is_counted_while_writing(parts: Parts) -> None:
    conversation = new(parts)
    turn(parts, conversation, "Hello there")
    told = threading.Event()
    uses: list[ContextUse] = []

    def listen(use: ContextUse) -> None:
        uses.append(use)
        told.set()

    parts.session.count(conversation, "a draft", listen)
    assert told.wait(30)
    assert uses[0].limit == 2048
    assert 10 < uses[0].tokens < 200


def test_no_model_at_all_says_how_to_get_one(profile: Path, tmp_path: Path) -> None:
    parts = open_parts(profile)
    try:
        for model in parts.shelf.list():
            parts.shelf.remove(model.name)
        conversation = parts.conversations.create().id
        last = turn(parts, conversation, "Hello")[-1]
    finally:
        parts.close()
    assert isinstance(last, TurnFailed)
    assert last.error.code == "model.none_here"
    assert "starter" in last.error.hint
