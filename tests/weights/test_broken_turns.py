"""What a turn that breaks off leaves behind: for the model, for the next turn, and in words."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest
from support import tiny_gguf
from support.exchanges import LONG, finished, new, once, turn

from studio.assembly import Parts
from studio.chat.kept_prompts import KeptPrompts
from studio.chat.turn import ReplyGrew, TurnFailed

needs_signals = pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")


def worker(parts: Parts) -> int:
    host = parts.broker.running("llm")
    assert host is not None
    assert host.pid is not None
    return host.pid


@needs_signals
def test_after_a_crash_the_model_is_told_what_the_person_sees(parts: Parts) -> None:
    conversation = new(parts)
    killing = once(ReplyGrew, lambda: os.kill(worker(parts), signal.SIGKILL))
    last = turn(parts, conversation, "Tell me a story", LONG, killing)[-1]
    assert isinstance(last, TurnFailed)
    assert last.error.code == "worker.ended_by_system"
    assert last.error.hint.startswith("Send again")
    assert last.reply is not None
    seen = last.reply.content
    assert seen.strip()
    told = finished(turn(parts, conversation, "Go on")).reply
    prompt = KeptPrompts(parts.database).of(told.id)
    assert f"<|im_start|>assistant\n{seen}<|im_end|>" in prompt


def test_a_reply_that_never_began_leaves_nothing_behind(parts: Parts) -> None:
    conversation = parts.conversations.create(model="gone").id
    assert isinstance(turn(parts, conversation, "Is anybody there?")[-1], TurnFailed)
    parts.conversations.set_model(conversation, "tiny")
    told = finished(turn(parts, conversation, "Hello?")).reply
    assert "Is anybody there?\n\nHello?" in KeptPrompts(parts.database).of(told.id)


def test_an_empty_template_is_replaced_as_other_bad_ones_are(parts: Parts) -> None:
    tiny_gguf.write(parts.paths.models / "mute.gguf", "llama", chat_template="{{ '' }}")
    conversation = parts.conversations.create(model="mute").id
    done = finished(turn(parts, conversation, "hello"))
    assert "leaves out what you write" in done.notices[0]
    assert "hello" in KeptPrompts(parts.database).of(done.reply.id)


def test_a_hostile_template_is_told_without_its_own_words(parts: Parts) -> None:
    for name, template in (
        ("seller", "{{ raise_exception('Buy at https://shop.example') }}"),
        ("spy", "{{ ''.__class__.__mro__[1].__subclasses__() }}"),
    ):
        tiny_gguf.write(parts.paths.models / f"{name}.gguf", "llama", chat_template=template)
        conversation = parts.conversations.create(model=name).id
        told = " ".join(finished(turn(parts, conversation, "hello")).notices)
        assert "cannot be used" in told
        assert "shop" not in told
        assert "Do not use" not in told


def test_an_unknown_architecture_is_told_with_the_name(parts: Parts) -> None:
    tiny_gguf.write(parts.paths.models / "quasar.gguf", "quasar9", chat_template=tiny_gguf.CHATML)
    conversation = parts.conversations.create(model="quasar").id
    last = turn(parts, conversation, "hello")[-1]
    assert isinstance(last, TurnFailed)
    assert last.error.code == "model.unknown_architecture"
    assert last.error.what == "quasar is of a kind that the engine does not know: quasar9."
    model = parts.shelf.find("quasar")
    assert parts.chooser.fit(model, parts.chooser.settled(model)).level == "unknown"


def cut_short(path: Path) -> None:
    """Take most of a file away in its place, as a failing copy over it does."""
    os.truncate(path, 4096)


def test_a_file_cut_short_in_its_place_is_unloaded_and_goes_on_once_it_is_back(
    parts: Parts,
) -> None:
    conversation = new(parts)
    finished(turn(parts, conversation, "Hello"))
    path = parts.shelf.find("tiny").path
    whole = path.read_bytes()
    cut_short(path)
    last = turn(parts, conversation, "And now?")[-1]
    assert isinstance(last, TurnFailed)
    assert last.error.code == "model.truncated"
    assert parts.session.loaded() is None, "nobody can be told that it is still there"
    path.write_bytes(whole)
    assert finished(turn(parts, conversation, "And now?")).reply.content


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere it cannot be cut")
def test_a_file_cut_short_while_it_is_read_costs_the_reply_and_not_the_program(
    parts: Parts,
) -> None:
    conversation = new(parts)
    path = parts.shelf.find("tiny").path
    whole = path.read_bytes()
    cutting = once(ReplyGrew, lambda: cut_short(path))
    last = turn(parts, conversation, "Tell me a story", LONG, cutting)[-1]
    path.write_bytes(whole)
    assert isinstance(last, TurnFailed)
    assert last.error.code == "worker.crashed"
    assert "SIGBUS" in last.error.what
    assert last.reply is not None
    assert last.reply.content
    assert finished(turn(parts, conversation, "Go on")).reply.content
