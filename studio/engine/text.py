"""The language engine as a conversation uses it: the right model loaded, then replies."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from studio.engine.broker import Broker, Memory
from studio.engine.host import Host, Job
from studio.engine.language import (
    Begun,
    ChatMessage,
    Count,
    Generate,
    Load,
    LoadSettings,
    ModelLoaded,
    PromptCounted,
    ReplyGenerated,
    Sampling,
    SaveState,
    Score,
)
from studio.engine.outcome import error_of
from studio.engine.protocol import Done, Failed, Progress
from studio.engine.shown_pictures import ShownPictures
from studio.engine.starting import started
from studio.errors import StudioError
from studio.translation import tr

WORKER = "llm"


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """A model to use: its file, how to load it, and the memory that is expected to take.

    A card that shares the main memory has none of its own: all is needed there. ``projector`` is
    the file through which it sees pictures; ``None`` for one that does not.
    """

    name: str
    path: Path
    settings: LoadSettings
    need: Memory
    projector: Path | None = None


@dataclass(frozen=True, slots=True)
class FileIdentity:
    """Tells a file from the one that replaced it under its name."""

    size_bytes: int
    modified_ns: int
    inode: int


class TextEngine:
    """Keeps one model loaded, and loads it again when its process or its file has changed.

    A model whose file is gone is still held by its process; it goes on until another is loaded.
    """

    def __init__(self, broker: Broker) -> None:
        self._broker = broker
        self._choice: ModelChoice | None = None
        self._identity: FileIdentity | None = None
        self._gone_told = False
        self._loaded: ModelLoaded | None = None
        self._host: Host | None = None
        self._job: Job | None = None
        self._shown = ShownPictures()
        self._stopping = threading.Event()

    @property
    def loaded(self) -> ModelLoaded | None:
        """What is loaded now; ``None`` also after the worker has died."""
        return self._loaded if self._host is not None and self._host.alive else None

    @property
    def identity(self) -> FileIdentity | None:
        """The file of the loaded model, as it was when it was loaded."""
        return self._identity

    @property
    def versions(self) -> Mapping[str, str]:
        """What the running engine says of itself; empty when none runs."""
        return self._host.versions if self._host is not None else {}

    @property
    def choice(self) -> ModelChoice | None:
        """What was asked for when the loaded model was loaded."""
        return self._choice if self.loaded else None

    def load(
        self, choice: ModelChoice, progress: Callable[[float], None]
    ) -> tuple[ModelLoaded, tuple[str, ...]]:
        """Make sure that ``choice`` is loaded; return its facts and sentences worth showing.

        That the file of the loaded model is gone is such a sentence, told once.

        Raises:
            StudioError: it cannot be loaded, or loading was stopped (``chat.stopped``).
        """
        identity = _identify(choice.path)
        current = self.loaded
        if current and choice == self._choice:
            if identity is None:
                return current, self._tell_gone(choice)
            if identity == self._identity:
                self._gone_told = False
                return current, ()
        if identity is None:
            raise error_of(Failed(0, "model.missing", {"path": str(choice.path)}))
        self._loaded = None
        notes = self._broker.make_room(WORKER, choice.need)
        self._host = self._started()
        self._broker.set_held(WORKER, "", Memory())  # until it has loaded
        projector = str(choice.projector or "")
        request = Load(0, str(choice.path), choice.settings, projector)
        with self._busy(self._host.submit(request)) as job:
            loaded = _follow(job, progress, choice.name)
        self._choice, self._identity, self._loaded = choice, identity, loaded
        self._gone_told = False
        self._note_held(loaded.held_bytes)
        return loaded, notes

    def show(self, pictures: Mapping[str, Callable[[str], bytes]], *, more: bool = False) -> None:
        """Have pictures at hand for the next prompts, each sent only once.

        Args:
            pictures: what reads each one, by the SHA-256 that it is given.
            more: keep those that are at hand already; else the others are forgotten.

        Raises:
            StudioError: as the readers, or ``model.none``.
        """
        host = self._running()
        if (request := self._shown.request(host, pictures, more=more)) is not None:
            with self._busy(host.submit(request)) as job:
                self._shown.note(host, job.result().result)

    def count(
        self,
        messages: Sequence[ChatMessage],
        *,
        date: str = "",
        begun: Begun | None = None,
        sampling: Sampling | None = None,
    ) -> PromptCounted:
        """Render and count a prompt with the loaded model's template and tokenizer."""
        request = Count(0, tuple(messages), "", date, begun, sampling or Sampling())
        with self._busy(self._running().submit(request)) as job:
            counted = job.result().result
        if not isinstance(counted, PromptCounted):
            raise TypeError(f"the worker answered {type(counted).__name__}")
        return counted

    @contextmanager
    def generate(self, request: Generate) -> Iterator[Job]:
        """Start a reply; the job yields its events. :meth:`stop` ends it early."""
        with self._busy(self._running().submit(request)) as job:
            yield job
        if isinstance(job.ending, Done) and isinstance(job.ending.result, ReplyGenerated):
            self._note_held(job.ending.result.held_bytes)

    @contextmanager
    def score(self, prompt: str, reply: str, reasoning: str = "") -> Iterator[Job]:
        """Start telling how likely a reply was; the job yields its tokens."""
        with self._busy(self._running().submit(Score(0, prompt, reply, reasoning))) as job:
            yield job

    def stop(self) -> None:
        """Stop what runs now, in whatever phase it is."""
        self._stopping.set()
        if (job := self._job) is not None:
            job.cancel()

    def end_reply(self) -> None:
        """End the reply that is being written, if any, without a :meth:`stop` of what follows."""
        if (job := self._job) is not None and isinstance(job.request, Generate):
            job.cancel()

    def allow(self) -> None:
        """Forget an earlier :meth:`stop`, before a new exchange begins."""
        self._stopping.clear()

    @property
    def stopping(self) -> bool:
        """Whether Stop was pressed since :meth:`allow`."""
        return self._stopping.is_set()

    def save_state(self) -> None:
        """Have the current conversation's state written, when a model is loaded and idle."""
        if self.loaded is not None:
            self._running().submit(SaveState(0)).result()

    def drop_replaced(self) -> None:
        """Unload a model in whose place another file is now: it cannot be gone on with."""
        if (choice := self.choice) and _identify(choice.path) not in (None, self._identity):
            self.unload()

    def unload(self) -> None:
        """Give the model's memory back by ending the worker."""
        self._loaded = None
        self._broker.park(WORKER)

    def _note_held(self, main_memory: int) -> None:
        """Note what the loaded model holds; of a card's memory nobody tells, so as was expected."""
        if self._choice is not None:
            held = Memory(main_memory, self._choice.need.gpu)
            self._broker.set_held(WORKER, self._choice.name, held)

    def _tell_gone(self, choice: ModelChoice) -> tuple[str, ...]:
        if self._gone_told:
            return ()
        self._gone_told = True
        return (
            tr(
                "The file of {name} is gone; it stays usable until another model is loaded.",
                name=choice.name,
            ),
        )

    def _started(self) -> Host:
        host = self._broker.running(WORKER)
        host = host or started(lambda: self._broker.host(WORKER), self._stopping)
        if host is None:
            raise _stopped()
        return host

    def _running(self) -> Host:
        if self._host is None or self.loaded is None:
            raise error_of(Failed(0, "model.none"))
        return self._host

    @contextmanager
    def _busy(self, job: Job) -> Iterator[Job]:
        self._broker.begin(WORKER)
        self._job = job
        if self._stopping.is_set():
            job.cancel()
        try:
            yield job
        finally:
            if job.ending is None:  # whoever listened has failed; nobody waits for the rest
                job.cancel()
            self._job = None
            self._broker.end(WORKER)


def _identify(path: Path) -> FileIdentity | None:
    try:
        facts = path.stat()
    except OSError:
        return None
    return FileIdentity(facts.st_size, facts.st_mtime_ns, facts.st_ino)


def _follow(job: Job, progress: Callable[[float], None], name: str) -> ModelLoaded:
    for event in job.events():
        if isinstance(event, Progress):
            progress(event.done / event.total)
        elif isinstance(event, Failed):  # the worker knows the file only, people know the name
            named = {"name": name} if event.code.startswith("model.") else {}
            raise error_of(replace(event, facts={**event.facts, **named}))
        elif isinstance(event, Done) and isinstance(event.result, ModelLoaded):
            return event.result
    raise _stopped()


def _stopped() -> StudioError:
    return StudioError(
        "chat.stopped", tr("Stopped while the model was loading."), tr("Send again.")
    )
