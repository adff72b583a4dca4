"""Builds the parts that window and terminal share, each by its constructor, in one place."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import psutil

from studio import paths
from studio.chat.migrations import MIGRATIONS as CHAT_MIGRATIONS
from studio.chat.presets import Presets
from studio.chat.resume import ResumeStates
from studio.chat.session import ChatSession
from studio.chat.store import ConversationStore
from studio.engine.broker import Broker
from studio.engine.host import Host
from studio.engine.text import TextEngine
from studio.library.choose import Chooser
from studio.library.hardware import Hardware, probe
from studio.library.migrations import MIGRATIONS as LIBRARY_MIGRATIONS
from studio.library.shelf import Shelf
from studio.library.store import LibraryStore
from studio.paths import Paths
from studio.settings import Settings
from studio.storage.database import Database
from studio.storage.folder import prepare

WORKERS = ("llm", "embedding", "diffusion")
MIGRATIONS = (CHAT_MIGRATIONS, LIBRARY_MIGRATIONS)

_GB = 1_000_000_000

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything below the window. Close it once, at the end."""

    paths: Paths
    settings: Settings
    database: Database
    conversations: ConversationStore
    presets: Presets
    shelf: Shelf
    chooser: Chooser
    hardware: Callable[[], Hardware]
    broker: Broker
    engine: TextEngine
    session: ChatSession
    executor: ThreadPoolExecutor

    def background(self, work: Callable[[], None]) -> None:
        """Run something after what was given before, on a thread of its own."""
        self.executor.submit(work).add_done_callback(_note_failure)

    def close(self) -> None:
        """Stop what runs, save what is worth saving, and let the workers leave."""
        self.executor.shutdown(wait=True, cancel_futures=True)
        self.session.close()
        self.broker.close()
        self.database.close()


def open_parts(home: Path | None, start: Callable[[str], Host] | None = None) -> Parts:
    """Open the person's data and build all that works on it.

    Args:
        home: what ``--home`` named.
        start: makes a started host for a worker; tests give their own.

    Raises:
        StudioError: the data folder or the database cannot be used.
    """
    places = paths.find(home)
    prepare(places)
    settings = Settings(places.settings)
    database = Database.open(places.database, places.backups, MIGRATIONS)
    conversations = ConversationStore(database)
    conversations.close_interrupted()
    presets = Presets([places.resources / "presets", places.presets])
    shelf = Shelf(
        places.models,
        places.shipped_models,
        LibraryStore(database),
        lambda: [Path(folder) for folder in settings.get("models.folders")],
    )
    chooser = Chooser(shelf, settings, probe)
    broker = Broker(
        WORKERS,
        start or (lambda worker: _start(worker, places)),
        lambda: int(psutil.virtual_memory().available),
        chooser.reserve_bytes,
    )
    engine = TextEngine(broker)
    states = ResumeStates(
        places.states, lambda: int(float(settings.get("chat.resume_cache_gb")) * _GB)
    )
    session = ChatSession(conversations, engine, presets, states, chooser.choose)
    return Parts(
        paths=places,
        settings=settings,
        database=database,
        conversations=conversations,
        presets=presets,
        shelf=shelf,
        chooser=chooser,
        hardware=probe,
        broker=broker,
        engine=engine,
        session=session,
        executor=ThreadPoolExecutor(1, thread_name_prefix="background"),
    )


def _note_failure(done: Future[None]) -> None:
    if not done.cancelled() and (error := done.exception()) is not None:
        _log.error("a fault of the program, in the background", exc_info=error)


def _start(worker: str, places: Paths) -> Host:
    host = Host(worker, places.logs / f"worker-{worker}.log")
    host.start()
    return host
