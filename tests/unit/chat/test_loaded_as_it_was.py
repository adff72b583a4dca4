"""A reply is made again, and judged, with its own settings: their memory counts, not today's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support import tiny_chat
from support.exchanges import finished, turn
from support.fake_host import FakeHost
from support.loaded_model import loaded

from studio.assembly import Parts, open_parts
from studio.chat.conversation import Message
from studio.chat.turn import TurnEvent, TurnFailed
from studio.engine.broker import Memory
from studio.engine.host import Job
from studio.engine.language import (
    Count,
    Generate,
    Load,
    LoadSettings,
    PromptCounted,
    ReplyGenerated,
    Score,
)
from studio.engine.protocol import Done, Request, Token
from studio.engine.text import ModelChoice
from studio.errors import StudioError
from studio.library import hardware
from studio.library.hardware import Hardware

GB = 1024**3
ROOMY = Hardware("a processor", 4, 8, frozenset(), 16 * GB, 8 * GB)
ANSWER = "Two words"


class Machine:
    """Stands in for the hardware; its free memory can change."""

    def __init__(self) -> None:
        self.now = ROOMY


class EchoingHost(FakeHost):
    """Loads with the context that is asked for, and tells every prompt it read."""

    def __init__(self) -> None:
        super().__init__(answer=_done)
        self.loads: list[LoadSettings] = []

    def submit(self, request: Request) -> Job:
        if isinstance(request, Load):
            self.loads.append(request.settings)
        job = Job(self, request)
        if isinstance(request, Generate | Score):
            job.deliver(Token(0, ANSWER))
        job.deliver(_done(request))
        return job


def _done(request: Request) -> Done:
    if isinstance(request, Load):
        context = request.settings.context or 0
        return Done(0, loaded(path=request.path, name="tiny", context=context))
    if isinstance(request, Count):
        return Done(0, PromptCounted(10, ""))
    result = ReplyGenerated("end", ANSWER, "", (), 10, 0, 2, 0.1, 9.0, 1, False, 1)
    return Done(0, replace(result, prompt="what it read"))


@pytest.fixture
def host() -> EchoingHost:
    return EchoingHost()


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    made = Machine()
    monkeypatch.setattr(hardware, "probe", lambda: made.now)
    return made


@pytest.fixture
def parts(profile: Path, host: EchoingHost, machine: Machine) -> Iterator[Parts]:
    tiny_chat.put(profile / "models")
    opened = open_parts(profile, lambda _worker: host)
    yield opened
    opened.close()


def reply_with(parts: Parts, context: int) -> Message:
    """Have a reply written by the model with a context of so many tokens."""
    model = parts.shelf.find("tiny")
    parts.shelf.set_load_settings(model, LoadSettings(context=context))
    conversation = parts.conversations.create(model="tiny").id
    return finished(turn(parts, conversation, "Hello")).reply


def now(parts: Parts) -> ModelChoice:
    choice = parts.engine.choice
    assert choice is not None
    return choice


def ask(parts: Parts, act: str, reply: Message) -> list[TurnEvent]:
    events: list[TurnEvent] = []
    if act == "certainty":
        pieces = parts.session.certainty(reply.id, lambda _: None).result(20)
        assert [piece.text for piece in pieces] == [ANSWER]
    else:
        parts.session.repeat(reply.id, events.append).result(20)
        finished(events)
    return events


@pytest.mark.parametrize("act", ["repeat", "certainty"])
def test_the_memory_of_what_is_loaded_counts(act: str, parts: Parts, host: EchoingHost) -> None:
    first = reply_with(parts, 65_536)
    as_it_was = now(parts)
    reply_with(parts, 512)
    assert now(parts).need.ram < as_it_was.need.ram
    ask(parts, act, first)
    assert now(parts) == as_it_was
    assert [settings.context for settings in host.loads] == [65_536, 512, 65_536]


@pytest.mark.parametrize("act", ["repeat", "certainty"])
def test_what_is_loaded_so_already_is_not_loaded_again(
    act: str, parts: Parts, host: EchoingHost, machine: Machine
) -> None:
    first = reply_with(parts, 512)
    machine.now = replace(ROOMY, ram_available=0)
    ask(parts, act, first)
    assert len(host.loads) == 1


@pytest.mark.parametrize("act", ["repeat", "certainty"])
def test_what_would_not_fit_as_it_was_is_refused(act: str, parts: Parts, machine: Machine) -> None:
    first = reply_with(parts, 65_536)
    as_it_was = now(parts)
    reply_with(parts, 512)
    small = now(parts)
    parts.broker.set_held("llm", "tiny", Memory())
    machine.now = replace(ROOMY, ram_available=(small.need.ram + as_it_was.need.ram) // 2)
    if act == "certainty":
        with pytest.raises(StudioError) as caught:
            parts.session.certainty(first.id, lambda _: None).result(20)
        error = caught.value
    else:
        events: list[TurnEvent] = []
        parts.session.repeat(first.id, events.append).result(20)
        assert isinstance(events[-1], TurnFailed)
        error = events[-1].error
    assert error.code == "memory.would_not_fit"
    assert "as it was for this reply" in error.what
    assert error.hint == "Close other programs, and try again."
    assert now(parts) == small


def test_it_is_made_again_anyway_when_that_is_wished(parts: Parts, machine: Machine) -> None:
    first = reply_with(parts, 65_536)
    as_it_was = now(parts)
    reply_with(parts, 512)
    machine.now = replace(ROOMY, ram_available=0)
    events: list[TurnEvent] = []
    parts.session.repeat(first.id, events.append, force=True).result(20)
    assert finished(events).reply.content == ANSWER
    assert now(parts).settings == as_it_was.settings
    assert now(parts).need == as_it_was.need


def test_a_model_without_its_file_goes_on_only_as_it_is(parts: Parts) -> None:
    first = reply_with(parts, 65_536)
    second = reply_with(parts, 512)
    now(parts).path.unlink()
    ask(parts, "repeat", second)
    events: list[TurnEvent] = []
    parts.session.repeat(first.id, events.append).result(20)
    assert isinstance(events[-1], TurnFailed)
    assert events[-1].error.code == "model.unknown"
