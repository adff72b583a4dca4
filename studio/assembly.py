"""Builds the parts that window and terminal share, each by its constructor, in one place.

Two steps, so that the window stands before all is imported: what holds the person's data is there
at once, what answers is built at its first use or by :meth:`Parts.prepare`, whichever is sooner.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from studio import paths
from studio.background import Background
from studio.chat import purging
from studio.chat.store import ConversationStore
from studio.chat.tables import MIGRATIONS as CHAT_MIGRATIONS
from studio.documents.migrations import MIGRATIONS as DOCUMENT_MIGRATIONS
from studio.errors import StudioError
from studio.library.migrations import MIGRATIONS as LIBRARY_MIGRATIONS
from studio.paths import Paths
from studio.settings import Settings
from studio.sizes import FILE_GB
from studio.storage.database import Database
from studio.storage.folder import prepare

if TYPE_CHECKING:
    from studio.chat.file_hashes import FileHashes
    from studio.chat.options import Overflow
    from studio.chat.presets.keeper import PresetKeeper
    from studio.chat.presets.presets import Presets
    from studio.chat.prompt_templates import PromptTemplates
    from studio.chat.resume import ResumeStates
    from studio.chat.search.search import Search
    from studio.chat.session import ChatSession
    from studio.chat.transfer.archives import Archives
    from studio.chat.tree import ConversationTree
    from studio.documents.documents import Documents
    from studio.engine.broker import Broker
    from studio.engine.host import Host
    from studio.engine.text import TextEngine
    from studio.library.choose import Chooser
    from studio.library.hardware import Hardware
    from studio.library.shelf import Shelf

WORKERS = ("llm", "extraction", "embedding", "search", "diffusion")
REMOVALS_KEPT = timedelta(days=30)
MIGRATIONS = (*CHAT_MIGRATIONS, LIBRARY_MIGRATIONS, DOCUMENT_MIGRATIONS)


@dataclass(frozen=True, slots=True)
class Answering:
    """What answers: presets, models, and the engine that runs them."""

    presets: Presets
    preset_keeper: PresetKeeper
    shelf: Shelf
    chooser: Chooser
    hardware: Callable[[], Hardware]
    broker: Broker
    engine: TextEngine
    session: ChatSession
    states: ResumeStates
    file_hashes: FileHashes


class Parts:
    """Everything below the window. May be used from any thread. Close it once, at the end.

    Args:
        start: makes a started host for a worker.
        settings: those that were read already; by default they are read now.
    """

    is_temporary = False

    def __init__(
        self,
        places: Paths,
        database: Database,
        start: Callable[[str], Host],
        settings: Settings | None = None,
    ) -> None:
        self.paths = places
        self.settings = settings or Settings(places.settings)
        self.database = database
        self.conversations = ConversationStore(database, self._finish_purge)
        self._start = start
        self._background = Background("background", self._tell_failure)
        self._transfers = Background("transfers", self._tell_failure)
        self._purges = Background("purges", self._tell_failure)
        self._lock = threading.Lock()
        self._built: Answering | None = None
        self._documents: Documents | None = None
        self._failure_observers: list[Callable[[StudioError], None]] = []

    @property
    def archives(self) -> Archives:
        """The conversations as whole values, for export and import."""
        from studio.chat.transfer.archives import (
            Archives,  # seldom wanted, and the start need not wait
        )

        return Archives(self.database)

    @property
    def search(self) -> Search:
        """Finds what was said. Not for the window's thread."""
        from studio.chat.search.search import Search  # as above

        return Search(self.database)

    @property
    def tree(self) -> ConversationTree:
        """The conversations' branches."""
        from studio.chat.tree import ConversationTree  # as above

        return ConversationTree(self.database)

    @property
    def presets(self) -> Presets:
        """How replies can be."""
        return self._answering().presets

    @property
    def preset_keeper(self) -> PresetKeeper:
        """Changes presets, and knows what they were."""
        return self._answering().preset_keeper

    @property
    def documents(self) -> Documents:
        """The person's documents. Not for the window's thread."""
        from studio.documents_setup import open_documents  # as above

        broker = self._answering().broker
        with self._lock:
            if self._documents is None:
                self._documents = open_documents(self.database, broker, self.paths, self.paths.data)
            return self._documents

    @property
    def templates(self) -> PromptTemplates:
        """Prompts to fill in, read from their folders at each call."""
        from studio.chat.prompt_templates import PromptTemplates  # as above

        return PromptTemplates([self.paths.resources / "prompts", self.paths.data / "prompts"])

    @property
    def shelf(self) -> Shelf:
        """The models."""
        return self._answering().shelf

    @property
    def chooser(self) -> Chooser:
        """What decides which model is used, and how."""
        return self._answering().chooser

    @property
    def hardware(self) -> Callable[[], Hardware]:
        """Tells what this machine has that the engine can use, as it is when called."""
        return self._answering().hardware

    @property
    def broker(self) -> Broker:
        """What shares the memory among the workers."""
        return self._answering().broker

    @property
    def engine(self) -> TextEngine:
        """What runs language models."""
        return self._answering().engine

    @property
    def session(self) -> ChatSession:
        """What holds conversations with them."""
        return self._answering().session

    @property
    def file_hashes(self) -> FileHashes:
        """What knows the sums of the files that wrote replies."""
        return self._answering().file_hashes

    def prepare(self) -> None:
        """Put the conversations in order and build what is not yet built, also if that fails.

        Messages that were deleted long ago go for good, in the background, and chats of which
        that was not done when the program ended.

        Raises:
            StudioError: the database cannot be used, or not written.
        """
        try:
            self.conversations.close_interrupted()
        finally:
            self._answering()
        self.background(self._forget_removals)
        self.background(self._go_on_purging)

    def background(self, work: Callable[[], None]) -> None:
        """Run something after what was given before, on a thread of its own.

        What it raises is logged and told to those of :meth:`observe_failures`. Once the parts are
        being closed, nothing new is begun.
        """
        self._background.run(work)

    def transfer(self, work: Callable[[Callable[[], bool]], None]) -> None:
        """Do the same with a long copy or download, on another thread, so that no look waits.

        Args:
            work: gets a function that tells whether the parts are being closed; then it must stop.
        """
        self._transfers.run(lambda: work(lambda: self._transfers.is_closing))

    def observe_failures(self, observer: Callable[[StudioError], None]) -> None:
        """Have ``observer`` told of all that fails in the background, on the thread it ran on.

        What is no :class:`StudioError` is a fault of the program and told as ``program.bug``.
        """
        self._failure_observers.append(observer)

    def unsaved(self) -> StudioError | None:
        """Return why a reply would be lost if the program ended now, after trying to save it."""
        return self._built.session.unsaved() if self._built is not None else None

    def close(self) -> None:
        """Stop what runs, save what is worth saving, and let the workers leave."""
        if self._background.is_closing:
            return
        for each in (self._transfers, self._purges, self._background):
            each.begin_close()
        self._purges.close()
        self._transfers.close()
        self._background.close()
        self.conversations.drafts.close()
        built = self._built  # stays: a late look from the window must not build it anew
        if built is not None:
            built.session.close()
            built.file_hashes.close()
            built.broker.close()
            built.states.prune()  # a worker that leaves saves the state it holds
        self.database.close(back_up=True)

    def _forget_removals(self) -> None:
        self.tree.forget_removals(datetime.now(UTC) - REMOVALS_KEPT)

    def _go_on_purging(self) -> None:
        for each in purging.marked(self.database):
            self._finish_purge(each)

    def _finish_purge(self, conversation_id: str) -> None:
        """Delete what a chat held, apart from all else: a long one takes some seconds."""
        self._purges.run(
            lambda: purging.finish(self.database, conversation_id, lambda: self._purges.is_closing)
        )

    def _tell_failure(self, error: StudioError) -> None:
        for observer in self._failure_observers:
            observer(error)

    def _answering(self) -> Answering:
        with self._lock:
            if self._built is None:
                self._built = _build(self, self._start)
            return self._built


