"""Builds a collection's index anew, beside the old one, when its settings have changed."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from studio.documents.embedder import Embedder, Stopping
from studio.documents.indexes import Index, Indexes
from studio.documents.report import Step, Told
from studio.documents.retrieve.context import with_neighbours
from studio.documents.search_index import SearchIndex
from studio.documents.text.analysis import terms
from studio.documents.text.chunks import searched_text
from studio.documents.values import Chunk, Collection


class Renewal:
    """Cuts and embeds what was read before in another way; no file is read again.

    Args:
        embedder_path: returns where the embedder of these settings is.
    """

    def __init__(
        self,
        indexes: Indexes,
        embedder: Embedder,
        search: SearchIndex,
        embedder_path: Callable[[str], Path],
    ) -> None:
        self._indexes = indexes
        self._embedder = embedder
        self._search = search
        self._embedder_path = embedder_path

    def renew(self, collection: Collection, told: Told, must_stop: Stopping) -> int:
        """Have the live index be as the settings say; return how many chunks were made.

        Until it is complete the old index is searched. What was stopped goes on at the next call.

        Raises:
            StudioError: the embedder cannot be loaded; the data cannot be written.
        """
        live = self._indexes.live(collection.id)
        if live is None or live.settings == collection.index:
            if live is not None and self._indexes.building(collection.id) is not None:
                self._indexes.give_up(collection.id)  # the settings were put back
            return 0
        index = self._begun(collection)
        made = self._fill(index, told, must_stop)
        if not must_stop() and not self._indexes.missing(index.id):
            old = self._indexes.swap(index.id)
            if old is not None:
                self._search.forget(old)
        return made

    def _begun(self, collection: Collection) -> Index:
        building = self._indexes.building(collection.id)
        if building is not None and building.settings == collection.index:
            return building
        path = self._embedder_path(collection.index.embedder)
        loaded = self._embedder.load(path)
        return self._indexes.begin(
            collection.id, loaded.identity, path, loaded.dimension, collection.index
        )

    def _fill(self, index: Index, told: Told, must_stop: Stopping) -> int:
        began = time.monotonic()
        missing = self._indexes.missing(index.id)
        made = 0
        for number, content in enumerate(missing, 1):
            extracted = self._indexes.extracted(content)
            if extracted is None:  # removed a moment ago
                continue
            cut = self._embedder.cut(index.embedder_path, extracted, index.settings, must_stop)
            if cut is None:
                break
            texts = [searched_text(chunk) for chunk in cut[1]]
            vectors = self._embedder.embed(index.embedder_path, texts, must_stop)
            if vectors is None:
                break
            self._indexes.commit_content(index.id, content, cut, vectors, keywords(cut[1]))
            made += len(texts)
            took = time.monotonic() - began
            left = (len(missing) - number) * took / number
            file = Path(extracted.title or content)
            told(Step(file, number, len(missing), made, made / took if took else 0.0, left))
        return made


def keywords(chunks: Sequence[Chunk]) -> list[list[str]]:
    """Return the terms by which each chunk of one content is found."""
    return with_neighbours(
        [terms(chunk.text, chunk.language) for chunk in chunks],
        [terms(chunk.heading, chunk.language) for chunk in chunks],
    )
