"""Puts together what documents are made of: over the person's data, or for a measurement."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from studio.documents.documents import Documents
from studio.documents.extracting import Extractor
from studio.documents.migrations import MIGRATIONS
from studio.documents.scan import Rules
from studio.engine.broker import Broker
from studio.library.starter import EMBEDDING
from studio.paths import Paths
from studio.storage.database import Database


def open_documents(database: Database, broker: Broker, places: Paths, data: Path) -> Documents:
    """Return documents that are kept in a database; ``data`` is the folder of their caches."""
    return Documents(
        database,
        broker,
        Extractor(lambda: broker.host("extraction")),
        data,
        lambda name: Path(name) if name else places.shipped_models / EMBEDDING.name,
        lambda: Rules(own=data),
        places.resources / "embedder_test",
    )


@contextmanager
def passing_documents(broker: Broker, places: Paths, folder: Path) -> Iterator[Documents]:
    """Open documents in a folder that is deleted afterwards by whoever made it."""
    database = Database.open(folder / "documents.sqlite", folder / "backups", [MIGRATIONS])
    try:
        yield open_documents(database, broker, places, folder)
    finally:
        database.close()
