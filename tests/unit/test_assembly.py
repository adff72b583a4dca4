"""The parts know of each other: memory is told within its limits, and given back on a change."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support import tiny_chat
from support.fake_host import FakeHost
from support.loaded_model import loaded

from studio.assembly import Parts, open_parts
from studio.engine.broker import Memory
from studio.engine.language import Load
from studio.engine.protocol import Done, Request
from studio.engine.text import ModelChoice
from studio.library import hardware
from studio.library.hardware import Gpu, Hardware

MB = 1 << 20
GB = 1 << 30
LOADED = 40 * MB
# What is left beside the reserve is enough for one of the models, but not for two.
EMPTY = Hardware("a processor", 4, 8, frozenset(), ram_total=64 * GB, ram_available=GB + LOADED)


class Machine:
    """Has less free memory while a model is loaded, and starts workers that load at once."""

    def __init__(self) -> None:
        self.empty = EMPTY
        self.taken = 0
        self.loads = 0

    def probe(self) -> Hardware:
        return replace(self.empty, ram_available=self.empty.ram_available - self.taken)

    def start(self, worker: str) -> FakeHost:
        host = FakeHost(worker, self._load, self._release)
        host.versions = {"gpu": "yes"}
        return host

    def _load(self, request: Request) -> Done:
        assert isinstance(request, Load)
        self.loads += 1
        self.taken = LOADED
        context = request.settings.context or 0
        facts = loaded(
            path=request.path,
            context=context,
            context_trained=context,
            memory_bytes=LOADED + 60 * MB,
            held_bytes=LOADED,
        )
        return Done(0, facts)

    def _release(self) -> None:
        self.taken = 0


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    made = Machine()
    monkeypatch.setattr(hardware, "probe", made.probe)
    return made


@pytest.fixture
def parts(profile: Path, machine: Machine) -> Iterator[Parts]:
    for name in ("apple", "pear"):
        tiny_chat.put(profile / "models", name)
    opened = open_parts(profile, machine.start)
    yield opened
    opened.close()


def load(parts: Parts, choice: ModelChoice) -> tuple[str, ...]:
    """Load, and return the sentences."""
    return parts.engine.load(choice, lambda _: None)[1]


def test_the_second_turn_keeps_the_loaded_model_and_its_context(
    parts: Parts, machine: Machine
) -> None:
    first = parts.chooser.choose("apple", False)
    assert first.settings.context == 2048
    load(parts, first)
    machine.empty = replace(EMPTY, ram_available=LOADED)  # others take all there is
    second = parts.chooser.choose("apple", False)
    assert second == first
    assert load(parts, second) == ()
    assert machine.loads == 1


def test_another_model_is_judged_as_if_the_loaded_one_were_gone(
    parts: Parts, machine: Machine
) -> None:
    alone = parts.chooser.choose("pear", False)
    load(parts, parts.chooser.choose("apple", False))
    assert parts.hardware().ram_available == GB
    assert parts.chooser.choose("pear", False) == alone
    assert load(parts, alone) == ()
    assert machine.loads == 2


def test_without_a_loaded_model_nothing_is_given_back(parts: Parts) -> None:
    load(parts, parts.chooser.choose("apple", False))
    assert parts.broker.held("llm") == Memory(LOADED)
    parts.engine.unload()
    assert parts.broker.held("llm") == Memory()


def test_the_broker_counts_within_the_limits_of_this_process(
    parts: Parts, machine: Machine
) -> None:
    machine.empty = replace(EMPTY, ram_total=GB, ram_available=GB // 2)
    choice = parts.chooser.choose("apple", True)
    (note,) = load(parts, choice)
    assert note.startswith("Memory is tight")


def test_the_broker_counts_the_card_for_itself(parts: Parts, machine: Machine) -> None:
    card = Gpu("a card", 8 * GB, 8 * GB)
    parts.broker.host("llm")  # whose worker tells that it can use the card
    machine.empty = replace(EMPTY, gpus=(card,))
    choice = parts.chooser.choose("apple", False)
    assert choice.need.gpu > 0
    assert load(parts, choice) == ()


def test_workers_leave_their_words_in_a_log_of_this_process(profile: Path) -> None:
    logs = profile / "logs"
    logs.mkdir(parents=True)
    opened = open_parts(profile)
    try:
        opened.broker.host("llm")
        assert (logs / f"worker-llm-{os.getpid()}.log").is_file()
    finally:
        opened.close()
