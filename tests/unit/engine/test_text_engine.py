"""One model stays loaded: over turns, over the loss of its file, but not over its replacement."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support.fake_host import FakeHost
from support.loaded_model import loaded

from studio.engine.broker import Broker, Memory
from studio.engine.language import Generate, Load, LoadSettings, ReplyGenerated, Sampling
from studio.engine.protocol import Done, Failed, Request
from studio.engine.text import ModelChoice, TextEngine
from studio.errors import StudioError


class LoadingHost(FakeHost):
    """Loads everything at once and counts how often."""

    def __init__(self) -> None:
        super().__init__(answer=self._do)
        self.loads: list[str] = []
        self.is_able = True

    def _do(self, request: Request) -> Done | Failed:
        if not self.is_able:
            return Failed(0, "model.too_big", {"path": "tiny.gguf"})
        if isinstance(request, Load):
            self.loads.append(Path(request.path).name)
            return Done(0, loaded(path=request.path, held_bytes=5))
        return Done(0, _replied())


def _replied() -> ReplyGenerated:
    return ReplyGenerated("end", "Hi", "", (), 1, 0, 1, 0.1, 9.0, 1, False, 1, held_bytes=9)


@pytest.fixture
def host() -> LoadingHost:
    return LoadingHost()


@pytest.fixture
def broker(host: LoadingHost) -> Iterator[Broker]:
    made = Broker(("llm",), lambda _: host, lambda: Memory(1 << 40, 1 << 40), lambda: 0)
    yield made
    made.close()


@pytest.fixture
def engine(broker: Broker) -> TextEngine:
    return TextEngine(broker)


@pytest.fixture
def choice(tmp_path: Path) -> ModelChoice:
    path = tmp_path / "tiny.gguf"
    path.write_bytes(b"weights")
    return ModelChoice("tiny", path, LoadSettings(context=512), Memory(7, 3))


def load(engine: TextEngine, choice: ModelChoice) -> tuple[str, ...]:
    """Load, and return the sentences."""
    return engine.load(choice, lambda _: None)[1]


def test_the_same_model_is_loaded_once(
    engine: TextEngine, host: LoadingHost, choice: ModelChoice
) -> None:
    assert load(engine, choice) == load(engine, choice) == ()
    assert host.loads == ["tiny.gguf"]
    assert engine.choice == choice


def test_a_model_without_its_file_goes_on_and_that_is_told_once(
    engine: TextEngine, host: LoadingHost, choice: ModelChoice
) -> None:
    load(engine, choice)
    before = engine.identity
    choice.path.unlink()
    assert load(engine, choice) == (
        "The file of tiny is gone; it stays usable until another model is loaded.",
    )
    assert load(engine, choice) == ()
    assert host.loads == ["tiny.gguf"]
    assert engine.identity == before


def test_the_same_file_come_back_is_not_loaded_again(
    engine: TextEngine, host: LoadingHost, choice: ModelChoice
) -> None:
    load(engine, choice)
    aside = choice.path.rename(choice.path.with_name("aside"))
    assert load(engine, choice)
    aside.rename(choice.path)
    assert load(engine, choice) == ()
    assert host.loads == ["tiny.gguf"]
    choice.path.unlink()
    assert load(engine, choice), "a second loss is told again"


@pytest.mark.parametrize("how", ["other size", "other time", "other file"])
def test_a_replaced_file_is_loaded_anew(
    how: str, engine: TextEngine, host: LoadingHost, choice: ModelChoice
) -> None:
    load(engine, choice)
    facts = choice.path.stat()
    if how == "other size":
        choice.path.write_bytes(b"more weights")
        os.utime(choice.path, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    elif how == "other time":
        os.utime(choice.path, ns=(facts.st_atime_ns, facts.st_mtime_ns + 10**9))
    else:
        new = choice.path.with_name("new")
        new.write_bytes(b"WEIGHTS")
        os.utime(new, ns=(facts.st_atime_ns, facts.st_mtime_ns))
        new.replace(choice.path)
    assert load(engine, choice) == ()
    assert host.loads == ["tiny.gguf", "tiny.gguf"]


def test_a_model_is_dropped_once_another_file_is_in_its_place(
    engine: TextEngine, host: LoadingHost, choice: ModelChoice
) -> None:
    engine.drop_replaced()
    load(engine, choice)
    engine.drop_replaced()
    assert engine.choice == choice
    aside = choice.path.rename(choice.path.with_name("aside"))
    engine.drop_replaced()
    assert engine.choice == choice, "without its file it goes on"
    choice.path.write_bytes(b"nonsense")
    engine.drop_replaced()
    assert engine.choice is None
    assert engine.loaded is None
    aside.replace(choice.path)
    assert load(engine, choice) == ()
    assert host.loads == ["tiny.gguf", "tiny.gguf"]


def test_a_load_that_failed_names_the_model(
    engine: TextEngine, host: LoadingHost, choice: ModelChoice
) -> None:
    host.is_able = False
    with pytest.raises(StudioError, match="the weights of The Tiny One"):
        load(engine, replace(choice, name="The Tiny One"))


def test_a_file_that_is_gone_cannot_be_loaded(
    engine: TextEngine, host: LoadingHost, choice: ModelChoice
) -> None:
    choice.path.unlink()
    with pytest.raises(StudioError) as caught:
        load(engine, choice)
    assert caught.value.code == "model.missing"
    assert host.loads == []


def test_with_its_worker_a_model_without_its_file_is_lost(
    engine: TextEngine, host: LoadingHost, choice: ModelChoice
) -> None:
    load(engine, choice)
    choice.path.unlink()
    host.is_there = False
    assert engine.choice is None
    with pytest.raises(StudioError) as caught:
        load(engine, choice)
    assert caught.value.code == "model.missing"


def test_what_a_model_holds_is_known_from_its_load_and_after_each_reply(
    engine: TextEngine, broker: Broker, choice: ModelChoice
) -> None:
    load(engine, choice)
    assert broker.held("llm") == Memory(5, 3)
    with engine.generate(Generate(0, (), Sampling())) as job:
        job.result()
    assert broker.held("llm") == Memory(9, 3)
    engine.unload()
    assert broker.held("llm") == Memory()


def test_after_a_load_that_failed_nothing_is_held(
    engine: TextEngine, host: LoadingHost, broker: Broker, choice: ModelChoice
) -> None:
    load(engine, choice)
    host.is_able = False
    with pytest.raises(StudioError, match="not enough memory for the weights"):
        load(engine, replace(choice, settings=LoadSettings(context=1024)))
    assert broker.held("llm") == Memory()
    assert engine.choice is None


def test_stop_does_not_wait_for_a_worker_that_starts(
    host: LoadingHost, choice: ModelChoice
) -> None:
    may_start = threading.Event()
    starts: list[str] = []

    def start(worker: str) -> LoadingHost:
        starts.append(worker)
        assert may_start.wait(20)
        return host

    broker = Broker(("llm",), start, lambda: Memory(1 << 40, 1 << 40), lambda: 0)
    engine = TextEngine(broker)
    pressing = threading.Timer(0.2, engine.stop)
    pressing.start()
    with pytest.raises(StudioError) as caught:
        load(engine, choice)
    assert caught.value.code == "chat.stopped"
    pressing.join()
    engine.allow()
    may_start.set()
    assert load(engine, choice) == ()
    assert (starts, host.loads) == (["llm"], ["tiny.gguf"])
    broker.close()


def test_why_a_worker_could_not_start_is_told(choice: ModelChoice) -> None:
    def start(_worker: str) -> LoadingHost:
        raise StudioError("worker.never_started", "It could not start.", "Look there.")

    engine = TextEngine(Broker(("llm",), start, lambda: Memory(1 << 40, 1 << 40), lambda: 0))
    with pytest.raises(StudioError, match="could not start"):
        load(engine, choice)
