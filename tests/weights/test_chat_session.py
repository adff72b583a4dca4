"""Whole turns with the real engine and a tiny model: kept, resumed, stopped, broken and mended."""

from __future__ import annotations

import os
import signal
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from support import tiny_gguf
from support.exchanges import LONG, finished, new, once, said_in, turn

from studio.assembly import Parts, open_parts
from studio.chat.context_use import ContextUse
from studio.chat.turn import (
    ModelLoading,
    PromptReading,
    ReplyGrew,
    TurnEvent,
    TurnFailed,
    TurnFinished,
    TurnStarted,
)
from studio.engine.language import LoadSettings
from studio.errors import StudioError


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
    assert reply.content == said_in(events)
    assert reply.status == "finished"
    assert reply.stop in {"max_tokens", "end"}
    assert reply.figures is not None
    assert reply.figures.prompt_tokens > 0
    assert reply.recipe["sampling"]["temperature"] == 0.0
    assert reply.recipe["device"].startswith(("CPU", "GPU"))
    assert reply.thought_s is None
    assert isinstance(reply.recipe["sampling"]["seed"], int)
    kept = parts.conversations.branch(conversation)[-1]
    # The sum of the model's file is added in the background, before or after this look.
    late = {"file_sha256": kept.recipe["file_sha256"]}
    assert kept == replace(reply, recipe=reply.recipe | late)
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


@pytest.mark.parametrize("later", [LoadSettings(), LoadSettings(context=1024, threads=1, batch=64)])
def test_a_restart_resumes_from_disk(later: LoadSettings, parts: Parts, profile: Path) -> None:
    """Also with less memory, which settles another context and other threads."""
    conversation, beside = new(parts), new(parts)
    first = finished(turn(parts, conversation, "Hello there, " * 20)).reply
    finished(turn(parts, beside, "Hello there, " * 20))
    expected = finished(turn(parts, beside, "And now?")).reply.content
    parts.close()
    resumed = open_parts(profile)
    try:
        resumed.shelf.set_load_settings(resumed.shelf.find("tiny"), later)
        second = finished(turn(resumed, conversation, "And now?")).reply
        context = resumed.session.loaded()
    finally:
        resumed.close()
    assert context is not None
    assert context.context == later.context or later.context is None
    assert first.figures is not None
    assert second.figures is not None
    assert second.figures.reused_tokens >= first.figures.prompt_tokens
    assert second.content == expected


def test_a_base_model_tells_that_it_was_given_no_system_prompt(parts: Parts) -> None:
    tiny_gguf.write(parts.paths.models / "base.gguf", "llama", context_length=2048)
    conversation = parts.conversations.create(model="base").id
    parts.conversations.set_system(conversation, "Be brief.")
    notice, left_out = finished(turn(parts, conversation, "Once upon a time")).notices
    assert "continues your text" in notice
    assert left_out == "The system prompt was left out."
    parts.conversations.set_system(conversation, "")
    (notice,) = finished(turn(parts, conversation, "Once upon a time")).notices
    assert "system prompt" not in notice


@pytest.mark.parametrize("phase", [ModelLoading, PromptReading, ReplyGrew])
def test_stop_in_any_phase_keeps_what_was_said(phase: type, parts: Parts) -> None:
    conversation = new(parts)
    events = turn(parts, conversation, "Hello " * 200, LONG, once(phase, parts.session.stop))
    reply = finished(events).reply
    assert reply.status == "cancelled"
    assert reply.content == said_in(events)
    assert finished(turn(parts, conversation, "Hello again")).reply.status == "finished"


@pytest.mark.parametrize("phase", [PromptReading, ReplyGrew])
def test_a_killed_worker_is_told_and_the_next_turn_works(phase: type, parts: Parts) -> None:
    conversation = new(parts)
    events = turn(
        parts, conversation, "Hello " * 200, LONG, once(phase, lambda: kill_worker(parts))
    )
    last = events[-1]
    assert isinstance(last, TurnFailed)
    assert last.error.code == "worker.ended_by_system"
    assert last.reply is not None
    assert last.reply.status == "failed"
    assert last.reply.content == said_in(events)
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
    deadline = time.monotonic() + 20
    while parts.session.loaded() is not None and time.monotonic() < deadline:
        time.sleep(0.01)
    assert parts.session.loaded() is None
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