def open_parts(home: Path | None, start: Callable[[str], Host] | None = None) -> Parts:
    """Open the person's data and build all that works on it.

    Args:
        home: what ``--home`` named.
        start: makes a started host for a worker; tests give their own.

    Raises:
        StudioError: the data folder or the database cannot be used.
    """
    parts = open_data(home, start)
    parts.prepare()
    return parts


def open_data(
    home: Path | None,
    start: Callable[[str], Host] | None = None,
    settings: Settings | None = None,
) -> Parts:
    """Do the same, but leave :meth:`Parts.prepare` to the caller, who may have the settings."""
    places = paths.find(home)
    prepare(places)
    database = Database.open(places.database, places.backups, MIGRATIONS)
    return Parts(places, database, start or (lambda name: _start(name, places)), settings)


def _start(worker: str, places: Paths) -> Host:
    from studio.engine.starting import start_worker  # with what answers, after the window stands

    return start_worker(worker, places.logs)


def _build(parts: Parts, start: Callable[[str], Host]) -> Answering:
    # A fifth of a second, which the window does not wait for.
    from studio.chat.presets.keeper import PresetKeeper
    from studio.chat.presets.presets import Presets
    from studio.chat.presets.versions import PresetVersions
    from studio.chat.resume import ResumeStates
    from studio.chat.session import ChatSession
    from studio.engine.broker import Broker
    from studio.engine.text import TextEngine
    from studio.library.architectures import engine_knows
    from studio.library.choose import Chooser, free_memory
    from studio.library.hardware import probe
    from studio.library.offload import engine_folder, usable
    from studio.library.shelf import Shelf
    from studio.library.store import LibraryStore

    places, settings = parts.paths, parts.settings
    versions = PresetVersions(parts.database)
    presets = Presets([places.resources / "presets", places.presets], versions)
    keeper = PresetKeeper(presets, versions, places.presets)
    shelf = Shelf(
        places.models,
        places.shipped_models,
        LibraryStore(parts.database),
        lambda: [Path(folder) for folder in settings.get("models.folders")],
    )

    def hardware() -> Hardware:
        host = broker.running("llm")
        return usable(probe(), host.versions if host else {}, engine_folder())

    chooser = Chooser(
        shelf,
        settings,
        hardware,
        lambda: engine.choice,
        lambda: broker.held("llm"),
        engine_knows,
    )
    broker = Broker(WORKERS, start, lambda: free_memory(hardware()), chooser.reserve_bytes)
    engine = TextEngine(broker)
    states = ResumeStates(
        places.states,
        lambda: int(float(settings.get("chat.resume_cache_gb")) * FILE_GB),
        parts.conversations.ids,
        lambda path: shelf.find(str(path)).facts(),
    )
    session = ChatSession(
        parts.conversations,
        engine,
        presets,
        states,
        chooser.choose,
        lambda: overflow_of(settings),
    )
    hashes = hashes_of(parts, parts.database, session, chooser, shelf)
    session.observe(hashes.note)
    return Answering(
        presets, keeper, shelf, chooser, hardware, broker, engine, session, states, hashes
    )


def hashes_of(
    parts: Parts, files: Database, session: ChatSession, chooser: Chooser, shelf: Shelf
) -> FileHashes:
    """Return what looks after the recipes of a session; ``files`` knows the models' files.

    It holds the comparisons, too, whose recipes are looked after alike.
    """
    from studio.chat.compare.comparisons import Comparisons
    from studio.chat.file_hashes import FileHashes  # as above
    from studio.library.fingerprints import Fingerprints
    from studio.library.shelf import is_listed

    return FileHashes(
        parts.conversations,
        Fingerprints(files),
        lambda name: chooser.choose(name, True).path,
        lambda path: is_listed(shelf, path),
        lambda: session.running_in is not None,
        parts._tell_failure,
        Comparisons(files).fill_in,
    )


def overflow_of(settings: Settings) -> Overflow:
    """Return what happens when a conversation without a choice of its own is too long."""
    from studio.chat.overflow.overflow import overflow_from  # as above

    return overflow_from(settings.get("chat.overflow"))
