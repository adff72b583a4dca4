"""A worker that no longer listens is replaced after a Stop, and the next question finds another."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from studio.engine import host as host_module
from studio.engine.broker import Broker, Memory
from studio.engine.host import Host
from studio.engine.language import ChatMessage, Generate, LoadSettings, ReplyGenerated, Sampling
from studio.engine.protocol import Done, Failed, Token
from studio.engine.text import ModelChoice, TextEngine
from studio.errors import StudioError

# The life of every worker, and handlers that take the place of a library. What it is asked first
# keeps it busy as native code does that never looks at the flag; it still hears what is said.
WORKER = """
import sys, time
from pathlib import Path
from studio.engine.language import Generate, Load, ReplyGenerated
from studio.engine.protocol import Done, Token
from studio.workers.serve import Channel, serve, take_over_pipes
sys.path.insert(0, {tests!r})
from support.loaded_model import loaded

class Flag:
    def set(self): pass
    def clear(self): pass

stuck = Path({mark!r})

def load(request, channel):
    return Done(request.id, loaded(path=request.path))

def generate(request, channel):
    channel.send(Token(request.id, "so far"))
    if stuck.exists():
        stuck.unlink()
        time.sleep(60)
    while {slow!r} and not channel.cancelled(request.id):
        time.sleep(0.01)
    text = request.messages[-1].content
    done = ReplyGenerated("end", text, "", (), 1, 0, 1, 0.1, 9.0, 1, False, 1)
    return Done(request.id, done, channel.cancelled(request.id))

channel = Channel(*take_over_pipes(), Flag())
serve(channel, {{Load: load, Generate: generate}}, {{}}, lambda: None)
"""


class Engine:
    """The engine over workers as above, and how many of them were started."""

    def __init__(self, folder: Path, *, is_stuck: bool = False, is_slow: bool = False) -> None:
        mark, script = folder / "stuck", folder / "worker.py"
        if is_stuck:
            mark.touch()
        tests = str(Path(__file__).parents[2])
        script.write_text(WORKER.format(mark=str(mark), slow=is_slow, tests=tests))
        self.started = 0
        self._folder, self._script = folder, script
        self.broker = Broker(("llm",), self._start, lambda: Memory(1 << 40), lambda: 0)
        self.text = TextEngine(self.broker)

    def _start(self, worker: str) -> Host:
        self.started += 1
        command = [sys.executable, str(self._script)]
        host = Host(worker, self._folder / "worker.log", command)
        host.start()
        return host

    def load(self) -> None:
        path = self._folder / "tiny.gguf"
        path.touch()
        choice = ModelChoice("tiny", path, LoadSettings(), Memory())
        self.text.allow()
        self.text.load(choice, lambda _: None)


@pytest.fixture
def engines() -> Iterator[list[Engine]]:
    made: list[Engine] = []
    yield made
    for each in made:
        each.broker.close()


def asked(text: str) -> Generate:
    return Generate(0, (ChatMessage("user", text),), Sampling())


def test_a_stuck_worker_is_replaced_and_the_next_question_is_answered(
    engines: list[Engine], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(host_module, "CANCEL_GRACE_S", 0.3)
    engine = Engine(tmp_path, is_stuck=True)
    engines.append(engine)
    engine.load()
    arrived = ""
    with engine.text.generate(asked("first")) as job:
        for event in job.events():
            if isinstance(event, Token):
                arrived += event.text
                engine.text.stop()
            last = event
    assert isinstance(last, Failed)
    assert last.code == "worker.stopped_by_us"
    assert arrived == "so far"
    assert engine.text.loaded is None
    engine.load()
    with engine.text.generate(asked("second")) as job:
        result = job.result().result
    assert isinstance(result, ReplyGenerated)
    assert result.text == "second"
    assert engine.started == 2


def test_a_reply_that_nobody_listens_to_any_longer_is_ended(
    engines: list[Engine], tmp_path: Path
) -> None:
    engine = Engine(tmp_path, is_slow=True)
    engines.append(engine)
    engine.load()
    with pytest.raises(ZeroDivisionError), engine.text.generate(asked("first")) as left:
        raise ZeroDivisionError
    last = list(left.events())[-1]
    assert isinstance(last, Done)
    assert last.cancelled
    with engine.text.generate(asked("second")) as job:
        job.cancel()
        job.result()
    assert engine.started == 1


def test_a_worker_that_never_says_a_word_could_not_start(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "import time; time.sleep(60)"]
    host = Host("llm", tmp_path / "worker.log", command)
    began = time.monotonic()
    with pytest.raises(StudioError, match=r"could not start \(it did not answer\)") as caught:
        host.start(timeout_s=0.2)
    assert caught.value.code == "worker.never_started"
    assert time.monotonic() - began < 30
    host.stop()
