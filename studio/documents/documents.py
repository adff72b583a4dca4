"""The person's documents: collections, what was read of them, and what finds passages in them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from studio.documents import purging
from studio.documents.collections import Collections
from studio.documents.contents import Contents
from studio.documents.embedder import Embedder
from studio.documents.extracting import Extractor
from studio.documents.indexes import Indexes
from studio.documents.ingest import Ingest, Stores
from studio.documents.retrieval import Retrieval
from studio.documents.scan import Rules
from studio.documents.search_index import SearchIndex
from studio.documents.skills import Skills
from studio.engine.broker import Broker
from studio.errors import StudioError
from studio.lists import all_of
from studio.storage.database import Database
from studio.translation import tr


class Documents:
    """All of it together. May be used from any thread, but not from the window's.

    Args:
        data: the program's data folder, where caches and the lock are, and into which no scan goes.
        embedder_path: returns where the embedder of this name is, or the usual one for ``""``.
        rules: returns which files are taken.
        tests: the folder of the pairs that embedders are tested with.
    """

    def __init__(
        self,
        database: Database,
        broker: Broker,
        extractor: Extractor,
        data: Path,
        embedder_path: Callable[[str], Path],
        rules: Callable[[], Rules],
        tests: Path,
    ) -> None:
        self.collections = Collections(database, data)
        self.contents = Contents(database)
        self.indexes = Indexes(database)
        self.embedder = Embedder(broker)
        self.search_index = SearchIndex(broker, self.indexes, data / "search")
        self.skills = Skills(self.embedder, tests, data / "search")
        self.retrieval = Retrieval(self.indexes, self.embedder, self.search_index, self.skills)
        self.ingest = Ingest(
            Stores(self.collections, self.contents, self.indexes),
            extractor,
            self.embedder,
            self.search_index,
            self.skills,
            embedder_path,
            rules,
            data / "indexing.lock",
            lambda must_stop: purging.finish(database, must_stop),
        )

    def remove_source(self, collection: str, path: Path) -> None:
        """Take a file or folder out of a collection that was added to it by this path.

        Raises:
            StudioError: ``documents.no_source``.
        """
        there = self.collections.sources(collection)
        wanted = [each for each in there if each.path in (path, path.resolve())]
        if not wanted:
            raise StudioError(
                "documents.no_source",
                tr("{path} was not added to this collection.", path=path),
                tr("There are: {names}.", names=all_of([str(each.path) for each in there]))
                if there
                else tr("The collection has no sources."),
            )
        for index_id, chunks in self.collections.remove_source(collection, wanted[0].id).items():
            self.search_index.remove(index_id, chunks)
